"""``!=`` as XForms means it: it holds where a question is unanswered, while a comparison with nothing never holds here.

XForms reads an unanswered question as an empty text, which differs from every other value (XPath 1.0, 3.4); so
``${x} != 'yes'`` is ``not(${x} = 'yes')``. Two unanswered questions are equal there.
"""

import re
from collections.abc import Iterator

UNEQUAL = "!="
_PIECE = re.compile(
    r"""'[^']*'|"[^"]*"|‘[^’]*’|“[^”]*”|\$\{[^{}]*\}|!=|<=|>=|[()\[\],=]|[^\W\d][\w\-.:]*|\s+|.""", re.DOTALL
)
_BARE = re.compile(r"\$\{[^{}]*\}|\.")
_NOTHING = ("''", '""')
_ENDS_A_COMPARISON = (",", "and", "or")


def with_unanswered(written: str) -> str:
    """The expression with each ``!=`` that reads a question as the denial of an equality; unchanged without one."""
    return _until_closed(iter(_PIECE.findall(written)))[0] if UNEQUAL in written else written


def _until_closed(pieces: Iterator[str]) -> tuple[str, str]:
    """What stands before the bracket that closes, and that bracket; "" at the end."""
    done, left, operator, operand = "", "", "", ""
    for piece in pieces:
        if piece in ("(", "["):
            inner, closing = _until_closed(pieces)
            operand += piece + inner + closing
        elif piece in (")", "]"):
            return done + _compared(left, operator, operand), piece
        elif piece in _ENDS_A_COMPARISON:
            done += _compared(left, operator, operand) + piece
            left, operator, operand = "", "", ""
        elif piece in ("=", UNEQUAL):
            # Comparisons lean to the left: a = b != c denies that (a = b) equals c.
            left, operator, operand = _compared(left, operator, operand), piece, ""
        else:
            operand += piece
    return done + _compared(left, operator, operand), ""


def _compared(left: str, operator: str, right: str) -> str:
    one, other = left.strip(), right.strip()
    reads_a_question = "${" in one or "${" in other
    # Whether a question is answered at all is asked alike in both languages.
    if operator != UNEQUAL or not (one and other and reads_a_question) or one in _NOTHING or other in _NOTHING:
        return f"{left}{operator}{right}"
    if _BARE.fullmatch(one) and _BARE.fullmatch(other):
        # As texts two unanswered questions are equal; bare, the comparison of nothing with nothing would not hold.
        one, other = f"concat({one})", f"concat({other})"
    # Blanks stay, or "or" and "and" would grow together with what stands beside them.
    before, after = left[: len(left) - len(left.lstrip())], right[len(right.rstrip()) :]
    return f"{before}not({one} = {other}){after}"
