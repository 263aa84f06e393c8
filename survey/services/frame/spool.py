"""Values that are too many for memory, one after the other in a file without a name, which nobody else can open.

What a list of firms holds must not outlive its import: such a file is gone with the process, however that ends.
"""

import pickle
import tempfile
import weakref
from collections.abc import Iterator
from typing import BinaryIO, Generic, TypeVar, cast

Kept = TypeVar("Kept")


class Spool(Generic[Kept]):
    """Values in the order in which they were added; they may be gone through as often as wanted, also in two places."""

    def __init__(self) -> None:
        self.file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115  -- closed with the last reference
        weakref.finalize(self, self.file.close)

    def add(self, value: Kept) -> None:
        """Keep one more value."""
        self.file.seek(0, 2)
        # Only read again by this process, from a file without a name: nobody else can put anything into it.
        pickle.dump(value, self.file, pickle.HIGHEST_PROTOCOL)

    def __iter__(self) -> Iterator[Kept]:
        place = 0
        while True:
            # The position belongs to the file, so each reader goes back to its own.
            self.file.seek(place)
            try:
                value = pickle.load(self.file)
            except EOFError:
                return
            place = self.file.tell()
            yield value
