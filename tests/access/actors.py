"""Who comes to an address: nobody, firms, and staff in every role."""

from collections.abc import Callable
from enum import StrEnum

from django.contrib.auth.models import User
from django.test import Client

from survey.models import Case
from survey.services.fieldwork.access_codes import revoke_code
from survey.terms import Role
from tests.views.firms import enter

TOKEN = "t" * 32
"""The secret of the form token, as cookie and as field: Django takes any of this length."""


class Actor(StrEnum):
    NOBODY = "nobody"
    FIRM_A = "firm A"
    FIRM_B = "firm B"
    FIRM_REVOKED = "firm with a session whose code was revoked since"
    FIRM_CLOSED = "firm with a session whose case was closed since"
    DESIGNER = "designer"
    OFFICER = "field officer"
    METHODOLOGIST = "methodologist"
    ANALYST = "analyst"
    VIEWER = "viewer"
    ADMINISTRATOR = "administrator"
    WITHOUT_ROLE = "member of staff without a role"
    DISMISSED = "administrator who is no longer staff"


ROLES = {
    Actor.DESIGNER: Role.DESIGNER,
    Actor.OFFICER: Role.FIELD_OFFICER,
    Actor.METHODOLOGIST: Role.METHODOLOGIST,
    Actor.ANALYST: Role.ANALYST,
    Actor.VIEWER: Role.VIEWER,
    Actor.ADMINISTRATOR: Role.ADMINISTRATOR,
}
STAFF = frozenset({*ROLES, Actor.WITHOUT_ROLE})


def browser_of(actor: Actor, cases: list[Case], office_user: Callable[[Role | str], User]) -> Client:
    """The actor's browser, with a valid form token; firm A has the first case, firm B the second."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = TOKEN
    if actor in ROLES:
        client.force_login(office_user(ROLES[actor]))
    elif actor is Actor.WITHOUT_ROLE:
        client.force_login(User.objects.create(username="new", is_staff=True))
    elif actor is Actor.DISMISSED:
        dismissed = office_user(Role.ADMINISTRATOR)
        client.force_login(dismissed)
        User.objects.filter(pk=dismissed.pk).update(is_staff=False)
    elif actor is not Actor.NOBODY:
        visit(client, actor, case_of(actor, cases))
    return client


def case_of(actor: Actor, cases: list[Case]) -> Case:
    """Firm B has the second case, everybody else means the first."""
    return cases[1 if actor is Actor.FIRM_B else 0]


def visit(client: Client, actor: Actor, case: Case) -> None:
    """Open the questionnaire with the code; then what happened to the firm since."""
    client.handler.enforce_csrf_checks = False
    enter(client, case)
    client.handler.enforce_csrf_checks = True
    if actor is Actor.FIRM_REVOKED:
        revoke_code(case=case, actor=User.objects.create(username="revoker"))
    if actor is Actor.FIRM_CLOSED:
        Case.objects.filter(pk=case.pk).update(is_closed=True)
