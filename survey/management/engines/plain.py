"""One process: part after part, two sets of moments in memory at a time."""

from functools import reduce
from operator import add

from survey.exchange.partitions.folder import Folder
from survey.methods.moments.parts import Wanted
from survey.methods.moments.sums import Moments


def summed(folder: Folder, wanted: Wanted) -> Moments:
    """The moments of the whole."""
    return reduce(add, (task.moments() for task in folder.tasks(wanted)))
