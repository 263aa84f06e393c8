from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.models import Case, Correction, Response
from survey.services.editing.corrections import present_answers
from survey.terms import Role
from tests.services.casework.submitting import submitted_response


@pytest.fixture
def response(client: Client, office_user: Callable[[Role | str], User], cases: list[Case]) -> Response:
    client.force_login(office_user(Role.FIELD_OFFICER))
    client.cookies["django_language"] = "en"
    return submitted_response(cases[0], q_severity="4", q_share=20.0)


def address(response: Response, item: str = "q_share") -> str:
    return reverse("case_correct", args=[response.case_id, response.pk, item])


def correct(client: Client, response: Response, **typed: Any) -> Any:
    return client.post(address(response), {"state": "corrected", "rule": "", "reason": "By telephone.", **typed})


def test_page_shows_both_values_and_asks_as_the_questionnaire_does(client: Client, response: Response) -> None:
    correct(client, response, q_share="35")
    answer = client.get(address(response))
    assert [answer.context[name][:2] for name in ("answered", "counts")] == ["20", "35"]
    assert 'name="q_share"' in answer.content.decode()


def test_what_is_typed_is_read_as_a_firm_types_it(client: Client, response: Response) -> None:
    assert correct(client, response, q_share="３５，５").status_code in (302, 422)
    correct(client, response, q_share="３５.５")
    assert present_answers(response)["q_share"] == 35.5


def test_unreadable_value_is_refused_at_its_question(client: Client, response: Response) -> None:
    answer = correct(client, response, q_share="many")
    assert (answer.status_code, Correction.objects.count()) == (422, 0)
    assert answer.context["problems"]


def test_missing_reason_is_refused(client: Client, response: Response) -> None:
    assert correct(client, response, q_share="35", reason="").status_code == 422
    assert Correction.objects.count() == 0


def test_correction_is_listed_with_its_answers_and_undone_there(client: Client, response: Response) -> None:
    correct(client, response, q_share="35")
    page = client.get(reverse("case_answers", args=[response.case_id, response.pk])).content.decode()
    assert "By telephone." in page
    row = Correction.objects.get()
    client.post(reverse("correction_undo", args=[response.case_id, response.pk, row.pk]), {"reason": "Wrong."})
    assert present_answers(response)["q_share"] == 20.0


def test_question_that_is_not_there_has_no_page(client: Client, response: Response) -> None:
    assert client.get(address(response, "q_none")).status_code == 404


def test_analysts_and_viewers_do_not_correct(
    client: Client, response: Response, office_user: Callable[[Role | str], User]
) -> None:
    for role in (Role.ANALYST, Role.VIEWER):
        client.force_login(office_user(role))
        assert correct(client, response, q_share="35").status_code == 403


@pytest.mark.parametrize(
    ("item", "typed", "said"),
    [("ratio", "200", "The ratio is at most 100."), ("employees", "", "Question employees: enter an answer.")],
)
def test_value_that_breaks_a_rule_is_refused_with_the_words_of_the_rule(
    client: Client, office_user: Callable[[Role | str], User], case: Case, item: str, typed: str, said: str
) -> None:
    client.force_login(office_user(Role.FIELD_OFFICER))
    client.cookies["django_language"] = "en"
    cloudy = submitted_response(case, employees=20, has_cloud="yes", cloud_share=10, cost="4", ratio=50)
    page = client.post(address(cloudy, item), {"state": "corrected", "rule": "", "reason": "By ear.", item: typed})
    assert (page.status_code, Correction.objects.count()) == (422, 0)
    assert list(page.context["form"].non_field_errors())[1:] == [said]
