"""A list of local units: several rows for a firm, told by a number."""

import pytest

from survey.models import FrameUnit, SamplingFrame
from survey.selectors.design.classifications import Classifications, read_classifications
from survey.services.frame.checked_list import CheckedList, check_list
from survey.services.frame.columns import FrameColumn, recognise_columns
from survey.services.frame.complaints import FrameFileRefused
from survey.services.frame.importing import import_frame
from survey.services.frame.joining import already_in, join_frame
from survey.services.frame.update_preview import newest_frame, preview_update
from survey.terms import AskedUnit
from tests.frame_lists import CODES, HEADERS, firms, local_units

pytestmark = pytest.mark.usefixtures("classified")
UNITS = AskedUnit.LOCAL_UNIT


def checked(*changes: tuple[int, str, object]) -> CheckedList:
    table = local_units(*changes)
    return check_list(lambda: [table], list(table.columns), classifications=read_classifications(), lists=UNITS)


def complaints(*changes: tuple[int, str, object]) -> list[tuple[str, str, int]]:
    """Column, code and number of rows of everything wrong."""
    return [(kind["column"], kind["code"], kind["count"]) for kind in checked(*changes).kinds]


def frame(*changes: tuple[int, str, object]) -> SamplingFrame:
    return import_frame(rows=local_units(*changes), title="产业活动单位", actor=None, lists=UNITS)


def test_frame_of_local_units_has_several_rows_for_a_firm_each_with_its_number() -> None:
    made = frame()
    rows = made.units.order_by("pk").values_list("credit_code", "unit_key", "contact__name")
    assert (made.lists, made.unit_count, list(rows)) == (
        "local_unit",
        4,
        [
            (CODES[0], "001", "王女士"),
            (CODES[1], "01", "李先生"),
            (CODES[2], "A1", None),
            (CODES[0], "002", "王女士"),
        ],
    )


@pytest.mark.parametrize("number", ["001", " ００１ "])
def test_number_that_two_units_of_a_firm_have_is_wrong_in_both_rows(number: str) -> None:
    found = checked((5, "单位编号", number))
    assert [(kind["code"], kind["count"], kind["params"]["rows"]) for kind in found.kinds] == [
        ("unit_duplicate", 2, "2, 5")
    ]


def test_two_firms_may_have_a_unit_of_one_number() -> None:
    assert complaints((3, "单位编号", "001")) == []


def test_unit_without_a_number_is_wrong_at_its_place() -> None:
    assert complaints((3, "单位编号", ""), (4, "单位编号", None)) == [("unit_key", "missing", 2)]


def test_number_that_excel_made_a_figure_of_is_wrong() -> None:
    assert complaints((3, "单位编号", 914403001234567890)) == [("unit_key", "unit_damaged", 1)]


def test_number_longer_than_is_kept_is_wrong() -> None:
    assert complaints((3, "单位编号", "9" * 41)) == [("unit_key", "too_long", 1)]


def test_list_of_local_units_without_numbers_is_refused() -> None:
    with pytest.raises(FrameFileRefused) as refused:
        recognise_columns(HEADERS, UNITS)
    assert refused.value.complaint.parameters["columns"] == ["unit_key"]


@pytest.mark.parametrize("header", ["单位编号", "产业活动单位代码", "Local unit number", "*产业活动单位代码："])
def test_header_of_numbers_is_recognised(header: str) -> None:
    assert recognise_columns([*HEADERS, header], UNITS).positions[FrameColumn.UNIT_KEY] == len(HEADERS)


def test_name_of_the_unit_stands_before_that_of_the_firm() -> None:
    found = recognise_columns([*HEADERS, "单位编号", "产业活动单位名称"], UNITS)
    assert found.positions[FrameColumn.NAME] == len(HEADERS) + 1


def test_list_of_firms_with_numbers_of_units_says_that_they_were_not_read(classifications: Classifications) -> None:
    table = firms()
    table.insert(1, "单位编号", ["1", "2", "3"])
    found = check_list(lambda: [table], list(table.columns), classifications=classifications)
    assert (found.good_count, found.notes) == (3, [("units_unread", {"header": "单位编号"})])


def test_update_list_is_matched_by_firm_and_unit() -> None:
    before = frame()
    parts = checked((5, "单位编号", "003"), (3, "所在区", "南山区")).parts
    found = preview_update(before, parts)
    assert {name: found[name] for name in ("new", "changed", "same", "gone")} == {
        "new": 1, "changed": 1, "same": 2, "gone": 1,
    }  # fmt: skip
    assert found["examples"]["gone"] == ["甲电子有限公司二厂"]


def test_update_list_of_units_is_held_against_the_newest_list_of_units() -> None:
    units = frame()
    later = import_frame(rows=firms(), title="企业", actor=None)
    assert (newest_frame(UNITS), newest_frame()) == (units, later)


def test_unit_that_is_missing_joins_beside_the_others_of_its_firm() -> None:
    first = import_frame(rows=local_units().loc[[2, 3]], title="产业活动单位", actor=None, lists=UNITS)
    assert already_in(first, checked().good_parts()) == 2
    assert join_frame(loaded=frame(), frame=first, actor=None) == 2
    assert FrameUnit.objects.filter(frame=first, credit_code=CODES[0]).count() == 2


def test_list_of_units_does_not_join_a_frame_of_firms() -> None:
    firm_frame = import_frame(rows=firms(), title="企业", actor=None)
    with pytest.raises(FrameFileRefused) as refused:
        join_frame(loaded=frame(), frame=firm_frame, actor=None)
    assert refused.value.code == "other_rows"
