"""Columns that follow from others by the plan: themes, choices counted together, and groups of firms."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from survey.instrument.plan.plan import Group, Indicator, Scale
from survey.methods.arrays import Bools
from survey.methods.coding import CHOSEN, NOT_CHOSEN, part_name
from survey.methods.extract import Coded, Extract
from survey.methods.tables.asked import takes_several
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import GroupSource, IndicatorKind

REST = ""
"""Value of a group for firms that have none of its values; it is counted in protection and never shown."""


def with_derived(extract: Extract, words: Vocabulary) -> Extract:
    """The extract with the columns of the plan's themes and indicators, and with its groups as domain variables."""
    groups = {group.code: column for group in words.used_groups if (column := _group(extract, group)) is not None}
    return replace(extract, items={**extract.items, **dict(_columns(extract, words))}, domains=groups)


def _columns(extract: Extract, words: Vocabulary) -> Iterator[tuple[str, Coded]]:
    for theme in words.themes.values():
        if theme.scale in words.scales:
            yield theme.code, _any_marked([extract.item(item) for item in theme.items], words.scales[theme.scale])
    for one in words.indicators.values():
        item = words.item(one.item)
        if one.kind is IndicatorKind.SHARE and one.options and item is not None and takes_several(item):
            yield one.code, _any_chosen(extract, one)


def _any_marked(columns: Sequence[Coded], scale: Scale) -> Coded:
    """Whether at least one of the items is marked; firms that answered none of them on the scale have no value."""
    marked, on_scale = (
        np.logical_or.reduce([_among(column, codes) for column in columns]) for codes in (scale.marked, scale.codes)
    )
    return _yes_or_no(marked, on_scale)


def _any_chosen(extract: Extract, one: Indicator) -> Coded:
    """Whether a firm chose one of the options, of those that chose one of the base (without one: that answered)."""
    chosen = [extract.items[name] for code in one.options if (name := part_name(one.item, code)) in extract.items]
    base = [extract.items[name] for code in one.base if (name := part_name(one.item, code)) in extract.items]
    answered = [_among(column, (CHOSEN,)) for column in base] or [
        _among(column, (NOT_CHOSEN, CHOSEN)) for column in chosen
    ]
    nobody = np.zeros(extract.rows, bool)
    return _yes_or_no(
        np.logical_or.reduce([nobody, *(_among(column, (CHOSEN,)) for column in chosen)]),
        np.logical_or.reduce([nobody, *answered]),
    )


def _yes_or_no(holds: Bools, inside: Bools) -> Coded:
    return Coded(np.where(inside, holds, -1).astype(np.int16), (NOT_CHOSEN, CHOSEN))


def _among(column: Coded, codes: Sequence[str]) -> Bools:
    return np.asarray(np.isin(column.codes, [k for k, label in enumerate(column.labels) if label in codes]), bool)


def _group(extract: Extract, group: Group) -> Coded | None:
    """The domain variable of a group; None where the extract has not what it is made from."""
    columns = extract.domains if group.source is GroupSource.FRAME else extract.items
    column = columns.get(group.variable)
    if column is None or not group.classes:
        return column if column is None or group.source is GroupSource.FRAME else _with_rest(column)
    labels = (*(each.code for each in group.classes), REST)
    class_of = {value: k for k, each in enumerate(group.classes) for value in each.values}
    places = [class_of.get(label, len(group.classes)) for label in column.labels]
    return Coded(np.array([*places, len(group.classes)], np.int16)[column.codes], labels)


def _with_rest(column: Coded) -> Coded:
    """Every firm has a value, so that the values of an answer add up to all firms."""
    codes = np.where(column.codes < 0, len(column.labels), column.codes)
    return Coded(codes.astype(np.int16), (*column.labels, REST))
