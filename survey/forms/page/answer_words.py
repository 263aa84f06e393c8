"""How the answer to each kind of item reads: its words, its figures with their unit, one line for each part."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import pgettext

from survey.forms.page.wording import Wording
from survey.instrument.kinds.cells import cells_by_place
from survey.instrument.kinds.choices import label_of, rows_of
from survey.instrument.kinds.registry import kind_of
from survey.instrument.kinds.written_numbers import grouped
from survey.instrument.schema import Item, Option
from survey.selectors.said import said as gettext
from survey.terms import ItemType

OptionsByLookUp = Mapping[ItemType, tuple[Option, ...]]
AnswerInWords = Callable[[Item, Any, Wording, OptionsByLookUp], str]


def plain(item: Item, value: Any, words: Wording, look_ups: OptionsByLookUp) -> str:
    """As it is stored."""
    return str(value)


def figure(item: Item, value: Any, words: Wording, look_ups: OptionsByLookUp) -> str:
    """The number with its unit."""
    unit = words.of(kind_of(item).unit_of(item))
    # "5 10,000 yuan" would read as one number.
    return f"{grouped(value)} × {unit}" if unit[:1].isdigit() else f"{grouped(value)} {unit}".strip()


def choice(item: Item, value: Any, words: Wording, look_ups: OptionsByLookUp) -> str:
    """The label of the code."""
    for option in look_ups.get(item.type, ()):
        if option.code == value:
            return words.of(option.text)
    return words.of(label_of(item, str(value)))


def choices(item: Item, value: Any, words: Wording, look_ups: OptionsByLookUp) -> str:
    """The labels on one line."""
    return pgettext("between answers", ", ").join(words.of(label_of(item, code)) for code in value)


def ranked(item: Item, value: Any, words: Wording, look_ups: OptionsByLookUp) -> str:
    """The labels in their order."""
    # A line each, since an option may have a comma of its own.
    return "\n".join(f"{place}. {words.of(label_of(item, code))}" for place, code in enumerate(value, start=1))


def shares(item: Item, value: Any, words: Wording, look_ups: OptionsByLookUp) -> str:
    """A line for each row."""
    rows = [row for row in rows_of(item) if row.code in value]
    return "\n".join(_line(words.of(row.text), figure(item, value[row.code], words, look_ups)) for row in rows)


def table(item: Item, value: Any, words: Wording, look_ups: OptionsByLookUp) -> str:
    """A line for each cell."""
    cells = [(row, column) for row in item.rows for column in item.options if column.code in value.get(row.code, {})]
    place = pgettext("cell of a table", "%(row)s, %(column)s")
    return "\n".join(
        _line(
            place % {"row": words.of(row.text), "column": words.of(column.text)},
            figure(item, value[row.code][column.code], words, look_ups),
        )
        for row, column in cells
    )


def table_of_any(item: Item, value: Any, words: Wording, look_ups: OptionsByLookUp) -> str:
    """A line for each answered cell, as a question of its kind reads."""
    place = pgettext("cell of a table", "%(row)s, %(column)s")
    return "\n".join(
        _line(
            place % {"row": words.of(row.text), "column": words.of(column.text)},
            _in_cell(cell, value[row.code][column.code], words, look_ups),
        )
        for row, column, cell in cells_by_place(item)
        if column.code in value.get(row.code, {})
    )


def _in_cell(cell: Item, value: Any, words: Wording, look_ups: OptionsByLookUp) -> str:
    kind = kind_of(cell)
    say = figure if kind.is_numeric else choice if kind.is_closed else plain
    return say(cell, value, words, look_ups)


def _line(place: str, figure: str) -> str:
    """One figure of several, named."""
    return pgettext("figure of a table", "%(place)s: %(figure)s") % {"place": place, "figure": figure}


def file(item: Item, value: Any, words: Wording, look_ups: OptionsByLookUp) -> str:
    """That there is a file, and of which type."""
    return gettext("Attached file (%(type)s)") % {"type": str(value).rpartition(".")[2].upper()}
