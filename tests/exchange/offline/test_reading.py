"""A filled offline form as it comes back: what is read, and what is refused with a sentence."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone
from openpyxl import Workbook

from survey.exchange.offline.form import IDENTITY_CELL
from survey.exchange.offline.reading import read_offline_form
from survey.exchange.offline.style import NAME
from survey.instrument.schema import Text
from survey.models import Case, QuestionnaireVersion, Response, SamplingFrame, Wave
from survey.selectors.respondent.session import Filling, filling_of
from survey.services.answers.offline_refusals import OfflineFormRefused
from survey.services.fieldwork.sampling import draw_sample
from tests.exchange.forms_filled_in import WITHOUT_CLOUD, cell_of, fill_in, handed_out, questions, saved
from tests.waves import version_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def filling(case: Case) -> Filling:
    return filling_of(Case.objects.select_related("wave__survey", "wave__version").get(pk=case.pk), timezone.now())


def raw_of(case: Case, book: Workbook, folder: Path) -> dict[str, list[str]]:
    return dict(read_offline_form(saved(book, folder), filling(case)).form.raw)


def refusal(case: Case, path: Path) -> OfflineFormRefused:
    with pytest.raises(OfflineFormRefused) as refused:
        read_offline_form(path, filling(case))
    assert refused.value.complaint.sentences()
    return refused.value


def test_answers_are_read_as_the_web_would_post_them(case: Case, tmp_path: Path) -> None:
    answers = {
        **WITHOUT_CLOUD,
        "tick:protocols:opc": "✓",
        "tick:protocols:can": "x",
        "field:demands__1": "Option c",
        "field:mix__own": 62.5,
        "item:since": date(2020, 3, 1),
        "item:month": "2026-03",
        "item:phone": 13800000000,
        "item:remark": " short ",
        "field:bill__missing": "Prefer not to say",
    }
    assert raw_of(case, fill_in(handed_out(case), answers), tmp_path) == {
        "employees": ["20"],
        "has_cloud": ["no"],
        "cost": ["4"],
        "protocols": ["opc", "can"],
        "demands__1": ["c"],
        "mix__own": ["62.5"],
        "since": ["2020-03-01"],
        "month": ["2026-03"],
        "phone": ["13800000000"],
        "remark": ["short"],
        "bill__missing": ["refused"],
    }


def test_form_comes_back_in_the_other_language_as_well(case: Case, tmp_path: Path) -> None:
    book = fill_in(handed_out(case, "zh-hans"), {"item:employees": 20, "item:has_cloud": "否", "item:cost": "5"})
    assert raw_of(case, book, tmp_path) == {"employees": ["20"], "has_cloud": ["no"], "cost": ["5"]}


def test_percentage_that_excel_made_of_a_percent_sign_is_the_one_meant(case: Case, tmp_path: Path) -> None:
    book = fill_in(handed_out(case), {"item:cloud_share": 0.05})
    questions(book)[cell_of(book, "item:cloud_share")].number_format = "0%"
    assert raw_of(case, book, tmp_path)["cloud_share"] == ["5%"]


def test_explanations_are_read_by_item(case: Case, tmp_path: Path) -> None:
    book = fill_in(handed_out(case), {}, {"employees": "We merged.\u200b"})
    form = read_offline_form(saved(book, tmp_path), filling(case)).form
    assert dict(form.explanations) == {"employees": "We merged."}


def test_unclear_tick_keeps_its_cell(case: Case, tmp_path: Path) -> None:
    book = fill_in(handed_out(case), {"tick:protocols:can": "perhaps"})
    filled = read_offline_form(saved(book, tmp_path), filling(case))
    assert (filled.form.raw["protocols"], filled.places["protocols"]) == (
        ["perhaps"],
        cell_of(book, "tick:protocols:can"),
    )


def test_form_of_another_firm_is_refused(case: Case, tmp_path: Path) -> None:
    other = Case.objects.exclude(pk=case.pk)[0]
    assert refusal(case, saved(handed_out(other), tmp_path)).code == "wrong_firm"


def test_form_of_another_wave_is_refused_by_its_name(
    case: Case, frame: Callable[..., SamplingFrame], tmp_path: Path
) -> None:
    later = Wave.objects.create(
        survey=case.wave.survey,
        code="w2",
        title=Text("第二轮", "Second wave"),
        version=version_of(case.wave),
        status=case.wave.status,
        opens_at=case.wave.opens_at,
        closes_at=case.wave.closes_at,
    )
    draw_sample(wave=later, frame=frame(), size=40, method="proportional", seed=5, actor=None)
    other = Case.objects.get(wave=later, sample_unit__unit__credit_code=case.sample_unit.unit.credit_code)
    found = refusal(case, saved(handed_out(other), tmp_path))
    assert (found.code, found.complaint.parameters["wave"]) == ("wrong_wave", str(later))


def test_form_of_another_version_is_refused(case: Case, tmp_path: Path) -> None:
    path = saved(handed_out(case), tmp_path)
    old = version_of(case.wave)
    new = QuestionnaireVersion.objects.create(
        questionnaire=old.questionnaire,
        number=2,
        schema={**old.schema, "code": "other"},
        digest="0" * 64,
    )
    Response.objects.create(case=case, version=new)
    assert refusal(case, path).code == "wrong_version"


@pytest.mark.parametrize("column", ["A", "B", "D", "F", "G"])
def test_changed_row_is_refused_with_its_cell(case: Case, tmp_path: Path, column: str) -> None:
    book = handed_out(case)
    place = cell_of(book, "item:cost", column)
    questions(book)[place] = "something else"
    found = refusal(case, saved(book, tmp_path))
    assert (found.code, found.complaint.parameters["cell"]) == (
        "structure",
        cell_of(handed_out(case), "item:cost", "B"),
    )


def test_inserted_and_deleted_rows_are_refused(case: Case, tmp_path: Path) -> None:
    inserted, deleted = handed_out(case), handed_out(case)
    questions(inserted).insert_rows(6)
    questions(deleted).delete_rows(6)
    assert [refusal(case, saved(book, tmp_path)).code for book in (inserted, deleted)] == ["structure"] * 2


@pytest.mark.parametrize(("change", "cell"), [("delete_cols", "A1"), ("insert_cols", "A1"), ("insert_rows", "A2")])
def test_column_or_first_row_that_moved_everything_is_named(case: Case, tmp_path: Path, change: str, cell: str) -> None:
    book = handed_out(case)
    getattr(questions(book), change)(1)
    found = refusal(case, saved(book, tmp_path))
    assert (found.code, found.complaint.parameters["cell"]) == ("structure", cell)


def test_two_rows_that_changed_places_are_refused(case: Case, tmp_path: Path) -> None:
    book = handed_out(case)
    sheet = questions(book)
    first, second = (cell_of(book, name, NAME)[1:] for name in ("item:email", "item:employees"))
    for column in "ABCDEFG":
        one, other = sheet[f"{column}{first}"], sheet[f"{column}{second}"]
        one.value, other.value = other.value, one.value
    assert refusal(case, saved(book, tmp_path)).code == "structure"


@pytest.mark.parametrize("place", ["C3", "H10", "B900"])
def test_text_where_nothing_is_asked_is_not_dropped_in_silence(case: Case, tmp_path: Path, place: str) -> None:
    book = handed_out(case)
    questions(book)[place] = "a remark"
    found = refusal(case, saved(book, tmp_path))
    assert (found.code, found.complaint.parameters["cell"]) == ("outside", place)


def test_form_without_its_questions_is_refused(case: Case, tmp_path: Path) -> None:
    book = handed_out(case)
    del book["Questionnaire"]
    assert refusal(case, saved(book, tmp_path)).code == "not_the_form"


@pytest.mark.parametrize("value", ["=1+1", "#N/A"])
def test_formula_and_error_value_are_refused_with_their_cell(case: Case, tmp_path: Path, value: str) -> None:
    book = fill_in(handed_out(case), {"item:employees": value})
    found = refusal(case, saved(book, tmp_path))
    assert (found.code, found.complaint.parameters["cell"]) == ("formula", cell_of(book, "item:employees"))


@pytest.mark.parametrize("item", ["remark", "phone", "credit"])
@pytest.mark.parametrize("value", [6222021234567890123, 6.22202123456789e18])
def test_long_number_in_a_text_cell_is_damaged(case: Case, tmp_path: Path, item: str, value: float) -> None:
    book = fill_in(handed_out(case), {**WITHOUT_CLOUD, f"item:{item}": value})
    found = refusal(case, saved(book, tmp_path))
    assert (found.code, found.complaint.parameters["cell"]) == ("digits_lost", cell_of(book, f"item:{item}"))


@pytest.mark.parametrize("value", ["6222021234567890123", 755123456789012])
def test_long_number_as_a_text_and_one_of_15_digits_are_whole(case: Case, tmp_path: Path, value: object) -> None:
    book = fill_in(handed_out(case), {**WITHOUT_CLOUD, "item:remark": value})
    assert raw_of(case, book, tmp_path)["remark"] == [str(value)]


def test_formula_in_an_explanation_is_refused(case: Case, tmp_path: Path) -> None:
    book = fill_in(handed_out(case), {}, {"employees": '=HYPERLINK("x")'})
    assert refusal(case, saved(book, tmp_path)).code == "formula"


@pytest.mark.parametrize(
    ("word", "value"), [(0, "other"), (3, "fr"), (5, "-1"), (5, "x"), (5, "²"), (5, "9" * 20), (5, ""), (5, "1 2")]
)
def test_unknown_identity_is_not_the_form(case: Case, tmp_path: Path, word: int, value: str) -> None:
    book = handed_out(case)
    said = questions(book)[IDENTITY_CELL].value.split()
    questions(book)[IDENTITY_CELL] = " ".join([*said[:word], value, *said[word + 1 :]])
    assert refusal(case, saved(book, tmp_path)).code == "not_the_form"


def test_changed_number_of_the_form_breaks_its_seals(case: Case, tmp_path: Path) -> None:
    book = handed_out(case)
    said = questions(book)[IDENTITY_CELL].value.split()
    questions(book)[IDENTITY_CELL] = " ".join([*said[:5], "7"])
    assert refusal(case, saved(book, tmp_path)).code == "structure"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_the_form"),
        (b"a,b\n1,2\n", "text_table"),
        (b"%PDF-1.7", "other_file"),
        (b"PK\x03\x04x", "damaged"),
        (b"\x06\x95k\xa5xl/worksheets/", "other_file"),
    ],
)
@pytest.mark.parametrize("name", ["form.xlsx", "form.csv"])
def test_other_files_are_refused(case: Case, tmp_path: Path, content: bytes, code: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert refusal(case, path).code == code


def test_another_workbook_is_not_the_form(case: Case, tmp_path: Path) -> None:
    assert refusal(case, saved(Workbook(), tmp_path)).code == "not_the_form"


def test_large_file_is_refused_unread(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(5_000_001))
    assert refusal(case, path).code == "file_too_large"


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "not_the_form"),
        ("<!DOCTYPE x><x/>".encode("utf-16"), "not_the_form"),
        (bytes(20_000_001), "too_much"),
    ],
)
def test_archive_with_entities_or_a_bomb_is_refused(case: Case, tmp_path: Path, extra: bytes, code: str) -> None:
    path = saved(handed_out(case), tmp_path)
    with ZipFile(path, "a", compression=8) as archive:
        archive.writestr("xl/extra.xml", extra)
    assert refusal(case, path).code == code


def test_broken_sheet_is_damaged(case: Case, tmp_path: Path) -> None:
    path, broken = saved(handed_out(case), tmp_path), tmp_path / "broken.xlsx"
    with ZipFile(path) as source, ZipFile(broken, "w") as target:
        for entry in source.namelist():
            content = source.read(entry)
            target.writestr(entry, content[: len(content) // 2] if "sheet2" in entry else content)
    assert refusal(case, broken).code == "damaged"
