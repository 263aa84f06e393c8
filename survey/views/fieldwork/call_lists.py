"""Whom to call next: the newest list of a wave, its rule, and a new list by a job."""

import secrets

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from survey.exchange.fieldwork.calls_csv import calls_csv
from survey.forms.office.calling import CallingRuleForm
from survey.jobs.asking import ask_for
from survey.jobs.kinds.calling import CALL_LIST
from survey.models import ListedCall
from survey.selectors.fieldwork.call_lists import (
    by_reason,
    figures_of_list,
    listed_calls,
    lists_of,
    newest_list,
    plan_of_calls,
)
from survey.selectors.fieldwork.territory import works_everywhere
from survey.selectors.said import said as _
from survey.services.audit import record_action
from survey.services.casework.calling import CallingError, fix_calling_plan
from survey.views.download import CSV, download
from survey.views.fieldwork.call_pictures import picture_of_errors
from survey.views.fieldwork.wave_of_page import wave_at_hand, wave_of
from survey.views.office import member_of_staff, office_page, render_office, whole_office_page

PER_PAGE = 50


@office_page("view_case")
@require_safe
def call_next(request: HttpRequest) -> HttpResponse:
    """The list of the present wave."""
    wave = wave_at_hand(request, "")
    if wave is None:
        return render_office(request, "fieldwork/case_list_empty.html", _("Whom to call next"))
    return redirect("call_list", wave.code)


@office_page("view_case")
@require_safe
def call_list(request: HttpRequest, code: str) -> HttpResponse:
    """The firms to call in their order with the reason of each, what the calls are expected to gain, and the rule."""
    wave = wave_of(request, code)
    made = newest_list(wave)
    # Of one's own districts alone: the list is made for the office, each officer calls the own part of it.
    rows = listed_calls(made, request.user) if made else ListedCall.objects.none()
    lists = lists_of(wave)
    return render_office(
        request,
        "fieldwork/call_list.html",
        _("Whom to call next"),
        wave=wave,
        plan=plan_of_calls(wave),
        made=made,
        page=Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        figures=figures_of_list(made) if made else [],
        lists=lists,
        picture=picture_of_errors(lists),
        reasons=by_reason(wave),
        may_decide=request.user.has_perm("survey.change_case") and works_everywhere(request.user),
    )


@office_page("view_case")
@require_safe
def call_list_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The newest list as a file; telephones only for whoever may see contacts. The download is written down."""
    wave = wave_of(request, code)
    made = newest_list(wave)
    if made is None:
        return redirect("call_list", wave.code)
    with_contact = request.user.has_perm("survey.view_contact")
    # Before the file is made: telephones leave the office with it.
    record_action(actor=member_of_staff(request), verb="download_call_list", subject=wave, number=made.number)
    content = calls_csv(made, listed_calls(made, request.user), _, with_contact=with_contact)
    return download(content, f"{wave.code}-calls-{made.number}.csv", CSV)


@whole_office_page("view_case", "change_case")
@require_POST
def call_list_new(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the next list; the number on the page names it, so that pressing twice asks once."""
    wave = wave_of(request, code)
    newest = newest_list(wave)
    after = str(newest.number if newest else 0)
    # The number names what the page showed: whoever pressed on an old page meant the list that has been made since.
    if request.POST.get("after") != after:
        messages.info(request, _("A newer list was made meanwhile; this is it."))
        return redirect("call_list", wave.code)
    # Keyed by the list that it follows, so that a second press finds the job of the first.
    job = ask_for(
        CALL_LIST, key=f"{wave.code}:{after}", subject=str(wave), actor=member_of_staff(request), wave=wave.pk
    )
    return redirect("job_page", job.pk)


@whole_office_page("view_case", "change_case")
@require_http_methods(["GET", "HEAD", "POST"])
def calling_rule(request: HttpRequest, code: str) -> HttpResponse:
    """Set the rule; once there is a list it is only shown."""
    wave = wave_of(request, code)
    form = CallingRuleForm(request.POST or None, instance=plan_of_calls(wave))
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            # The seed is drawn once and stored: lists can be made again, and nobody can choose whom chance calls.
            fix_calling_plan(wave=wave, choice=form.choice(), seed=secrets.randbits(62), actor=member_of_staff(request))
            messages.success(request, _("The rule is set."))
            return redirect("call_list", wave.code)
        except CallingError as error:
            refusal = str(error)
    return render_office(
        request, "fieldwork/calling_rule.html", _("Rule of calling"), wave=wave, form=form, refusal=refusal,
        stands=newest_list(wave) is not None,
    )  # fmt: skip
