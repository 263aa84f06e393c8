"""What can keep an expression from being read: a coded catalogue with problem and repair, to be translated."""

from typing import Any

from survey.complaints import Catalogue, Entry, Place, Refused, words_of
from survey.terms import gettext_noop as _

PROBLEMS: dict[str, Entry] = {
    "incomplete": Entry(_("The expression ends where a value should stand."), _("Write the value.")),
    "unclosed": Entry(_("A bracket is opened and not closed."), _("Close it with ).")),
    "unexpected": Entry(
        _("“%(value)s” is not expected here."), _("Join values with an operator, such as and, or, =, +.")
    ),
    "character": Entry(_("“%(value)s” has no meaning here."), _("Remove it or put it between quotation marks.")),
    "operator": Entry(_("“%(value)s” is not an operator."), _("Write and, or, != or not(...).")),
    "text_unclosed": Entry(_("A text is opened and not closed."), _("Close it with the same quotation mark.")),
    "name": Entry(_("“%(value)s” is not a name."), _("Write ${item} with the code of an item.")),
    "name_unclosed": Entry(_("A name is opened and not closed."), _("Write the name as ${item}.")),
    "path": Entry(
        _("Paths are not known here."),
        _("Name the item as ${item}; write div to divide, and a point for the answer itself."),
    ),
    "word": Entry(
        _("“%(value)s” stands alone."),
        _("Write ${%(value)s} for an item, '%(value)s' for a text, %(value)s() for a function."),
    ),
    "function_unknown": Entry(_("The function %(value)s() is not known."), _("Use one of: %(functions)s.")),
    "function_not_applicable": Entry(
        _("The function %(value)s() needs what a firm's web form does not have: %(lacking)s."),
        _("Leave the expression out."),
    ),
    "arguments": Entry(_("The function %(value)s() has %(count)s arguments."), _("Write %(usage)s.")),
    "pattern": Entry(_("The pattern cannot be read: %(reason)s."), _("Correct the regular expression.")),
    "number": Entry(_("The number %(value)s is too large."), _("Write a number up to 10^15.")),
    "too_deep": Entry(_("The expression has more than %(limit)s levels."), _("Split it into calculations.")),
    "too_long": Entry(_("The expression is longer than %(limit)s characters."), _("Split it into calculations.")),
}

EXPRESSION_ERRORS = Catalogue(entries=PROBLEMS, in_words=words_of("lacking", "reason"))
LONGEST_SHOWN = 40


class ExpressionError(Refused, ValueError):
    """An expression that cannot be read: its code, the value at fault, and the position from 0."""

    catalogue = EXPRESSION_ERRORS

    def __init__(self, code: str, value: str, position: int, **parameters: Any) -> None:
        self.position = position
        # An expression may fill a page: its beginning and the place say enough.
        super().__init__(code, value[:LONGEST_SHOWN], place=Place(character=position + 1), **parameters)

    def __str__(self) -> str:
        return f"[{self.code}] at character {self.position + 1}: {self.complaint.sentences()}"
