"""Mailings of a wave: the list of runs, a new one after its preview, and the page of one with its buttons."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from survey.forms.office.cases import CaseFilterForm
from survey.forms.office.mailing import MailingForm
from survey.jobs.asking import ask_for
from survey.jobs.kinds.mailing import PREPARE
from survey.mailing_terms import SHORT, MailingPurpose
from survey.models import Case, Mailing, Wave
from survey.selectors.fieldwork.cases import waves_with_cases
from survey.selectors.fieldwork.territory import rows_of_territory as rows_of_territory
from survey.selectors.mailing.audience import audience
from survey.selectors.mailing.runs import (
    next_purpose,
    planned_mailings,
    runs_of,
)
from survey.selectors.said import said as _
from survey.services.mailing.planning import due_at
from survey.services.mailing.preparing import MailingError, next_number, start_mailing
from survey.services.mailing.wording import WordingError, mailing_wording_of, message_to
from survey.views.fieldwork.case_actions import questionnaire_address
from survey.views.fieldwork.wave_of_page import wave_at_hand, wave_of
from survey.views.office import member_of_staff, office_page, render_office

# More keys would make an address longer than servers take (8 kB); lists beyond that go by their filter.
CASES_IN_ADDRESS = 200
# Whoever looks at a preview has no need of a working code, and a screen may be seen by others.
NO_CODE = "XXXX-XXXX-XXXX-XXXX"


@office_page("view_case", "issue_access_codes")
@require_safe
def mailing(request: HttpRequest) -> HttpResponse:
    """The mailings of the present wave."""
    wave = wave_at_hand(request, "")
    if wave is None:
        return render_office(request, "fieldwork/case_list_empty.html", _("Mailings"))
    return redirect("mailing_list", wave.code)


def visible_runs(request: HttpRequest) -> QuerySet[Mailing]:
    """The runs that the member of staff may see: whoever works on some districts alone sees his own."""
    user = member_of_staff(request)
    return Mailing.objects.filter(selection__of=user.pk) if rows_of_territory(user) else Mailing.objects.all()


@office_page("view_case", "issue_access_codes")
@require_safe
def mailing_list(request: HttpRequest, code: str) -> HttpResponse:
    """What the firms of a wave were written, what is planned, and the texts."""
    wave = wave_of(request, code)
    planned = [(entry, due_at(entry)) for entry in planned_mailings(wave)]
    return render_office(
        request,
        "fieldwork/mailings.html",
        _("Mailings"),
        wave=wave,
        runs=runs_of(wave, visible_runs(request)),
        waves=waves_with_cases(request.user),
        may_plan=not own_part(request),
        planned=planned,
        purposes=list(MailingPurpose),
        has_cases=wave.cases.exists(),
    )


@office_page("view_case", "issue_access_codes")
@require_http_methods(["GET", "HEAD", "POST"])
def mailing_new(request: HttpRequest, code: str) -> HttpResponse:
    """Choose purpose and channel, see whom it writes to and what one firm reads; prepare it when that is confirmed."""
    wave = wave_of(request, code)
    given = request.POST if request.method == "POST" else request.GET
    # Last, so that no posted selection can widen what an officer of some districts writes to.
    selection = selection_of(given, wave) | own_part(request)
    start = {"purpose": next_purpose(wave).value, "channel": "email", "language": "zh", "envelope": "din"}
    shown = {name: given.get(name, value) for name, value in start.items()} | {"otherwise": given.get("otherwise", "")}
    form = MailingForm(shown)
    refusal = ""
    if form.is_valid() and "prepare" in request.POST:
        try:
            return start_run(request, wave, form, selection)
        except (MailingError, WordingError) as error:
            refusal = str(error)
    return new_page(request, wave, form, selection, refusal)


def start_run(request: HttpRequest, wave: Wave, form: MailingForm, selection: dict[str, Any]) -> HttpResponse:
    purpose, actor = form.purpose_chosen(), member_of_staff(request)
    typed = request.POST.get("number", "")
    # The number that was on the page: pressed twice, or by two officers, it is one run.
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 and int(typed) else 0
    made, is_new = start_mailing(
        wave=wave,
        purpose=purpose,
        number=number or next_number(wave, purpose),
        actor=actor,
        site=questionnaire_address(request),
        selection=selection,
        language=form.cleaned_data["language"],
        envelope=form.cleaned_data["envelope"],
        **form.ways(),
    )
    # Only then: whoever presses second is led to the run that is being prepared already.
    if is_new:
        ask_for(PREPARE, key=str(made.pk), subject=f"{wave} {made}", actor=actor, mailing=made.pk)
    else:
        messages.info(request, _("This mailing was prepared already; this is the one."))
    return redirect("mailing_run", made.pk)


def new_page(
    request: HttpRequest, wave: Wave, form: MailingForm, selection: dict[str, Any], refusal: str
) -> HttpResponse:
    context: dict[str, Any] = {}
    if form.is_valid():
        purpose, data = form.purpose_chosen(), form.cleaned_data
        found = audience(wave, purpose, data["channel"], data["otherwise"], selection)
        context = {
            "audience": found,
            "number": next_number(wave, purpose),
            "shows_short": bool(SHORT & {way for way, _count in found.by_channel}),
            "example": example_of(request, wave, purpose, data["language"], found.first),
        }
    kept = {
        "cases": ",".join(map(str, selection.get("cases", []))),
        "filters": (request.GET or request.POST).get("filters", ""),
    }
    return render_office(
        request,
        "fieldwork/mailing_new.html",
        _("New mailing"),
        status=422 if refusal else 200,
        wave=wave,
        form=form,
        refusal=refusal,
        kept=kept,
        is_chosen=bool(selection.keys() - {"of"}),
        language_next=reverse("mailing_new", args=[wave.code]),
        **context,
    )


def example_of(request: HttpRequest, wave: Wave, purpose: MailingPurpose, language: str, first: int | None) -> Any:
    """What the firm of this case reads; with a sign in place of its code."""
    related = ("wave__survey", "sample_unit__unit__contact", "sample_unit__unit__firm")
    case = Case.objects.select_related(*related).filter(pk=first).first() if first else None
    if case is None:
        return None
    site = questionnaire_address(request)
    return message_to(case, mailing_wording_of(wave.survey, purpose), language=language, site=site, code=NO_CODE)


def own_part(request: HttpRequest) -> dict[str, int]:
    """That a run takes only the cases of a member of staff, where those are not all."""
    user = member_of_staff(request)
    return {"of": user.pk} if rows_of_territory(user) else {}


def selection_of(given: QueryDict, wave: Wave) -> dict[str, Any]:
    """The cases that the list of cases chose: their numbers, or its filter; nothing for all of the wave."""
    keys = [int(key) for key in given.get("cases", "").split(",") if key.isascii() and key.isdigit() and len(key) < 19]
    if keys:
        return {"cases": keys[:CASES_IN_ADDRESS]}
    filters = given.get("filters", "")
    if not filters:
        return {}
    found = CaseFilterForm(QueryDict(filters), wave=wave)
    # The filter is kept as cleaned: a job reads it later, and must not be handed what was typed.
    found.case_filter()
    kept = {name: value for name, value in found.cleaned_data.items() if value}
    return {"filter": kept} if kept else {}
