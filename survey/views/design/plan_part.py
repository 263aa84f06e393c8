"""One part of the analysis plan filled in: added or changed, and kept on the page when it cannot be stored."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_http_methods

from survey.forms.office.plan.parts import FORMS
from survey.forms.office.plan.protection import ProtectionForm
from survey.forms.office.plan.weighting import WeightingForm
from survey.forms.office.plan.words import WordsForm
from survey.forms.office.stale import BothValues
from survey.instrument.plan.changes import with_part
from survey.instrument.plan.known import Known
from survey.instrument.plan.plan import AnalysisPlan
from survey.instrument.routing.asked_of import conditions_of
from survey.models import Questionnaire
from survey.selectors.design.languages import content_languages
from survey.selectors.said import said as gettext
from survey.services.design.plan import PlanRefusedError, change_plan
from survey.views.design.plan import back, read_known, revision_in, section_named
from survey.views.design.plan_stale import both_values, known_as, place_of, what_next
from survey.views.design.questionnaire_of_page import questionnaire_of_page
from survey.views.office import member_of_staff, office_page, render_office

METHODS = ["GET", "HEAD", "POST"]
TITLES = {
    "scale": _("Scale"),
    "theme": _("Theme"),
    "indicator": _("Indicator"),
    "group": _("Group"),
    "table": _("Table"),
    "note": _("Note on method"),
}
ROW_TITLES = {
    "steps": _("Steps, from the first to the last"),
    "parts": _("Parts of the index; their weights add up to 1"),
    "classes": _("Classes that take values together; without them every value stands alone"),
    "names": _("Short names of items in tables and charts"),
    "stated": _("Stated eligible shares; a row without a code holds for every other class"),
    "filled": _("Numeric items whose missing answers are filled within industries"),
    "weighed_down": _("Numeric items whose influential values count less"),
    "filters": _("Whom a condition leaves, as a sentence says it after “firms”, such as: with production equipment"),
}


@require_http_methods(METHODS)
@office_page("change_questionnaire")
def plan_part(request: HttpRequest, code: str, kind: str, place: int | None = None) -> HttpResponse:
    """The part at ``place``, or a new one of this kind; a POST stores it."""
    section = section_named(kind)
    questionnaire = questionnaire_of_page(code)
    draft, known = read_known(questionnaire)
    listed = getattr(draft.plan, section.field)
    if place is not None and request.method == "POST":
        # Others may have moved the parts since the page was shown; the part is found again by its name.
        place = place_of(listed, place, request.POST.get("part", ""))
    elif place is not None and place >= len(listed):
        raise Http404
    part = None if place is None else listed[place]
    form = FORMS[kind](
        request.POST if request.method == "POST" else None,
        known=known,
        part=part,
        # Inputs in all languages of the questionnaire, so that saving does not drop the wording in a third one.
        languages=content_languages(questionnaire),
    )

    def change(plan: AnalysisPlan) -> AnalysisPlan:
        return with_part(plan, section.field, place, form.value())

    return filled_in(request, questionnaire, kind, TITLES[kind], form, (draft.revision, known), change)


@require_http_methods(METHODS)
@office_page("change_questionnaire")
def plan_words(request: HttpRequest, code: str) -> HttpResponse:
    """The short names of items, the word for a row and those for filters; a POST stores them."""
    questionnaire = questionnaire_of_page(code)
    draft, known = read_known(questionnaire)
    data = request.POST if request.method == "POST" else None
    conditions = [each for found in conditions_of(known.questionnaire).values() for each in found]
    form = WordsForm(data, plan=draft.plan, languages=content_languages(questionnaire), conditions=conditions)

    def change(plan: AnalysisPlan) -> AnalysisPlan:
        return replace(plan, **form.value())

    return filled_in(request, questionnaire, "names", _("Short names"), form, (draft.revision, known), change)


@require_http_methods(METHODS)
@office_page("change_questionnaire")
def plan_protection(request: HttpRequest, code: str) -> HttpResponse:
    """The rule of protection and the groups that are looked at two at once; a POST stores them."""
    questionnaire = questionnaire_of_page(code)
    draft, known = read_known(questionnaire)
    form = ProtectionForm(request.POST if request.method == "POST" else None, known=known)

    def change(plan: AnalysisPlan) -> AnalysisPlan:
        return replace(plan, **form.value())

    return filled_in(request, questionnaire, "protection", _("Protection"), form, (draft.revision, known), change)


@require_http_methods(METHODS)
@office_page("change_questionnaire")
def plan_weighting(request: HttpRequest, code: str) -> HttpResponse:
    """The choices from the sample to the final weight; a POST stores them."""
    questionnaire = questionnaire_of_page(code)
    draft, known = read_known(questionnaire)
    form = WeightingForm(
        request.POST if request.method == "POST" else None,
        known=known,
        part=draft.plan.weighting,
        languages=content_languages(questionnaire),
    )

    def change(plan: AnalysisPlan) -> AnalysisPlan:
        return replace(plan, weighting=form.value())

    return filled_in(request, questionnaire, "weighting", _("Weights"), form, (draft.revision, known), change)


def filled_in(
    request: HttpRequest,
    questionnaire: Questionnaire,
    anchor: str,
    title: str,
    form: Any,
    state: tuple[int, Known],
    change: Callable[[AnalysisPlan], AnalysisPlan],
) -> HttpResponse:
    """Store what the form says and go back to the plan, or show it with what is wrong; what was written is kept."""
    # From now on the page knows what is stored, since both values stand on it; sent again, it is saved.
    stored_revision, known = state
    # The revision that was posted: a page that is shown again stays as stale as it is, until both values are shown.
    revision = revision_in(request) if form.is_bound else stored_revision
    status, conflicts = 200, list[BothValues]()
    if form.is_bound and form.is_valid():
        plan = change(known.plan)
        try:
            change_plan(questionnaire=questionnaire, plan=plan, revision=revision, actor=member_of_staff(request))
        except PlanRefusedError as refusal:
            messages.error(request, f"{refusal.complaint.message(gettext)} {what_next()}")
            status, revision, conflicts = 409, stored_revision, both_values(known.plan, plan)
        else:
            messages.success(request, gettext("The plan is saved."))
            return back(questionnaire.code, anchor)
    context: dict[str, Any] = {
        "questionnaire": questionnaire,
        "form": form,
        "revision": revision,
        "conflicts": conflicts,
        "part": request.POST.get("part", "") or (known_as(form.part) if getattr(form, "part", None) else ""),
        "row_sets": [(gettext(ROW_TITLES[name]), rows) for name, rows in getattr(form, "rows", {}).items()],
        "has_errors": form.has_errors if hasattr(form, "has_errors") else bool(form.errors),
        "items": item_lines(known),
        "indicators": list(known.indicators),
    }
    return render_office(request, "design/plan_part.html", gettext(title), status, **context)


def item_lines(known: Known) -> list[dict[str, str]]:
    """The items of the questionnaire with their codes of answers, to look up while filling in."""
    language = get_language() or "zh"
    return [
        {
            "code": item.code,
            "text": item.text.of(language),
            "answers": ", ".join(known.answers(item.code)) if known.is_closed(item.code) else "",
        }
        for item in known.items.values()
    ]
