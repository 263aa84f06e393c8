"""XLSForms that were put in are kept until their days are over, with their files."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone
from pytest_django import Settings

from survey.models import FormReading, Questionnaire, StaffAction
from survey.services.design.form_readings import keep_reading, note_loaded, put_in_form, remove_form_readings
from tests.interrupted import half_written

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(settings: Settings, tmp_path: Path) -> FormReading:
    settings.MEDIA_ROOT = tmp_path
    upload, actor = ContentFile(b"1234", "form.xlsx"), User.objects.create(username="d")
    return put_in_form(upload=upload, source_name="n" * 200 + ".xlsx", code="form", survey=None, actor=actor)


def test_form_is_kept_under_a_name_of_ours_and_the_end_of_its_own(kept: FormReading) -> None:
    assert (Path(kept.file.path).name, kept.source_name[-6:]) == (f"form-{kept.pk}", "n.xlsx")
    assert Path(kept.file.path).read_bytes() == b"1234"
    assert StaffAction.objects.values_list("verb", "detail").get() == ("put_in_xlsform", {"bytes": 4})


def test_what_was_read_and_loaded_is_kept(kept: FormReading, small: Questionnaire) -> None:
    keep_reading(kept=kept, content={"code": "form"}, findings=[{"code": "x"}])
    note_loaded(kept=kept, questionnaire=small)
    found = FormReading.objects.get()
    assert (found.is_read, found.content, found.findings, found.loaded) == (
        True, {"code": "form"}, [{"code": "x"}], small,
    )  # fmt: skip


def test_old_forms_go_with_their_files(kept: FormReading) -> None:
    assert remove_form_readings(before=kept.created_at) == 0
    assert Path(kept.file.path).exists()
    assert remove_form_readings(before=timezone.now() + timedelta(days=1)) == 1
    assert (FormReading.objects.exists(), Path(kept.file.path).exists()) == (False, False)


def test_form_is_put_in_with_its_entry_in_the_history_or_not_at_all(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, actor = tmp_path, User.objects.create(username="d")

    def put_in() -> None:
        upload = ContentFile(b"1234", "form.xlsx")
        put_in_form(upload=upload, source_name="form.xlsx", code="form", survey=None, actor=actor)

    assert half_written(put_in) == []
