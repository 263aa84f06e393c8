"""Chosen non-answers: what they are called, and how a stored one is known."""

from typing import Any

from survey.instrument.expressions.values import MISSING_CODES
from survey.instrument.schema import Text
from survey.terms import Missing

MISSING_TEXTS = {
    Missing.NOT_APPLICABLE: Text("不适用", Missing.NOT_APPLICABLE.label),
    Missing.DONT_KNOW: Text("不清楚", Missing.DONT_KNOW.label),
    Missing.REFUSED: Text("不愿回答", Missing.REFUSED.label),
}


def is_missing(value: Any) -> bool:
    """Whether a stored answer is a chosen non-answer."""
    return isinstance(value, str) and value in MISSING_CODES
