"""Columns that follow from others by the plan: themes, choices counted together, and groups of firms."""

from collections.abc import Iterator, Sequence

import numpy as np

from survey.instrument.plan.frame_numbers import KINDS_OF_SHARES
from survey.instrument.plan.plan import Group, Indicator, Scale, Theme
from survey.methods.arrays import Bools, Ints
from survey.methods.asking import OPEN, asked_of
from survey.methods.coding import CHOSEN, NOT_CHOSEN, part_name
from survey.methods.estimates.decided import decided
from survey.methods.estimates.economy import SizeShare, with_sizes
from survey.methods.extract import NOT_ANSWERED, Coded, Extract
from survey.methods.tables.asked import takes_several
from survey.methods.tables.plan import planned_tables
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import GroupSource, Missing

REST = ""
"""Value of a group for firms that have none of its values; it is counted in protection and never shown."""


def with_derived(extract: Extract, words: Vocabulary) -> Extract:
    """The extract with the columns of the plan's themes and indicators, its groups as domain variables, and the sizes
    that shares of employees and revenue are made from."""
    wanted = (group for group in words.plan.groups if group.source is GroupSource.FRAME or group in words.used_groups)
    groups = {group.code: column for group in wanted if (column := _group(extract, group)) is not None}
    derived = extract.but(items={**extract.items, **dict(_columns(extract, words))}, domains=groups)
    planned = (asked for table in planned_tables(words) for asked in table.asked.values())
    return with_sizes(derived, [asked for asked in planned if isinstance(asked, SizeShare)])


def _columns(extract: Extract, words: Vocabulary) -> Iterator[tuple[str, Coded]]:
    for theme in words.themes.values():
        if theme.scale in words.scales:
            yield theme.code, _theme(extract, theme, words.scales[theme.scale])
    for one in words.indicators.values():
        item = words.item(one.item)
        if one.kind in KINDS_OF_SHARES and one.options and item is not None and takes_several(item):
            yield one.code, _any_chosen(extract, one)


def _theme(extract: Extract, theme: Theme, scale: Scale) -> Coded:
    """Whether at least one of the items is marked, of firms whose answers decide it.

    "Don't know" and a refusal leave it open. Firms to which no item applies have no value: the theme is none of theirs.
    """
    columns = [extract.item(item) for item in theme.items]
    asked = np.column_stack([asked_of(extract, item) for item in theme.items])
    found = decided(columns, scale.marked, leaves_open=OPEN, asked=asked)
    # "Does not apply" is an answer: it leaves the theme undecided only where it is the answer to all of its items.
    applies = np.column_stack([~_among(column, (Missing.NOT_APPLICABLE,)) for column in columns])
    return Coded(np.where((applies & asked).any(axis=1), found.codes, NOT_ANSWERED).astype(np.int16), found.labels)


def _any_chosen(extract: Extract, one: Indicator) -> Coded:
    """Whether a firm chose one of the options, of those that chose one of the base (without one: that answered)."""
    chosen = [extract.items[name] for code in one.options if (name := part_name(one.item, code)) in extract.items]
    base = [extract.items[name] for code in one.base if (name := part_name(one.item, code)) in extract.items]
    # Any option that was offered shows that the firm answered: each has 0 or 1 then.
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
        return column if column is None or group.source is GroupSource.FRAME else _with_rest(column, extract.in_scope)
    # The rest is a group for protection alone: without it the others would not add up to all firms, and the sum that
    # gives a withheld group away would go unseen.
    labels = (*(each.code for each in group.classes), REST)
    class_of = {value: k for k, each in enumerate(group.classes) for value in each.values}
    places = [class_of.get(label, len(group.classes)) for label in column.labels]
    # The last entry serves NOT_ANSWERED, which is -1 and so indexes from the end.
    codes = np.array([*places, len(group.classes)], np.int16)[column.codes]
    return Coded(_in_scope(codes, extract.in_scope), labels)


def _with_rest(column: Coded, in_scope: Bools) -> Coded:
    """Every firm has a value, so that the values of an answer add up to all firms."""
    codes = np.where(column.codes < 0, len(column.labels), column.codes)
    return Coded(_in_scope(codes, in_scope), (*column.labels, REST))


def _in_scope(codes: Ints, in_scope: Bools) -> Ints:
    """The codes of firms that responded; those out of scope are in no group."""
    return np.where(in_scope, codes, NOT_ANSWERED).astype(np.int16)
