"""Figures that look wrong beside what is known of the firm: its revenue, and its answer in the wave before."""

from collections.abc import Iterator
from typing import Any

from survey.instrument.edits.item_failure import ItemFailure
from survey.instrument.expressions.evaluation import Scope
from survey.instrument.expressions.values import to_number
from survey.instrument.kinds.registry import kind_of
from survey.instrument.kinds.units import YUAN, yuan_in
from survey.instrument.kinds.written_numbers import grouped
from survey.instrument.routing.piping import PREVIOUS
from survey.instrument.routing.route import RouteItem
from survey.instrument.schema import Item
from survey.terms import EditLevel

UNIT_JUMP = 1000.0
"""An answer this many times more or less than the previous one suggests another unit (yuan for 万元 is 10,000)."""
KINDS_OF_FAILURE = ("magnitude", "change")
"""Each ends the code of the rule that follows from an item."""


def unusual_figures(asked: RouteItem, value: Any, scope: Scope) -> Iterator[ItemFailure]:
    """At most one: what looks like another unit is not called a large change as well."""
    item, number = asked.item, to_number(value)
    if number is None or not kind_of(item).is_figure:
        return
    revenue, previous = to_number(scope.value("frame_revenue")), to_number(scope.value(PREVIOUS + item.code))
    if _is_above_revenue(item, number, revenue):
        yield _failure(item, number, "magnitude_revenue", {"frame_revenue": revenue}, scope)
    elif _is_other_unit(item, number, previous):
        yield _failure(item, number, "magnitude_previous", {PREVIOUS + item.code: previous}, scope)
    elif item.largest_change and previous is not None and _changed(number, previous, item.largest_change):
        yield _failure(item, number, "change_previous", {PREVIOUS + item.code: previous}, scope)


def _is_above_revenue(item: Item, number: float, revenue: float | None) -> bool:
    return bool(kind_of(item).is_amount and item.magnitude and revenue and abs(number) > item.magnitude * abs(revenue))


def _is_other_unit(item: Item, number: float, previous: float | None) -> bool:
    # Compared as a ratio, since amounts of firms differ by factors of a million; 0 tells nothing of a unit.
    can_tell = kind_of(item).is_amount and item.magnitude and previous and number
    return bool(can_tell and previous and not 1 / UNIT_JUMP < abs(number / previous) < UNIT_JUMP)


def _changed(number: float, previous: float, ratio: float) -> bool:
    # The same condition as the change edit of a designer (``conditions.change_rule``), without a division by 0.
    within = abs(number) <= ratio * abs(previous) and abs(previous) <= ratio * abs(number)
    return not within or number * previous < 0


def _failure(item: Item, number: float, code: str, known: dict[str, float | None], scope: Scope) -> ItemFailure:
    (beside,) = known.values()
    name = "revenue" if "frame_revenue" in known else "previous"
    return ItemFailure(
        item=item,
        kind=code.partition("_")[0],
        level=EditLevel.VERIFY,
        code=code,
        values={item.code: number, **known},
        parameters={name: _shown(beside), "value": _shown(number)},
        repair=_repaired(item, number, scope) if code.startswith("magnitude") else None,
    )


def _repaired(item: Item, number: float, scope: Scope) -> float | None:
    """The answer in the item's unit if it was typed in 元 where 万元 is asked, or the other way round."""
    own, revenue, previous = yuan_in(item), scope.value("frame_revenue"), scope.value(PREVIOUS + item.code)
    if own not in (YUAN["元"], YUAN["万元"]):
        return None
    # Ten decimals: dividing by 10,000 leaves the dust of binary fractions.
    meant = round(number / YUAN["万元"] if own == YUAN["万元"] else number * YUAN["万元"], 10)
    places = item.decimals is None or round(meant, item.decimals) == meant
    # A repair that would look wrong itself is no repair.
    is_usual = not _is_above_revenue(item, meant, to_number(revenue)) and not _is_other_unit(
        item, meant, to_number(previous)
    )
    return meant if places and is_usual else None


def _shown(number: float | None) -> str:
    return "" if number is None else grouped(number)
