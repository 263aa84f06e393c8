"""Sum, ratio and change edits as rules of the questionnaire, written out in its expression language."""

from collections.abc import Sequence

from survey.instrument.kinds.written_numbers import number_text
from survey.instrument.schema import EditRule, Text
from survey.terms import EditLevel


def sum_rule(
    code: str, total: str, parts: Sequence[str], level: EditLevel, message: Text, tolerance: float = 0.0
) -> EditRule:
    """``total`` equals the sum of ``parts`` within ``tolerance``, in the unit of the items."""
    addends, margin = " + ".join(f"${{{part}}}" for part in parts), number_text(tolerance)
    # Equality in this language allows for what binary fractions lose.
    condition = f"${{{total}}} = {addends}"
    if tolerance:
        # Two comparisons: the language has no intervals, and a designer can read what is checked.
        condition = f"${{{total}}} >= {addends} - {margin} and ${{{total}}} <= {addends} + {margin}"
    return EditRule(code=code, level=level, items=items_behind(total, *parts), condition=condition, message=message)


def ratio_rule(
    code: str, numerator: str, denominator: str, bounds: tuple[float, float], level: EditLevel, message: Text
) -> EditRule:
    """``numerator`` lies between the lower and the upper bound times ``denominator``; both are not negative."""
    # Multiplied and not divided: by a denominator of 0 the rule would stay unanswered.
    low, high = (f"{number_text(bound)} * ${{{denominator}}}" for bound in bounds)
    condition = f"${{{numerator}}} >= {low} and ${{{numerator}}} <= {high}"
    return EditRule(
        code=code, level=level, items=items_behind(numerator, denominator), condition=condition, message=message
    )


def change_rule(code: str, item: str, ratio: float, level: EditLevel, message: Text) -> EditRule:
    """In size the answer is at most ``ratio`` times, and at least one ``ratio``-th of, the one in the previous wave.

    A change of sign fails it; so does any amount after 0, and 0 after any amount.
    """
    # Both ways round, because a fall to a tenth is as telling as a rise to ten times; without a division, so that 0 in
    # one of the waves fails the rule instead of leaving it unanswered.
    now, before, factor = f"${{{item}}}", f"${{previous_{item}}}", number_text(ratio)
    condition = (
        f"abs({now}) <= {factor} * abs({before}) and abs({before}) <= {factor} * abs({now}) and {now} * {before} >= 0"
    )
    return EditRule(code=code, level=level, items=items_behind(item), condition=condition, message=message)


def items_behind(*names: str) -> tuple[str, ...]:
    """The items that names speak of, each once: of a part its item; facts and previous answers are none."""
    asked = (name.partition("__")[0] for name in names if not name.startswith(("frame_", "previous_")))
    return tuple(dict.fromkeys(asked))
