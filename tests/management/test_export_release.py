"""The command writes a release as the file that its name asks for."""

from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from survey.models import Wave
from survey.release_terms import ReleaseState
from tests.released import small_release


@pytest.mark.parametrize(("name", "part"), [("r.xlsx", "xl/workbook.xml"), ("R.DOCX", "word/document.xml")])
def test_ending_of_the_file_says_what_is_written(wave: Wave, tmp_path: Path, name: str, part: str) -> None:
    release, told = small_release(wave, state=ReleaseState.PUBLISHED), StringIO()
    call_command("export_release", "w1", str(tmp_path / name), "--language", "en", stdout=told)
    assert part in ZipFile(BytesIO((tmp_path / name).read_bytes())).namelist()
    assert told.getvalue() == f"Wrote w1 r1 to {tmp_path / name} (digest {release.digest}).\n"


def test_other_ending_is_refused_with_what_to_write(wave: Wave, tmp_path: Path) -> None:
    small_release(wave, state=ReleaseState.PUBLISHED)
    with pytest.raises(CommandError, match=r"ends neither in \.xlsx nor in \.docx"):
        call_command("export_release", "w1", str(tmp_path / "r.pdf"))
