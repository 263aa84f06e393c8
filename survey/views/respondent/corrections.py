"""A firm corrects what it submitted: it takes it back, leaves it after all, or answers a return as a whole."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from survey.forms.page.posted import posted_reason
from survey.instrument.edits.officer_notes import WHOLE
from survey.selectors.respondent.session import Filling
from survey.selectors.said import said as _
from survey.services.answers.errors import AlreadySubmittedError, CollectionClosedError
from survey.services.answers.replies import reply_to_return
from survey.services.fieldwork.taking_back import TakeBackRefusedError, count_again, take_back
from survey.views.respondent.access import with_filling


@require_POST
@with_filling
def take_back_submitted(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Open what was submitted for correction."""
    try:
        take_back(case=filling.case, receipt=request.POST.get("receipt", "")[:30])
    except TakeBackRefusedError as error:
        messages.warning(request, str(error))
    else:
        messages.info(request, _("Your answers are open again. Correct them, then submit once more."))
    return redirect("respondent:hub")


@require_POST
@with_filling
def leave_as_submitted(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Give the correction up: what was submitted counts again."""
    # Pressed twice, the second finds nothing to put back and says nothing.
    if count_again(case=filling.case) is not None:
        messages.success(request, _("What you had submitted counts again, unchanged."))
    return redirect("respondent:hub")


@require_POST
@with_filling
def reply(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Say why a questionnaire that was returned as a whole is right as it is."""
    raw = {name: [str(value) for value in request.POST.getlist(name)] for name in request.POST}
    said = posted_reason(raw, WHOLE, filling.listed_reasons)
    try:
        explains = reply_to_return(case=filling.case, said=said)
    # The sections say what stands; there is nothing to mend in a reply.
    except (CollectionClosedError, AlreadySubmittedError):
        return redirect("respondent:hub")
    if not explains:
        messages.warning(request, _("Say what happened in the firm, such as “merger”, or change an answer."))
    return redirect("respondent:check")
