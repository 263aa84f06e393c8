"""Who was asked an item and gave no answer at all: what `Extract.skipped` holds of a questionnaire and its plan."""

from collections.abc import Iterator

import numpy as np

from survey.instrument.kinds.kind import Columns
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item
from survey.methods.arrays import Bools
from survey.methods.asking import OPEN, STATES, UNANSWERED, lacking, state_name
from survey.methods.coding import first_choice, part_name
from survey.methods.estimates.economy import SizeShare
from survey.methods.extract import NOT_ANSWERED, Extract
from survey.methods.tables.narrowed import led_to, of_all
from survey.methods.tables.plan import planned_tables
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import Missing

Skips = Iterator[tuple[str, Bools]]


def with_skips(extract: Extract, words: Vocabulary) -> Extract:
    """The extract, columns of themes, indicators and shares among its own, with who skipped each of them.

    A column that nobody skipped is not named. Where the route cannot be told, nobody counts as having skipped.
    """
    of_items = dict(_of_items(extract, words))
    found = {**of_items, **dict(_derived(extract, words, of_items))}
    found |= dict(_of_sizes(extract, words, found))
    return extract.but(skipped={name: mask for name, mask in found.items() if mask.any() or _open(extract, name)})


def _open(extract: Extract, name: str) -> bool:
    """Whether some of the codes of a column are "don't know" or a refusal, which statistics tell from answers."""
    column = extract.items.get(name)
    return column is not None and any(label in OPEN for label in column.labels)


def _of_items(extract: Extract, words: Vocabulary) -> Skips:
    columns = _columns(extract)
    for item in words.questionnaire.items.values():
        first = first_choice(item.code)
        names = [*columns.get(item.code, ()), *([first] if first in columns else [])]
        if not names:
            continue
        asked = _asked(extract, words, item)
        for name in names:
            coded = extract.items.get(name)
            empty = np.isnan(extract.values[name]) if coded is None else coded.codes == NOT_ANSWERED
            yield name, np.asarray(empty & asked, bool)


def _columns(extract: Extract) -> dict[str, list[str]]:
    """The names of the columns by the code of the item that they may belong to: the name itself, and all that stands
    before the name of a part (`part_name`)."""
    found: dict[str, list[str]] = {}
    between = part_name("", "")
    for name in dict.fromkeys((*extract.items, *extract.values)):
        found.setdefault(name, []).append(name)
        place = name.find(between)
        while place >= 0:
            found.setdefault(name[:place], []).append(name)
            place = name.find(between, place + 1)
    return found


def _asked(extract: Extract, words: Vocabulary, item: Item) -> Bools:
    """(n,) firms that were asked an item, as far as it matters whether they answered."""
    nobody = np.zeros(extract.rows, bool)
    states = extract.items.get(state_name(item.code))
    if states is not None:
        # Of closed items "don't know" and a refusal are codes of their own, which are told apart by the statistic.
        is_number = kind_of(item).columns is Columns.NUMBER
        return lacking(extract, item.code) if is_number else np.asarray(states.codes == STATES.index(UNANSWERED), bool)
    # Columns of several options or rows do not tell "does not apply" from silence.
    if kind_of(item).columns is not Columns.CODE and Missing.NOT_APPLICABLE in item.missing:
        return nobody
    asked = led_to(extract, words.conditions.get(item.code, ()))
    return nobody if asked is None else asked


def _derived(extract: Extract, words: Vocabulary, of_items: dict[str, Bools]) -> Skips:
    """Columns that follow from others: open where one of the answers that they are made from is missing."""
    nobody = np.zeros(extract.rows, bool)
    for theme in words.themes.values():
        if theme.code in extract.items:
            gaps = [of_items.get(item, nobody) | _unknown(extract, item) for item in theme.items]
            yield theme.code, _left_open(extract, theme.code, np.logical_or.reduce(gaps))
    for code, one in words.indicators.items():
        parts = [part_name(one.item, option) for option in one.options]
        if code in extract.items and all(part in of_items for part in parts):
            yield code, _left_open(extract, code, np.logical_and.reduce([of_items[part] for part in parts]))
    for name in words.once("shares of all", lambda: _shares_of_all(words)):
        if name in extract.items:
            yield name, _left_open(extract, name, extract.in_scope)


def _shares_of_all(words: Vocabulary) -> list[str]:
    """The columns of the shares of all firms, each once: many tables ask for one."""
    asked = (one for table in planned_tables(words) for one in table.asked.values())
    return list(dict.fromkeys(whole.item for whole in map(of_all, asked) if whole is not None))


def _left_open(extract: Extract, name: str, gaps: Bools) -> Bools:
    return np.asarray((extract.items[name].codes == NOT_ANSWERED) & gaps, bool)


def _unknown(extract: Extract, item: str) -> Bools:
    """(n,) firms that chose "don't know" or a refusal."""
    column = extract.item(item)
    # The last place is that of the code -1, no answer.
    is_open = np.array([*(label in OPEN for label in column.labels), False])
    return np.asarray(is_open[column.codes], bool) if is_open.any() else np.zeros(extract.rows, bool)


def _of_sizes(extract: Extract, words: Vocabulary, skips: dict[str, Bools]) -> Skips:
    """Shares of employees or revenue are open where the share of firms is."""
    for table in planned_tables(words):
        for asked in table.asked.values():
            if isinstance(asked, SizeShare) and asked.of.item in skips:
                yield asked.item, np.asarray(skips[asked.of.item] | _unknown(extract, asked.of.item), bool)
