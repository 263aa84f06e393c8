from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from survey.models import Case, Contact, FrameUnit
from survey.services.fieldwork.access_codes import derive_code
from survey.services.roles import ROLE_PERMISSIONS, grant_role_permissions
from survey.terms import Role


@pytest.fixture
def officer(client: Client, office_user: Callable[[Role | str], User]) -> Any:
    user = office_user(Role.FIELD_OFFICER)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


def post(client: Client, action: str, cases: Any = (), **more: Any) -> Any:
    keys = [case.pk for case in cases]
    return client.post(reverse("case_action"), {"action": action, "wave": "w1", "case": keys, "filters": "", **more})


def rows_of(answer: Any) -> list[tuple[Any, ...]]:
    return list(load_workbook(BytesIO(answer.content)).active.values)


@pytest.mark.usefixtures("officer")
def test_preview_says_what_will_happen_and_changes_nothing(client: Client, cases: list[Case]) -> None:
    answer = post(client, "close", cases[:3])
    assert "This will be done to 3 cases." in answer.content.decode()
    assert not Case.objects.filter(is_closed=True).exists()


@pytest.mark.usefixtures("officer")
def test_confirmed_action_changes_the_chosen_cases_only(client: Client, cases: list[Case]) -> None:
    answer = post(client, "close", cases[:3], confirmed="1")
    assert answer.status_code == 302
    assert set(Case.objects.filter(is_closed=True)) == set(cases[:3])


@pytest.mark.usefixtures("officer")
def test_all_means_all_that_the_filter_finds(client: Client, cases: list[Case]) -> None:
    district = cases[0].sample_unit.unit.district
    post(client, "mark_refusal", all="1", filters=f"wave=w1&district={district.code}", confirmed="1")
    refused = Case.objects.filter(disposition="refusal").count()
    assert refused == sum(case.sample_unit.unit.district == district for case in cases) < 24


@pytest.mark.usefixtures("officer")
def test_no_choice_leads_back_with_a_sentence(client: Client, cases: list[Case]) -> None:
    answer = client.post(reverse("case_action"), {"action": "close", "wave": "w1"}, follow=True)
    assert "No case is chosen." in answer.content.decode()


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize("key", ["x", "-1", "9" * 30, "²"])
def test_rubbish_in_place_of_a_case_chooses_nothing(client: Client, cases: list[Case], key: str) -> None:
    answer = client.post(reverse("case_action"), {"action": "close", "wave": "w1", "case": key})
    assert answer.status_code == 302


@pytest.mark.usefixtures("officer")
def test_unknown_action_is_not_found(client: Client, cases: list[Case]) -> None:
    assert post(client, "explode", cases).status_code == 404


@pytest.mark.usefixtures("officer")
def test_workbook_has_one_row_per_firm_with_its_code_and_link(client: Client, cases: list[Case]) -> None:
    answer = post(client, "issue_codes", all="1", confirmed="1")
    head, *rows = rows_of(answer)
    assert head == ("Firm", "Contact person", "E-mail", "Telephone", "Access code", "Link", "Deadline")
    assert [(row[0], row[4], row[5]) for row in rows] == [
        (case.sample_unit.unit.name, derive_code(case), f"http://testserver/#code={derive_code(case)}")
        for case in cases
    ]


@pytest.mark.usefixtures("officer")
def test_workbook_is_a_file_that_nobody_caches(client: Client, cases: list[Case]) -> None:
    answer = post(client, "issue_codes", cases, confirmed="1")
    assert answer["Content-Disposition"].startswith('attachment; filename="w1-issue_codes-')
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("officer")
def test_name_that_begins_like_a_formula_arrives_as_text(client: Client, cases: list[Case]) -> None:
    FrameUnit.objects.filter(pk=cases[0].sample_unit.unit_id).update(name="=1+1")
    Contact.objects.filter(unit=cases[0].sample_unit.unit_id).update(name="@x\x07", phone="+86755")
    sheet = load_workbook(BytesIO(post(client, "issue_codes", cases[:1], confirmed="1").content)).active
    assert [(cell.value, cell.data_type) for cell in sheet[2][:4]] == [
        ("=1+1", "s"), ("@x", "s"), (cases[0].sample_unit.unit.contact.email, "s"), ("+86755", "s"),
    ]  # fmt: skip


def test_officer_without_the_right_to_codes_can_set_outcomes_but_not_issue_codes(
    client: Client, office_user: Callable[[Role | str], User], cases: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    rights = tuple(right for right in ROLE_PERMISSIONS[Role.FIELD_OFFICER] if right != "issue_access_codes")
    monkeypatch.setitem(ROLE_PERMISSIONS, Role.FIELD_OFFICER, rights)
    grant_role_permissions()
    client.force_login(office_user(Role.FIELD_OFFICER))
    assert [post(client, action, cases).status_code for action in ("close", "issue_codes", "remind")] == [200, 403, 403]
