"""What stands beside the fields: names of cells in messages, characters left, the firm's name of a file, the way back."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from survey.models import Case, Response
from tests.views.firms import save

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "named", "inline"),
    [
        ("racks__wanted__y1", "12. Question racks (Option wanted, Option y1)", "Option wanted, Option y1"),
        ("mix__own", "11. Question mix (Option own)", "Option own"),
    ],
)
def test_error_in_a_table_names_its_cell(firm: Client, field: str, named: str, inline: str) -> None:
    save(firm, "firm", employees="20", has_cloud="yes", cloud_share="30")
    posted: Any = {field: "many"}
    html = save(firm, "amounts", **posted).content.decode()
    assert f'<a href="#id_{field}">{named}: enter a number in digits, such as 12.5.</a>' in html
    assert f'error">{inline}: enter a number in digits, such as 12.5.</p>' in html


def test_texts_tell_how_long_they_may_be(firm: Client) -> None:
    html = firm.get("/form/page/words/").content.decode()
    assert html.count("data-limit") == 2
    assert 'data-limit="50" aria-describedby=" id_remark_count"' in html
    assert '<p class="muted fine count" id="id_comment_count">At most 4000 characters</p>' in html


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("given", "shown"), [("C:\\\\tmp\\\\年报 2025.pdf", "年报 2025.pdf"), ("x" * 300 + ".pdf", "x" * 96 + ".pdf")]
)
def test_attached_file_keeps_its_name(firm: Client, settings: Settings, tmp_path: Path, given: str, shown: str) -> None:
    settings.MEDIA_ROOT = tmp_path
    save(firm, "words", proof=SimpleUploadedFile(given, b"%PDF-1"))
    assert f"A file is attached ({shown})" in firm.get("/form/page/words/").content.decode()
    save(firm, "words", proof__name="forged.pdf")
    assert Response.objects.get().answers["proof__name"] == shown
    save(firm, "words", proof__remove="on")
    assert Response.objects.get().answers == {}


def test_home_leads_back_into_an_open_questionnaire(firm: Client, case: Case) -> None:
    html = firm.get("/").content.decode()
    assert f"The questionnaire of {case.sample_unit.unit.name} is open on this device." in html
    firm.post("/leave/")
    assert "is open on this device" not in firm.get("/").content.decode()
