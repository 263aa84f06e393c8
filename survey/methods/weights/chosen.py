"""The weighting section of an analysis plan as the plan that the spine follows, for what a wave has."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from survey.instrument.plan.weighting import FilledItem, Weighting
from survey.methods.calibrated.to_frame import CROSSED, CalibrationPlan
from survey.methods.extract import Coded
from survey.methods.imputation.filling import FillingPlan
from survey.methods.weights.dispositions import is_unknown
from survey.methods.weights.eligibility import ALL_OTHERS, EligibilityChoice
from survey.methods.weights.fieldwork import Fieldwork, FrameTotals
from survey.methods.weights.plan import WeightingPlan
from survey.weighting_terms import CalibrationMethod, EligibilityRule, FillingRule, FrameMargin

INDUSTRY, SIZE = FrameMargin.INDUSTRY.value, FrameMargin.SIZE.value


def weighting_plan(weighting: Weighting, fieldwork: Fieldwork, items: Collection[str]) -> WeightingPlan:
    """What the spine does for this fieldwork and the numeric `items` that were answered.

    A follow-up that has resolved no case yet gives no e: until then it comes from the known cases, which the account of
    the classes says.
    """
    return WeightingPlan(
        merging=weighting.merging,
        least_respondents=weighting.least_answers,
        largest_factor=weighting.largest_factor,
        largest_weight=weighting.largest_weight,
        eligibility=_eligibility(weighting, fieldwork),
        nonresponse=weighting.nonresponse,
        propensity=tuple(fieldwork.categories),
        calibration=_calibration(weighting, fieldwork),
        filling={one.item: _filling(one, fieldwork) for one in weighting.filled if one.item in items},
        winsorised={one.item: one.limit for one in weighting.weighed_down if one.item in items},
    )


def _eligibility(weighting: Weighting, fieldwork: Fieldwork) -> EligibilityChoice:
    rule = weighting.eligibility
    if rule is EligibilityRule.STATED:
        stated = {one.within: one.share for one in weighting.stated}
        # A class without a stated share is taken as eligible throughout, which gives the lowest response rate.
        return EligibilityChoice(
            rule=rule, by=weighting.eligibility_by, stated={ALL_OTHERS: 1.0, **stated}, reason=_reason(weighting)
        )
    if rule is EligibilityRule.FOLLOW_UP and not _has_follow_up(fieldwork):
        rule = EligibilityRule.KNOWN_CASES
    return EligibilityChoice(rule=rule, by=weighting.eligibility_by)


def _reason(weighting: Weighting) -> str:
    wordings = weighting.reason.to_dict().values()
    # The account has to print a reason in whatever language there is one; the rule's name is better than none.
    return next((wording for wording in wordings if wording.strip()), EligibilityRule.STATED.value)


def _has_follow_up(fieldwork: Fieldwork) -> bool:
    if fieldwork.followed_up is None:
        return False
    unknown = is_unknown(fieldwork.outcome) & ~fieldwork.responded
    return bool((fieldwork.followed_up & ~unknown).any())


def _calibration(weighting: Weighting, fieldwork: Fieldwork) -> CalibrationPlan | None:
    """The chosen margins and numbers that the frame has; None where the survey wants none, or the frame has none."""
    method, frame = weighting.calibration, fieldwork.frame
    if method is CalibrationMethod.NONE or frame is None:
        return None
    # A margin whose variable has gaps in the frame has no total there and cannot be calibrated to.
    margins = tuple((one.value,) for one in weighting.margins if all(part in frame.counts for part in _parts(one)))
    numbers = tuple(one.value for one in weighting.numbers if one.value in frame.totals)
    if method is CalibrationMethod.POSTSTRATIFY:
        # Post-stratification has one set of cells and no totals; several margins are what raking is for.
        margins, numbers = margins[:1], ()
    if not margins:
        return None
    # Every cell has one factor, its count over its estimate: bounds could only keep the cell from being met.
    bounds = None if method is CalibrationMethod.POSTSTRATIFY else (weighting.low, weighting.high)
    return CalibrationPlan(method=method.value, margins=margins, numeric=numbers, bounds=bounds)


def _parts(margin: FrameMargin) -> list[str]:
    return margin.value.split(CROSSED)


def _filling(one: FilledItem, fieldwork: Fieldwork) -> FillingPlan:
    # A ratio has one denominator; a nearest donor may be looked for in every number of the frame.
    numbers = (one.by.value,) if one.filling is FillingRule.RATIO else tuple(fieldwork.numbers)
    variables = tuple(name for name in numbers if name in fieldwork.numbers)
    classes = tuple(name for name in (INDUSTRY,) if name in fieldwork.categories)
    return FillingPlan(method=one.filling, classes=classes, variables=variables)


def crossed(fieldwork: Fieldwork, weighting: Weighting) -> Fieldwork:
    """The fieldwork with industry by size as a variable of its own, where the survey calibrates to its cells."""
    frame, wanted = fieldwork.frame, FrameMargin.STRATUM.value
    if frame is None or FrameMargin.STRATUM not in weighting.margins or wanted in fieldwork.categories:
        return fieldwork
    cells = Coded(fieldwork.stratum, fieldwork.strata)
    counts = dict(zip(fieldwork.strata, _populations(fieldwork), strict=True))
    return replace(
        fieldwork,
        categories={**fieldwork.categories, wanted: cells},
        frame=FrameTotals(counts={**frame.counts, wanted: counts}, totals=frame.totals),
    )


def _populations(fieldwork: Fieldwork) -> list[float]:
    """Firms of the frame in each stratum, which is what the design weights of its sample add up to."""
    sums = np.bincount(fieldwork.stratum, fieldwork.design_weight, len(fieldwork.strata))
    return [float(size) for size in sums]
