"""Parts of an analysis plan in one line each, in the language of the page."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_noop as _
from django.utils.translation import pgettext

from survey.complaints import Complaint
from survey.instrument.kinds.choices import options_of
from survey.instrument.plan.known import Known
from survey.instrument.plan.plan import Group, Indicator, MethodNote, PlannedBlock, Scale, Theme
from survey.instrument.schema import Text
from survey.selectors.said import said as gettext
from survey.selectors.said import said_many as ngettext
from survey.terms import GroupSource, IndicatorKind
from survey.views.complaints import ComplaintLine, complaint_line

DOT = " · "
PLAN_PARTS = {
    "scale": _("Scale"),
    "theme": _("Theme"),
    "indicator": _("Indicator"),
    "group": _("Group"),
    "table": _("Table"),
    "name": _("Short name"),
    "filter": _("Words for a filter"),
    "note": _("Note on method"),
    "plan": _("Analysis plan"),
    "threshold": _("Protection"),
    "weighting": _("Weights"),
}
"""The parts of an analysis plan, as findings and comparisons name them."""
PLAN_FIELDS = {
    "base": _("base"),
    "calibration": _("calibration to the frame"),
    "eligibility": _("eligible share of the firms of which nobody knows"),
    "eligibility_by": _("estimated within"),
    "filled": _("items whose gaps are filled"),
    "high": _("largest factor of calibration"),
    "largest_factor": _("largest factor for nonresponse, in times that of all strata"),
    "largest_weight": _("largest weight, in times the mean weight"),
    "least_answers": _("answers that a stratum needs"),
    "low": _("smallest factor of calibration"),
    "margins": _("counts that are met"),
    "merging": _("strata with too few answers join"),
    "nonresponse": _("who answers for firms that did not"),
    "numbers": _("totals that are met"),
    "reason": _("reason of a stated share"),
    "stated": _("stated eligible shares"),
    "weighed_down": _("items whose influential values count less"),
    "beside": _("shown together with"),
    "change_text": _("title of the table of change"),
    "crossings": _("groups two at once"),
    "classes": _("classes"),
    "denominator": _("divided by"),
    "dominance": _("largest share of the dominant firms"),
    "dominant": _("dominant firms"),
    "finding": _("sentence about the figure"),
    "firms": _("least firms under a figure"),
    "first_only": _("first choice only"),
    "is_adverse": _("the last step is the worst"),
    "is_filter": _("results can be filtered by it"),
    "is_headline": _("at the head of the results"),
    "item": _("item"),
    "kind": _("figure"),
    "marked": _("steps that count"),
    "marked_text": _("words for the steps that count"),
    "note": _("note"),
    "on_dashboard": _("on the dashboard"),
    "options": _("answers that count"),
    "ordered_by": _("rows in the order of"),
    "p": _("least error of an estimate of another firm"),
    "page_text": _("title on the page"),
    "paragraph": _("paragraph"),
    "parts": _("parts of the index"),
    "presentation": _("presentation"),
    "reference": _("reference value"),
    "rows": _("rows"),
    "scale": _("scale"),
    "source": _("from"),
    "split": _("by group"),
    "statistic": _("figure"),
    "times": _("written as so many times the figure"),
    "steps": _("steps"),
    "variable": _("variable"),
}
"""The fields of parts of a plan that parts of a questionnaire do not have, as a comparison names them."""


def plan_complaint_line(finding: Complaint) -> ComplaintLine:
    """A complaint about the analysis plan; the kind of the part stands before its code."""
    line, kind = complaint_line(finding), PLAN_PARTS.get(finding.place.kind)
    return replace(line, place=f"{gettext(kind)} {line.place}".strip()) if kind else line


def part_line(kind: str, part: Any, language: str) -> dict[str, str]:
    """Code, name and what it is of a part."""
    text: Text = part.text
    return {"code": getattr(part, "code", ""), "name": text.of(language), "about": ABOUT[kind](part, language)}


def table_line(table: PlannedBlock, known: Known, language: str) -> dict[str, Any]:
    """What a table will be: its title, its figure, how many rows, and by what it is split."""
    item = known.items.get(table.item)
    # A table without rows of its own has those of its item.
    rows = len(table.rows) or (len(options_of(item)) if item else 0)
    group = known.groups.get(table.split)
    return {
        "code": table.code,
        "title": (table.text or (item.text if item else table.text)).of(language) or table.code,
        "presentation": gettext(table.presentation.label),
        "statistic": gettext(table.statistic.label),
        "rows": rows,
        "split": group.text.of(language) if group else table.split,
        "on_dashboard": table.on_dashboard,
    }


def _listed(codes: tuple[str, ...], most: int = 6) -> str:
    # A theme may have thirty items; its line is to tell it apart, not to list it.
    shown = ", ".join(codes[:most])
    return f"{shown} …" if len(codes) > most else shown


def _scale(scale: Scale, language: str) -> str:
    steps = [f"{step.text.of(language)}{' ✓' if step.code in scale.marked else ''}" for step in scale.steps]
    count = ngettext("%(count)s item", "%(count)s items", len(scale.items)) % {"count": len(scale.items)}
    return f"{' – '.join(steps)}{DOT}{count}"


def _theme(theme: Theme, language: str) -> str:
    said = [f"{theme.scale}: {_listed(theme.items)}", *([gettext("at the head")] if theme.is_headline else [])]
    return DOT.join(said)


def _indicator(indicator: Indicator, language: str) -> str:
    said = [gettext(indicator.kind.label), _subject(indicator)]
    if indicator.reference is not None:
        value = f"{indicator.reference.value:g}"
        said.append(gettext("reference %(value)s") % {"value": value})
    return DOT.join(word for word in said if word)


def _subject(indicator: Indicator) -> str:
    if indicator.kind is IndicatorKind.INDEX:
        parts = [f"{part.weight:g} {'−' if part.inverted else ''}{part.indicator}" for part in indicator.parts]
        return " + ".join(parts)
    if indicator.kind is IndicatorKind.RATIO:
        return f"{indicator.item} / {indicator.denominator}"
    counted = f" = {_listed(indicator.options)}" if indicator.options else ""
    return f"{indicator.item}{counted}"


def _group(group: Group, language: str) -> str:
    source = gettext("frame") if group.source is GroupSource.FRAME else gettext("answer")
    classes = [each.text.of(language) or each.code for each in group.classes]
    return DOT.join([f"{source}: {group.variable}", *([" / ".join(classes)] if classes else [])])


def _table(table: PlannedBlock, language: str) -> str:
    split = pgettext("table", "by %(group)s") % {"group": table.split} if table.split else ""
    rows = _listed(table.rows) or table.item
    said = (gettext(table.presentation.label), gettext(table.statistic.label), rows, split)
    return DOT.join(word for word in said if word)


def _note(note: MethodNote, language: str) -> str:
    wording = note.paragraph.of(language)
    return wording if len(wording) <= 120 else f"{wording[:119]}…"


ABOUT: Mapping[str, Callable[[Any, str], str]] = {
    "scale": _scale,
    "theme": _theme,
    "indicator": _indicator,
    "group": _group,
    "table": _table,
    "note": _note,
}
"""By kind of part what is said of it behind its name."""
