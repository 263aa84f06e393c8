"""A kept value as it lies in the cache: what has no arrays is packed by itself, and unpacked only where it is wanted.

To see that a page has been superseded takes its revision; unpacking the page, its tables and its comparison to throw
them away took a twentieth of the next page.
"""

import pickle
import zlib
from dataclasses import dataclass
from typing import Any

LEVEL = 1
"""A page with its charts shrinks to an eighth in two milliseconds; a higher level takes five times as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A value and the revision that it was made at."""

    revision: str
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class LightKept(Kept):
    """One without arrays; the cache gives it back `Packed`."""

    def __reduce__(self) -> tuple[Any, ...]:
        packed = zlib.compress(pickle.dumps(self.value, pickle.HIGHEST_PROTOCOL), LEVEL)
        # A buffer of its own: the cache of files need not shrink again what has been shrunk.
        return Packed, (self.revision, pickle.PickleBuffer(packed))


@dataclass(frozen=True, slots=True)
class Packed:
    """A value that has not been unpacked, and the revision that it was made at."""

    revision: str
    packed: bytes | memoryview

    @property
    def value(self) -> Any:
        """What was kept, unpacked anew each time."""
        return pickle.loads(zlib.decompress(self.packed))
