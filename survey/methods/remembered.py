"""What follows from the same columns as before is not computed again: one changed answer leaves all others as they are.

Results are known by a digest of what they follow from, so that none outlives it, whatever has changed in between.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from hashlib import sha256
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from scipy import sparse

from survey.methods.extract import Extract

Value = TypeVar("Value")
COLUMNS = ("items", "values", "skipped")
"""Fields of an extract that hold columns by item; all others are of every figure."""


@dataclass(eq=False, kw_only=True)
class Remembered(Generic[Value]):
    """Results of `before` by the digests of what they follow from; `asked` gathers those that are asked for, to be
    those of before for the next one."""

    before: Mapping[bytes, Value] = field(default_factory=dict)
    asked: dict[bytes, Value] = field(default_factory=dict)

    def each(self, names: Sequence[bytes], make: Callable[[list[int]], Sequence[Value]]) -> list[Value]:
        """The results of these names; ``make`` gives those at the places that are not known, all at once."""
        new = [place for place, name in enumerate(names) if name not in self.before]
        made = dict(zip(new, make(new), strict=True)) if new else {}
        found = [made[place] if place in made else self.before[name] for place, name in enumerate(names)]
        self.asked.update(zip(names, found, strict=True))
        return found


def digest_of(*content: object) -> bytes:
    """Of arrays, dataclasses, mappings, sequences, texts and numbers. Raises `TypeError` for anything else."""
    # Half of the time of BLAKE2 where the processor knows SHA, as those of servers do.
    digest = sha256()
    for one in content:
        _add(digest, one)
    return digest.digest()[:16]


def survey_digest(extract: Extract) -> bytes:
    """Of all that every figure follows from: strata, weights and how they came about, groups of firms."""
    known = _known.setdefault(extract, {})
    if "" not in known:
        known[""] = digest_of(*(getattr(extract, one.name) for one in fields(extract) if one.name not in COLUMNS))
    return known[""]


def column_digest(extract: Extract, name: str) -> bytes:
    """Of the answers to an item, coded and as numbers, and of who skipped it."""
    known = _known.setdefault(extract, {})
    # A name for what is not there too: an item may lack numbers or codes.
    if name not in known:
        known[name] = digest_of(*(getattr(extract, columns).get(name) for columns in COLUMNS))
    return known[name]


def known_digests(extract: Extract) -> dict[str, bytes]:
    """Those that were made of an extract until now, to be kept beside it."""
    return {**_known.get(extract, {})}


def know_digests(extract: Extract, digests: Mapping[str, bytes]) -> None:
    """Take digests that were kept beside this extract, instead of reading it again."""
    _known.setdefault(extract, {**digests})


_known: WeakKeyDictionary[Extract, dict[str, bytes]] = WeakKeyDictionary()


PLAIN = frozenset({str, bytes, int, float, bool, type(None)})
"""Types most of what is digested is of: looking for another shape in each of some thousand takes a hundredth of a
page."""


def _add(digest: Any, one: object) -> None:
    if type(one) in PLAIN:
        digest.update(f"{one!r} ".encode())
    elif isinstance(one, np.ndarray):
        # With its type and shape: bytes alone may be those of another array.
        digest.update(f"{one.dtype.str} {one.shape} ".encode())
        digest.update(np.ascontiguousarray(one).data)
    elif isinstance(one, sparse.csr_array):
        _add(digest, (one.shape, one.data, one.indices, one.indptr))
    elif is_dataclass(one):
        _add(digest, (type(one).__name__, *(getattr(one, each.name) for each in fields(one))))
    elif isinstance(one, Mapping):
        _add(digest, tuple(sorted(one.items())))
    elif isinstance(one, tuple | list):
        digest.update(f"{len(one)} ".encode())
        for each in one:
            _add(digest, each)
    elif isinstance(one, str | bytes | int | float | np.number):
        digest.update(f"{one!r} ".encode())
    else:
        raise TypeError(f"There is no digest of {type(one).__name__}.")
