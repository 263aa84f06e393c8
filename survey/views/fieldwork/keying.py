"""Beginning and ending to key the return of a firm, from the page of its case."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from survey.services.answers.keying import KEYED, begin_keying
from survey.services.fieldwork.cases import FieldworkError
from survey.views.fieldwork.cases import case_of
from survey.views.office import member_of_staff, office_page
from survey.views.respondent.access import open_session
from survey.views.respondent.keying_session import SESSION_KEY

OFFICER = ("view_case", "view_response", "change_case")


@office_page(*OFFICER)
@require_POST
def case_key(request: HttpRequest, case_id: int, channel: str) -> HttpResponse:
    """Open the forms of the web for a return that came in on paper or by telephone."""
    chosen = next((one for one in KEYED if one.value == channel), None)
    if chosen is None:
        raise Http404
    case, officer = case_of(request, case_id), member_of_staff(request)
    try:
        begin_keying(case=case, channel=chosen, actor=officer)
    except FieldworkError as error:
        messages.error(request, str(error))
        return redirect("case_detail", case_id)
    # The officer's number goes with the session: whoever logs in after him at this machine does not go on in his
    # name.
    open_session(request, case, keyed_by=officer.pk, channel=chosen.value)
    return redirect("respondent:hub")


@office_page(*OFFICER)
@require_POST
def case_key_end(request: HttpRequest, case_id: int) -> HttpResponse:
    """Leave the forms; what was saved is kept."""
    # The officer's own login stays; only what opens the forms of the firm goes.
    request.session.pop(SESSION_KEY, None)
    request.session.pop("until", None)
    return redirect("case_detail", case_id)
