import pandas as pd

from survey.selectors.design.classifications import Classifications
from survey.services.frame.checked_list import CheckedList, check_list
from tests.frame_lists import CODES, checked_table, firms


def in_single_rows(table: pd.DataFrame, classifications: Classifications, **given: object) -> CheckedList:
    """The check of a table that comes row by row."""
    parts = [table.iloc[[place]] for place in range(len(table))]
    return check_list(lambda: parts, list(table.columns), classifications=classifications, **given)  # type: ignore[arg-type]


def test_kinds_of_error_count_rows_and_keep_the_first_example(classifications: Classifications) -> None:
    table = firms((2, "所在区", "?"), (4, "所在区", "!"), (3, "从业人员", -1))
    for checked in (checked_table(table, classifications), in_single_rows(table, classifications)):
        assert [(kind["code"], kind["count"], kind["row"], kind["value"]) for kind in checked.kinds] == [
            ("district_unknown", 2, 2, "?"),
            ("negative", 1, 3, "-1"),
        ]


def test_list_in_parts_is_checked_as_the_whole_one(classifications: Classifications) -> None:
    table = firms((3, "行业代码", "66"), (4, "统一社会信用代码", CODES[0].lower())).assign(
        企业规模=["微型", "中型", ""]
    )
    whole, parts = checked_table(table, classifications), in_single_rows(table, classifications)
    assert (parts.total, parts.good_count, parts.notes) == (whole.total, whole.good_count, whole.notes)
    assert (parts.kinds, parts.size_classes) == (whole.kinds, whole.size_classes)
    for name in ("good", "errors"):
        rows = [pd.concat([getattr(part, name) for part in each.parts]) for each in (parts, whole)]
        pd.testing.assert_frame_equal(rows[0].reset_index(drop=True), rows[1].reset_index(drop=True), check_dtype=False)


def test_code_that_stands_in_two_parts_is_told_in_both(classifications: Classifications) -> None:
    checked = in_single_rows(firms((4, "统一社会信用代码", CODES[0].lower())), classifications)
    errors = pd.concat([part.errors for part in checked.parts])
    assert [(row.row, row.code, row.params["rows"]) for row in errors.itertuples()] == [
        (2, "duplicate", "2, 4"),
        (4, "duplicate", "2, 4"),
    ]


def test_finer_codes_of_another_part_tell_that_two_digits_may_be_a_group(classifications: Classifications) -> None:
    divisions = [(row, "行业代码", 39) for row in (2, 3, 4)]
    assert in_single_rows(firms(*divisions), classifications).kinds == []
    table = firms(*divisions, (4, "行业代码", "6510"))
    assert [(kind["code"], kind["count"]) for kind in in_single_rows(table, classifications).kinds] == [
        ("industry_lost_zero", 2)
    ]


def test_contacts_left_blank_are_counted_apart(classifications: Classifications) -> None:
    checked = in_single_rows(firms((2, "联系电话", "?"), (4, "联系电话", "!")), classifications)
    assert (checked.good_count, checked.kinds, checked.listed_count) == (3, [], 2)
    assert [(kind["code"], kind["count"], kind["value"]) for kind in checked.blanked] == [("phone_form", 2, "?")]


def test_progress_counts_rows_part_by_part(classifications: Classifications) -> None:
    steps: list[tuple[int, int]] = []
    in_single_rows(firms(), classifications, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_checked_parts_are_there_again_for_each_pass(classifications: Classifications) -> None:
    checked = in_single_rows(firms(), classifications)
    assert [len(list(checked.good_parts())) for _ in range(2)] == [3, 3]
