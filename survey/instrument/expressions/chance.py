"""Chance that can be made again: the same firm and place in the questionnaire always draw the same.

SHA-256 of both, read as a number; for the sake of one unit per firm the draw is as good as uniform and independent
(see ``docs/decisions/0020-chance-that-can-be-made-again.md``).
"""

import hashlib
from collections.abc import Iterable
from uuid import UUID

from survey.instrument.schema import Option

FIRM_FACT = "frame_credit_code"
"""The fact that tells firms apart."""
UNIT = "frame_unit_key"
"""And the units of one firm."""
_BITS = 53
"""As many as the significand of a double holds: more would be rounded, up to 1 itself."""


def drawn_number(firm: str, place: str) -> float:
    """From 0 to below 1, with 53 bits."""
    # The highest bits: as many as a float holds exactly between 0 and 1.
    return (_drawn(firm, place) >> (256 - _BITS)) / 2.0**_BITS


def drawn_uuid(firm: str, place: str) -> str:
    """A text in the form of a random UUID (version 4)."""
    return str(UUID(int=_drawn(firm, place) >> 128, version=4))


def in_drawn_order(options: Iterable[Option], firm: str, place: str) -> tuple[Option, ...]:
    """The options in an order of their own for each firm; those that exclude or ask to specify stay at the end."""
    listed = tuple(options)
    # "None of these" and "other" only make sense behind what they refer to.
    last = [option for option in listed if option.exclusive or option.specify]
    drawn = [option for option in listed if option not in last]
    return (*sorted(drawn, key=lambda option: _drawn(firm, f"{place}/{option.code}")), *last)


def _drawn(firm: str, place: str) -> int:
    # With a sign between that no credit code has, so that no two pairs run into one text.
    return int.from_bytes(hashlib.sha256(f"{firm}/{place}".encode()).digest(), "big")
