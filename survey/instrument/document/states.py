"""How each value of a document came about: one of five states, the same from the answer to the edited microdata.

The states are not stored with the answers, whose form stays as it is: they follow from what the questionnaire
calculates, from what was taken over when the response was submitted, and from the log of what came later.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from survey.instrument.answers import keys_of
from survey.instrument.document.corrections import LaterValue, apply_corrections
from survey.instrument.expressions.evaluation import Scope
from survey.instrument.kinds.registry import kind_of
from survey.instrument.routing.piping import PREVIOUS
from survey.instrument.routing.route import prefilled
from survey.instrument.schema import Item
from survey.terms import ValueState


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedValue:
    """A value of the data, and how it came about."""

    value: Any
    state: ValueState


def stated_values(
    answers: Mapping[str, Any],
    items: Iterable[Item],
    *,
    taken_over: Collection[str] = (),
    log: Iterable[LaterValue] = (),
) -> dict[str, StatedValue]:
    """Value and state of every key of the document after the log.

    The last entry of the log for a key says how its value came about. What no entry touches is calculated where its
    item is, taken over where ``taken_over`` names the item, and collected otherwise. What belongs to an answer, such
    as the text for "other", came about as the answer did, unless an entry of its own says otherwise.
    """
    entries = list(log)
    first = {key: _first_state(item, taken_over) for item in items for key in keys_of(item)}
    later = {entry.item: entry.state for entry in entries}
    return {
        # Keys that no item of this version has were collected all the same.
        key: StatedValue(value=value, state=later.get(key) or first.get(key, ValueState.COLLECTED))
        for key, value in apply_corrections(answers, entries).items()
    }


def _first_state(item: Item, taken_over: Collection[str]) -> ValueState:
    if kind_of(item).is_calculated:
        return ValueState.CALCULATED
    return ValueState.TAKEN_OVER if item.code in taken_over else ValueState.COLLECTED


def taken_over_items(items: Iterable[Item], answers: Mapping[str, Any], scope: Scope) -> list[str]:
    """Codes of the items that still hold what was filled in from the wave before; a fact of the frame is none."""
    from_before = (item for item in items if PREVIOUS in item.prefill and item.code in answers)
    return [item.code for item in from_before if prefilled(item, scope) == answers[item.code]]
