"""Forms by others: which load whole, what the rest lack, and how each construct is asked here."""

from collections.abc import Callable
from pathlib import Path

import pytest

from survey.complaints import Weight
from survey.exchange.xlsform import Reading
from survey.exchange.xlsform.form_rows import XlsformRow
from survey.exchange.xlsform.read.pyxform_messages import placed
from survey.instrument.schema import Option, Text
from survey.terms import ItemType, Missing
from tests.exchange.markdown_forms import FOLDER, expected, items

FORMS = sorted(FOLDER.glob("*.md"), key=lambda path: path.stem)
REPORT = FOLDER / "REPORT.txt"

pytestmark = pytest.mark.usefixtures("english")


def lacking(reading: Reading) -> list[str]:
    return sorted({finding.code for finding in reading.findings if finding.weight is not Weight.NOTE})


def report_line(path: Path, reading: Reading) -> str:
    """Name of the form, how many items it has here, and what it lacks."""
    count = len(reading.questionnaire.items) if reading.questionnaire else 0
    found = [finding for finding in reading.findings if finding.weight is not Weight.NOTE]
    told = [f"    {finding.weight}: {finding.place.words()}: {finding.message()}" for finding in found]
    return "\n".join([f"{path.stem}: {'whole' if reading.is_whole else 'not whole'}, {count} items", *told])


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_form_lacks_exactly_what_has_no_counterpart(read: Callable[[str], Reading], path: Path) -> None:
    reading = read(path.stem)
    assert (lacking(reading), reading.is_whole) == (expected(path), expected(path) == [])


def test_report_says_how_many_load_whole_and_what_the_rest_lack(read: Callable[[str], Reading]) -> None:
    readings = {path: read(path.stem) for path in FORMS}
    whole = sum(reading.is_whole for reading in readings.values())
    lines = [f"{whole} of {len(FORMS)} forms load whole.", *(report_line(*pair) for pair in readings.items())]
    assert "\n".join(lines) + "\n" == REPORT.read_text("utf-8")


def test_every_finding_has_a_sentence_and_what_is_left_out_a_repair(read: Callable[[str], Reading]) -> None:
    for path in FORMS:
        for finding in read(path.stem).findings:
            assert finding.message()
            assert finding.repair() or finding.weight is Weight.NOTE


def test_types_are_asked_as_their_counterparts(read: Callable[[str], Reading]) -> None:
    assert {code: item.type for code, item in items(read("basic_types")).items()} == {
        "name": ItemType.TEXT,
        "age": ItemType.INTEGER,
        "rooms": ItemType.INTEGER,
        "area": ItemType.DECIMAL,
        "founded": ItemType.DATE,
        "exports": ItemType.SINGLE,
        "fuels": ItemType.MULTIPLE,
        "preferred": ItemType.RANKING,
        "thanks": ItemType.NOTE,
        "licence": ItemType.FILE,
    }


def test_both_languages_are_read(read: Callable[[str], Reading]) -> None:
    item = items(read("two_languages"))["staff"]
    assert (item.text, item.hint) == (Text("从业人员", "People employed"), Text("含派遣人员", "Agency workers too"))


def test_choice_filter_becomes_a_condition_of_each_option(read: Callable[[str], Reading]) -> None:
    district = items(read("cascading_choices"))["district"]
    assert [option.relevant for option in district.options] == [
        "'gd' = ${province} and 'sz' = ${city}",
        "'js' = ${province} and 'nj' = ${city}",
    ]


def test_lists_of_the_same_name_on_two_sheets_are_two(read: Callable[[str], Reading]) -> None:
    asked = items(read("external_choices"))
    assert [(option.code, option.relevant) for option in asked["town"].options] == [
        ("dallas", "'tx' = ${state}"),
        ("seattle", "'wa' = ${state}"),
    ]
    assert [option.code for option in asked["size"].options] == ["small", "large"]


def test_or_other_asks_to_specify(read: Callable[[str], Reading]) -> None:
    source = items(read("or_other"))["source"]
    assert source.options[-1] == Option(code="other", text=Text("其他", "Other"), specify=True)


def test_deeper_groups_are_pages_whose_conditions_add_up(read: Callable[[str], Reading]) -> None:
    reading = read("deep_groups")
    assert reading.questionnaire is not None
    section = reading.questionnaire.sections[1]
    assert section.relevant == "${any} = 'y'"
    assert [(page.code, page.relevant, [item.code for item in page.items]) for page in section.pages] == [
        ("a", "", ["m"]),
        ("b", "${m} > 10", ["r"]),
        ("c", "(${m} > 10) and (${r} > 1)", ["x"]),
        ("b_2", "${m} > 10", ["s"]),
    ]


def test_title_of_a_group_that_holds_only_groups_stands_before_theirs(read: Callable[[str], Reading]) -> None:
    reading = read("groups_of_groups")
    assert reading.questionnaire is not None
    (section,) = reading.questionnaire.sections
    assert [(page.code, page.title.en) for page in section.pages] == [
        ("machines", "Machines"),  # a value alone, of which no page is shown
        ("press", "Machines – Presses"),
        ("lathe", "Machines – Lathes"),
        ("staff", "Staff"),
        ("night", "Night shift"),
        ("unnamed_inner", "Sites"),
    ]


def test_required_and_constraint_are_kept(read: Callable[[str], Reading]) -> None:
    asked = items(read("constraints"))
    assert [item.required for item in asked.values()] == ["true()", "true()", "${age} > 17", ""]
    assert (asked["age"].constraint, asked["age"].constraint_message) == (
        ". >= 0 and . <= 120",
        Text(en="From 0 to 120."),
    )


def test_default_is_the_first_value(read: Callable[[str], Reading]) -> None:
    asked = items(read("calculations_and_defaults"))
    assert [asked[code].prefill for code in ("wanted", "unit", "since", "got")] == [
        "number(5)",
        "string('racks')",
        "string('2026-01-31')",
        "${wanted}",
    ]


def test_range_bounds_and_steps(read: Callable[[str], Reading]) -> None:
    marks = items(read("ranges"))["b"]
    assert (marks.type, marks.minimum, marks.maximum) == (ItemType.INTEGER, 0, 100)
    assert marks.constraint == "round((. - 0) * 1) mod 5 = 0"


def test_repeat_of_fixed_number_is_a_table(read: Callable[[str], Reading]) -> None:
    plant = items(read("small_repeat"))["plant"]
    assert plant.type is ItemType.NUMBER_TABLE
    assert [row.text for row in plant.rows] == [Text(f"第{n}项", f"No. {n}") for n in (1, 2, 3)]
    assert [column.code for column in plant.options] == ["staff", "power"]


def test_names_are_changed_wherever_they_are_used(read: Callable[[str], Reading]) -> None:
    asked = items(read("strange_names"))
    assert list(asked) == ["home_town_1", "private", "q", "q_previous_job"]
    assert [item.relevant for item in asked.values()][1:3] == [
        "${home_town_1} = 'c1'",
        "selected(${home_town_1}, 'c2')",
    ]


def test_paths_become_names(read: Callable[[str], Reading]) -> None:
    two = items(read("paths"))["two"]
    assert (two.relevant, two.constraint) == ("${one} > 0", ". < ${total} div 2")


def test_non_answers_among_choices_are_non_answers_here(read: Callable[[str], Reading]) -> None:
    cost = items(read("non_answers"))["cost"]
    assert cost.missing == (Missing.DONT_KNOW, Missing.REFUSED)
    assert [option.code for option in cost.options] == ["low", "high"]


def test_expression_that_cannot_be_read_is_kept_and_placed(read: Callable[[str], Reading]) -> None:
    reading = read("functions_of_devices")
    found = [finding for finding in reading.findings if finding.code == "expression"]
    assert [(finding.place.words(), finding.place.character) for finding in found] == [
        ("survey, row 2, calculation", 1),
        ("survey, row 3, calculation", 1),
    ]
    assert items(reading)["phone"].calculation == "property('phonenumber')"


def test_broken_rule_has_the_position_that_pyxform_gives(read: Callable[[str], Reading]) -> None:
    finding = read("unknown_reference").findings[0]
    assert (finding.code, finding.place.words()) == ("pyxform", "survey, row 3, relevant")
    assert "Could not find the name 'c'" in finding.message()


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("[row : 3] Question or group with no name.", "survey, row 3"),
        ("Unknown question type 'hologram'.", "survey, row 2, type"),
        ("The survey element named 'b' has no label or hint.", "survey, row 4, name"),
        ("The question ${b} cannot be a trigger.", "survey, row 4, name"),
        ("Invalid value for quality.", "survey, row 5, parameters"),
        ("Invalid headers provided for sheet: 'choices'.", "choices, row 1"),
        ("[row : 9] On the 'choices' sheet, the 'name' value is invalid.", "choices, row 9, name"),
        ("There has been a problem.", "survey"),
    ],
)
def test_message_of_pyxform_is_placed_by_what_it_names(message: str, place: str) -> None:
    cells: dict[int, dict[tuple[str, ...], str]] = {
        2: {("type",): "hologram"},
        4: {("name",): "b"},
        5: {("parameters",): "quality=high"},
    }
    rows = [XlsformRow(sheet="survey", number=number, values=values, headers={}) for number, values in cells.items()]
    assert placed(message, rows)[0].words() == place


def test_choice_called_as_a_non_answer_whose_wording_says_something_else_is_named(
    read: Callable[[str], Reading],
) -> None:
    found = {finding.value: finding.code for finding in read("non_answers").findings}
    assert found == {"dont_know": "missing_label", "refused": "missing_wording"}
