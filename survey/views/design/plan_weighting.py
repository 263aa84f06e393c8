"""The weighting section of an analysis plan in words."""

from django.utils.translation import gettext_noop as _

from survey.instrument.plan.weighting import StatedShare, Weighting
from survey.selectors.said import said as gettext
from survey.terms import Labelled
from survey.weighting_terms import CalibrationMethod, EligibilityRule


def weighting_lines(chosen: Weighting, language: str) -> list[tuple[str, str]]:
    """(what is chosen, how) in the language of the page."""
    lines = [
        (_("Strata with too few answers join"), gettext(chosen.merging.label)),
        (_("Answers that a stratum needs"), str(chosen.least_answers)),
        *_limits(chosen),
        (_("Eligible share of the firms of which nobody knows"), gettext(chosen.eligibility.label)),
        (_("Estimated within"), gettext(chosen.eligibility_by.label)),
    ]
    # Lines only for what the choice makes count: shares of a rule that is not chosen would read as if they held.
    if chosen.eligibility is EligibilityRule.STATED:
        lines += [(_("Stated shares"), _shares(chosen.stated)), (_("Reason"), chosen.reason.of(language))]
    lines += [
        (_("Who answers for firms that did not"), gettext(chosen.nonresponse.label)),
        (_("Calibration to the frame"), gettext(chosen.calibration.label)),
    ]
    if chosen.calibration is not CalibrationMethod.NONE:
        lines += [
            (_("Counts and totals that are met"), _labels((*chosen.margins, *chosen.numbers))),
            (_("Bounds of the factors"), f"{chosen.low:g} – {chosen.high:g}"),
        ]
    filled = [f"{one.item} ({gettext(one.filling.label)})" for one in chosen.filled]
    cut = [one.item if one.limit is None else f"{one.item} (L = {one.limit:g})" for one in chosen.weighed_down]
    lines += [(_("Items whose gaps are filled"), "; ".join(filled))] if filled else []
    lines += [(_("Items whose influential values count less"), "; ".join(cut))] if cut else []
    return [(gettext(label), value) for label, value in lines]


def _limits(chosen: Weighting) -> list[tuple[str, str]]:
    limits = [
        (_("Largest factor for nonresponse, in times that of all strata"), chosen.largest_factor),
        (_("Largest weight, in times the mean weight"), chosen.largest_weight),
    ]
    return [(label, f"{times:g}") for label, times in limits if times is not None]


def _shares(stated: tuple[StatedShare, ...]) -> str:
    # Not within the braces of a text, where it is not found for the catalogue.
    others = gettext("every other class")
    return "; ".join(f"{one.within or others}: {one.share:g}" for one in stated)


def _labels(terms: tuple[Labelled, ...]) -> str:
    return "; ".join(gettext(term.label) for term in terms)
