"""Test mode: a designer fills in a version as a made-up firm; nothing of it meets real answers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from survey.models import Case, Paradata, Response
from survey.terms import Role
from tests.views.design.trials import END, FIRM, START, SUMMARY, page

pytestmark = pytest.mark.usefixtures("version")


def test_frame_data_of_the_firm_are_used(designer: Client) -> None:
    assert designer.post(START, FIRM)["Location"] == page("firm")
    answer = designer.get(page("firm"))
    assert ("frame_revenue", "900.0") in answer.context["facts"]
    assert 'name="employees" value="50"' in answer.content.decode()


def test_industry_and_district_become_codes_with_their_section(designer: Client, classified: None) -> None:
    designer.post(START, {**FIRM, "industry": "39", "district": "440305", "size_class": "small"})
    facts = dict(designer.get(page("firm")).context["facts"])
    assert [facts[f"frame_{name}"] for name in ("industry", "industry_section", "district", "size_class")] == [
        "39", "C", "440305", "small",
    ]  # fmt: skip


def test_answers_of_the_wave_before_are_facts(designer: Client) -> None:
    designer.post(START, {**FIRM, "previous": "bill = 120\nplace=home"})
    facts = designer.get(page("firm")).context["facts"]
    assert (("previous_bill", "120") in facts, ("previous_place", "home") in facts) == (True, True)


@pytest.mark.parametrize("line", ["bill", "= 3", "a b = 3", "bill ="])
def test_previous_answer_that_cannot_be_read_is_named(designer: Client, line: str) -> None:
    assert list(designer.post(START, {**FIRM, "previous": line}).context["form"].errors) == ["previous"]


def test_answer_that_cannot_be_stored_is_named(begun: Client) -> None:
    answer = begun.post(page("firm"), {"employees": "many", "has_cloud": "no"})
    assert [problem.field for problem in answer.context["problems"]] == ["id_employees"]


def test_whole_trial_could_be_submitted_and_stores_nothing(begun: Client) -> None:
    begun.post(page("firm"), {"employees": "20", "has_cloud": "no"})
    begun.post(page("choices"), {"cost": "4"})
    assert begun.post(page("words"), {})["Location"] == SUMMARY
    answer = begun.get(SUMMARY)
    assert (answer.context["blocking"], "This could be submitted" in answer.content.decode()) == (0, True)
    assert (Response.objects.count(), Paradata.objects.count(), Case.objects.count()) == (0, 0, 0)


def test_file_is_answered_but_never_stored(begun: Client, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    begun.post(page("words"), {"proof": SimpleUploadedFile("x.pdf", b"%PDF-1.7")})
    assert ("proof", "test.pdf") in begun.get(SUMMARY).context["values"]
    assert list(tmp_path.iterdir()) == []


def test_changed_firm_keeps_the_answers(begun: Client) -> None:
    begun.post(page("firm"), {"employees": "20", "has_cloud": "no"})
    begun.post(START, {**FIRM, "revenue": "5"})
    context = begun.get(SUMMARY).context
    assert (("employees", "20") in context["values"], ("frame_revenue", "5.0") in context["facts"]) == (True, True)


def test_end_forgets_the_trial(begun: Client) -> None:
    assert begun.post(END)["Location"] == START
    assert begun.get(SUMMARY)["Location"] == START


def test_trials_of_two_designers_are_apart(
    begun: Client, client: Client, office_user: Callable[[Role | str], User]
) -> None:
    begun.post(page("firm"), {"employees": "20", "has_cloud": "no"})
    client.logout()
    client.force_login(office_user(Role.ADMINISTRATOR))
    assert client.get(SUMMARY)["Location"] == START


def test_retired_and_unknown_versions_are_not_found(designer: Client, version: Any) -> None:
    assert designer.get(START.replace("v1", "v9")).status_code == 404
    version.status = "retired"
    version.save()
    assert designer.get(START).status_code == 404


def test_unknown_page_is_not_found(begun: Client) -> None:
    assert begun.get(page("nowhere")).status_code == 404


@pytest.mark.parametrize("address", [START, SUMMARY, page("firm")])
@pytest.mark.parametrize("role", [Role.FIELD_OFFICER, Role.ANALYST, Role.VIEWER])
def test_others_of_the_staff_are_refused(
    client: Client, office_user: Callable[[Role | str], User], version: Any, role: Role, address: str
) -> None:
    client.force_login(office_user(role))
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", [START, SUMMARY, page("firm")])
def test_nobody_is_sent_to_the_login_page(client: Client, version: Any, address: str) -> None:
    assert client.get(address)["Location"].startswith(reverse("admin:login"))


def test_wrong_methods_are_refused(begun: Client) -> None:
    codes = [begun.post(SUMMARY).status_code, begun.get(END).status_code, begun.put(page("firm")).status_code]
    assert codes == [405, 405, 405]
