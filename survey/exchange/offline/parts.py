"""The rows below a question that has more than one field."""

from collections.abc import Iterator
from typing import Any

from survey.exchange.offline.form_row import TICK, FormWording, OfflineRow, RowKind
from survey.instrument.kinds.cells import cells_by_place
from survey.instrument.kinds.choices import options_of, rows_of
from survey.instrument.kinds.missing import MISSING_TEXTS
from survey.instrument.kinds.open_cells import marked_column
from survey.instrument.kinds.ranking import ranks_of
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item
from survey.selectors.said import said as gettext


def by_label(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Codes by label, each label once."""
    labels = [" ".join(label.split()) for _code, label in pairs]
    return {
        # A list in a cell gives back its label; two options of one wording could not be told apart.
        label if labels.count(label) == 1 else f"{label} [{code}]": code
        for (code, _label), label in zip(pairs, labels, strict=True)
    }


def part(item: Item, name: str, text: str, **more: Any) -> OfflineRow:
    """A row below the question for one of its fields."""
    return OfflineRow(kind=RowKind.PART, name=f"field:{name}", text=text, item=item, field=name, **more)


def no_parts(item: Item, words: FormWording) -> Iterator[OfflineRow]:
    """The row of the question itself takes the answer."""
    yield from ()


def ticks(item: Item, words: FormWording) -> Iterator[OfflineRow]:
    """A row to tick for each option and non-answer."""
    # A drop-down gives one answer only; several are given by ticking a cell for each.
    options = [(option.code, words.of(option.text)) for option in options_of(item)]
    for code, label in [*options, *((code.value, MISSING_TEXTS[code].of(words.language)) for code in item.missing)]:
        yield OfflineRow(
            kind=RowKind.PART,
            name=f"tick:{item.code}:{code}",
            text=label,
            item=item,
            field=item.code,
            tick=code,
            # One label: a drop-down with the tick alone cannot be filled in wrongly, and clearing it takes the tick
            # back.
            choices={TICK: code},
        )


def ranks(item: Item, words: FormWording) -> Iterator[OfflineRow]:
    """A row to choose in for each place."""
    choices = by_label([(option.code, words.of(option.text)) for option in options_of(item)])
    for place in range(1, ranks_of(item) + 1):
        yield part(item, f"{item.code}__{place}", gettext("Choice %(place)s") % {"place": place}, choices=choices)


def rows_of_shares(item: Item, words: FormWording) -> Iterator[OfflineRow]:
    """A row for the number of each row."""
    for row in rows_of(item):
        yield part(item, f"{item.code}__{row.code}", words.of(row.text), is_typed=True)


def rows_of_table(item: Item, words: FormWording) -> Iterator[OfflineRow]:
    """A row for each cell."""
    for row in rows_of(item):
        for column in options_of(item):
            text = f"{words.of(row.text)}, {words.of(marked_column(item, column))}"
            yield part(item, f"{item.code}__{row.code}__{column.code}", text, is_typed=True)


def cells_of_any(item: Item, words: FormWording) -> Iterator[OfflineRow]:
    """A row for each cell, chosen from a list or typed as a question of its kind is."""
    for row, column, cell in cells_by_place(item):
        text = f"{words.of(row.text)}, {words.of(marked_column(item, column))}"
        choices = by_label([(option.code, words.of(option.text)) for option in options_of(cell)])
        guide = _example(kind_of(cell).example)
        # The row belongs to the cell, whose kind says how its answer is checked, written and read back.
        yield part(cell, cell.code, text, guide=guide, choices=choices, is_typed=not choices)


def _example(example: str) -> str:
    return gettext("For example %(example)s") % {"example": example} if example else ""
