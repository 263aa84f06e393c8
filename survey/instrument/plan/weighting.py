"""What a survey chooses for its weights; the defaults are what the method page recommends."""

from dataclasses import dataclass

from survey.instrument.schema import NO_TEXT, Text
from survey.weighting_terms import (
    CalibrationMethod,
    EligibilityClass,
    EligibilityRule,
    FillingRule,
    FrameMargin,
    FrameTotal,
    MergingOrder,
    Nonresponse,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedShare:
    """e of one class of firms, stated from outside; ``within`` is the code of the size or industry, "" every other."""

    within: str = ""
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledItem:
    """A numeric item whose missing answers are filled within industries.

    ``by`` is the number of the frame that a ratio divides by; NEAREST takes the firm nearest in all of them.
    """

    item: str
    filling: FillingRule = FillingRule.NEAREST
    by: FrameTotal = FrameTotal.EMPLOYEES


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedDown:
    """A numeric item whose influential values count less; ``limit`` is L of the cut-off, None the best one."""

    item: str
    limit: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighting:
    """Choices from the sample to the final weight, and what is done to numbers.

    Strata with fewer than ``least_answers``, or with a factor for nonresponse above ``largest_factor`` times that of
    all, join the nearest by ``merging``. Weights above ``largest_weight`` times the mean are cut, and others of their
    class take over what is cut. None is no limit: so plans of before keep their figures.
    ``eligibility`` says where e of the firms of unknown eligibility comes from, within ``eligibility_by``; ``stated``
    shares need the ``reason``, which is printed. ``calibration`` to counts by ``margins`` and totals of ``numbers``,
    with factors from ``low`` to ``high``.
    """

    merging: MergingOrder = MergingOrder.SIZE_FIRST
    least_answers: int = 2
    largest_factor: float | None = None
    largest_weight: float | None = None
    eligibility: EligibilityRule = EligibilityRule.KNOWN_CASES
    eligibility_by: EligibilityClass = EligibilityClass.SIZE
    stated: tuple[StatedShare, ...] = ()
    reason: Text = NO_TEXT
    nonresponse: Nonresponse = Nonresponse.STRATA
    calibration: CalibrationMethod = CalibrationMethod.LINEAR
    margins: tuple[FrameMargin, ...] = (FrameMargin.INDUSTRY, FrameMargin.SIZE)
    numbers: tuple[FrameTotal, ...] = (FrameTotal.EMPLOYEES, FrameTotal.REVENUE)
    low: float = 0.3
    high: float = 3.0
    filled: tuple[FilledItem, ...] = ()
    weighed_down: tuple[WeighedDown, ...] = ()


RECOMMENDED = Weighting()
