"""Outcomes of cases as small numbers: comparing texts of a million firms takes ten times as long, each time."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from survey.methods.arrays import Bools
from survey.methods.errors import UnknownStatus
from survey.terms import Disposition

Outcomes = NDArray[np.int8]
PLACE = {kind: np.int8(place) for place, kind in enumerate(Disposition)}
"""The number of each disposition, its place among all."""
KNOWN_ELIGIBLE = (
    Disposition.COMPLETE,
    Disposition.PARTIAL,
    Disposition.REFUSAL,
    Disposition.NON_CONTACT,
    Disposition.OTHER,
)
UNKNOWN = (Disposition.UNKNOWN_IF_ELIGIBLE, Disposition.UNKNOWN_OTHER)


def outcome_numbers(disposition: ArrayLike) -> Outcomes:
    """The place of each `Disposition` code; numbers of one byte are such places already.

    Raises `UnknownStatus` for a code that is no disposition.
    """
    codes = np.asarray(disposition)
    if codes.dtype == np.int8:
        return codes
    texts = codes.astype(str, copy=False)
    found = np.full(texts.shape, -1, np.int8)
    # One look for each of the few codes that there are: sorting those of all cases takes ten times as long.
    for kind, place in PLACE.items():
        found[texts == kind.value] = place
    strange = np.flatnonzero(found < 0)
    if len(strange):
        code = str(texts[strange[0]])
        raise UnknownStatus(code, f"The disposition '{code}' of row {strange[0]} is not known.")
    return found


def is_unknown(outcome: Outcomes) -> Bools:
    """Cases of which it is not known whether they are eligible."""
    one, two = (PLACE[kind] for kind in UNKNOWN)
    return np.asarray((outcome == one) | (outcome == two), bool)
