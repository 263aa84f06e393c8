"""Points given to the codes of a scale, so that every scale statistic is a weighted mean of points.

nan = the code is outside the base (for example "does not apply"). The caller names the scale's codes in order.
"""

from collections.abc import Collection, Sequence

import numpy as np

from survey.methods.arrays import Floats
from survey.methods.errors import UnknownStatus, WrongShape

EU_FIVE = (100.0, 50.0, 0.0, -50.0, -100.0)
"""B = (PP + P/2) - (M/2 + MM), European Commission, Joint Harmonised EU Programme: User Guide."""
OECD_BALANCE = (100.0, 0.0, -100.0)
"""B = 100 (P - N), OECD 2003, Business Tendency Surveys: A Handbook."""
OECD_DIFFUSION = (100.0, 50.0, 0.0)
"""DI = 100 (P + E/2), OECD 2003, par. 103."""


def share_points(labels: Sequence[str], chosen: Collection[str], base: Collection[str] | None = None) -> Floats:
    """1 for the chosen codes, 0 for the rest of the base (None = all codes), nan outside it: a share."""
    _known(labels, [*chosen, *(base or ())])
    inside = set(labels if base is None else base) | set(chosen)
    return np.array([float(label in chosen) if label in inside else np.nan for label in labels])


def scale_points(
    labels: Sequence[str], scale: Sequence[str], points: Sequence[float], neutral: Collection[str] = ()
) -> Floats:
    """The points of a scale's codes; `neutral` codes ("don't know" in EU balances) stay in the base with 0 points."""
    if len(scale) != len(points):
        raise WrongShape(len(scale), f"{len(points)} points for a scale of {len(scale)} codes.")
    _known(labels, [*scale, *neutral])
    given = dict.fromkeys(neutral, 0.0) | dict(zip(scale, points, strict=True))
    return np.array([given.get(label, np.nan) for label in labels])


def likert_points(labels: Sequence[str], scale: Sequence[str]) -> Floats:
    """1, 2, 3 ... along the scale, for the Likert mean."""
    return scale_points(labels, scale, [float(step) for step in range(1, len(scale) + 1)])


def top2_points(labels: Sequence[str], scale: Sequence[str]) -> Floats:
    """1 for the two highest codes of the scale, 0 for its others: the top-2 share."""
    return share_points(labels, scale[-2:], scale)


def _known(labels: Sequence[str], named: Collection[str]) -> None:
    unknown = sorted(set(named) - set(labels))
    if unknown:
        raise UnknownStatus(unknown[0], f"The item has no code '{unknown[0]}'.", f"Its codes: {', '.join(labels)}.")
