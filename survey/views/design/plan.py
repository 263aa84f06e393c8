"""The analysis plan beside its questionnaire: what results are about, section by section, and which tables come out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_POST, require_safe

from survey.forms.office.plan.protection import crossing_words
from survey.instrument.plan.changes import with_part_moved, with_section_of, without_part
from survey.instrument.plan.known import Known
from survey.instrument.plan.plan import AnalysisPlan
from survey.models import Questionnaire
from survey.selectors.design.plan import DraftPlan, frame_values, plan_check, read_draft
from survey.selectors.design.questionnaire import read_questionnaire
from survey.selectors.said import said as gettext
from survey.services.design.plan import PlanRefusedError, change_plan
from survey.terms import AskedUnit
from survey.views.design.plan_weighting import weighting_lines
from survey.views.design.plan_words import part_line, plan_complaint_line, table_line
from survey.views.design.questionnaire_of_page import questionnaire_of_page
from survey.views.office import member_of_staff, office_page, render_office


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSection:
    """A section of the page: the ``kind`` of its parts, the ``field`` of the plan that lists them, and its words."""

    kind: str
    field: str
    title: str
    lead: str
    add: str


SECTIONS = (
    PlanSection(
        kind="scale",
        field="scales",
        title=_("Scales"),
        lead=_("Ordered answers that several items share, and which of them count."),
        add=_("Add a scale"),
    ),
    PlanSection(
        kind="theme",
        field="themes",
        title=_("Themes"),
        lead=_("Items of one scale that are looked at together; they stand in this order at the head of the results."),
        add=_("Add a theme"),
    ),
    PlanSection(
        kind="indicator",
        field="indicators",
        title=_("Indicators"),
        lead=_("Shares, means, totals, ratios, balances, and indices made of weighted parts."),
        add=_("Add an indicator"),
    ),
    PlanSection(
        kind="group",
        field="groups",
        title=_("Groups"),
        lead=_("What results are split and filtered by: variables of the frame, answers, or coarser versions of them."),
        add=_("Add a group"),
    ),
    PlanSection(
        kind="table",
        field="blocks",
        title=_("Tables"),
        lead=_("The tables of dashboard and release, in their order."),
        add=_("Add a table"),
    ),
    PlanSection(
        kind="note",
        field="notes",
        title=_("Notes on method"),
        lead=_("Paragraphs that stand among the notes on method of a release."),
        add=_("Add a note"),
    ),
)
SECTION_OF: dict[str, PlanSection] = {section.kind: section for section in SECTIONS}


@office_page("view_questionnaire")
@require_safe
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """The plan as it is designed, what it leaves to be derived, and what the check finds."""
    questionnaire = questionnaire_of_page(code)
    draft, known = read_known(questionnaire)
    language = get_language() or "zh"
    context: dict[str, Any] = {
        "questionnaire": questionnaire,
        "revision": draft.revision,
        # An empty plan is no mistake: what it leaves out follows from the questionnaire.
        "is_derived": not draft.plan.to_dict(),
        "sections": [section_lines(section, known, language) for section in SECTIONS],
        "names": [(item, text.of(language)) for item, text in draft.plan.names.items()],
        "filters": [(condition, text.of(language)) for condition, text in draft.plan.filters.items()],
        "row_text": draft.plan.row_text.of(language),
        "threshold": draft.plan.threshold,
        "crossings": [crossing_words(known, pair) for pair in known.whole.crossings],
        "weighting": weighting_lines(draft.plan.weighting, language),
        "tables": [table_line(table, known, language) for table in known.whole.blocks],
        "findings": [plan_complaint_line(finding) for finding in plan_check(known.questionnaire, draft.plan)],
    }
    return render_office(request, "design/plan.html", gettext("Analysis plan"), **context)


def read_known(questionnaire: Questionnaire) -> tuple[DraftPlan, Known]:
    """The draft with its revision, and what it is about."""
    draft = read_draft(questionnaire.pk)
    content = read_questionnaire(questionnaire.pk)
    asks = AskedUnit(questionnaire.survey.asks)
    return draft, Known(questionnaire=content, plan=draft.plan, frame=frame_values(), asks=asks)


def section_lines(section: PlanSection, known: Known, language: str) -> dict[str, Any]:
    """A section in the language of the page; ``lines`` are derived where the designer has left it empty."""
    designed = getattr(known.plan, section.field)
    return {
        "kind": section.kind,
        "title": gettext(section.title),
        "lead": gettext(section.lead),
        "add": gettext(section.add),
        "is_derived": not designed,
        # Derived parts are shown as they will come out, or an empty section would look as if it gave no results.
        "lines": [part_line(section.kind, part, language) for part in designed or getattr(known.whole, section.field)],
    }


@require_POST
@office_page("change_questionnaire")
def plan_take_over(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The derived parts of a section become the designer's own, to be changed from there."""
    section = section_named(kind)

    def taken(known: Known) -> AnalysisPlan:
        return with_section_of(known.plan, section.field, known.whole)

    return changed(request, code, kind, taken, gettext("The derived parts are taken over. Change them as you need."))


@require_POST
@office_page("change_questionnaire")
def plan_move(request: HttpRequest, code: str, kind: str, place: int) -> HttpResponse:
    """A part one place up or down, ``by`` is -1 or 1."""
    section = section_named(kind)
    # Whatever else is posted counts as "down": no number of places from outside reaches the plan.
    by = -1 if request.POST.get("by") == "-1" else 1
    return changed(request, code, kind, lambda known: with_part_moved(known.plan, section.field, place, by))


@require_POST
@office_page("change_questionnaire")
def plan_remove(request: HttpRequest, code: str, kind: str, place: int) -> HttpResponse:
    """A part taken out of the plan."""
    section = section_named(kind)

    def removed(known: Known) -> AnalysisPlan:
        return without_part(known.plan, section.field, place)

    return changed(request, code, kind, removed, gettext("It is taken out of the plan."))


def section_named(kind: str) -> PlanSection:
    """The section of a kind of parts. Raises Http404."""
    if kind not in SECTION_OF:
        raise Http404
    return SECTION_OF[kind]


def changed(
    request: HttpRequest, code: str, kind: str, change: Callable[[Known], AnalysisPlan], said: str = ""
) -> HttpResponse:
    """Store a change of the plan that the page of this revision asks for, and go back to its section."""
    questionnaire = questionnaire_of_page(code)
    # Read anew: the change is made to the plan as it stands, and refused where that is not the page's revision.
    _draft, known = read_known(questionnaire)
    revision = revision_in(request)
    try:
        change_plan(questionnaire=questionnaire, plan=change(known), revision=revision, actor=member_of_staff(request))
    # A place that is gone: two windows with the same plan, and a part was removed in the other.
    except (PlanRefusedError, IndexError) as refusal:
        messages.error(request, str(refusal) if isinstance(refusal, PlanRefusedError) else gettext(GONE))
    else:
        if said:
            messages.success(request, said)
    return back(code, kind)


GONE = _("That part of the plan is not there any more. The plan as it is now is shown below.")


def revision_in(request: HttpRequest) -> int:
    """The revision that the page was made of; none that is stored where it is not a number."""
    sent = request.POST.get("revision", "")
    # Fewer than ten digits: int() of a million digits keeps a worker busy, and no revision is as high.
    return int(sent) if sent.isdecimal() and len(sent) < 10 else -1


def back(code: str, kind: str) -> HttpResponse:
    """To the section of the plan."""
    response = redirect("plan", code)
    # redirect() takes a route and its arguments; a fragment is no part of either.
    response["Location"] += f"#{kind}"
    return response
