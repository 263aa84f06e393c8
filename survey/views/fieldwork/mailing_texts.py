"""The texts of the mailings of a survey, and the plan of a wave."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from survey.forms.office.mailing import MailingTextForm, PlanForm
from survey.mailing_terms import MailingPurpose, PlannedDay
from survey.models import PlannedMailing, Survey, Wave
from survey.selectors.said import said as _
from survey.services.mailing.planning import PlanError, plan_mailing, unplan_mailing
from survey.services.mailing.wording import PLACEHOLDERS, mailing_wording_of, save_wording
from survey.views.fieldwork.case_actions import questionnaire_address
from survey.views.fieldwork.mailings import example_of, own_part
from survey.views.fieldwork.wave_of_page import wave_of
from survey.views.office import member_of_staff, office_page, render_office


def whole_wave(request: HttpRequest, code: str) -> Wave:
    """The wave, for those who work on all of it: a text and a plan concern every firm."""
    wave = wave_of(request, code)
    if own_part(request):
        raise PermissionDenied
    return wave


@office_page("view_case", "issue_access_codes", "change_mailingtemplate")
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def mailing_text(request: HttpRequest, code: str, purpose: str) -> HttpResponse:
    """The text of one purpose, with what the first firm of the wave would read; of two who have it open the second
    sees both texts."""
    wave = whole_wave(request, code)
    if purpose not in set(MailingPurpose):
        raise Http404
    wanted = MailingPurpose(purpose)
    if request.method == "POST":
        # Of two who keep a text in the same moment the second waits, and then sees what the first kept.
        Survey.objects.select_for_update().get(pk=wave.survey_id)
    form = MailingTextForm(request.POST or None, stored=mailing_wording_of(wave.survey, wanted), purpose=wanted)
    if request.method == "POST" and form.is_valid():
        save_wording(survey=wave.survey, purpose=wanted, wording=form.wording(), actor=member_of_staff(request))
        messages.success(request, _("The text is kept. Mailings prepared from now on have it."))
        return redirect("mailing_text", code, purpose)
    first = wave.cases.order_by("sample_unit__unit__name", "pk").values_list("pk", flat=True).first()
    return render_office(
        request,
        "fieldwork/mailing_text.html",
        _(wanted.label),
        status=409 if form.conflicts else 422 if form.errors else 200,
        wave=wave,
        form=form,
        state=form.state(),
        conflicts=form.side_by_side(),
        placeholders=PLACEHOLDERS,
        # In both languages, since a slip in a placeholder shows in one of them alone.
        examples=[(language, example_of(request, wave, wanted, language, first)) for language in ("zh", "en")],
    )


@office_page("view_case", "issue_access_codes")
@require_http_methods(["GET", "HEAD", "POST"])
def mailing_plan(request: HttpRequest, code: str) -> HttpResponse:
    """Put a mailing into the plan of a wave."""
    wave = whole_wave(request, code)
    start = {"purpose": "reminder_1", "days": 7, "counted_from": "after_invitation", "channel": "email"}
    form = PlanForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            plan_mailing(
                wave=wave,
                purpose=MailingPurpose(form.cleaned_data["purpose"]),
                days=form.cleaned_data["days"],
                counted_from=PlannedDay(form.cleaned_data["counted_from"]),
                language=form.cleaned_data["language"],
                # Planned runs are sent by a worker, which knows no address of the site but the one that is kept here.
                site=questionnaire_address(request),
                actor=member_of_staff(request),
                **form.ways(),
            )
        except PlanError as error:
            form.add_error("purpose", str(error))
        else:
            messages.success(request, _("The mailing is in the plan."))
            return redirect("mailing_list", code)
    status = 422 if form.errors else 200
    return render_office(
        request, "fieldwork/mailing_plan.html", _("Plan a mailing"), status=status, wave=wave, form=form
    )


@office_page("view_case", "issue_access_codes")
@require_POST
def mailing_unplan(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take an entry out of the plan."""
    entries = PlannedMailing.objects.filter(wave=whole_wave(request, code)).select_related("wave")
    planned = get_object_or_404(entries, pk=pk)
    unplan_mailing(planned=planned, actor=member_of_staff(request))
    messages.success(request, _("The mailing is out of the plan."))
    return redirect("mailing_list", code)
