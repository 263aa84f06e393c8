"""One topic of the questionnaire: shown, saved as a draft while typing, saved with its button."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from survey.forms.page.last_time import SAME
from survey.forms.page.posted import PostedPage
from survey.instrument.document.merging import Conflict
from survey.selectors.respondent.session import Filling
from survey.selectors.said import said as _
from survey.services.answers.errors import AlreadySubmittedError, CollectionClosedError, ResponseError
from survey.views.respondent.access import seconds_left, with_filling
from survey.views.respondent.code_again import ask_for_code_again
from survey.views.respondent.colleague import open_to_colleagues
from survey.views.respondent.firm_mark import is_marked_for
from survey.views.respondent.page_language import in_posted_language
from survey.views.respondent.page_leaving import LEAVING, leave_for
from survey.views.respondent.page_script import draft_state, in_short, is_script
from survey.views.respondent.page_showing import page_form, question_context
from survey.views.respondent.page_taking import ask_which, go_on, open_conflicts, save_page, show_typed


@require_http_methods(["GET", "HEAD", "POST"])
@with_filling
@open_to_colleagues
def page(request: HttpRequest, filling: Filling, code: str) -> HttpResponse:
    """Ask the questions of one page, or take its answers."""
    if code not in filling.questionnaire.pages:
        raise Http404
    if request.method == "POST":
        return take_page(request, filling, code)
    # The page may have left the route since its link was drawn, on another device or by a colleague.
    if filling.route.page(code) is None or not filling.can_answer:
        return redirect("respondent:hub")
    return show_page(request, filling, code)


def show_page(request: HttpRequest, filling: Filling, code: str) -> HttpResponse:
    """The page with its stored answers; those who come from the review also see what is wrong."""
    form = page_form(filling, code)
    report = filling.check_page(code)
    form.mark_unread()
    # Who has not asked for the check is not met by a list of what is missing.
    form.report(report, filling.reasons, quiet=request.GET.get("from") != "check")
    return render(request, "respondent/page.html", question_context(request, filling, form))


def take_page(request: HttpRequest, filling: Filling, code: str) -> HttpResponse:
    """Save what can be stored, then go on, or say what has to be mended, explained or decided."""
    if not is_marked_for(filling.case, request.POST.get("firm", "")):
        return ask_for_code_again(
            request, _("These answers were typed for another firm. Enter that firm's access code.")
        )
    # Only a page that its own button sends has been filled in; one sent again was counted before.
    is_draft = any(name in request.POST for name in ("switch_language", LEAVING, "again")) or is_taking_over(request)
    try:
        # Saved before anything is said against it: whatever the page answers, nothing typed is lost.
        posted, saved = save_page(request, filling, code, draft=is_draft)
    except CollectionClosedError:
        messages.warning(request, _("Collection has closed. What you typed has been kept for the survey team."))
        return redirect("respondent:hub")
    except AlreadySubmittedError:
        messages.warning(request, _("Your answers have been submitted already, perhaps by a colleague."))
        return redirect("respondent:hub")
    filling = filling.after(saved.response, timezone.now())
    answer = answer_to(request, filling, code, posted, open_conflicts(filling, code, posted, saved))
    return in_short(answer, filling, code, posted) if is_script(request) else answer


def is_taking_over(request: HttpRequest) -> bool:
    """Whether a button "no change" was pressed: the page goes on being filled in."""
    return any(name.startswith(SAME) for name in request.POST)


def answer_to(
    request: HttpRequest, filling: Filling, code: str, posted: PostedPage, conflicts: tuple[Conflict, ...]
) -> HttpResponse:
    """What follows a page that has been saved."""
    if conflicts:
        return in_posted_language(request, lambda: ask_which(request, filling, code, posted, conflicts))
    # To the question whose button was pressed, not to the head of a long page.
    if posted.same and posted.is_whole:
        return redirect(f"{reverse('respondent:page', args=[code])}#question-{posted.same[0]}")
    if "switch_language" in request.POST or is_taking_over(request):
        return in_posted_language(request, lambda: show_typed(request, filling, code, posted))
    if LEAVING in request.POST or "to_sections" in request.POST:
        return leave_for(request, filling, code, posted)
    return go_on(request, filling, code, posted)


@require_POST
@with_filling
@open_to_colleagues
def draft(request: HttpRequest, filling: Filling, code: str) -> HttpResponse:
    """Save what is typed so far; the reply says when, and what the page must post next time."""
    if code not in filling.questionnaire.pages:
        raise Http404
    if not is_marked_for(filling.case, request.POST.get("firm", "")):
        return JsonResponse({"state": "code_needed"}, status=403)
    try:
        # Without files: a draft comes every few seconds, and a file of megabytes with each of them.
        posted, saved = save_page(request, filling, code, draft=True, takes_files=False)
    except ResponseError as error:
        return JsonResponse({"state": error.code}, status=409)
    filling = filling.after(saved.response, timezone.now())
    if saved.conflicts:
        return JsonResponse({"state": "conflict"}, status=409)
    state = {**draft_state(filling, code, posted), "session_seconds": seconds_left(request)}
    return JsonResponse({"state": "saved", **state})
