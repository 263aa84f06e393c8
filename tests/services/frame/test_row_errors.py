"""What is wrong with the rows of a list, gathered check by check."""

import pandas as pd

from survey.services.frame.columns import FrameColumn
from survey.services.frame.row_errors import ERROR_COLUMNS, RowErrors

ROWS = [2, 3, 4]


def column(*values: object) -> pd.Series:
    return pd.Series(values, index=ROWS)


def test_errors_stand_by_row_and_within_it_in_the_order_of_the_checks() -> None:
    errors = RowErrors()
    errors.add(column(False, True, True), FrameColumn.NAME, "too_long", column("a", "b", "c"), limit=200)
    errors.add(column(True, True, False), FrameColumn.CREDIT_CODE, "missing", column("x", "y", "z"))
    assert list(errors.table().index) == [0, 1, 2, 3]
    assert errors.table().to_dict("records") == [
        {"row": 2, "column": "credit_code", "code": "missing", "value": "x", "params": {}},
        {"row": 3, "column": "name", "code": "too_long", "value": "b", "params": {"limit": 200}},
        {"row": 3, "column": "credit_code", "code": "missing", "value": "y", "params": {}},
        {"row": 4, "column": "name", "code": "too_long", "value": "c", "params": {"limit": 200}},
    ]


def test_parameter_by_row_is_that_of_its_row() -> None:
    errors = RowErrors()
    rows = column("2, 4", "", "2, 4")
    errors.add(column(True, False, True), FrameColumn.CREDIT_CODE, "repeated", column("x", "y", "x"), rows=rows, most=5)
    assert errors.table()["params"].tolist() == [{"most": 5, "rows": "2, 4"}] * 2


def test_eighty_characters_of_a_value_are_kept() -> None:
    errors = RowErrors()
    errors.add(column(True, False, False), FrameColumn.NAME, "too_long", column("n" * 81, "", ""))
    assert errors.table()["value"].tolist() == ["n" * 80]


def test_good_list_has_a_table_without_rows() -> None:
    errors = RowErrors()
    errors.add(column(False, False, False), FrameColumn.NAME, "missing", column("", "", ""))
    assert (errors.parts, list(errors.table().columns), len(errors.table())) == ([], ERROR_COLUMNS, 0)
