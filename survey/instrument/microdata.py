"""The edited microdata of a questionnaire: which columns one firm's row has, and what of its document stands in each.

A row has the variables of the codebook; behind those of one key of the document a column ``KEY#state`` says how its
value came about. The places of a ranking stand in ``ITEM#1``, ``ITEM#2`` ... beside what was chosen. No code has the
sign ``#``, so that no two columns share a name.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from survey.instrument.codebook import Variable, codebook_of
from survey.instrument.document.states import StatedValue
from survey.instrument.kinds.kind import Columns, Kind
from survey.instrument.kinds.missing import MISSING_TEXTS, is_missing
from survey.instrument.kinds.registry import kind_of
from survey.instrument.kinds.variables import ValueKind, joined_wordings
from survey.instrument.schema import Item, Questionnaire, Text

Read = Callable[[Any], Any]
STATE = "#state"
FRAME_FACT = "frame_"


@dataclass(frozen=True, kw_only=True)
class MicrodataColumn:
    """One column: its row of the codebook, the key of the document that it is read from, and how it is read."""

    variable: Variable
    key: str
    read: Read


def microdata_columns(questionnaires: Sequence[Questionnaire], *, with_words: bool = False) -> list[MicrodataColumn]:
    """The columns over all versions, the newest last in ``questionnaires`` and its items first here.

    An option or item that only an earlier version has keeps its column. What tells which firm answered is left out, and
    words of its own unless they are asked for: see ``left_out``.
    """
    found: dict[str, MicrodataColumn] = {}
    for questionnaire in reversed(questionnaires):
        for column in _columns(questionnaire):
            known = found.setdefault(column.variable.name, column)
            found[column.variable.name] = replace(known, variable=_with_codes(known.variable, column.variable))
    items = {code: item for each in questionnaires for code, item in each.items.items()}
    # What was left out of one version must not come back by another, hence the newest item of each code decides.
    kept = [each for each in found.values() if not is_left_out(items[each.variable.item], each.variable, with_words)]
    # Options that an earlier version alone has come behind their item, not behind the questionnaire.
    place = {key: number for number, key in enumerate(dict.fromkeys(each.key for each in kept))}
    return sorted(kept, key=lambda each: place[each.key])


def left_out(questionnaires: Sequence[Questionnaire], *, with_words: bool = False) -> list[Variable]:
    """The variables of the newest version that microdata do not hold."""
    newest = questionnaires[-1]
    variables = codebook_of(newest)
    return [each for each in variables if is_left_out(newest.items[each.item], each, with_words)]


def is_left_out(item: Item, variable: Variable, with_words: bool) -> bool:
    """Whether a variable would name the firm or the person, or holds words, in which they may name themselves."""
    if kind_of(item).names_firm:
        return True
    if variable.kind is not ValueKind.TEXT:
        return False
    # What begins as a fact of the frame, such as the name of the firm, mostly still is that fact.
    return not with_words or item.prefill.startswith(FRAME_FACT)


def columns_by_key(columns: Sequence[MicrodataColumn]) -> Iterator[tuple[str, list[MicrodataColumn]]]:
    """The columns of each key of the document, behind which its state is written."""
    # groupby joins neighbours alone: the columns of a key were put side by side (`microdata_columns`).
    for key, group in groupby(columns, key=lambda each: each.key):
        yield key, list(group)


def heads(columns: Sequence[MicrodataColumn]) -> list[str]:
    """The names of the columns with those of the states."""
    return [
        name
        for key, group in columns_by_key(columns)
        for name in (*(each.variable.name for each in group), key + STATE)
    ]


def row_of(columns: Sequence[MicrodataColumn], document: Mapping[str, StatedValue]) -> list[Any]:
    """One firm's row; None where it was not asked or did not answer. A non-answer stands in all columns of its item."""
    row: list[Any] = []
    for key, group in columns_by_key(columns):
        stated = document.get(key)
        if stated is None:
            row += [None] * (len(group) + 1)
            continue
        value = stated.value
        # A non-answer stands in every column of its item: an empty one would read as "not asked".
        row += [value if is_missing(value) else each.read(value) for each in group]
        row.append(stated.state.value)
    return row


def with_item_codes(questionnaire: Questionnaire, codes: Mapping[str, str]) -> Questionnaire:
    """The questionnaire with its items under other codes, as the documents of its firms have them."""
    sections = (
        replace(section, pages=tuple(replace(page, items=_recoded(page.items, codes)) for page in section.pages))
        for section in questionnaire.sections
    )
    return replace(questionnaire, sections=tuple(sections))


def _recoded(items: tuple[Item, ...], codes: Mapping[str, str]) -> tuple[Item, ...]:
    return tuple(replace(item, code=codes.get(item.code, item.code)) for item in items)


def _columns(questionnaire: Questionnaire) -> Iterator[MicrodataColumn]:
    for code, group in groupby(codebook_of(questionnaire), key=lambda each: each.item):
        item = questionnaire.items[code]
        kind = kind_of(item)
        reads = dict(_reads(kind, item))
        own = [_completed(variable, item) for variable in group]
        yield from (
            MicrodataColumn(variable=each, key=code, read=reads[each.name]) for each in own if each.name in reads
        )
        if kind.is_ranked:
            yield from _places(kind, item, own[0])
        yield from (
            MicrodataColumn(variable=each, key=each.name, read=_whole) for each in own if each.name not in reads
        )


def _completed(variable: Variable, item: Item) -> Variable:
    """A variable with the non-answers of its item, which stand in all columns of it."""
    return replace(variable, missing=tuple((code.value, MISSING_TEXTS[code]) for code in item.missing))


def _reads(kind: Kind, item: Item) -> Iterator[tuple[str, Read]]:
    """By variable of the item itself how it is read from a stored answer that is no non-answer."""
    if kind.columns is Columns.CHOSEN:
        yield from ((f"{item.code}__{each.code}", _is_among(each.code)) for each in kind.options_of(item))
    elif kind.columns is Columns.ROWS:
        yield from ((f"{item.code}__{row.code}", _part(row.code)) for row in kind.rows_of(item))
    elif kind.columns in (Columns.CELLS, Columns.MIXED):
        for row in kind.rows_of(item):
            yield from ((f"{item.code}__{row.code}__{each.code}", _part(row.code, each.code)) for each in item.options)
    else:
        yield item.code, _whole


def _places(kind: Kind, item: Item, example: Variable) -> Iterator[MicrodataColumn]:
    options = kind.options_of(item)
    codes = tuple((option.code, option.text) for option in options)
    for place in range(1, (item.max_choices or len(options)) + 1):
        name = f"{item.code}#{place}"
        label = joined_wordings(item.text, Text(f"第 {place} 位", f"place {place}"))
        variable = replace(example, name=name, label=label, kind=ValueKind.CODE, codes=codes)
        yield MicrodataColumn(variable=variable, key=item.code, read=_at_place(place))


def _with_codes(variable: Variable, other: Variable) -> Variable:
    """A variable with the codes that another version of it has besides."""
    known = {code for code, _label in variable.codes}
    return replace(variable, codes=(*variable.codes, *(pair for pair in other.codes if pair[0] not in known)))


# An item may have been of another kind in an earlier version: what its firms answered then is not read as it is now.


def _whole(value: Any) -> Any:
    if isinstance(value, list | dict):
        return None
    # Statistics packages have no truth values.
    return int(value) if isinstance(value, bool) else value


def _is_among(code: str) -> Read:
    return lambda chosen: int(code in chosen) if isinstance(chosen, list) else None


def _at_place(place: int) -> Read:
    return lambda ranked: ranked[place - 1] if isinstance(ranked, list) and len(ranked) >= place else None


def _part(*path: str) -> Read:
    """What stands in a row, or in a row and column, of a stored table."""

    def read(table: Any) -> Any:
        for code in path:
            table = table.get(code) if isinstance(table, dict) else None
        return table

    return read
