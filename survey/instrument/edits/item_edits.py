"""The edits that follow from an item itself, as findings that ``edit_rules`` turns into failures."""

from collections.abc import Callable, Iterator
from typing import Any

from survey.instrument.edits.beside_known import unusual_figures
from survey.instrument.edits.item_failure import ItemFailure
from survey.instrument.expressions.evaluation import Scope, holds, usable_names_in
from survey.instrument.expressions.values import is_blank, numbers_in
from survey.instrument.kinds.choices import options_of
from survey.instrument.kinds.missing import is_missing
from survey.instrument.kinds.open_cells import named_cells, names_of_cells, open_cells
from survey.instrument.kinds.registry import kind_of
from survey.instrument.kinds.written_numbers import grouped, number_text
from survey.instrument.routing.pruning import OTHER, chosen_codes, specify_chosen
from survey.instrument.routing.route import RouteItem
from survey.instrument.schema import Item
from survey.terms import EditLevel

SHARES_TOLERANCE = 0.1
"""Shares rounded to one decimal may miss 100 by this much."""


def item_failures(asked: RouteItem, scope: Scope) -> Iterator[ItemFailure]:
    """What does not hold about an item on the route; an item without a usable answer can only lack one."""
    item, value = asked.item, scope.answers.get(asked.item.code)
    if value is None:
        if asked.required:
            message = item.required_message
            yield ItemFailure(
                item=item,
                kind="required",
                level=EditLevel.HARD,
                code="required",
                values={item.code: None},
                message=message,
            )
        return
    # A chosen non-answer is an answer to the item, but nothing that could be out of range.
    if is_missing(value):
        return
    for check in _CHECKS:
        yield from check(asked, value, scope)


def range_of(item: Item) -> tuple[float | None, float | None]:
    """The smallest and largest allowed number; percentages and shares stay within 0 and 100 unless told otherwise."""
    if item.minimum is None and item.maximum is None:
        return kind_of(item).bounds
    return item.minimum, item.maximum


def _cells(asked: RouteItem, value: Any, scope: Scope) -> Iterator[ItemFailure]:
    item = asked.item
    if cells := open_cells(item, asked.options, value, is_required=asked.required):
        yield ItemFailure(
            item=item,
            kind="cells",
            level=EditLevel.HARD,
            code="cells_open",
            values={item.code: value},
            parameters={"cells": named_cells(cells)},
            fields=names_of_cells(item, cells),
        )


def _specify(asked: RouteItem, value: Any, scope: Scope) -> Iterator[ItemFailure]:
    item = asked.item
    if specify_chosen(options_of(item), value) and not scope.answers.get(item.code + OTHER):
        option = next(part for part in options_of(item) if part.specify and part.code in chosen_codes(value))
        yield ItemFailure(
            item=item,
            kind="specify",
            level=EditLevel.HARD,
            code="specify",
            values={item.code: value},
            parameters={"option": option.text},
        )


def _range(asked: RouteItem, value: Any, scope: Scope) -> Iterator[ItemFailure]:
    item = asked.item
    low, high = range_of(item)
    numbers = numbers_in((value,)) if kind_of(item).is_numeric else []
    # One failure for the whole answer: of a table the limits are the same in every cell, and said once.
    if any((low is not None and number < low) or (high is not None and number > high) for number in numbers):
        code = "range_least" if high is None else "range_most" if low is None else "range_between"
        limits = {"minimum": _shown(low), "maximum": _shown(high)}
        yield ItemFailure(
            item=item, kind="range", level=EditLevel.HARD, code=code, values={item.code: value}, parameters=limits
        )


def _constraint(asked: RouteItem, value: Any, scope: Scope) -> Iterator[ItemFailure]:
    item = asked.item
    # Not checked is not failed: a firm is not asked to mend what it was not asked.
    if any(is_blank(scope.value(name)) for name in usable_names_in(item.constraint)):
        return
    if not holds(item.constraint, Scope(answers=scope.answers, facts=scope.facts, today=scope.today, own=value)):
        yield ItemFailure(
            item=item,
            kind="constraint",
            level=EditLevel.HARD,
            code="constraint",
            values={item.code: value},
            message=item.constraint_message,
        )


def _shares(asked: RouteItem, value: Any, scope: Scope) -> Iterator[ItemFailure]:
    if (whole := kind_of(asked.item).total) is not None:
        total = sum(numbers_in((value,)))
        # 33.3 three times is 99.9; the rest is what binary fractions lose.
        if abs(total - whole) > SHARES_TOLERANCE + 1e-9:
            shown = {"total": number_text(round(total, 4))}
            yield ItemFailure(
                item=asked.item,
                kind="shares",
                level=EditLevel.HARD,
                code="shares_total",
                values={asked.item.code: value},
                parameters=shown,
            )


def _shown(number: float | None) -> str:
    return "" if number is None else grouped(number)


_CHECKS: tuple[Callable[[RouteItem, Any, Scope], Iterator[ItemFailure]], ...] = (
    _cells, _specify, _range, _constraint, _shares, unusual_figures,
)  # fmt: skip
