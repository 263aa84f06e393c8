"""What can keep an expression from being read: a coded catalogue with problem and repair, to be translated."""

from collections.abc import Callable
from typing import Any

from survey.terms import gettext_noop as _

PROBLEMS: dict[str, tuple[str, str]] = {
    "incomplete": (_("The expression ends where a value should stand."), _("Write the value.")),
    "unclosed": (_("A bracket is opened and not closed."), _("Close it with ).")),
    "unexpected": (_("“%(value)s” is not expected here."), _("Join values with an operator, such as and, or, =, +.")),
    "character": (_("“%(value)s” has no meaning here."), _("Remove it or put it between quotation marks.")),
    "operator": (_("“%(value)s” is not an operator."), _("Write and, or, != or not(...).")),
    "text_unclosed": (_("A text is opened and not closed."), _("Close it with the same quotation mark.")),
    "name": (_("“%(value)s” is not a name."), _("Write ${item} with the code of an item.")),
    "name_unclosed": (_("A name is opened and not closed."), _("Write the name as ${item}.")),
    "path": (
        _("Paths are not known here."),
        _("Name the item as ${item}; write div to divide, and a point for the answer itself."),
    ),
    "word": (
        _("“%(value)s” stands alone."),
        _("Write ${%(value)s} for an item, '%(value)s' for a text, %(value)s() for a function."),
    ),
    "function_unknown": (_("The function %(value)s() is not known."), _("Use one of: %(functions)s.")),
    "function_not_applicable": (
        _("The function %(value)s() needs what a firm's web form does not have: %(lacking)s."),
        _("Leave the expression out."),
    ),
    "arguments": (_("The function %(value)s() has %(count)s arguments."), _("Write %(usage)s.")),
    "pattern": (_("The pattern cannot be read: %(reason)s."), _("Correct the regular expression.")),
    "number": (_("The number %(value)s is too large."), _("Write a number up to 10^15.")),
    "too_deep": (_("The expression has more than %(limit)s levels."), _("Split it into calculations.")),
    "too_long": (_("The expression is longer than %(limit)s characters."), _("Split it into calculations.")),
}

SPOKEN = frozenset({"lacking", "reason"})
"""Parameters that are words of the reader's language."""


class ExpressionError(ValueError):
    """An expression that cannot be read: its code, the value at fault, and the position from 0.

    ``parameters`` fill the templates of ``PROBLEMS``; ``problem`` and ``repair`` are their English wording.
    """

    def __init__(self, code: str, value: str, position: int, **parameters: Any) -> None:
        self.code = code
        self.value = value
        self.position = position
        self.parameters = {"value": value[:40], **parameters}
        self.problem, self.repair = (template % self.parameters for template in PROBLEMS[code])
        super().__init__(f"[{code}] at character {position + 1}: {self.problem} {self.repair}")

    def worded(self, translate: Callable[[str], str]) -> tuple[str, str]:
        """Problem and repair in the language of ``translate``."""
        problem, repair = PROBLEMS[self.code]
        shown = {name: translate(value) if name in SPOKEN else value for name, value in self.parameters.items()}
        return translate(problem) % shown, translate(repair) % shown
