"""The cache of files that all workers share, for values that are mostly arrays.

Django packs a whole value, which for a prepared wave takes longer than weighting it. Here only what is not an array is
packed, lightly; arrays lie in the file as they lie in memory, and are mapped: a reader takes no copy, and all workers
read the same pages. An array that came from the cache cannot be written to.

A file holds the time at which it expires, the places of its parts, the packed value, and the arrays.
"""

import mmap
import os
import pickle
import zlib
from typing import IO, Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

LEAST = 4096
"""Bytes below which an array stays with the rest of its value."""
ALIGNED = 64
AT_ONCE = 1000
"""Pieces of memory in one call to write; Linux takes 1,024."""
LEVEL = 1
"""A page with its charts shrinks to an eighth in two milliseconds; a higher level takes five times as long."""


class FileCache(FileBasedCache):
    """Files written beside their place and moved, as Django's; a file that is removed stays with those who map it."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        try:
            with open(self._key_to_file(key, version), "rb") as file:  # type: ignore[attr-defined]
                return default if self._is_expired(file) else _read(file)  # type: ignore[attr-defined]
        except FileNotFoundError:
            return default

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Write it anew: whoever has mapped the file must not see it change."""
        missing = object()
        value = self.get(key, missing, version)
        if value is missing:
            return False
        self.set(key, value, timeout, version)
        return True

    def _write_content(self, file: IO[bytes], timeout: Any, value: Any) -> None:
        expiry = self.get_backend_timeout(timeout)
        # The time by itself: Django reads it alone to see what has run out.
        file.write(pickle.dumps(expiry, self.pickle_protocol))
        _write(file, value)


def _write(file: IO[bytes], value: Any) -> None:
    arrays: list[memoryview] = []

    def stays(buffer: pickle.PickleBuffer) -> bool:
        raw = buffer.raw()
        if raw.nbytes >= LEAST:
            arrays.append(raw)
        return raw.nbytes < LEAST

    # Protocol 5 is the first that leaves arrays out of what is packed (PEP 574).
    packed = zlib.compress(pickle.dumps(value, 5, buffer_callback=stays), LEVEL)
    file.write(pickle.dumps((len(packed), [array.nbytes for array in arrays])) + packed)
    place, parts = file.tell(), list[memoryview]()
    for array in arrays:
        gap = -place % ALIGNED
        parts += (memoryview(bytes(gap)), array)
        place += gap + array.nbytes
    _write_together(file, parts)


def _write_together(file: IO[bytes], parts: list[memoryview]) -> None:
    """Handed to the system in one call: a prepared wave has hundreds of arrays, and a call for each takes longer than
    all their bytes."""
    file.flush()
    while parts:
        few, parts = parts[:AT_ONCE], parts[AT_ONCE:]
        wrote = os.writev(file.fileno(), few)
        # It may take less than it was given, such as more than two gigabytes.
        while few and wrote >= few[0].nbytes:
            wrote -= few.pop(0).nbytes
        if few:
            parts = [few[0][wrote:], *few[1:], *parts]


def _read(file: IO[bytes]) -> Any:
    length, sizes = pickle.load(file)
    packed = file.read(length)
    arrays: list[memoryview] = []
    start = file.tell()
    # To be read only: an array that one request changed would be another one for every worker.
    content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)) if sizes else memoryview(b"")
    for size in sizes:
        start += -start % ALIGNED
        arrays.append(content[start : start + size])
        start += size
    return pickle.loads(zlib.decompress(packed), buffers=arrays)
