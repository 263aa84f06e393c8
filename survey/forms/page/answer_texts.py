"""Stored answers as a person reads them: on the review, on the receipt's copy, and where two answers differ."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext, pgettext

from survey.forms.page.wording import Wording
from survey.instrument.kinds.choices import label_of, rows_of
from survey.instrument.raw_answers import grouped
from survey.instrument.routing.pruning import ESTIMATED, OTHER, is_missing
from survey.instrument.schema import Item, Option
from survey.terms import ItemType

LookUps = Mapping[ItemType, tuple[Option, ...]]


def answer_text(item: Item, answers: Mapping[str, Any], words: Wording, look_ups: LookUps | None = None) -> str:
    """The answer in words, with its unit and its mark of an estimate; "" where there is none."""
    value = answers.get(item.code)
    if value is None:
        return ""
    if is_missing(value):
        return words.of(label_of(item, value))
    text = _WRITERS.get(item.type, _plain)(item, value, words, look_ups or {})
    if other := answers.get(item.code + OTHER):
        text = gettext("%(answer)s (%(words)s)") % {"answer": text, "words": other}
    if answers.get(item.code + ESTIMATED):
        text = gettext("%(answer)s (estimate)") % {"answer": text}
    return text


def _plain(item: Item, value: Any, words: Wording, look_ups: LookUps) -> str:
    return str(value)


def _figure(item: Item, value: Any, words: Wording, look_ups: LookUps) -> str:
    unit = words.of(item.unit) or ("%" if item.type in (ItemType.PERCENTAGE, ItemType.SHARES) else "")
    return f"{grouped(value)} × {unit}" if unit[:1].isdigit() else f"{grouped(value)} {unit}".strip()


def _choice(item: Item, value: Any, words: Wording, look_ups: LookUps) -> str:
    for option in look_ups.get(item.type, ()):
        if option.code == value:
            return words.of(option.text)
    return words.of(label_of(item, str(value)))


def _choices(item: Item, value: Any, words: Wording, look_ups: LookUps) -> str:
    return pgettext("between answers", ", ").join(words.of(label_of(item, code)) for code in value)


def _ranked(item: Item, value: Any, words: Wording, look_ups: LookUps) -> str:
    return "\n".join(f"{place}. {words.of(label_of(item, code))}" for place, code in enumerate(value, start=1))


def _shares(item: Item, value: Any, words: Wording, look_ups: LookUps) -> str:
    rows = [row for row in rows_of(item) if row.code in value]
    return "\n".join(_line(words.of(row.text), _figure(item, value[row.code], words, look_ups)) for row in rows)


def _table(item: Item, value: Any, words: Wording, look_ups: LookUps) -> str:
    cells = [(row, column) for row in item.rows for column in item.options if column.code in value.get(row.code, {})]
    place = pgettext("cell of a table", "%(row)s, %(column)s")
    return "\n".join(
        _line(
            place % {"row": words.of(row.text), "column": words.of(column.text)},
            _figure(item, value[row.code][column.code], words, look_ups),
        )
        for row, column in cells
    )


def _line(place: str, figure: str) -> str:
    """One figure of several, named."""
    return pgettext("figure of a table", "%(place)s: %(figure)s") % {"place": place, "figure": figure}


def _file(item: Item, value: Any, words: Wording, look_ups: LookUps) -> str:
    return gettext("Attached file (%(type)s)") % {"type": str(value).rpartition(".")[2].upper()}


_WRITERS: dict[ItemType, Callable[[Item, Any, Wording, LookUps], str]] = {
    ItemType.SEVERITY: _choice,
    ItemType.YES_NO: _choice,
    ItemType.SINGLE: _choice,
    ItemType.INDUSTRY: _choice,
    ItemType.DISTRICT: _choice,
    ItemType.MULTIPLE: _choices,
    ItemType.RANKING: _ranked,
    ItemType.INTEGER: _figure,
    ItemType.DECIMAL: _figure,
    ItemType.PERCENTAGE: _figure,
    ItemType.MONEY: _figure,
    ItemType.SHARES: _shares,
    ItemType.NUMBER_TABLE: _table,
    ItemType.FILE: _file,
}
