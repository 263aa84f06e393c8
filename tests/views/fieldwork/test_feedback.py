"""The page on what firms said of the filling-in."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from survey.models import Feedback, Wave
from survey.selectors.fieldwork.feedback import feedback_of
from survey.terms import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(wave: Wave) -> Wave:
    for burden, difficulty, remark in (("4", "words", "Which year?"), ("4", "", ""), ("2", "figures", "")):
        Feedback.objects.create(wave=wave, burden=burden, difficulty=difficulty, remark=remark)
    return wave


def test_shares_are_of_those_that_answered_the_question(said: Wave) -> None:
    feedback = feedback_of(said)
    assert [(share.count, round(share.percent, 1)) for share in feedback.burden] == [
        (0, 0.0), (1, 33.3), (0, 0.0), (2, 66.7), (0, 0.0),
    ]  # fmt: skip
    assert sum(share.percent for share in feedback.difficulty) == 100.0
    assert [remark for _, remark in feedback.remarks] == ["Which year?"]


def test_office_sees_the_table(client: Client, said: Wave, office_user: Callable[[Role | str], User]) -> None:
    client.force_login(office_user(Role.FIELD_OFFICER))
    client.cookies["django_language"] = "en"
    html = client.get(f"/admin/waves/{said.code}/feedback/").content.decode()
    assert ("Which year?" in html, "66.7" in html) == (True, True)


def test_feedback_needs_the_right_to_see_cases(
    client: Client, said: Wave, office_user: Callable[[Role | str], User]
) -> None:
    assert client.get(f"/admin/waves/{said.code}/feedback/").status_code == 302
    client.force_login(office_user(Role.VIEWER))
    assert client.get(f"/admin/waves/{said.code}/feedback/").status_code == 403
