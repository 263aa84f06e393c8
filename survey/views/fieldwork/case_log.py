"""The steps of an officer on one case: log and plan, outcome, answers to the firm."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from survey.forms.office.cases import ReturnForm
from survey.forms.office.casework import AnswerForm, LogForm, OutcomeBackForm, OutcomeForm
from survey.models import Case
from survey.selectors.respondent.session import current_response
from survey.selectors.said import said as _
from survey.services.casework.letters import answer_letter
from survey.services.casework.log import log_work
from survey.services.casework.outcomes import set_outcome, take_outcome_back
from survey.services.refusals import RefusedError
from survey.views.fieldwork.cases import case_of, questions_asked, show_case
from survey.views.office import member_of_staff, office_page

STEP = ("view_case", "change_case")


def refused(request: HttpRequest, case: Case, status: int = 422, **forms: Any) -> HttpResponse:
    """The page of the case with the form that was refused and what was typed in it."""
    return show_case(
        request, case, ReturnForm(questions=questions_asked(case, current_response(case))), status=status, forms=forms
    )


@office_page(*STEP)
@require_POST
@transaction.atomic
def case_log(request: HttpRequest, case_id: int) -> HttpResponse:
    case = case_of(request, case_id)
    # Of two who plan in the same moment the second waits, and then sees what the first has planned.
    Case.objects.select_for_update().get(pk=case.pk)
    form = LogForm(request.POST, case=case)
    if not form.is_valid():
        # 409 where somebody else has planned meanwhile, 422 where something is wrong with the form.
        return refused(request, case, 409 if form.conflicts else 422, log_form=form)
    log_work(case=case, happened=form.happened(), plan=form.plan(), actor=member_of_staff(request))
    messages.success(request, _("The log and the plan of the case are saved."))
    return redirect("case_detail", case.pk)


@office_page(*STEP)
@require_POST
def case_outcome(request: HttpRequest, case_id: int) -> HttpResponse:
    case, actor = case_of(request, case_id), member_of_staff(request)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return refused(request, case, outcome_form=form)
    try:
        row = set_outcome(case=case, found=form.finding(), actor=actor)
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
        return refused(request, case, outcome_form=form)
    aside = row.case.is_set_aside
    messages.success(
        request,
        _("The outcome is set. The submitted answers are kept and do not count any more.")
        if aside
        else _("The outcome is set. The work on this case has ended."),
    )
    return redirect("case_detail", case_id)


@office_page(*STEP)
@require_POST
def case_outcome_back(request: HttpRequest, case_id: int) -> HttpResponse:
    case, form = case_of(request, case_id), OutcomeBackForm(request.POST)
    if not form.is_valid():
        return refused(request, case, outcome_back_form=form)
    try:
        take_outcome_back(case=case, reason=form.cleaned_data["reason"], actor=member_of_staff(request))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The outcome is taken back. The case stands where its answers leave it."))
    return redirect("case_detail", case_id)


@office_page(*STEP)
@require_POST
def case_answer(request: HttpRequest, case_id: int, entry_id: int) -> HttpResponse:
    """Answer what the firm wrote; it reads the answer in its questionnaire."""
    case = case_of(request, case_id)
    # Through the case: a number of another firm's message finds nothing.
    entry = get_object_or_404(case.entries.filter(author=None), pk=entry_id)
    form = AnswerForm(request.POST, entry=entry.pk)
    if form.is_valid():
        given = form.cleaned_data
        try:
            answer_letter(
                entry=entry, text=given["answer"], granted_until=given["granted_until"], actor=member_of_staff(request)
            )
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The answer stands in the firm's questionnaire."))
            return redirect("case_detail", case_id)
    return refused(request, case, answer_form=form, answered_entry=entry.pk)
