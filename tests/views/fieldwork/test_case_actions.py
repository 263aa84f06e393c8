from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.models import BulkAction, Case, CaseOutcome, CaseWork, Mailing
from survey.services.roles import ROLE_PERMISSIONS, grant_role_permissions
from survey.terms import Role


def post(client: Client, action: str, cases: Any = (), **more: Any) -> Any:
    keys = [case.pk for case in cases]
    return client.post(reverse("case_action"), {"action": action, "wave": "w1", "case": keys, "filters": "", **more})


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
    typed = {"outcome": "refused", "source": "calls", "reason": "Said so.", "key": "k"}
    post(client, "outcome", all="1", filters=f"wave=w1&district={district.code}", confirmed="1", **typed)
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
def test_writing_to_ticked_cases_leads_to_the_preview_of_a_mailing_to_them(client: Client, cases: list[Case]) -> None:
    answer = client.post(
        reverse("case_action"), {"action": "issue_codes", "wave": "w1", "case": [case.pk for case in cases[:2]]}
    )
    keys = f"{cases[0].pk}%2C{cases[1].pk}"
    assert answer["Location"] == f"{reverse('mailing_new', args=['w1'])}?purpose=invitation&cases={keys}"
    assert "2 firms will be written to." in client.get(answer["Location"]).content.decode()


@pytest.mark.usefixtures("officer")
def test_reminding_all_of_the_list_leads_to_the_next_reminder(client: Client, cases: list[Case]) -> None:
    Mailing.objects.create(wave=cases[0].wave, purpose="reminder_1", channel="merge", site="https://example.org/")
    answer = post(client, "remind", all="1", filters="wave=w1&code=unsent")
    assert answer["Location"].endswith("?purpose=reminder_2&filters=wave%3Dw1%26code%3Dunsent")
    assert "24 no code issued yet" in client.get(answer["Location"]).content.decode()


def test_officer_without_the_right_to_codes_can_set_outcomes_but_not_issue_codes(
    client: Client, office_user: Callable[[Role | str], User], cases: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    rights = tuple(right for right in ROLE_PERMISSIONS[Role.FIELD_OFFICER] if right != "issue_access_codes")
    monkeypatch.setitem(ROLE_PERMISSIONS, Role.FIELD_OFFICER, rights)
    grant_role_permissions()
    client.force_login(office_user(Role.FIELD_OFFICER))
    assert [post(client, action, cases).status_code for action in ("close", "issue_codes", "remind")] == [200, 403, 403]


@pytest.mark.usefixtures("officer")
def test_form_of_an_action_asks_for_what_it_sets_and_keeps_what_was_typed(client: Client, cases: list[Case]) -> None:
    asked = post(client, "outcome", cases[:2]).content.decode()
    assert all(f'name="{field}"' in asked for field in ("outcome", "source", "reason"))
    refused = post(client, "outcome", cases[:2], confirmed="1", key="k", outcome="refused", reason="Said so.")
    assert (refused.status_code, CaseOutcome.objects.count()) == (422, 0)
    assert "Said so." in refused.content.decode()


def test_action_is_undone_by_who_did_it_and_by_nobody_else(client: Client, officer: User, cases: list[Case]) -> None:
    post(client, "assign", cases[:2], confirmed="1", key="k", officer=officer.pk)
    assert CaseWork.objects.filter(owner=officer).count() == 2
    page = client.get(reverse("case_list"), {"wave": "w1"}).content.decode()
    undo = reverse("case_undo", args=[BulkAction.objects.get().pk])
    assert undo in page
    other = Client()
    other.force_login(User.objects.create(username="other", is_staff=True, is_superuser=True))
    assert other.post(undo).status_code == 404
    client.post(undo)
    assert CaseWork.objects.filter(owner=officer).count() == 0
    assert undo not in client.get(reverse("case_list"), {"wave": "w1"}).content.decode()
