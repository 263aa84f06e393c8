"""Regular expressions that end in a time linear in the text, whatever the pattern: RE2, which never backtracks.

``(a+)+b`` against a long text would keep Python's ``re`` busy for hours, and both pattern and text come from people.
What needs backtracking, references back and looking around, is refused.
"""

import re
from functools import lru_cache
from typing import Any

import re2

from survey.complaints import Refused
from survey.instrument.expressions.errors import EXPRESSION_ERRORS, LONGEST_SHOWN
from survey.terms import gettext_noop as _

LONGEST = 1000
REASONS: dict[str, str] = {
    "missing ]": _("a square bracket is opened and not closed"),
    "missing )": _("a bracket is opened and not closed"),
    "unexpected )": _("a bracket is closed that was not opened"),
    "no argument for repetition operator": _("nothing stands before a repetition that it could repeat"),
    "bad repetition operator": _("two repetitions stand behind one another"),
    "invalid repetition size": _("it repeats too often, or from more to less"),
    "invalid escape sequence": _("a sign behind a backslash is not known; references back are not possible"),
    "invalid perl operator": _("what begins with (? is not known; looking ahead or back is not possible"),
    "invalid character class range": _("a range or class in square brackets is not known"),
    "trailing \\": _("it ends with a backslash"),
    "pattern too large": _("it repeats too much"),
}
"""What RE2 says of a pattern -> the reason as people read it."""
_UNICODE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\.", re.DOTALL)
_QUIET = re2.Options()
# RE2 would write every refused pattern to the log of errors by itself.
_QUIET.log_errors = False
# Only whether a text matches is asked, which RE2 finds out faster without keeping groups.
_QUIET.never_capture = True


class PatternRefused(Refused):
    """A pattern that cannot be read; the parameter ``reason`` of its complaint says why."""

    catalogue = EXPRESSION_ERRORS

    def __init__(self, pattern: str, reason: str) -> None:
        super().__init__("pattern", pattern[:LONGEST_SHOWN], reason=reason)


# A pattern of the questionnaire is matched again for every answer.
@lru_cache(maxsize=512)
def compiled(pattern: str) -> Any:
    """The pattern ready to match. Raises PatternRefused."""
    if len(pattern) > LONGEST:
        raise PatternRefused(pattern, _("it is longer than 1,000 characters"))
    # Designers write \u4e00 as in JavaScript; RE2 knows \x{4e00}. A doubled backslash is passed over as a pair.
    spelled = _UNICODE.sub(lambda found: rf"\x{{{found[1]}}}" if found[1] else found[0], pattern)
    try:
        return re2.compile(spelled, _QUIET)
    except re2.error as refusal:
        said = refusal.args[0].decode() if isinstance(refusal.args[0], bytes) else str(refusal)
    # RE2 reads UTF-8, which has no half of a surrogate pair.
    except UnicodeEncodeError:
        said = ""
    reason = next((why for what, why in REASONS.items() if said.startswith(what)), _("a sign is not known"))
    raise PatternRefused(pattern, reason)


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text has the form of the pattern. Raises PatternRefused."""
    try:
        return compiled(pattern).fullmatch(text) is not None
    except UnicodeEncodeError:
        return False
