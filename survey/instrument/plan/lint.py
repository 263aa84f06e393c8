"""Everything that can be told to be wrong with an analysis plan before it is published."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from survey.complaints import Complaint
from survey.instrument.languages import LANGUAGES_READ
from survey.instrument.lint.catalogue import finding
from survey.instrument.plan.known import Known
from survey.instrument.plan.lint_groups import group_findings
from survey.instrument.plan.lint_indicators import indicator_findings
from survey.instrument.plan.lint_scales import scale_findings, theme_findings
from survey.instrument.plan.lint_tables import table_findings
from survey.instrument.plan.lint_weighting import weighting_findings
from survey.instrument.plan.parts import parts_of_plan
from survey.instrument.plan.plan import MOST_DOMINANT, AnalysisPlan
from survey.instrument.routing.asked_of import conditions_of
from survey.instrument.schema import Questionnaire, Text

FEWEST_FIRMS = 3
"""Below three firms each of two knows the other one's figure."""
# Codes become names of columns, worksheets and fields of forms: letters that all of these take.
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
PLAN = ("plan", "")


def lint_plan(
    plan: AnalysisPlan, questionnaire: Questionnaire, frame: Mapping[str, tuple[str, ...]]
) -> tuple[Complaint, ...]:
    """Every finding in the order of the plan. ``frame`` has the values of each variable of the frame. Never raises."""
    known = Known(questionnaire=questionnaire, plan=plan, frame=frame)
    # Each once: two checks may come upon the same fault.
    return tuple(dict.fromkeys(finding for check in CHECKS for finding in check(known)))


def _codes(known: Known) -> Iterator[Complaint]:
    """Codes that cannot be one, or that name two parts. Rows of tables name items, themes and indicators alike."""
    for kind, parts in parts_of_plan(known.plan).items():
        for code, count in Counter(part.code for part in parts).items():
            if count > 1:
                yield finding("plan_code_twice", (kind, code), "code", code)
            if not _CODE.fullmatch(code):
                yield finding("plan_code_form", (kind, code), "code", code)
            # A row of a table names any of these by code alone.
            if kind in ("theme", "indicator") and code in known.items:
                yield finding("plan_code_of_item", (kind, code), "code", code)
            if kind == "indicator" and code in known.themes:
                yield finding("plan_code_twice", (kind, code), "code", code)


def _wordings(known: Known) -> Iterator[Complaint]:
    """Names that are missing, or missing in one of the two languages of the interface."""
    for kind, parts in parts_of_plan(known.plan).items():
        for part in parts:
            if not part.text and not getattr(part, "item", ""):
                yield finding("plan_no_text", (kind, part.code), "text")
            yield from _languages((kind, part.code), part)
    yield from _language(PLAN, "row_text", known.plan.row_text)
    yield from _language(("weighting", ""), "reason", known.plan.weighting.reason)
    for item, name in known.plan.names.items():
        yield from _language(("name", item), "text", name)
    for condition, text in known.plan.filters.items():
        yield from _language(("filter", condition), "text", text)
    for number, note in enumerate(known.plan.notes, start=1):
        yield from _languages(("note", str(number)), note)


def _languages(place: tuple[str, str], part: object, within: str = "") -> Iterator[Complaint]:
    for name in getattr(part, "__dataclass_fields__", ()):
        value = getattr(part, name)
        if isinstance(value, Text):
            yield from _language(place, within + name, value)
        elif isinstance(value, tuple):
            for each in value:
                yield from _languages(place, each, within)
        elif hasattr(value, "__dataclass_fields__"):
            yield from _languages(place, value, f"{name}.")


def _language(place: tuple[str, str], field: str, text: Text) -> Iterator[Complaint]:
    for language, name in LANGUAGES_READ:
        if text and not text.to_dict()[language]:
            yield finding("missing_translation", place, field, language, {"language": name})


def _names(known: Known) -> Iterator[Complaint]:
    for item in known.plan.names:
        if item not in known.items and item not in known.numbers:
            yield finding("name_unused", ("name", item), "", item)


def _filters(known: Known) -> Iterator[Complaint]:
    conditions = {each for found in conditions_of(known.questionnaire).values() for each in found}
    for condition in known.plan.filters:
        if condition not in conditions:
            yield finding("filter_unused", ("filter", condition), "", condition)


def _threshold(known: Known) -> Iterator[Complaint]:
    rule = known.plan.threshold
    place, limits = ("threshold", ""), {"most": MOST_DOMINANT}
    if rule.firms < FEWEST_FIRMS:
        yield finding("threshold_low", place, "firms", str(rule.firms))
    for name, value in (("dominance", rule.dominance), ("p", rule.p)):
        # 0 would withhold every figure, more than 1 none.
        if not 0 < value <= 1:
            yield finding("threshold_range", place, name, f"{value:g}", limits)
    # More would be taken for as many as are kept, and protect less than the plan says.
    if not 1 <= rule.dominant <= MOST_DOMINANT:
        yield finding("threshold_range", place, "dominant", str(rule.dominant), limits)


CHECKS: tuple[Callable[[Known], Iterator[Complaint]], ...] = (
    _codes,
    _wordings,
    scale_findings,
    theme_findings,
    indicator_findings,
    group_findings,
    table_findings,
    _names,
    _filters,
    _threshold,
    weighting_findings,
)
