"""From answers by item to columns of small integers and floats: what the extract holds of a questionnaire.

A closed item is one column of its codes, Missing codes among them; a multiple choice or a ranking is one column 0/1 for
each option (chosen; named at any place); numbers are floats. Texts, dates and look-ups are not analysed.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import Any

import numpy as np

from survey.instrument.concepts import same_for_a_firm
from survey.instrument.kinds.cells import cells_by_place
from survey.instrument.kinds.choices import options_of, rows_of
from survey.instrument.kinds.kind import Columns
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item, Questionnaire
from survey.methods.arrays import Floats, Ints
from survey.methods.errors import UnknownStatus
from survey.methods.extract import NOT_ANSWERED, Coded
from survey.terms import Missing

NOT_CHOSEN, CHOSEN = "0", "1"
NUMBERS = frozenset({int, float, bool, type(None)})
"""Types of answers that numpy reads as `_as_number` does, None as nan."""
Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedColumn:
    """A column of codes: `read` gives the number of a label, or -1, for the answer to `item`."""

    name: str
    item: str
    labels: tuple[str, ...]
    read: Callable[[Any], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberColumn:
    """A column of numbers: `read` gives the number, or nan, for the answer to `item`."""

    name: str
    item: str
    read: Callable[[Any], float]


Column = CodedColumn | NumberColumn


@dataclass(frozen=True, eq=False)
class CodedAnswers:
    """The columns of a batch of documents, in their order."""

    items: Mapping[str, Coded]
    values: Mapping[str, Floats]


def part_name(item: str, part: str) -> str:
    """Name of the column of one option or row of an item."""
    return f"{item}__{part}"


def first_choice(item: str) -> str:
    """Name of the column of what firms ranked first; no code of an item has the sign."""
    return f"{item}#first"


def extract_columns(questionnaires: Sequence[Questionnaire]) -> tuple[Column, ...]:
    """The columns of an extract over all versions of the questionnaire that were answered, in the order of asking.

    Codes of later versions come behind those of earlier ones. An item that was renamed is under its newest code.
    """
    versions: dict[str, list[Item]] = {}
    for questionnaire in questionnaires:
        # By the newest version: tables and plans name items as they are called now.
        renamed = same_for_a_firm(questionnaire, questionnaires[-1])
        for code, item in questionnaire.items.items():
            versions.setdefault(renamed.get(code, code), []).append(item)
    return tuple(column for items in versions.values() for column in COLUMNS[kind_of(items[-1]).columns](items))


def code_answers(columns: Sequence[Column], documents: Sequence[Answers]) -> CodedAnswers:
    """The columns of these documents. Raises `UnknownStatus` for a code that no version of its item has.

    The answers to an item are taken out once for all of its columns, and a code is looked up once for each different
    answer, of which a closed item has few.
    """
    items: dict[str, Coded] = {}
    values: dict[str, Floats] = {}
    groups = [(item, list(group)) for item, group in groupby(columns, lambda column: column.item)]
    for (_item, group), answers in zip(groups, answers_to([item for item, _ in groups], documents), strict=True):
        different: _Different | None = None
        for column in group:
            if isinstance(column, NumberColumn):
                values[column.name] = _numbers(column, answers)
            else:
                # Made by the first coded column and shared by the others: a multiple choice has one for each option.
                different = different or _different(answers)
                items[column.name] = Coded(_codes(column, different.answers)[different.index], column.labels)
    return CodedAnswers(items, values)


def answers_to(items: Sequence[str], documents: Sequence[Answers]) -> Iterable[Sequence[Any]]:
    """By item the answers of these documents, None where there is none."""
    # Document by document: each lies anywhere in memory, and to look into all of them for every item takes twice as
    # long.
    rows = [tuple(map(document.get, items)) for document in documents]
    return zip(*rows, strict=True) if rows else ((),) * len(items)


@dataclass(frozen=True, eq=False)
class _Different:
    """The different ones of (n,) answers, and the number of each answer among them, (n,)."""

    answers: Collection[Any]
    index: Ints


class _Numbered(dict[Any, int]):
    """Keys with their numbers, in the order in which they are first asked for: the same documents give the same."""

    def __missing__(self, key: Any) -> int:
        self[key] = len(self)
        return self[key]


def _different(answers: Sequence[Any]) -> _Different:
    number = _Numbered()
    try:
        return _Different(number, np.fromiter(map(number.__getitem__, answers), np.intp, len(answers)))
    except TypeError:  # An answer that is no key: a list of codes, or a table.
        number.clear()
    try:
        keys = [tuple(answer) if isinstance(answer, list) else answer for answer in answers]
        index = np.fromiter(map(number.__getitem__, keys), np.intp, len(keys))
    except TypeError:  # A table, also where a code belongs, is left to the column.
        return _Different(answers, np.arange(len(answers)))
    return _Different([list(key) if isinstance(key, tuple) else key for key in number], index)


def _numbers(column: NumberColumn, answers: Sequence[Any]) -> Floats:
    # Numbers and nothing else, which most columns hold, need no question for each of them.
    if column.read is _as_number and NUMBERS.issuperset(map(type, answers)):
        return np.array(answers, float)
    return np.fromiter(map(column.read, answers), float, len(answers))


def _codes(column: CodedColumn, answers: Collection[Any]) -> Ints:
    try:
        # int16: with 100,000 firms and hundreds of columns the width of a code decides whether a wave fits into memory.
        return np.array([column.read(answer) for answer in answers], np.int16)
    except KeyError as error:
        code = error.args[0]
        raise UnknownStatus(code, f"An answer to '{column.item}' has the code '{code}', which it does not offer.",
                            "Correct the answer, or publish a version that offers the code.") from error  # fmt: skip


def _codes_of(items: Sequence[Item]) -> tuple[str, ...]:
    options = chain.from_iterable((option.code for option in options_of(item)) for item in items)
    missing = chain.from_iterable((code.value for code in item.missing) for item in items)
    # Codes of earlier versions come first and keep their numbers when another version is added.
    return tuple(dict.fromkeys([*options, *missing]))


def _single(items: Sequence[Item]) -> list[Column]:
    labels = _codes_of(items)
    # An unknown code raises KeyError, which becomes a named error: a wrong number would be a wrong figure.
    position: dict[str | None, int] = {None: NOT_ANSWERED, **{code: k for k, code in enumerate(labels)}}
    return [CodedColumn(name=items[-1].code, item=items[-1].code, labels=labels, read=position.__getitem__)]


def _several(items: Sequence[Item]) -> list[Column]:
    """0/1 for each option, of a ranking at any place, and behind them the code of its first place."""
    missing = {code.value for code in Missing}
    chosen: list[Column] = [
        CodedColumn(
            name=part_name(items[-1].code, code), item=items[-1].code, labels=(NOT_CHOSEN, CHOSEN), read=_chosen(code)
        )
        for code in _codes_of(items)
        if code not in missing
    ]
    return [*chosen, *([_first_choice(items)] if kind_of(items[-1]).is_ranked else [])]


def _first_choice(items: Sequence[Item]) -> Column:
    missing = {code.value for code in Missing}
    labels = tuple(code for code in _codes_of(items) if code not in missing)
    first = _first({code: k for k, code in enumerate(labels)})
    return CodedColumn(name=first_choice(items[-1].code), item=items[-1].code, labels=labels, read=first)


def _first(position: Mapping[str, int]) -> Callable[[Any], int]:
    # A list is an answer; a single code there is a reason for none.
    return lambda answer: position[answer[0]] if isinstance(answer, list) and answer else NOT_ANSWERED


def _chosen(code: str) -> Callable[[Any], int]:
    return lambda answer: int(code in answer) if isinstance(answer, list) else NOT_ANSWERED


def _number(items: Sequence[Item]) -> list[Column]:
    return [NumberColumn(name=items[-1].code, item=items[-1].code, read=_as_number)]


def _shares(items: Sequence[Item]) -> list[Column]:
    code = items[-1].code
    return [NumberColumn(name=part_name(code, row.code), item=code, read=_row(row.code)) for row in rows_of(items[-1])]


def _table(items: Sequence[Item]) -> list[Column]:
    item = items[-1]
    cells = [(row.code, column.code) for row in rows_of(item) for column in options_of(item)]
    return [
        NumberColumn(name=part_name(item.code, part_name(row, column)), item=item.code, read=_cell(row, column))
        for row, column in cells
    ]


def _cells_of_any(items: Sequence[Item]) -> list[Column]:
    """The columns of each cell as those of a question of its kind, over the versions in which it was a table."""
    newest = items[-1]
    tables = [item for item in items if kind_of(item).columns is Columns.MIXED]
    cells: dict[tuple[str, str], list[Item]] = {
        (row.code, column.code): [] for row, column, _cell in cells_by_place(newest)
    }
    for item in tables:
        for row, column, cell in cells_by_place(item):
            if (row.code, column.code) in cells:
                cells[row.code, column.code].append(cell)
    return [
        _of_cell(column, newest.code, *place)
        for place, versions in cells.items()
        for column in COLUMNS[kind_of(versions[-1]).columns](versions)
    ]


def _of_cell(column: Column, item: str, row: str, place: str) -> Column:
    """The column of a cell, read out of the whole table."""
    read = column.read
    if isinstance(column, NumberColumn):
        return replace(column, item=item, read=lambda answer: read(_in_cell(answer, row, place)))
    return replace(column, item=item, read=lambda answer: int(read(_in_cell(answer, row, place))))


def _in_cell(answer: Any, row: str, column: str) -> Any:
    cells = answer.get(row) if isinstance(answer, dict) else None
    return cells.get(column) if isinstance(cells, dict) else None


def _none(items: Sequence[Item]) -> list[Column]:
    return []


def _as_number(answer: Any) -> float:
    # A reason for not answering is a text and no number.
    return float(answer) if isinstance(answer, int | float) else np.nan


def _row(row: str) -> Callable[[Any], float]:
    return lambda answer: _as_number(answer.get(row)) if isinstance(answer, dict) else np.nan


def _cell(row: str, column: str) -> Callable[[Any], float]:
    return lambda answer: _as_number((answer.get(row) or {}).get(column)) if isinstance(answer, dict) else np.nan


COLUMNS: dict[Columns, Callable[[Sequence[Item]], list[Column]]] = {
    Columns.NONE: _none,
    Columns.CODE: _single,
    Columns.CHOSEN: _several,
    Columns.NUMBER: _number,
    Columns.ROWS: _shares,
    Columns.CELLS: _table,
    Columns.MIXED: _cells_of_any,
}
