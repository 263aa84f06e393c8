"""What a row names is stored after the transaction that names it, and goes with it where that is not to be."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from pytest_django import Settings

from survey.models import FormReading, StaffAction
from survey.services.design.form_readings import put_in_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def put_in() -> FormReading:
    actor, _ = User.objects.get_or_create(username="d")
    return put_in_form(upload=ContentFile(b"new"), source_name="f.xlsx", code="form", survey=None, actor=actor)


def files_in(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_what_is_undone_leaves_no_file(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(**_given: Any) -> None:
        raise OSError("the history is full")

    monkeypatch.setattr(StaffAction.objects, "create", failing)
    with pytest.raises(OSError, match="full"):
        put_in()
    assert (FormReading.objects.count(), files_in(media)) == (0, [])


def test_file_of_an_earlier_database_gives_its_name_away(media: Path) -> None:
    first = put_in()
    place = media / "xlsforms" / f"form-{first.pk + 1}"
    place.write_bytes(b"old")
    second = put_in()
    assert (second.file.name, place.read_bytes()) == (f"xlsforms/form-{second.pk}", b"new")
    assert sorted(files_in(media)) == [f"form-{first.pk}", f"form-{second.pk}"]


def test_row_of_a_file_that_cannot_be_stored_goes(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: Any, **_more: Any) -> str:
        raise OSError("no space left")

    monkeypatch.setattr(FileSystemStorage, "save", full)
    with pytest.raises(OSError, match="no space"):
        put_in()
    assert (FormReading.objects.count(), files_in(media)) == (0, [])
