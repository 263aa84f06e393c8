"""What the code of a section opens: views that are marked, pages of the section, as long as the code does."""

from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from survey.models import Case, SectionHandover
from survey.services.answers.handover import hand_section_on
from survey.views.respondent.colleague import handover_has_ended, handover_of, may_open, open_to_colleagues, refuse
from survey.views.respondent.keying_session import SESSION_KEY
from tests.every_type import EVERY_TYPE

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(case: Case) -> SectionHandover:
    return hand_section_on(case=case, section="first", colleague="Li Na", days=7, now=timezone.now())


def request(held: object) -> HttpRequest:
    asked = RequestFactory().get("/form/")
    asked.session = {SESSION_KEY: held}  # type: ignore[assignment]
    return asked


@open_to_colleagues
def marked(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def other(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@pytest.mark.parametrize(
    ("page", "opens"), [("", True), ("firm", True), ("choices", True), ("words", False), ("nowhere", False)]
)
def test_marked_view_shows_pages_of_the_section_alone(made: SectionHandover, page: str, opens: bool) -> None:
    assert may_open(made, marked, EVERY_TYPE, page) is opens


@pytest.mark.parametrize("page", ["", "firm"])
def test_view_without_the_mark_is_closed(made: SectionHandover, page: str) -> None:
    assert not may_open(made, other, EVERY_TYPE, page)


def test_session_holds_its_section_until_the_code_opens_nothing(made: SectionHandover) -> None:
    held = {"id": 1, "handover": made.pk}
    assert (handover_of(request(held)), handover_has_ended(request(held), held)) == (made, False)
    SectionHandover.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert (handover_of(request(held)), handover_has_ended(request(held), held)) == (None, True)


@pytest.mark.parametrize("held", [None, {}, {"id": 1}, "text"])
def test_session_of_the_firm_holds_no_section(made: SectionHandover, held: object) -> None:
    assert handover_of(request(held)) is None


def test_session_of_the_firm_has_no_section_that_could_end(made: SectionHandover) -> None:
    assert not handover_has_ended(request({"id": 1}), {"id": 1})


def test_refusal_is_a_page_with_403(made: SectionHandover) -> None:
    asked = request({})
    assert refuse(asked).status_code == 403
