"""The rules of the questions in a small repeat, as one constraint of the table that they become."""

import re
from collections.abc import Iterable, Iterator

from survey.exchange.xlsform.column_names import spelled
from survey.instrument.expressions.errors import ExpressionError
from survey.instrument.expressions.tokens import MAX_LENGTH, tokens_of
from survey.instrument.schema import Option

IS_WHOLE = ". mod 1 = 0"
"""What a whole number keeps."""


def constraint_of_cells(table: str, rows: Iterable[Option], rules: dict[str, str]) -> str | None:
    """The rule of each column for each cell that is answered; None where that would be too long or cannot be read.

    ``rules`` are conditions on ``.`` by column code; another column that they name is that of the same row.
    """
    try:
        parts = [part for row in rows for part in _of_row(table, row.code, rules)]
    except ExpressionError:
        return None
    found = " and ".join(parts)
    # The engine refuses what is longer, so that the repeat is better asked entry by entry.
    return found if len(found) <= MAX_LENGTH else None


def _of_row(table: str, row: str, rules: dict[str, str]) -> Iterator[str]:
    for column, rule in rules.items():
        # coalesce: a comparison with nothing does not hold, and one open cell would refuse the whole table.
        cell = f"coalesce(${{{table}__{row}__{column}}}, '')"
        beside = re.sub(rf"\$\{{{table}__(\w+)\}}", rf"coalesce(${{{table}__{row}__\1}}, '')", rule)
        # An open cell keeps every rule, as in XForms, where a constraint is checked of answers only.
        yield f"({cell} = '' or ({_about(beside, cell)}))"


def _about(rule: str, cell: str) -> str:
    """The rule with the cell in place of the point. Raises ExpressionError."""
    return " ".join(cell if token.kind == "own" else spelled(token) for token in tokens_of(rule)).strip()
