"""Edited microdata: a line for each firm that answered, under no name, with the state of every value."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from survey.exchange.microdata.content import microdata_of
from survey.exchange.microdata.files import microdata_codebook, microdata_csv, microdata_files, zipped
from survey.models import Correction, FrameUnit, Response, SamplingFrame, StaffAction, Wave
from survey.selectors.results.wave_results import prepared_of
from survey.terms import ValueState
from tests.answered import answered_wave, sampled_wave

# What was submitted is changed here, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Any:
    return answered_wave(wave, frame, firms=60, sample=30, answers=8)


def lines(file: bytes) -> list[dict[str, str]]:
    assert file.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(file.decode("utf-8-sig"))))


def written(wave: Wave, *, with_words: bool = False) -> list[dict[str, str]]:
    return lines(microdata_csv(microdata_of(wave, with_words=with_words)))


def test_every_firm_that_answered_has_a_row_with_its_weight(answered: Wave) -> None:
    rows = written(answered)
    assert [row["firm#row"] for row in rows] == [str(number) for number in range(1, 9)]
    weights = sorted(float(row["firm#weight"]) for row in rows)
    assert weights == pytest.approx(sorted(prepared_of(answered).extract.weight.tolist()))
    assert {row["firm#industry"] for row in rows} <= {"C", "I"}


def test_weight_stands_with_the_answers_of_its_firm(answered: Wave) -> None:
    Response.objects.order_by("case_id")[0].delete()
    extract = prepared_of(answered).extract
    energy = extract.values["E2_energy_ratio"].tolist()
    expected = sorted(zip(energy, extract.weight.tolist(), strict=True))
    found = sorted((float(row["E2_energy_ratio"]), float(row["firm#weight"])) for row in written(answered))
    assert found == [pytest.approx(pair) for pair in expected]


def test_states_are_written_beside_the_values(answered: Wave) -> None:
    author = User.objects.create(username="editor")
    responses = list(Response.objects.order_by("case_id")[:3])
    for response, state in zip(responses, (ValueState.CORRECTED, ValueState.IMPUTED, None), strict=True):
        if state:
            Correction.objects.create(
                response=response, item="E2_energy_ratio", new=99, reason="Phone", author=author, state=state.value
            )
    Response.objects.filter(pk=responses[2].pk).update(taken_over=["E2_energy_ratio"])
    found = sorted((row["E2_energy_ratio#state"], row["E2_energy_ratio"]) for row in written(answered))
    assert found[-3:] == [("corrected", "99"), ("imputed", "99"), ("taken_over", found[-1][1])]
    assert {state for state, _value in found[:-3]} == {"collected"}


def test_no_row_names_a_firm(answered: Wave) -> None:
    text = microdata_csv(microdata_of(answered, with_words=True)).decode("utf-8-sig")
    for unit in FrameUnit.objects.all():
        assert (unit.name in text, unit.credit_code in text) == (False, False)


def test_text_that_looks_like_a_formula_is_none(answered: Wave) -> None:
    assert "I_comment" not in written(answered)[0]
    assert {row["I_comment"] for row in written(answered, with_words=True)} == {"", "'=1+1"}


def test_codebook_explains_every_column_and_state(answered: Wave) -> None:
    data = microdata_of(answered)
    sheet = openpyxl.load_workbook(BytesIO(microdata_codebook(data, "en"))).active
    assert sheet is not None
    rows = {str(row[0]): row for row in sheet.iter_rows(values_only=True)}
    assert set(data.heads) <= set(rows)
    assert "Working figure, not to be passed on." in rows
    assert [state.value in str(rows["B1_severity#state"][2]) for state in ValueState] == [True] * 5
    assert rows["B4_protocols__opcua"][2] == "0 = Not chosen; 1 = Chosen"
    assert rows["I_comment"][1] == "Comment"
    assert list(rows).index("I_comment") > list(rows).index("Left out, because they would tell who answered:")


def test_download_holds_both_files(answered: Wave) -> None:
    archive = ZipFile(BytesIO(zipped(microdata_files(microdata_of(answered), "en"))))
    assert archive.namelist() == ["w1-working-microdata.csv", "w1-working-codebook.xlsx"]


def test_command_writes_both_files_and_the_audit_history(answered: Wave, tmp_path: Path) -> None:
    call_command("export_microdata", "w1", str(tmp_path / "out"), "--language", "en", verbosity=0)
    assert len(lines((tmp_path / "out" / "w1-working-microdata.csv").read_bytes())) == 8
    assert (tmp_path / "out" / "w1-working-codebook.xlsx").exists()
    assert StaffAction.objects.get(verb="export_microdata").detail == {"answered": 8, "with_words": False}


def test_command_says_what_is_wrong(
    wave: Wave, frame: Callable[..., SamplingFrame], tmp_path: Path, english: None
) -> None:
    sampled_wave(wave, frame(), 24)
    with pytest.raises(CommandError, match=r"The waves are: w1\."):
        call_command("export_microdata", "other", str(tmp_path))
    with pytest.raises(CommandError, match="Fewer than two firms"):
        call_command("export_microdata", "w1", str(tmp_path))
