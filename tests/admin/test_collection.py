"""What fieldwork leaves behind leads from every list to the page of its case."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.models import Case, LateDraft, Paradata, Response
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
