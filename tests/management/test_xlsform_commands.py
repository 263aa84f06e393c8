"""``import_xlsform`` and ``export_xlsform``: exit codes, what is said, what is stored."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from survey.models import Item, Questionnaire, Section, Survey, Wave
from survey.selectors.design.questionnaire import read_questionnaire
from survey.services.design.publishing import publish_questionnaire
from survey.services.design.questionnaire_loading import load_questionnaire
from survey.terms import AskedUnit
from tests.every_type import EVERY_TYPE
from tests.exchange.markdown_forms import FOLDER, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def run(command: str, *arguments: str) -> tuple[int, str, str]:
    """(exit code, output, complaints)."""
    out, err = StringIO(), StringIO()
    try:
        call_command(command, *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue(), f"{err.getvalue()}{error}"
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def form(tmp_path: Path) -> Callable[..., Any]:
    """Path of a form of the folder as a workbook."""

    def make(name: str) -> str:
        return str(workbook((FOLDER / f"{name}.md").read_text("utf-8"), tmp_path / f"{name}.xlsx"))

    return make


def test_whole_form_is_stored_with_exit_code_0(wave: Wave, form: Callable[..., Any]) -> None:
    code, out, err = run("import_xlsform", form("basic_types"))
    assert (code, err, "The form loads whole: 10 items." in out) == (0, "", True)
    assert list(read_questionnaire(Questionnaire.objects.get(code="basic").pk).items)[:2] == ["name", "age"]


def test_check_stores_nothing(form: Callable[..., Any]) -> None:
    assert run("import_xlsform", form("basic_types"), "--check")[0] == 0
    assert not Questionnaire.objects.exists()


def test_findings_give_exit_code_1_and_their_place(form: Callable[..., Any]) -> None:
    code, _, err = run("import_xlsform", form("media"), "--check")
    assert code == 1
    assert err.splitlines()[0].startswith("No counterpart: survey, row 2, type: A question of type “image”")


def test_findings_tell_of_what_the_survey_asks(wave: Wave, form: Callable[..., Any]) -> None:
    Survey.objects.update(asks=AskedUnit.LOCAL_UNIT)
    err = run("import_xlsform", form("media"), "--check", "--survey", wave.survey.code)[2]
    assert ("the web form of a local unit" in err, "firm" in err) == (True, False)


def test_form_with_parts_left_out_is_stored_without_them(wave: Wave, form: Callable[..., Any]) -> None:
    assert run("import_xlsform", form("media"))[0] == 1
    assert list(Item.objects.values_list("code", flat=True)) == ["seen"]


def test_form_with_errors_is_not_stored(wave: Wave, form: Callable[..., Any]) -> None:
    code, _, err = run("import_xlsform", form("unclosed_group"))
    assert (code, "Error: survey, row 3:" in err) == (1, True)
    assert not Questionnaire.objects.exists()


def test_code_can_be_chosen(wave: Wave, form: Callable[..., Any]) -> None:
    run("import_xlsform", form("basic_types"), "--questionnaire", "other_code")
    assert list(Questionnaire.objects.values_list("code", flat=True)) == ["other_code"]


def test_existing_draft_is_kept_unless_replace_is_said(wave: Wave, form: Callable[..., Any]) -> None:
    run("import_xlsform", form("basic_types"))
    before = set(Section.objects.values_list("pk", flat=True))
    code, _, err = run("import_xlsform", form("basic_types"))
    assert (code, "exists already" in err) == (3, True)
    assert set(Section.objects.values_list("pk", flat=True)) == before
    assert run("import_xlsform", form("basic_types"), "--replace")[0] == 0
    # A section of the same code keeps its row, and with it its history.
    assert set(Section.objects.values_list("pk", flat=True)) == before


def test_unknown_survey_is_named_with_the_known_ones(wave: Wave, form: Callable[..., Any]) -> None:
    code, _, err = run("import_xlsform", form("basic_types"), "--survey", "none")
    assert (code, err) == (3, "There is no survey “none”. Name one of: pain.")


def test_new_questionnaire_without_a_survey_is_refused(form: Callable[..., Any]) -> None:
    assert run("import_xlsform", form("basic_types"))[0] == 3


def test_bad_file_gets_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(b"%PDF-1.7")
    code, _, err = run("import_xlsform", str(path))
    assert (code, err.splitlines()[0]) == (
        1,
        "Error: This is a PDF document, not a workbook, whatever its name ends with. "
        "Put in the form as an Excel workbook (.xlsx or .xls).",
    )


def test_export_and_import_keep_the_digest(wave: Wave, tmp_path: Path) -> None:
    stored = load_questionnaire(content=EVERY_TYPE, survey=wave.survey, replace=False, actor=None)
    before = read_questionnaire(stored.pk).digest
    path = tmp_path / "out.xlsx"
    assert run("export_xlsform", "every_type", "--output", str(path))[0] == 0
    assert run("import_xlsform", str(path), "--replace")[0] == 0
    assert read_questionnaire(stored.pk).digest == before


def test_export_of_a_version_holds_what_was_published(wave: Wave, form: Callable[..., Any], tmp_path: Path) -> None:
    run("import_xlsform", form("two_languages"))
    stored = Questionnaire.objects.get(code="both")
    published = publish_questionnaire(questionnaire=stored, actor=None)
    Item.objects.filter(code="cost").delete()
    path = str(tmp_path / "out.xlsx")
    assert run("export_xlsform", "both", "--version-number", "1", "--output", path)[0] == 0
    assert published.digest in run("import_xlsform", path, "--replace")[1]


@pytest.mark.parametrize("arguments", [["none"], ["none", "--version-number", "3"]])
def test_export_of_what_is_not_there_is_said(arguments: list[str]) -> None:
    code, _, err = run("export_xlsform", *arguments)
    assert (code, err.startswith("There is no")) == (1, True)


def test_export_to_a_place_that_is_not_there_is_said(wave: Wave) -> None:
    load_questionnaire(content=EVERY_TYPE, survey=wave.survey, replace=False, actor=None)
    path = str(Path("/none/at/all.xlsx"))
    assert run("export_xlsform", "every_type", "--output", path)[2] == f"{path}: No such file or directory"
