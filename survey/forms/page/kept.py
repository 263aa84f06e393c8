"""HTML of questions that look the same for every firm, kept by each worker."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock


class KeptHtml:
    """At most ``size`` pieces of HTML, each made once; those not asked for longest go first."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.pieces: OrderedDict[Hashable, str] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable, make: Callable[[], str]) -> str:
        """The piece under ``key``. Threads that miss it at once all make it, which costs less than waiting."""
        with self.lock:
            found = self.pieces.get(key)
            if found is not None:
                self.pieces.move_to_end(key)
                return found
        made = make()
        with self.lock:
            self.pieces[key] = made
            if len(self.pieces) > self.size:
                self.pieces.popitem(last=False)
        return made
