"""Whether a session belongs to a person who answers for several firms."""

from typing import Any

from django.http import HttpRequest

from survey.models import Delegate
from survey.selectors.register.delegated import delegate_of, may_answer
from survey.views.respondent.keying_session import SESSION_KEY

DELEGATE_KEY = "delegate"


def remember_delegate(request: HttpRequest, person: Delegate) -> None:
    """Remember whose code was typed, under a new session key (session fixation)."""
    # What another code had opened on this device ends, or the person would be led into that questionnaire.
    request.session.pop(SESSION_KEY, None)
    request.session[DELEGATE_KEY] = {"id": person.pk, "generation": person.code_generation}
    request.session.cycle_key()


def delegate_in(request: HttpRequest) -> Delegate | None:
    """The person of this session, unless the code was revoked since."""
    held = request.session.get(DELEGATE_KEY)
    # By generation: revoking the code ends the sessions that it has opened, as with a firm's own.
    return delegate_of(held["id"], held["generation"]) if isinstance(held, dict) else None


def delegation_has_ended(request: HttpRequest, held: dict[str, Any]) -> bool:
    """Whether a case was opened by a person who may not answer for its firm any more."""
    if "delegate" not in held:
        return False
    person = delegate_in(request)
    # All three at each request: another person may have typed a code, or the firm been taken back.
    return person is None or person.pk != held["delegate"] or not may_answer(person, held["id"])
