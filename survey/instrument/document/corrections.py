"""What came to a document of answers after it was submitted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from survey.terms import ValueState


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterValue:
    """One entry of the log: the new value of a key of the document, None to take it away, and how it came about."""

    item: str
    value: Any
    state: ValueState = ValueState.CORRECTED


def apply_corrections(answers: Mapping[str, Any], log: Iterable[LaterValue]) -> dict[str, Any]:
    """The answers after the entries of the log in their order; the later of two counts."""
    changed = {**answers, **{entry.item: entry.value for entry in log}}
    return {item: value for item, value in changed.items() if value is not None}
