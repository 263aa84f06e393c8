"""Choices of weights that cannot be made, or that lack what must be said of them."""

from collections import Counter
from collections.abc import Iterator

from survey.complaints import Complaint
from survey.instrument.lint.catalogue import finding
from survey.instrument.plan.known import Known
from survey.instrument.plan.weighting import Weighting
from survey.weighting_terms import CalibrationMethod, EligibilityRule

PLACE = ("weighting", "")


def weighting_findings(known: Known) -> Iterator[Complaint]:
    """Findings about the weighting section, in its order."""
    chosen = known.plan.weighting
    yield from _limits(chosen)
    yield from _stated(chosen)
    yield from _calibration(chosen)
    for field in ("filled", "weighed_down"):
        items = [one.item for one in getattr(chosen, field)]
        for item, count in Counter(items).items():
            if item not in known.numbers:
                yield finding("weighting_no_number", PLACE, field, item)
            if count > 1:
                yield finding("weighting_item_twice", PLACE, field, item)
    for one in chosen.weighed_down:
        if one.limit is not None and not one.limit > 0:
            yield finding("weighting_limit", PLACE, "weighed_down", f"{one.limit:g}")


def _limits(chosen: Weighting) -> Iterator[Complaint]:
    if chosen.least_answers < 2:
        yield finding("weighting_least_answers", PLACE, "least_answers", str(chosen.least_answers))
    for field in ("largest_factor", "largest_weight"):
        times = getattr(chosen, field)
        if times is not None and not times > 1:
            yield finding("weighting_times", PLACE, field, f"{times:g}")


def _stated(chosen: Weighting) -> Iterator[Complaint]:
    for within, count in Counter(one.within for one in chosen.stated).items():
        if count > 1:
            yield finding("weighting_class_twice", PLACE, "stated", within)
    for one in chosen.stated:
        if not 0 <= one.share <= 1:
            yield finding("weighting_share_range", PLACE, "stated", f"{one.share:g}")
    if chosen.eligibility is EligibilityRule.STATED:
        if not any(one.within == "" for one in chosen.stated):
            yield finding("weighting_no_share", PLACE, "stated")
        if not chosen.reason:
            yield finding("weighting_no_reason", PLACE, "reason")


def _calibration(chosen: Weighting) -> Iterator[Complaint]:
    if chosen.calibration is CalibrationMethod.NONE:
        return
    if not chosen.margins:
        yield finding("weighting_no_margin", PLACE, "margins")
    if chosen.calibration is CalibrationMethod.POSTSTRATIFY and len(chosen.margins) > 1:
        yield finding("weighting_one_margin", PLACE, "margins", str(len(chosen.margins)))
    # g = 1 is no change: bounds that leave it out ask every weight to move.
    if not 0 <= chosen.low < 1 < chosen.high:
        yield finding("weighting_bounds", PLACE, "low", f"{chosen.low:g} – {chosen.high:g}")
