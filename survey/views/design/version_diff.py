"""Two versions of a questionnaire beside each other, and what its versions measure alike."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from survey.instrument.concepts import Break, BreakKind, ConceptLine, concept_map
from survey.instrument.diff import ChangeKind, Difference, diff
from survey.instrument.plan.diff import diff_plans
from survey.instrument.plan.plan import AnalysisPlan
from survey.instrument.schema import Questionnaire as QuestionnaireValue
from survey.models import Questionnaire, QuestionnaireVersion
from survey.selectors.design.plan import read_plan
from survey.selectors.design.questionnaire import read_questionnaire
from survey.selectors.design.version import questionnaire_of
from survey.selectors.said import said as gettext
from survey.views.design.plan_words import PLAN_FIELDS, PLAN_PARTS
from survey.views.design.questionnaire_of_page import questionnaire_of_page
from survey.views.office import office_page, render_office

DRAFT = "draft"
KINDS = {
    ChangeKind.ADDED: _("added"),
    ChangeKind.REMOVED: _("removed"),
    ChangeKind.RECODED: _("recoded"),
    ChangeKind.MOVED: _("moved"),
    ChangeKind.CHANGED: _("changed"),
}
PARTS = {
    "questionnaire": _("Questionnaire"),
    "section": _("Section"),
    "page": _("Page"),
    "item": _("Item"),
    "option": _("Option"),
    "row": _("Row"),
    "rule": _("Edit rule"),
    **PLAN_PARTS,
}
FIELDS = {
    "appearance": _("appearance"),
    "calculation": _("calculation"),
    "beside_last": _("last answer beside it"),
    "can_estimate": _("estimate offered"),
    "choices": _("choices in the column"),
    "code": _("code"),
    "concept": _("concept"),
    "condition": _("condition"),
    "constraint": _("constraint"),
    "constraint_message": _("constraint message"),
    "decimals": _("decimals"),
    "exclusive": _("excludes others"),
    "file_types": _("file types"),
    "hint": _("hint"),
    "intro": _("introduction"),
    "items": _("items"),
    "largest_change": _("largest change"),
    "level": _("level"),
    "magnitude": _("check of magnitude"),
    "max_choices": _("most choices"),
    "max_length": _("longest text"),
    "max_megabytes": _("largest file"),
    "maximum": _("maximum"),
    "message": _("message"),
    "minimum": _("minimum"),
    "missing": _("non-answers offered"),
    "order": _("order"),
    "pain_point": _("pain point"),
    "parent": _("place"),
    "prefill": _("prefilled from"),
    "shuffled": _("drawn order"),
    "relevant": _("asked if"),
    "required_message": _("message where it is left open"),
    "required": _("required if"),
    "specify": _("asks to specify"),
    "text": _("wording"),
    "title": _("title"),
    "type": _("type"),
    "unit": _("unit"),
    **PLAN_FIELDS,
}
LANGUAGES = {"zh": _("Chinese"), "en": _("English")}
BREAKS = {
    BreakKind.TYPE: _("type"),
    BreakKind.UNIT: _("unit"),
    BreakKind.SCALE: _("options"),
    BreakKind.ROWS: _("rows"),
    BreakKind.BASE: _("who is asked"),
    BreakKind.CONCEPT: _("concept"),
}


@office_page("view_questionnaireversion")
@require_safe
def version_diff(request: HttpRequest, code: str) -> HttpResponse:
    """What differs between two versions, ``?old=1&new=2``; without a choice the two newest."""
    questionnaire = questionnaire_of_page(code)
    editions = editions_of(request, questionnaire)
    names = list(editions)
    new = chosen(request, "new", names, names[-1] if names else "")
    # Without a choice the version before the new one is compared, which is what a designer asks after publishing.
    before = names.index(new) - 1 if new in names else 0
    old = chosen(request, "old", names, names[max(before, 0)] if names else "")
    changes = changes_between(editions, old, new) if names else ()
    context: dict[str, Any] = {
        "questionnaire": questionnaire,
        "editions": [(name, edition_name(name)) for name in names],
        "old": old,
        "new": new,
        "changes": [change_line(change) for change in changes],
    }
    return render_office(request, "design/version_diff.html", gettext("Compare versions"), **context)


@office_page("view_questionnaireversion")
@require_safe
def version_concepts(request: HttpRequest, code: str) -> HttpResponse:
    """The concepts that the versions measure, and where a measure breaks."""
    questionnaire = questionnaire_of_page(code)
    editions = editions_of(request, questionnaire)
    lines = concept_map([content_of(editions, name) for name in editions])
    context: dict[str, Any] = {
        "questionnaire": questionnaire,
        "editions": [edition_name(name) for name in editions],
        "lines": [concept_line(line) for line in lines],
        "broken": sum(any(found.ends_comparison for found in line.breaks) for line in lines),
    }
    return render_office(request, "design/version_concepts.html", gettext("Concepts of the versions"), **context)


Editions = dict[str, QuestionnaireVersion | int]


def editions_of(request: HttpRequest, questionnaire: Questionnaire) -> Editions:
    """The versions by number, the oldest first, and for those who may see it the design as it stands now."""
    # Of many versions two are compared; their documents are read when they are.
    versions = questionnaire.versions.defer("schema", "plan").order_by("number")
    editions: Editions = {str(version.number): version for version in versions}
    # Who may only see versions is not shown what is being designed.
    if request.user.has_perm("survey.view_questionnaire"):
        editions[DRAFT] = questionnaire.pk
    return editions


def content_of(editions: Editions, name: str) -> QuestionnaireValue:
    edition = editions[name]
    return read_questionnaire(edition) if isinstance(edition, int) else questionnaire_of(edition)


def changes_between(editions: Editions, old: str, new: str) -> tuple[Difference, ...]:
    """What differs in the questionnaire, and then in what is designed of its analysis plan."""
    asked = diff(content_of(editions, old), content_of(editions, new))
    return (*asked, *diff_plans(plan_of(editions, old), plan_of(editions, new)))


def plan_of(editions: Editions, name: str) -> AnalysisPlan:
    """The designed parts of a plan; what follows from the questionnaire changes with that."""
    edition = editions[name]
    return read_plan(edition) if isinstance(edition, int) else AnalysisPlan.from_dict(edition.plan)


def chosen(request: HttpRequest, name: str, names: list[str], otherwise: str) -> str:
    """The edition that the address names, or ``otherwise`` where there is none of that name."""
    asked = request.GET.get(name, "")
    return asked if asked in names else otherwise


def edition_name(name: str) -> str:
    return gettext("as designed now") if name == DRAFT else f"v{name}"


def change_line(change: Difference) -> dict[str, str]:
    """A difference in the language of the page."""
    return {
        "kind": change.kind.value,
        "kind_label": gettext(KINDS[change.kind]),
        "part": gettext(PARTS[change.part]),
        "code": change.code,
        "field": field_name(change.field),
        "old": change.old,
        "new": change.new,
    }


def field_name(field: str) -> str:
    """The name of a field, with the language of a wording."""
    # The differ names a wording by field and language; further languages have no name of their own here.
    name, _dot, language = field.partition(".")
    said = gettext(FIELDS[name]) if name else ""
    if not language:
        return said
    return pgettext("field and language", "%(field)s (%(language)s)") % {
        "field": said,
        "language": gettext(LANGUAGES[language]),
    }


def concept_line(line: ConceptLine) -> dict[str, Any]:
    """A concept with its item in each version and the breaks that begin there."""
    by_index: dict[int, list[Break]] = {}
    for found in line.breaks:
        by_index.setdefault(found.index, []).append(found)
    cells = [
        {"item": item or "", "breaks": [break_line(found) for found in by_index.get(index, [])]}
        for index, item in enumerate(line.items)
    ]
    return {"concept": line.concept, "cells": cells, "is_broken": any(found.ends_comparison for found in line.breaks)}


def break_line(found: Break) -> dict[str, Any]:
    kind = gettext(BREAKS[found.kind])
    return {"kind": kind, "old": found.old or "–", "new": found.new or "–", "is_break": found.ends_comparison}
