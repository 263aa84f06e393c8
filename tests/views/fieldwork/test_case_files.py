"""A file that a firm attached reaches the office as a download, and nobody else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from survey.models import Case, Response, StaffAction
from survey.services.answers.uploads import path_of
from survey.terms import Role
from tests.waves import version_of

# What was submitted is changed here, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")

PDF = b"%PDF-1.7 content"


@pytest.fixture
def attached(case: Case, settings: Settings, tmp_path: Path) -> Response:
    settings.MEDIA_ROOT = tmp_path
    default_storage.save(path_of(case, "a1.pdf"), ContentFile(PDF))
    return Response.objects.create(case=case, version=version_of(case.wave), answers={"proof": "a1.pdf"})


@pytest.fixture
def officer(client: Client, office_user: Callable[[Role | str], User]) -> Client:
    client.force_login(office_user(Role.FIELD_OFFICER))
    return client


def address(response: Any, item: str = "proof") -> Any:
    return reverse("case_file", args=[response.case_id, response.pk, item])


def test_file_comes_as_a_download_of_no_type(officer: Client, attached: Response) -> None:
    answer = officer.get(address(attached))
    assert answer.content == PDF
    assert answer["Content-Disposition"] == f'attachment; filename="{attached.case_id}-proof.pdf"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")


def test_download_is_written_down(officer: Client, attached: Response) -> None:
    officer.get(address(attached))
    assert StaffAction.objects.values_list("verb", "detail").first() == ("download_file", {"item": "proof"})


def test_answers_lead_to_the_file(officer: Client, attached: Response) -> None:
    page = officer.get(reverse("case_answers", args=[attached.case_id, attached.pk])).content.decode()
    assert address(attached) in page


@pytest.mark.parametrize("item", ["remark", "nothing"])
def test_item_without_a_file_is_not_found(officer: Client, attached: Response, item: str) -> None:
    assert officer.get(address(attached, item)).status_code == 404


def test_answer_that_is_no_file_of_the_case_is_not_found(officer: Client, attached: Response) -> None:
    attached.answers = {"proof": "../../settings.pdf"}
    attached.save()
    assert officer.get(address(attached)).status_code in (400, 404)


def test_file_that_is_gone_is_not_found(officer: Client, attached: Response, tmp_path: Path) -> None:
    (tmp_path / path_of(attached.case, attached.answers["proof"])).unlink()
    assert officer.get(address(attached)).status_code == 404


def test_file_that_the_disk_lacks_is_not_found_and_no_download(officer: Client, attached: Response) -> None:
    default_storage.delete(path_of(attached.case, "a1.pdf"))
    assert officer.get(address(attached)).status_code == 404
    assert not StaffAction.objects.filter(verb="download_file").exists()
