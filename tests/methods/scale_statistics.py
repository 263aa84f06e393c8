"""Statistics of scales as textbooks and international programmes define them: what tests ask for."""

from collections.abc import Collection, Sequence

from survey.methods.errors import UnknownStatus
from survey.methods.estimates.statistics import CodedStatistic, share_of

EU_FIVE = (100.0, 50.0, 0.0, -50.0, -100.0)
"""B = (PP + P/2) - (M/2 + MM), European Commission, Joint Harmonised EU Programme: User Guide."""


OECD_BALANCE = (100.0, 0.0, -100.0)
"""B = 100 (P - N), OECD 2003, Business Tendency Surveys: A Handbook."""


OECD_DIFFUSION = (100.0, 50.0, 0.0)
"""DI = 100 (P + E/2), OECD 2003, par. 103."""


def top2(item: str, scale: Sequence[str]) -> CodedStatistic:
    """Share of the two highest codes of a scale given from low to high."""
    return share_of(item, scale[-2:], scale, name="top2")


def likert_mean(item: str, scale: Sequence[str]) -> CodedStatistic:
    """Mean of 1, 2, 3 ... along a scale given from low to high."""
    return CodedStatistic(item=item, name="mean", points={code: float(step) for step, code in enumerate(scale, 1)})


def eu_balance(item: str, scale: Sequence[str], neutral: Collection[str] = ()) -> CodedStatistic:
    """EU balance of five steps from most positive to most negative; "don't know" (`neutral`) stays in the base."""
    return CodedStatistic(item=item, name="balance", points=_points(item, scale, EU_FIVE, neutral))


def oecd_balance(item: str, scale: Sequence[str]) -> CodedStatistic:
    """OECD balance of up, same, down, in points."""
    return CodedStatistic(item=item, name="balance", points=_points(item, scale, OECD_BALANCE))


def diffusion_index(item: str, scale: Sequence[str]) -> CodedStatistic:
    """OECD diffusion index of up, same, down, 0 to 100."""
    return CodedStatistic(item=item, name="diffusion", points=_points(item, scale, OECD_DIFFUSION))


def _points(
    item: str, scale: Sequence[str], points: Sequence[float], neutral: Collection[str] = ()
) -> dict[str, float]:
    if len(scale) != len(points):
        raise UnknownStatus(list(scale), f"The scale of '{item}' needs {len(points)} codes, it has {len(scale)}.")
    # A firm that does not know has no opinion in either direction: it counts in the base with 0 points.
    return dict.fromkeys(neutral, 0.0) | dict(zip(scale, points, strict=True))
