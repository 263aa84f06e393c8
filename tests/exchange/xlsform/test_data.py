"""Tables beside a form and in it: choices out of a file, and rules that look into a table."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from survey.exchange.xlsform.dialect.look_ups import LookUps
from survey.exchange.xlsform.read.data_files import read_table
from survey.instrument.edits.rules import check_all
from survey.instrument.schema import Text
from tests.exchange.markdown_forms import FOLDER, items
from tests.instrument.whole_pages import prune

ROWS = [{"name": "a", "of": "x", "worth": "2"}, {"name": "b", "of": "x", "worth": "3"}, {"name": "c", "worth": "it's"}]

pytestmark = pytest.mark.usefixtures("english")


def written(expression: str) -> str:
    return LookUps(tables={"t": ROWS}, repeats={"plant": ("r1", "r2")}).written_out(expression)


def answered(reading: Any, **answers: Any) -> Any:
    return prune(reading.questionnaire, answers, {}, date(2026, 1, 31))


def test_choices_out_of_a_file_are_filtered_by_its_columns(read: Any) -> None:
    town = items(read("data_files"))["town"]
    assert [(option.code, option.text.zh, option.relevant) for option in town.options] == [
        ("sz", "深圳", "'gd' = ${region}"),
        ("gz", "广州", "'gd' = ${region}"),
        ("nj", "南京", "'js' = ${region}"),
    ]


def test_name_and_label_of_a_file_are_those_that_the_row_names(read: Any) -> None:
    plants = items(read("data_files"))["plants"]
    assert [(option.code, option.text) for option in plants.options] == [
        ("p1", Text("Plant one")),
        ("p2", Text("Plant two")),
    ]


def test_look_ups_give_what_stands_in_the_table(read: Any) -> None:
    found = answered(read("data_files"), region="gd", town="gz")
    assert {code: found[code] for code in ("people", "crowd", "titled", "all", "many")} == {
        "people": "18",
        "crowd": True,
        "titled": "广州",
        "all": 35,
        "many": 2,
    }


def test_look_up_into_a_list_of_choices_gives_a_number_to_reckon_with(read: Any) -> None:
    assert answered(read("look_ups_in_choices"), fuel="gas", tons=10)["carbon"] == 19


def test_cells_of_a_small_repeat_are_found_by_their_names(read: Any) -> None:
    cells = {"r1": {"staff": 3.0, "power": 7.5}, "r2": {"staff": 4.0, "power": 1.0}}
    found = answered(read("cells_of_tables"), plant=cells, which=2)
    assert [found[code] for code in ("all", "most", "first", "chosen", "plants")] == [7, 7.5, 3, "4", 3]


@pytest.mark.parametrize(
    ("row", "is_met"),
    [
        ({"staff": 5.0, "women": 5.0, "power": 0.5}, True),
        ({"staff": 5.0, "women": 6.0}, False),
        ({"staff": 5.5}, False),
        ({"staff": 1000.0}, False),
        ({"power": 1.5}, True),
        ({"power": None}, False),
    ],
)
def test_rules_of_a_small_repeat_hold_for_each_row_of_the_table(
    read: Any, row: dict[str, float | None], is_met: bool
) -> None:
    """Every cell is required: a row that leaves one open meets no more than one that breaks a constraint."""
    content, whole = read("rules_in_tables").questionnaire, {"staff": 3.0, "women": 1.0, "power": 0.5}
    second = {name: value for name, value in {**whole, **row}.items() if value is not None}
    found = check_all(content, {"plant": {"r1": whole, "r2": second}}, {}, {}, date(2026, 1, 31))
    assert ([failure.message.en for failure in found.hard] == []) is is_met
    assert content.items["plant"].constraint_message.en == "Fewer than 1,000. Not more than all."


def test_choices_with_chinese_names_are_filtered_and_looked_up_by_their_codes(read: Any) -> None:
    reading = read("names_in_chinese")
    assert [option.relevant for option in items(reading)["q_2"].options] == ["'c1' = ${q}", "'c2' = ${q}"]
    found = answered(reading, q="c1", q_2="c1", q_3=5)
    assert [found.get(code) for code in ("q_3", "q_4", "q_5")] == [5, "518000", "深圳市"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("pulldata('t', 'worth', 'of', ${q})", "concat(if((${q}) = 'x', '2', ''))"),
        (
            "pulldata('t.csv', 'of', 'name', ${q})",
            "concat(if((${q}) = 'a', 'x', ''), if((${q}) = 'b', 'x', ''), if((${q}) = 'c', '', ''))",
        ),
        ("pulldata('none', 'worth', 'of', ${q})", "pulldata('none', 'worth', 'of', ${q})"),
        ("pulldata('t', 'worth'", "pulldata('t', 'worth'"),
        (
            "max(instance('t')/root/item[of = 'x']/worth)",
            "max(if('x' = 'x', '2', ''), if('x' = 'x', '3', ''), if('' = 'x', \"it's\", ''))",
        ),
        ("instance('t')/root/item[name = ]/worth", "instance('t')/root/item[name = ]/worth"),
        ("instance('t')/root/item[of[1]", "instance('t')/root/item[of[1]"),
        ("indexed-repeat(${plant__staff}, ${plant}, 2) + 1", "${plant__r2__staff} + 1"),
        ("indexed-repeat(${plant__staff}, ${plant}, 9)", "''"),
        ("indexed-repeat(${staff}, ${open}, 1)", "indexed-repeat(${staff}, ${open}, 1)"),
        ("count(${plant}) + count(${q})", "2 + count(${q})"),
        ("'pulldata('", "'pulldata('"),
    ],
)
def test_look_up_is_written_out_or_left_as_it_is(expression: str, expected: str) -> None:
    assert written(expression) == expected


def test_look_up_that_would_be_too_long_is_left_as_it_is() -> None:
    table = {"t": [{"key": str(number), "value": "x" * 60} for number in range(190)]}
    expression = "pulldata('t', 'value', 'key', ${q})"
    assert LookUps(tables=table).written_out(expression) == expression


@pytest.mark.parametrize("file", ["../towns.csv", "none.csv", "towns.txt", "broken.xml", "empty.csv"])
def test_file_that_is_no_table_beside_the_form_is_not_read(file: str, tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "towns.csv").write_text((FOLDER / "towns.csv").read_text("utf-8"), "utf-8")
    contents = {
        "towns.txt": "name\na",
        "broken.xml": "<root><item>",
        "empty.csv": "",
    }
    for name, content in contents.items():
        (tmp_path / "forms" / name).write_text(content)
    assert read_table(tmp_path / "forms", file) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_file_is_read_in_the_encodings_that_excel_writes(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes("name,label\nsz,深圳\n".encode(encoding))
    table = read_table(tmp_path, "t.csv")
    assert table is not None
    assert table.rows == ({"name": "sz", "label": "深圳"},)


def test_places_of_a_map_are_choices(tmp_path: Path) -> None:
    feature = '{"type": "Feature", "id": "p1", "properties": {"title": "Gate", "note": null}, "geometry": null}'
    (tmp_path / "t.geojson").write_text('{"type": "FeatureCollection", "features": [' + feature + "]}")
    table = read_table(tmp_path, "t.geojson")
    assert table is not None
    assert table.rows == ({"id": "p1", "title": "Gate"},)
