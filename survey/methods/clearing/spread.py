"""How far answers on a scale spread, from the rounded shares of its steps that the page shows beside them.

The error of a balance needs the spread of its answers, of which the balance itself tells little: a balance of 0 may be
all "same" or half up and half down. The exact spread would tell of the answers; that of shown shares tells no more.
"""

from collections.abc import Callable, Mapping
from math import sqrt

from survey.methods.estimates.statistics import Asked, CodedStatistic, IndexStatistic, Key

RoundedShares = Callable[[Key], float | None]
"""The rounded share of a statistic in a domain; None where no table has it."""


def spread_of_answers(asked: Asked, shown: RoundedShares) -> float | None:
    """The variance of one answer about a mean of points, in its unit; None where no shown shares tell it."""
    if isinstance(asked, IndexStatistic):
        parts = [(weight, spread_of_answers(part, shown)) for part, weight in asked.parts]
        # Parts of one index are of the same firms, so their errors may add up in full.
        known = [abs(weight) * sqrt(spread) for weight, spread in parts if spread is not None]
        return sum(known) ** 2 if len(known) == len(parts) else None
    if not isinstance(asked, CodedStatistic) or asked.total:
        return None
    if asked.proportion:
        share = shown(asked.key)
        return None if share is None else share * (1 - share)
    shares = {code: shown((asked.item, "share", code)) for code in asked.points}
    known_shares = {code: share for code, share in shares.items() if share is not None}
    return _variance(asked.points, known_shares) if len(known_shares) == len(shares) else None


def _variance(points: Mapping[str, float], shares: Mapping[str, float]) -> float | None:
    # Rounded shares seldom add up to 1.
    whole = sum(shares.values())
    if not whole > 0:
        return None
    mean = sum(shares[code] * points[code] for code in shares) / whole
    return sum(shares[code] * (points[code] - mean) ** 2 for code in shares) / whole
