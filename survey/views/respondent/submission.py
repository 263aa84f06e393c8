"""Checking all answers and submitting them."""

import secrets
from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from survey.forms.page.form import named
from survey.instrument.edits.condition_words import question_numbers
from survey.instrument.edits.officer_notes import WHOLE
from survey.instrument.edits.rules import EditFailure, EditReport
from survey.instrument.messages import worded
from survey.selectors.respondent.session import Filling
from survey.selectors.said import said as _
from survey.services.answers.errors import AnswersChangedError, CollectionClosedError, NotCompleteError
from survey.views.respondent.access import page_context, with_filling
from survey.views.respondent.keying_session import submit_as_given
from survey.views.respondent.page_script import is_script
from survey.views.respondent.page_showing import wording_for
from survey.views.respondent.review import review_sections

APART = ("required", "returned_untouched")
"""What the check does not list with the answers to look at: it has a place of its own."""


@require_safe
@with_filling
def check(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Every answer with a way to change it; what is missing stands at the top."""
    if not filling.can_answer:
        return redirect("respondent:hub")
    report = filling.check()
    order = list(filling.route.items)
    blocking = [problem_line(filling, failure) for failure in report.blocking if failure.code not in APART]
    problems = sorted(blocking, key=lambda line: order.index(line["item"]))
    context = page_context(
        request,
        filling,
        open_pages=open_pages(filling, report),
        problems=problems,
        # Several rules may speak of one answer, which is looked at once.
        problem_count=len({line["item"] for line in problems}),
        asks_reply=any(failure.rule == WHOLE for failure in report.blocking),
        listed_reasons=[(option.code, wording_for(filling).of(option.text)) for option in filling.listed_reasons],
        notes=[problem_line(filling, failure) for failure in report.notes],
        sections=review_sections(filling, report, seen=request.GET.get("seen", "")),
        revision=filling.revision,
        # Made anew for each check: two clicks on one page share it, two checks do not.
        submission_key=secrets.token_urlsafe(24),
    )
    return render(request, "respondent/check.html", context)


def open_pages(filling: Filling, report: EditReport) -> list[dict[str, Any]]:
    """The pages with required questions that are not answered, and how many."""
    words, questionnaire = wording_for(filling), filling.questionnaire
    counts = Counter(questionnaire.page_of_item[part.items[0]].code for part in report.hard if part.code == "required")
    pages = [part.page for part in filling.route.pages if part.page.code in counts]
    return [{"page": page.code, "title": words.of(page.title), "count": counts[page.code]} for page in pages]


def problem_line(filling: Filling, failure: EditFailure) -> dict[str, Any]:
    """What is wrong, with the number of the question and the page on which to mend it."""
    words = wording_for(filling)
    items = (*failure.items, *filling.route.items)
    # A rule may name an item that is off the route, where nothing can be mended; the first of the route is always
    # there.
    item = next(code for code in items if code in filling.route.items)
    label = named(filling.questionnaire.items[item], words)
    message = worded(failure.code, {**failure.parameters, "label": label}, words.language, _)
    if failure.code == "edit_rule":
        message = _("%(label)s: %(message)s") % {"label": label, "message": message}
    number = question_numbers(filling.questionnaire).get(item)
    return {"page": filling.questionnaire.page_of_item[item].code, "item": item, "number": number, "message": message}


@require_POST
@with_filling
def submit(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Hand the answers in, once however often the button is pressed; a script is told where to go on."""
    answer = handed_in(request, filling)
    # The script is told the address and goes there itself: a redirect that it followed would be read twice.
    return JsonResponse({"state": "go", "next": answer["Location"]}) if is_script(request) else answer


def handed_in(request: HttpRequest, filling: Filling) -> HttpResponseRedirect:
    """The receipt, or the page that says why there is none."""
    key, revision = request.POST.get("submission_key", "")[:64], request.POST.get("revision", "")
    # The column takes 64 characters, PostgreSQL no zero byte; what our page posts is neither longer nor strange.
    if not key.isascii() or not key.isprintable() or not (revision.isascii() and revision.isdigit()):
        return redirect("respondent:check")
    try:
        # isdigit() holds for "²" too, which int() refuses, hence isascii(); ten digits are more than any revision
        # has.
        submit_as_given(request, filling.case, key, int(revision[:10]))
    except CollectionClosedError:
        messages.warning(
            request, _("Collection closed before you submitted. Your answers are kept for the survey team.")
        )
        return redirect("respondent:hub")
    except AnswersChangedError:
        messages.warning(
            request, _("Answers were changed after you opened this page. Check them once more, then submit.")
        )
        return redirect("respondent:check")
    except NotCompleteError:
        return redirect("respondent:check")
    return redirect("respondent:receipt")
