"""The controls of questions with several fields in rows: shares, and tables."""

from dataclasses import replace
from typing import Any

from django.utils.translation import pgettext

from survey.forms.page.builders import NumberQuestion
from survey.forms.page.questions import Raw, first_of
from survey.instrument.kinds.cells import cell_of
from survey.instrument.kinds.choices import options_of, rows_of
from survey.instrument.kinds.open_cells import marked_column
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item, Option
from survey.selectors.said import said as gettext

MOST_SIDE_BY_SIDE = 6
"""Columns that a desk has room for; wider tables are stacked, a card for each row."""


class Shares(NumberQuestion):
    """One percentage per row; they add to 100."""

    template = "respondent/items/shares.html"
    is_group = True

    def rows(self) -> tuple[Option, ...]:
        return self.item.rows or self.asked.options or rows_of(self.item)

    def names(self) -> tuple[str, ...]:
        return (*(f"{self.item.code}__{row.code}" for row in self.rows()), *self.companions())

    def part_label(self, name: str) -> str:
        return {f"{self.item.code}__{row.code}": self.words.of(row.text) for row in self.rows()}.get(name, "")

    def cells(self, options: tuple[Option, ...], prefix: str, raw: Raw) -> list[dict[str, str]]:
        names = [(f"{prefix}__{option.code}", self.words.of(option.text)) for option in options]
        return [{"name": name, "label": label, "value": first_of(raw, name)} for name, label in names]

    def control(self, raw: Raw) -> dict[str, Any]:
        return {**super().control(raw), "rows": self.cells(self.rows(), self.item.code, raw)}


class NumberTable(Shares):
    """A small table of numbers: rows by columns."""

    template = "respondent/items/number_table.html"

    def names(self) -> tuple[str, ...]:
        code = self.item.code
        cells = (f"{code}__{row.code}__{column.code}" for row in self.item.rows for column in self.options)
        return (*cells, *self.companions())

    def part_label(self, name: str) -> str:
        for row in self.item.rows:
            for column in self.options:
                if name == f"{self.item.code}__{row.code}__{column.code}":
                    place = pgettext("cell of a table", "%(row)s, %(column)s")
                    return place % {"row": self.words.of(row.text), "column": self.words.of(column.text)}
        return ""

    def control(self, raw: Raw) -> dict[str, Any]:
        code = self.item.code
        columns = tuple(replace(column, text=marked_column(self.item, column)) for column in self.options)
        rows = [
            {"label": self.words.of(row.text), "cells": self.cells(columns, f"{code}__{row.code}", raw)}
            for row in self.item.rows
        ]
        return {
            **NumberQuestion.control(self, raw),
            "rows": rows,
            "columns": [self.words.of(column.text) for column in columns],
        }


class TableOfAny(NumberTable):
    """A small table whose columns are answered in different ways: typed, or chosen from a list."""

    template = "respondent/items/table_of_any.html"

    def cells_of(self, row: Option, raw: Raw) -> list[dict[str, Any]]:
        return [self._cell(cell_of(self.item, row, column), column, raw) for column in self.options]

    def _cell(self, cell: Item, column: Option, raw: Raw) -> dict[str, Any]:
        held, kind = first_of(raw, cell.code), kind_of(cell)
        return {
            "name": cell.code,
            "label": self.words.of(marked_column(self.item, column)),
            "value": held,
            "guide": gettext("For example %(example)s") % {"example": kind.example} if kind.example else "",
            "is_long": kind.is_long,
            "inputmode": ("numeric" if kind.is_whole else "decimal") if kind.is_numeric else "text",
            "choices": [
                {"value": option.code, "label": self.words.of(option.text), "checked": option.code == held}
                for option in options_of(cell)
            ],
        }

    def control(self, raw: Raw) -> dict[str, Any]:
        rows = [{"label": self.words.of(row.text), "cells": self.cells_of(row, raw)} for row in self.item.rows]
        return {**super().control(raw), "rows": rows, "is_wide": len(self.options) > MOST_SIDE_BY_SIDE}
