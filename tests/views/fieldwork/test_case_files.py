"""A file that a firm attached reaches the office as a download, and nobody else."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from survey.models import Response, StaffAction
from survey.services.answers.uploads import path_of
from survey.terms import Role

PDF = b"%PDF-1.7 content"


@pytest.fixture
def attached(case, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    default_storage.save(path_of(case, "a1.pdf"), ContentFile(PDF))
    return Response.objects.create(case=case, version=case.wave.version, answers={"proof": "a1.pdf"})


@pytest.fixture
def officer(client, office_user):
    client.force_login(office_user(Role.FIELD_OFFICER))
    return client


def address(response, item="proof"):
    return reverse("case_file", args=[response.case_id, response.pk, item])


def test_file_comes_as_a_download_of_no_type(officer, attached):
    answer = officer.get(address(attached))
    assert answer.content == PDF
    assert answer["Content-Disposition"] == f'attachment; filename="{attached.case_id}-proof.pdf"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")


def test_download_is_written_down(officer, attached):
    officer.get(address(attached))
    assert StaffAction.objects.values_list("verb", "detail").first() == ("download_file", {"item": "proof"})


def test_answers_lead_to_the_file(officer, attached):
    page = officer.get(reverse("case_answers", args=[attached.case_id, attached.pk])).content.decode()
    assert address(attached) in page


@pytest.mark.parametrize("item", ["remark", "nothing"])
def test_item_without_a_file_is_not_found(officer, attached, item):
    assert officer.get(address(attached, item)).status_code == 404


def test_answer_that_is_no_file_of_the_case_is_not_found(officer, attached):
    attached.answers = {"proof": "../../settings.pdf"}
    attached.save()
    assert officer.get(address(attached)).status_code in (400, 404)


def test_file_that_is_gone_is_not_found(officer, attached, tmp_path):
    (tmp_path / path_of(attached.case, attached.answers["proof"])).unlink()
    assert officer.get(address(attached)).status_code == 404
