"""Rules of the questions in a small repeat hold for each answered cell of the table that they become."""

from survey.exchange.xlsform.dialect.cell_rules import IS_WHOLE, constraint_of_cells
from survey.instrument.expressions.evaluation import Scope, holds
from survey.instrument.expressions.tokens import MAX_LENGTH
from survey.instrument.schema import Option, Text
from tests.instrument.tiny import TODAY

ROWS = tuple(Option(code=code, text=Text(code, code)) for code in ("y1", "y2"))


def is_met(rules: dict[str, str], **cells: dict[str, float]) -> bool:
    condition = constraint_of_cells("staff", ROWS, rules)
    assert condition is not None
    return holds(condition, Scope(answers={"staff": cells}, facts={}, today=TODAY))


def test_rule_holds_for_each_row_that_is_answered_alone() -> None:
    rules = {"men": ". >= 0"}
    assert is_met(rules)
    assert is_met(rules, y2={"men": 0})
    assert not is_met(rules, y1={"men": 3}, y2={"men": -1})


def test_rule_reads_another_column_of_the_same_row() -> None:
    rules = {"men": ". <= ${staff__all}"}
    assert is_met(rules, y1={"men": 3, "all": 5}, y2={"men": 4, "all": 4})
    assert not is_met(rules, y1={"men": 3, "all": 5}, y2={"men": 5, "all": 4})


def test_whole_number_has_no_remainder() -> None:
    assert is_met({"men": IS_WHOLE}, y1={"men": 3})
    assert not is_met({"men": IS_WHOLE}, y1={"men": 3.5})


def test_rule_that_cannot_be_read_or_grows_too_long_is_none() -> None:
    assert constraint_of_cells("staff", ROWS, {"men": ". >="}) is not None
    assert constraint_of_cells("staff", ROWS, {"men": ". = 'open"}) is None
    assert constraint_of_cells("staff", ROWS, {"men": f". != '{'x' * MAX_LENGTH}'"}) is None
