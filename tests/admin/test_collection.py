"""What fieldwork leaves behind leads from every list to the page of its case."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.models import Case, Correction, LateDraft, Paradata, Response, StaffAction
from survey.terms import Role
from tests.waves import version_of


@pytest.mark.parametrize("model", ["case", "response", "latedraft", "paradata"])
def test_row_leads_to_its_case_under_the_name_of_the_firm(
    client: Client, office_user: Callable[[Role | str], User], case: Case, model: str
) -> None:
    Response.objects.create(case=case, version=version_of(case.wave), answers={})
    LateDraft.objects.create(case=case, answers={})
    Paradata.objects.create(case=case, event="saved")
    client.force_login(office_user(Role.FIELD_OFFICER))
    page = client.get(reverse(f"admin:survey_{model}_changelist")).content.decode()
    assert f'href="{reverse("case_detail", args=[case.pk])}"' in page
    assert case.sample_unit.unit.name in page


def test_key_of_a_submission_is_shown_nowhere(
    client: Client, office_user: Callable[[Role | str], User], case: Case
) -> None:
    key = "key-of-the-submission"
    response = Response.objects.create(case=case, version=version_of(case.wave), answers={}, submission_key=key)
    client.force_login(office_user(Role.FIELD_OFFICER))
    assert key not in client.get(reverse("admin:survey_response_change", args=[response.pk])).content.decode()


@pytest.mark.parametrize("model", ["response", "latedraft", "correction"])
def test_opening_answers_of_a_firm_is_written_down_once(
    client: Client, office_user: Callable[[Role | str], User], case: Case, model: str
) -> None:
    officer = office_user(Role.FIELD_OFFICER)
    response = Response.objects.create(case=case, version=version_of(case.wave), answers={"remark": "甲"})
    made = {
        "response": response,
        "latedraft": LateDraft.objects.create(case=case, answers={"remark": "甲"}),
        "correction": Correction.objects.create(response=response, item="remark", old="甲", new="乙", author=officer),
    }[model]
    client.force_login(officer)
    address = reverse(f"admin:survey_{model}_change", args=[made.pk])
    assert [client.get(address).status_code for _time in range(2)] == [200, 200]
    [entry] = StaffAction.objects.filter(verb="read_answers")
    assert (entry.actor, entry.subject, entry.detail) == (officer, str(case), {model: made.pk})


def test_whom_a_row_is_refused_reads_nothing(
    client: Client, office_user: Callable[[Role | str], User], case: Case
) -> None:
    made = LateDraft.objects.create(case=case, answers={"remark": "甲"})
    client.force_login(office_user(Role.ANALYST))
    assert client.get(reverse("admin:survey_latedraft_change", args=[made.pk])).status_code == 403
    assert not StaffAction.objects.filter(verb="read_answers").exists()
