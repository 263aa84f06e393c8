"""The cache of files that all workers share, for values that are mostly arrays.

Django packs a whole value, which for a prepared wave takes longer than weighting it. Here only what is not an array is
packed, lightly; arrays lie in the file as they lie in memory, and are mapped: a reader takes no copy, and all workers
read the same pages. An array that came from the cache cannot be written to.

A file holds the time at which it expires, the places of its parts, the packed value, and the arrays. An array that was
itself read from a cache is not written again: the file that it lies in gets one more name (a hard link), which goes
with the value. So what is made from a large value takes the room of what is new in it, and outlives that value. The
same is done with an array that is equal to the one in its place in the value that is replaced: after one corrected
answer nearly all of them are.
"""

import mmap
import os
import pickle
import secrets
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import numpy as np
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

LEAST = 4096
"""Bytes below which an array stays with the rest of its value."""
MUCH = 1 << 22
"""Bytes of all arrays of a value from which on they are compared with those that take their place: fewer are written
sooner."""
CULLED_AFTER = 20
"""Writings, on average, after which it is seen whether there are too many values."""
ALIGNED = 64
AT_ONCE = 1000
"""Pieces of memory in one call to write; Linux takes 1,024."""
LEVEL = 1
"""A page with its charts shrinks to an eighth in two milliseconds; a higher level takes five times as long."""
LINKED = ".linked"
"""Ending of the further names of files, behind the name of the value that reads them and a word of its writing."""
Part = int | tuple[str, int, int]
"""Bytes of an array in the file itself; or the name of another file, the place there, and the bytes."""


class Mapped(mmap.mmap):
    """A file in memory, with the name that it was opened by."""

    path: str
    inode: int

    @classmethod
    def of(cls, file: IO[bytes]) -> "Mapped":
        """To be read only: an array that one request changed would be another one for every worker."""
        found = cls(file.fileno(), 0, access=mmap.ACCESS_READ)
        found.path, found.inode = file.name, os.fstat(file.fileno()).st_ino
        return found


class FileCache(FileBasedCache):
    """Files written beside their place and moved, as Django's; a file that is removed stays with those who map it."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        try:
            with open(self._key_to_file(key, version), "rb") as file:  # type: ignore[attr-defined]
                return default if self._is_expired(file) else _read(file)  # type: ignore[attr-defined]
        except FileNotFoundError:
            # Of the value, or of a file that it reads arrays from: a value that is replaced takes them with it.
            return default

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Write it anew: whoever has mapped the file must not see it change."""
        missing = object()
        value = self.get(key, missing, version)
        if value is missing:
            return False
        self.set(key, value, timeout, version)
        return True

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._createdir()  # type: ignore[attr-defined]
        # The whole folder is read to see whether it is full: not for each of the dozen values of a page.
        if secrets.randbelow(CULLED_AFTER) == 0:
            self._cull()  # type: ignore[attr-defined]
        place = Path(self._key_to_file(key, version))  # type: ignore[attr-defined]
        writing = place.with_name(f"{place.stem}.{secrets.token_hex(8)}")
        try:
            with open(os.open(writing, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                # The time by itself: Django reads it alone to see what has run out.
                file.write(pickle.dumps(self.get_backend_timeout(timeout), self.pickle_protocol))
                _write(file, value, _Links(writing), _before(place))
            # ext4 begins to bring to the disk what is moved over another file, so that a crash loses neither: a
            # millisecond for each value of a page, and that of large files is waited for. Nothing here must outlast a
            # crash.
            place.unlink(missing_ok=True)
            writing.replace(place)
        except BaseException:
            for path in (writing, *_links(writing)):
                path.unlink(missing_ok=True)
            raise
        for path in _links(place):
            if not path.name.startswith(f"{writing.name}."):
                path.unlink(missing_ok=True)

    def clear(self) -> None:
        """Remove every file: also what a process left behind that ended while it wrote."""
        for path in Path(self._dir).glob("*"):  # type: ignore[attr-defined]
            path.unlink(missing_ok=True)

    def _delete(self, name: str) -> bool:
        for path in _links(Path(name)):
            path.unlink(missing_ok=True)
        deleted: bool = super()._delete(name)  # type: ignore[misc]
        return deleted


def _links(place: Path) -> Iterator[Path]:
    """The further names of files that belong to a value, or to one writing of it."""
    name = f"{place.name.removesuffix(FileBasedCache.cache_suffix)}."
    # Not by a pattern: compiling and matching one took a hundredth of a page.
    return (
        place.with_name(each) for each in os.listdir(place.parent) if each.startswith(name) and each.endswith(LINKED)
    )


def _before(place: Path) -> list[memoryview]:
    """The arrays of the value that is about to be replaced, where it is a large one."""
    with suppress(Exception), open(place, "rb") as file:
        pickle.load(file)
        start = file.tell()
        _length, parts = pickle.load(file)
        # Also of those that lie in other files: what looks small may be a large value with little of its own.
        if sum(part[2] if isinstance(part, tuple) else part for part in parts) >= MUCH:
            file.seek(start)
            return _parts(file)[1]
    return []


def _write(file: IO[bytes], value: Any, links: "_Links", before: Sequence[memoryview]) -> None:
    parts: list[Part] = []
    arrays: list[memoryview] = []

    def stays(buffer: pickle.PickleBuffer) -> bool:
        raw = buffer.raw()
        if raw.nbytes < LEAST:
            return True
        linked = links.part(raw)
        if linked is None and len(parts) < len(before) and _same(raw, before[len(parts)]):
            linked = links.part(before[len(parts)])
        parts.append(linked or raw.nbytes)
        if linked is None:
            arrays.append(raw)
        return False

    # Protocol 5 is the first that leaves arrays out of what is packed (PEP 574).
    packed = zlib.compress(pickle.dumps(value, 5, buffer_callback=stays), LEVEL)
    file.write(pickle.dumps((len(packed), parts)) + packed)
    place, pieces = file.tell(), list[memoryview]()
    for array in arrays:
        gap = -place % ALIGNED
        pieces += (memoryview(bytes(gap)), array)
        place += gap + array.nbytes
    _write_together(file, pieces)


class _Links:
    """The further names that a writing gives to files whose arrays it has; `None` of those that can have none."""

    def __init__(self, writing: Path) -> None:
        self.writing = writing
        self.names: dict[Mapped, str | None] = {}

    def part(self, raw: memoryview) -> Part | None:
        """Where an array lies that was read from a cache; None for any other."""
        source = _source(raw.obj)
        if source is None:
            return None
        if source not in self.names:
            self.names[source] = self._linked(source, len(self.names))
        name = self.names[source]
        return (name, _address(raw) - _address(memoryview(source)), raw.nbytes) if name else None

    def _linked(self, source: Mapped, number: int) -> str | None:
        path = self.writing.with_name(f"{self.writing.name}.{number}{LINKED}")
        # It may have been replaced since, or lie on another disk: then its arrays are written.
        with suppress(OSError):
            os.link(source.path, path)
            if path.stat().st_ino == source.inode:
                return path.name
            path.unlink()
        return None


def _source(owner: Any) -> Mapped | None:
    """The mapped file that the memory of an array belongs to, through whatever views of it."""
    while isinstance(owner, np.ndarray | memoryview):
        owner = owner.base if isinstance(owner, np.ndarray) else owner.obj
    return owner if isinstance(owner, Mapped) else None


def _same(one: memoryview, other: memoryview) -> bool:
    """Whether two arrays have the same bytes."""
    if one.nbytes != other.nbytes:
        return False
    # As wide numbers, which are compared several at once; what is left at the end makes none.
    wide = one.nbytes // 8
    first, second = (np.frombuffer(each, np.uint8) for each in (one, other))
    return np.array_equal(first[: 8 * wide].view(np.uint64), second[: 8 * wide].view(np.uint64)) and np.array_equal(
        first[8 * wide :], second[8 * wide :]
    )


def _address(memory: memoryview) -> int:
    return int(np.frombuffer(memory, np.uint8).ctypes.data)


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
    packed, arrays = _parts(file)
    return pickle.loads(zlib.decompress(packed), buffers=arrays)


def _parts(file: IO[bytes]) -> tuple[bytes, list[memoryview]]:
    """What is packed, and the arrays in their order."""
    length, parts = pickle.load(file)
    packed, start = file.read(length), file.tell()
    files: dict[str, memoryview] = {}
    arrays: list[memoryview] = []
    for part in parts:
        name, place, size = part if isinstance(part, tuple) else ("", start + -start % ALIGNED, part)
        if name not in files:
            files[name] = _content(file, name)
        arrays.append(files[name][place : place + size])
        start = start if name else place + size
    return packed, arrays


def _content(file: IO[bytes], name: str) -> memoryview:
    """Of the file itself, or of another one beside it."""
    if not name:
        return memoryview(Mapped.of(file))
    with open(Path(file.name).with_name(name), "rb") as other:
        return memoryview(Mapped.of(other))
