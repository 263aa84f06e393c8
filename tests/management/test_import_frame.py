from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from survey.models import FrameImport, SamplingFrame
from tests.frame_lists import firms, write_list

pytestmark = pytest.mark.usefixtures("classified", "english")
WRONG = (2, "所在区", "火星区")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Runs the command on a list with these changes: (exit code, what it said)."""

    def command(*options: Any, changes: Any = (), content: Any = None) -> Any:
        path = tmp_path / "list.xlsx"
        write_list(path, firms(*changes))
        if content is not None:
            path.write_bytes(content)
        try:
            call_command("import_frame", str(path), *options)
        except CommandError as error:
            return error.returncode, str(error)
        return 0, capsys.readouterr().out

    return command


def test_good_list_goes_in(run: Callable[..., Any]) -> None:
    code, said = run("--title", "2026")
    assert (code, said.splitlines()[-1]) == (0, "Firms in the frame “2026”: 3.")
    assert SamplingFrame.objects.values_list("title", "unit_count", "source_name").get() == ("2026", 3, "list.xlsx")


def test_list_with_errors_stays_out_and_exits_with_3(run: Callable[..., Any]) -> None:
    code, said = run(changes=[WRONG])
    assert (code, said.startswith("Nothing was imported."), SamplingFrame.objects.count()) == (3, True, 0)


def test_good_rows_go_in_if_asked_for(run: Callable[..., Any]) -> None:
    code, _ = run("--good-rows", changes=[WRONG])
    assert (code, SamplingFrame.objects.get().unit_count) == (0, 2)


def test_errors_are_told_and_written(
    run: Callable[..., Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("--errors", str(tmp_path / "errors.xlsx"), changes=[WRONG])
    assert "1 rows, the first is row 2: The district “火星区” is not known." in capsys.readouterr().err
    assert load_workbook(tmp_path / "errors.xlsx").active.max_row == 2


def test_errors_workbook_that_cannot_be_written_is_said(run: Callable[..., Any], tmp_path: Path) -> None:
    code, said = run("--errors", str(tmp_path / "nowhere" / "errors.xlsx"), changes=[WRONG])
    assert (code, "nowhere" in said) == (1, True)


@pytest.mark.parametrize(("changes", "code"), [([], 0), ([WRONG], 3)])
def test_check_imports_nothing(run: Callable[..., Any], changes: list[tuple[int, str, str]], code: int) -> None:
    assert (run("--check", "--good-rows", changes=changes)[0], SamplingFrame.objects.count()) == (code, 0)


def test_file_of_another_type_exits_with_4(run: Callable[..., Any]) -> None:
    code, said = run(content=b"%PDF-1.7")
    assert (code, said.split(",")[0]) == (4, "This is a PDF document")


def test_missing_file_exits_with_4(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as stopped:
        call_command("import_frame", str(tmp_path / "none.xlsx"))
    assert stopped.value.returncode == 4


def test_command_leaves_no_import_to_decide(run: Callable[..., Any]) -> None:
    run(changes=[WRONG])
    assert FrameImport.objects.count() == 0
