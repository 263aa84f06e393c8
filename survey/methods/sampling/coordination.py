"""Where on the circle of permanent random numbers a sample starts, so that it keeps or avoids the firms of others.

A sample that starts at s in a stratum and takes the fraction f of it lies, but for chance, on the arc [s, s + f). A
start is a number that is fixed before anybody looks at a random number, so that every sample stays a simple random one
with its own probabilities (Ohlsson 1995, constant shifts); the price is that an overlap is met on average only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Ends and starts that are one point of the circle may differ in their last digits.
GRID = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """A sample of a stratum: where it starts on the circle, and the fraction of the stratum that it takes."""

    start: float
    fraction: float


def kept_start(earlier: Arc, share: float) -> float:
    """The start of a sample that keeps the ``share`` of the earlier one: behind the part of its arc that it leaves."""
    return (earlier.start + (1 - share) * earlier.fraction) % 1.0


def avoiding_start(earlier: Sequence[Arc], fraction: float) -> float:
    """The start of a sample of ``fraction`` that overlaps least with earlier ones, as far from them as there is room.

    In the largest gap between them it stands in the middle; where no gap is large enough, where the overlap is least.
    """
    if not earlier:
        return (1 - fraction) / 2 % 1.0
    start, length = max(_gaps(earlier), key=lambda gap: (gap[1], -gap[0]), default=(0.0, 0.0))
    if length >= fraction:
        # In the middle: samples drawn later than this one find room on both sides.
        return (start + (length - fraction) / 2) % 1.0
    # The overlap is linear between these points, so that it is least at one of them.
    bends = [(arc.start + arc.fraction) % 1.0 for arc in earlier] + [(arc.start - fraction) % 1.0 for arc in earlier]
    # Rounded and sorted, so that equal overlaps give one start on every machine.
    return min(sorted(bends), key=lambda at: round(overlap(earlier, Arc(start=at, fraction=fraction)), 9))


def overlap(earlier: Sequence[Arc], arc: Arc) -> float:
    """The expected fraction of the stratum that is in ``arc`` and in an earlier one, each counted as often as it is."""
    return sum(_common(arc, other) for other in earlier)


def _common(one: Arc, other: Arc) -> float:
    """Length of what two arcs share; on a circle an arc can meet another with its tail and with its head."""
    distance = (other.start - one.start) % 1.0
    ahead = max(0.0, min(one.fraction, distance + other.fraction) - distance)
    around = max(0.0, min(one.fraction, distance + other.fraction - 1.0))
    return ahead + around


def _gaps(arcs: Sequence[Arc]) -> list[tuple[float, float]]:
    """Start and length of each part of the circle that no arc covers."""
    whole = [arc for arc in arcs if arc.fraction > 0]
    if any(arc.fraction >= 1 for arc in whole):
        return []
    gaps = []
    for arc in whole:
        end = (arc.start + arc.fraction) % 1.0
        # The way to the next start; 0 where another arc covers this end.
        if not any(0 <= (end - other.start) % 1.0 < other.fraction - GRID for other in whole):
            gaps.append((end, min((other.start - end - GRID) % 1.0 + GRID for other in whole)))
    return gaps


def starts_by_stratum(
    fractions: Mapping[str, float], earlier: Mapping[str, Sequence[Arc]], *, keep: float | None
) -> dict[str, float]:
    """The start of each stratum: keeping the share ``keep`` of the first earlier sample, or avoiding all (None).

    A stratum that no earlier sample knew starts at 0.
    """
    found = {}
    for code, fraction in fractions.items():
        arcs = earlier.get(code, ())
        if keep is None or not arcs:
            found[code] = avoiding_start(arcs, fraction)
        else:
            found[code] = kept_start(arcs[0], keep)
    return found
