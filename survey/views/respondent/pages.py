"""One topic of the questionnaire: shown, saved as a draft while typing, saved with its button."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from survey.instrument.edits.rules import check_page
from survey.selectors.respondent.session import Filling
from survey.services.answers.errors import AlreadySubmittedError, CollectionClosedError, ResponseError
from survey.views.respondent.access import seconds_left, with_filling
from survey.views.respondent.code_again import ask_for_code_again
from survey.views.respondent.firm_mark import is_marked_for
from survey.views.respondent.page_language import in_posted_language
from survey.views.respondent.page_showing import hidden_fields, page_form, question_context
from survey.views.respondent.page_taking import ask_which, go_on, open_conflicts, save_page, show_typed


@require_http_methods(["GET", "HEAD", "POST"])
@with_filling
def page(request: HttpRequest, filling: Filling, code: str) -> HttpResponse:
    """Ask the questions of one page, or take its answers."""
    if code not in filling.questionnaire.pages:
        raise Http404
    if request.method == "POST":
        return take_page(request, filling, code)
    if filling.route.page(code) is None or not filling.can_answer:
        return redirect("respondent:hub")
    return show_page(request, filling, code)


def show_page(request: HttpRequest, filling: Filling, code: str) -> HttpResponse:
    """The page with its stored answers; those who come from the review also see what is wrong."""
    form = page_form(filling, code)
    report = check_page(
        filling.questionnaire, code, filling.answers, filling.facts, filling.reasons, filling.today, filling.route
    )
    # Who has not asked for the check is not met by a list of what is missing.
    form.report(report, filling.reasons, quiet=request.GET.get("from") != "check")
    return render(request, "respondent/page.html", question_context(request, filling, form))


def take_page(request: HttpRequest, filling: Filling, code: str) -> HttpResponse:
    """Save what can be stored, then go on, or say what has to be mended, explained or decided."""
    if not is_marked_for(filling.case, request.POST.get("firm", "")):
        return ask_for_code_again(
            request, _("These answers were typed for another firm. Enter that firm's access code.")
        )
    switches = "switch_language" in request.POST
    try:
        # Saved before anything is said against it: whatever the page answers, nothing typed is lost.
        posted, saved = save_page(request, filling, code, draft=switches)
    except CollectionClosedError:
        messages.warning(request, _("Collection has closed. What you typed has been kept for the survey team."))
        return redirect("respondent:hub")
    except AlreadySubmittedError:
        messages.warning(request, _("Your answers have been submitted already, perhaps by a colleague."))
        return redirect("respondent:hub")
    filling = filling.after(saved.response, timezone.now())
    conflicts = open_conflicts(filling, code, posted, saved)
    if conflicts:
        return in_posted_language(request, lambda: ask_which(request, filling, code, posted, conflicts))
    if switches:
        return in_posted_language(request, lambda: show_typed(request, filling, code, posted))
    return go_on(request, filling, code, posted)


@require_POST
@with_filling
def draft(request: HttpRequest, filling: Filling, code: str) -> HttpResponse:
    """Save what is typed so far; the reply says when, and what the page must post next time."""
    if code not in filling.questionnaire.pages:
        raise Http404
    if not is_marked_for(filling.case, request.POST.get("firm", "")):
        return JsonResponse({"state": "code_needed"}, status=403)
    try:
        _posted, saved = save_page(request, filling, code, draft=True)
    except ResponseError as error:
        return JsonResponse({"state": error.code}, status=409)
    filling = filling.after(saved.response, timezone.now())
    if saved.conflicts:
        return JsonResponse({"state": "conflict"}, status=409)
    at = time_format(timezone.localtime(saved.response.saved_at), "H:i")
    state = hidden_fields(filling, page_form(filling, code))
    return JsonResponse({"state": "saved", "at": at, "session_seconds": seconds_left(request), **state})
