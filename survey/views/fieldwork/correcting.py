"""The door of corrections: one answer at a time, as the questionnaire asks it, with both values in sight."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from survey.forms.office.correcting import CorrectionForm, UndoForm
from survey.forms.page.answer_texts import answer_text
from survey.forms.page.form import PageForm
from survey.forms.page.wording import Wording
from survey.instrument.messages import worded
from survey.instrument.routing.route import RoutePage, route_of
from survey.instrument.schema import EditRule, Item, Questionnaire
from survey.models import Case, Response
from survey.selectors.design.version import questionnaire_of
from survey.selectors.respondent.firm_facts import facts_of
from survey.selectors.respondent.session import look_ups
from survey.selectors.said import said as _
from survey.services.audit import record_reading
from survey.services.editing.corrections import (
    CorrectionRefusedError,
    NewValue,
    correct_answer,
    present_answers,
    undo_correction,
)
from survey.views.fieldwork.cases import case_of
from survey.views.fieldwork.editing_decisions import EDITOR
from survey.views.office import member_of_staff, office_page, render_office


@office_page(*EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def case_correct(request: HttpRequest, case_id: int, response_id: int, item: str) -> HttpResponse:
    """Ask for the new value of one answer, and store it with its reason."""
    case = case_of(request, case_id)
    response = get_object_or_404(case.responses.select_related("version__questionnaire"), pk=response_id)
    questionnaire, words = questionnaire_of(response.version), Wording(get_language() or "zh")
    if item not in questionnaire.items:
        raise Http404
    posted = {name: [str(value) for value in request.POST.getlist(name)] for name in request.POST}
    question = item_form(case, response, questionnaire, item, posted if request.method == "POST" else None)
    form = CorrectionForm(request.POST or None, rules=rules_about(questionnaire, item, words))
    # Not `and`: both say at once what is wrong with them.
    if request.method == "POST" and question.is_valid() & form.is_valid():
        given = form.cleaned_data
        value = NewValue(
            given=question.parsed.answers, reason=given["reason"], state=given["state"], rule=given["rule"]
        )
        try:
            correct_answer(response=response, item=item, value=value, actor=member_of_staff(request))
        # The rules that the new value would break are named, in their own words: the officer may correct another
        # answer first.
        except CorrectionRefusedError as refusal:
            form.add_error(None, str(refusal))
            for failure in refusal.failures:
                form.add_error(
                    None, words.of(failure.message) or worded(failure.code, failure.parameters, words.language)
                )
        else:
            messages.success(request, _("The answer is corrected. Every figure follows from now on."))
            return redirect("case_answers", case.pk, response.pk)
    # The page shows the firm's answer, so that opening it is a reading like any other.
    record_reading(actor=member_of_staff(request), verb="read_answers", subject=case, response=response.pk)
    return render_office(
        request,
        "fieldwork/case_correct.html",
        case.sample_unit.unit.full_name,
        status=422 if request.method == "POST" else 200,
        subtitle=_("Correct an answer"),
        case=case,
        response=response,
        question=question,
        form=form,
        problems=question.problems() if question.is_bound else (),
        **both_values(response, questionnaire.items[item], words),
    )


def item_form(
    case: Case, response: Response, questionnaire: Questionnaire, code: str, data: dict[str, list[str]] | None
) -> PageForm:
    """The question alone, as the questionnaire asks it after the answers that count now; 404 where it is not asked."""
    answers, facts = present_answers(response), facts_of(case, questionnaire)
    # The day on which the firm answered: today's rules of dates could ask something else of it.
    day = timezone.localdate(response.submitted_at or response.saved_at)
    asked = route_of(questionnaire, answers, facts, day).items.get(code)
    section, page = next((s, p) for s, p, item in questionnaire.walk() if item.code == code)
    if asked is None:
        raise Http404
    # A page of one question, so that it is drawn, read and refused by the code of every other page.
    alone = RoutePage(page=replace(page, items=(asked.item,)), section=section, items=(asked,))
    lists = look_ups(frozenset([asked.item.type]) if not asked.item.options else frozenset())
    return PageForm(alone, Wording(get_language() or "zh"), data=data, answers=answers, look_ups=lists)


def rules_about(questionnaire: Questionnaire, code: str, words: Wording) -> Iterator[tuple[EditRule, str]]:
    """The rules that name the question, with what they say."""
    return ((rule, words.of(rule.message)) for rule in questionnaire.edit_rules if code in rule.items)


def both_values(response: Response, item: Item, words: Wording) -> dict[str, Any]:
    """Wording of the question, what the firm answered, and what counts now."""
    lists = look_ups(frozenset([item.type]))
    answered, counts = (
        answer_text(item, answers, words, lists) for answers in (response.answers, present_answers(response))
    )
    return {"wording": words.of(item.text), "code": item.code, "answered": answered or "–", "counts": counts or "–"}


@office_page(*EDITOR)
@require_POST
def correction_undo(request: HttpRequest, case_id: int, response_id: int, correction_id: int) -> HttpResponse:
    """Put back what stood before a correction; the correction stays in the log."""
    case = case_of(request, case_id)
    response = get_object_or_404(case.responses, pk=response_id)
    # Through case and response: a number of another firm's correction finds nothing.
    row, form = get_object_or_404(response.corrections, pk=correction_id), UndoForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The correction has no reason. Say how the right value is known."))
        return redirect("case_answers", case.pk, response.pk)
    try:
        undo_correction(correction=row, reason=form.cleaned_data["reason"], actor=member_of_staff(request))
    except CorrectionRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("What stood before counts again. Both changes are in the log."))
    return redirect("case_answers", case.pk, response.pk)
