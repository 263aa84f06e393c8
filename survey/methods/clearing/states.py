"""What each firm added to a cut, kept so that the next cut can tell how many firms have changed."""

import base64
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from survey.methods.arrays import Floats, Ints
from survey.methods.clearing.subjects import FIRMS_THEMSELVES, Subject
from survey.methods.extract import Coded, Extract

Digests = NDArray[np.uint32]
NOTHING = 0
"""The digest of a firm that adds nothing to a subject."""


@dataclass(frozen=True, eq=False, kw_only=True)
class FirmStates:
    """The firms of a cut that responded: `key` tells them, `groups` are the values of the groups of the frame that each
    has, `given` a digest of what each gave to a subject, 0 for nothing, `amounts` by column what it has, `enterprise`
    the number of its enterprise group in this cut, -1 of none (None: groups are not known); all (n,)."""

    key: tuple[str, ...]
    groups: Mapping[str, NDArray[np.str_]]
    given: Mapping[str, Digests]
    amounts: Mapping[str, Floats] = field(default_factory=dict)
    enterprise: Ints | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON values; digests packed, since there are as many as firms and subjects."""
        groups = {code: values.tolist() for code, values in self.groups.items()}
        given = {code: _packed(digests.astype(DIGESTS)) for code, digests in self.given.items()}
        amounts = {column: _packed(values.astype(AMOUNTS)) for column, values in self.amounts.items()}
        found = {"key": list(self.key), "groups": groups, "given": given, "amounts": amounts}
        return found if self.enterprise is None else {**found, "enterprise": self.enterprise.tolist()}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Self:
        """The states that `to_dict` wrote."""
        groups = {code: np.array(values, np.str_) for code, values in content["groups"].items()}
        given = {code: _unpacked(one, DIGESTS).astype(np.uint32) for code, one in content["given"].items()}
        amounts = {column: _unpacked(one, AMOUNTS).astype(float) for column, one in content["amounts"].items()}
        # Cuts of before did not keep it.
        enterprise = np.array(content["enterprise"], np.int64) if "enterprise" in content else None
        return cls(key=tuple(content["key"]), groups=groups, given=given, amounts=amounts, enterprise=enterprise)


def firm_states(
    extract: Extract, subjects: Mapping[str, Subject], groups: Mapping[str, Coded], key: tuple[str, ...]
) -> FirmStates:
    """The states of the firms that responded, the first rows of the extract; ``key`` tells each of them."""
    rows = len(key)
    columns: dict[str, Digests] = {}
    given: dict[str, Digests] = {FIRMS_THEMSELVES: np.ones(rows, np.uint32)}
    for code, subject in subjects.items():
        if code != FIRMS_THEMSELVES:
            parts = [columns.setdefault(name, _digests(extract, name)[:rows]) for name in subject.columns]
            given[code] = _together(parts, rows)
    values = {code: np.array([*one.labels, ""], np.str_)[one.codes[:rows]] for code, one in groups.items()}
    amounts = {name: np.nan_to_num(extract.values[name][:rows]) for one in subjects.values() for name in one.amounts}
    return FirmStates(key=key, groups=values, given=given, amounts=amounts)


def _digests(extract: Extract, name: str) -> Digests:
    """(n,) of one column: of the label, whatever its place among the labels, or of the number."""
    if name in extract.items:
        column = extract.items[name]
        # The last entry serves NOT_ANSWERED, which is -1 and so indexes from the end.
        return np.append(_hashed(np.array(column.labels, object)), np.uint32(NOTHING))[column.codes]
    return _of_numbers(extract.values[name])


def _of_numbers(values: Floats) -> Digests:
    return np.where(np.isnan(values), np.uint32(NOTHING), _hashed(np.asarray(values, float)))


def _hashed(values: NDArray[Any]) -> Digests:
    # Not Python's hash, which is salted anew in every process: no two cuts would agree.
    found = (pd.util.hash_array(values, categorize=False) >> np.uint64(32)).astype(np.uint32)
    # Nothing has a digest of its own, which no answer shares.
    return np.where(found == NOTHING, np.uint32(1), found)


def _together(parts: list[Digests], rows: int) -> Digests:
    made, some = np.zeros(rows, np.uint64), np.zeros(rows, bool)
    for part in parts:
        # 2^32 by the golden ratio, to the next prime (Knuth, The Art of Computer Programming 3, 6.4): in another column
        # the same answer counts otherwise.
        made = made * np.uint64(0x9E3779B1) + part
        some |= part != NOTHING
    found = (made ^ (made >> np.uint64(32))).astype(np.uint32)
    return np.where(some, np.where(found == NOTHING, np.uint32(1), found), np.uint32(NOTHING))


DIGESTS, AMOUNTS = "<u4", "<f8"
"""How numbers are written, the same on every machine."""


def _packed(values: NDArray[Any]) -> str:
    return base64.b64encode(zlib.compress(values.tobytes())).decode()


def _unpacked(content: str, kind: str) -> NDArray[Any]:
    return np.frombuffer(zlib.decompress(base64.b64decode(content)), kind)
