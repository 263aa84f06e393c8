"""Whether a firm's answers to several items decide that at least one of them is marked."""

from collections.abc import Collection, Sequence

import numpy as np

from survey.methods.arrays import Bools
from survey.methods.errors import MissingValue
from survey.methods.extract import NOT_ANSWERED, Coded

UNMARKED, MARKED = "0", "1"


def decided(
    columns: Sequence[Coded], marked: Collection[str], *, leaves_open: Collection[str] = (), asked: Bools | None = None
) -> Coded:
    """A column 0/1 over several items: 1 where one is marked, 0 where every item is answered and none is, else -1.

    One mark decides whatever else is missing; "none" is only known of a firm that answered them all, so a firm that
    left the rest open is not in the base. Counting it as "none" would make a share depend on the items skipped.
    `leaves_open` are codes that are no answer to this ("don't know"). `asked` (n, items) says which items the route of
    a firm led to; an item that was not asked cannot be marked and leaves nothing open, and a firm asked none is out.
    Raises `MissingValue` without an item.
    """
    if not columns:
        raise MissingValue(None, "A theme without items has no share.", "Give the theme its items, or leave it out.")
    route = np.ones((len(columns[0].codes), len(columns)), bool) if asked is None else asked
    some, every = np.zeros(len(route), bool), route.any(axis=1)
    for k, column in enumerate(columns):
        # Kleene's "or" over the items: one yes decides, a no only where all of them are known.
        some |= _among(column, marked) & route[:, k]
        every &= ((column.codes != NOT_ANSWERED) & ~_among(column, leaves_open)) | ~route[:, k]
    return Coded(np.where(some, 1, np.where(every, 0, NOT_ANSWERED)).astype(np.int16), (UNMARKED, MARKED))


def _among(column: Coded, labels: Collection[str]) -> Bools:
    codes = [k for k, label in enumerate(column.labels) if label in labels]
    return np.asarray(np.isin(column.codes, codes), bool)
