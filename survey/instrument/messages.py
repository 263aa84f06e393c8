"""The one catalogue of messages about answers: what is wrong and what to enter, in English for translation.

``%(label)s`` is the wording of the item; a parameter that is a Text is shown in the reader's language.
"""

from collections.abc import Callable, Mapping
from typing import Any

from survey.instrument.kinds.registry import KINDS
from survey.instrument.schema import Text
from survey.terms import gettext_noop as _

MESSAGES: dict[str, str] = {
    # What was typed cannot be stored.
    "repeated": _("%(label)s: enter one answer; more than one arrived."),
    "not_offered": _("%(label)s: choose one of the answers offered."),
    "missing_not_offered": _("%(label)s: enter an answer; a non-answer is not offered here."),
    "missing_and_value": _("%(label)s: enter an answer or choose why there is none, not both."),
    "exclusive": _("%(label)s: “%(option)s” cannot be chosen together with another answer. Keep one or the other."),
    "too_many_choices": _("%(label)s: choose at most %(limit)s answers; %(count)s are chosen."),
    "ranked_twice": _("%(label)s: choose each answer once; “%(option)s” is chosen more than once."),
    "control_character": _("%(label)s: enter the text again without control characters; it may have been pasted."),
    "reserved_word": _("%(label)s: enter the answer in other words; “%(value)s” alone is a code of this form."),
    "line_break": _("%(label)s: enter the text on one line."),
    "too_long": _("%(label)s: enter at most %(limit)s characters; there are %(count)s."),
    "not_a_number": _("%(label)s: enter a number in digits, such as %(example)s."),
    "number_with_unit": _("%(label)s: enter the number alone, without a unit or words."),
    "decimal_comma": _("%(label)s: enter decimals with a point, such as %(example)s; a comma only groups thousands."),
    "number_too_large": _("%(label)s: enter a number with at most 15 digits."),
    "not_whole": _("%(label)s: enter a whole number without decimals."),
    "too_many_decimals": _("%(label)s: enter at most %(limit)s decimals."),
    "not_listed": _("%(label)s: enter a code that is in the list."),
    **{code: message for kind in KINDS.values() for code, message in kind.messages.items()},
    # What is stored but does not hold.
    "required": _("%(label)s: enter an answer."),
    "specify": _("%(label)s: enter in words what “%(option)s” stands for."),
    "range_between": _("%(label)s: enter a value from %(minimum)s to %(maximum)s."),
    "range_least": _("%(label)s: enter a value of at least %(minimum)s."),
    "range_most": _("%(label)s: enter a value of at most %(maximum)s."),
    "constraint": _("%(label)s: enter a value that meets the condition of this question."),
    "shares_total": _("%(label)s: enter shares that add to 100; they add to %(total)s now."),
    "magnitude_revenue": _(
        "%(label)s: %(value)s looks too large beside the firm's revenue of %(revenue)s. "
        "Enter the value in the unit shown, or give the reason."
    ),
    "magnitude_previous": _(
        "%(label)s: %(value)s is far from %(previous)s of the previous survey. "
        "Enter the value in the unit shown, or give the reason."
    ),
    "edit_rule": "%(message)s",
    "reason_empty": _("Enter the reason in a sentence: what happened in the firm that explains the value."),
}


def worded(
    code: str, parameters: Mapping[str, Any], language: str, translate: Callable[[str], str] = lambda text: text
) -> str:
    """The message of a code in a language. ``translate`` is gettext; Text parameters are resolved here."""
    template = MESSAGES[code]
    shown = {name: value.of(language) if isinstance(value, Text) else value for name, value in parameters.items()}
    return (template if code == "edit_rule" else translate(template)) % shown
