"""Whether a session fills in a questionnaire for a firm: which officer, from which channel."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from survey.models import Case, Response
from survey.services.answers.keying import key_answers, submit_keyed
from survey.services.answers.responses import PageInput, SavedPage, save_answers, submit_response
from survey.terms import Channel

SESSION_KEY = "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keying:
    """An officer who keys a return that came in on paper or by telephone."""

    officer: User
    channel: Channel
    case_id: int


def keying_of(request: HttpRequest) -> Keying | None:
    """The keying of this session, as long as the officer who began it is logged in and may change cases."""
    held = request.session.get(SESSION_KEY)
    if not isinstance(held, dict) or "keyed_by" not in held:
        return None
    user = request.user
    # Another member of staff who logs in at the same browser must not save in the officer's name.
    if not isinstance(user, User) or user.pk != held["keyed_by"]:
        return None
    may = (
        # Asked at every page: a right that is taken away while an officer keys ends the keying.
        user.is_active
        and user.is_staff
        and user.has_perms(["survey.view_case", "survey.view_response", "survey.change_case"])
    )
    return Keying(officer=user, channel=Channel(held["channel"]), case_id=held["id"]) if may else None


def keying_has_ended(request: HttpRequest, held: dict[str, Any]) -> bool:
    """Whether the session was opened by an officer who may not go on."""
    # Such a session opens nothing any more, not even as the firm's own.
    return "keyed_by" in held and keying_of(request) is None


def leave_keying(request: HttpRequest, keying: Keying) -> HttpResponse:
    """Back to the case; what was saved is kept."""
    request.session.pop(SESSION_KEY, None)
    request.session.pop("until", None)
    return redirect("case_detail", keying.case_id)


def save_as_given(request: HttpRequest, case: Case, given: PageInput, *, draft: bool) -> SavedPage:
    """Save a page for whoever fills in: the firm, or an officer for it."""
    keying = keying_of(request)
    if keying is None:
        return save_answers(case=case, given=given, draft=draft)
    return key_answers(case=case, given=given, draft=draft, channel=keying.channel, actor=keying.officer)


def submit_as_given(request: HttpRequest, case: Case, submission_key: str, revision: int) -> Response:
    """Submit for whoever fills in."""
    keying = keying_of(request)
    if keying is None:
        return submit_response(case=case, submission_key=submission_key, revision=revision)
    return submit_keyed(case=case, submission_key=submission_key, revision=revision, actor=keying.officer)
