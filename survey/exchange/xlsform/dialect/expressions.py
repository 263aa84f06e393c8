"""Expressions as forms write them, in the spelling that the engine reads: paths, changed names, choice filters."""

import re
from collections.abc import Iterable

from survey.exchange.xlsform.column_names import quoted
from survey.exchange.xlsform.dialect.inequality import with_unanswered
from survey.exchange.xlsform.dialect.look_ups import LookUps
from survey.exchange.xlsform.dialect.names import Names

BOOLEANS = {**dict.fromkeys(("yes", "true"), "true()"), **dict.fromkeys(("no", "false"), "false()")}
# Typographic quotation marks too: Excel and WPS make them of typed ones.
PIECES = re.compile(
    r"""(?P<text>'[^']*'|"[^"]*"|‘[^’]*’|“[^”]*”)
      | (?P<nothing>(?<![\w\-:./$\]{])(?:null|NULL)(?![\w\-:/({]))
      | \$\{\s*(?P<name>[^{}]*?)\s*\}
      | (?P<path>(?:current\(\)\s*/\s*)?(?<![\w)\]])(?:\.{1,2}/|/)+(?:[\w\-]+/|\.\./)*(?P<last>[\w\-]+)(?![\w/(\[]))""",
    re.VERBOSE,
)
_ELSEWHERE = re.compile(r"(?<![\w\-:])cht:(?=difference-in-)")
"""The name space of the Community Health Toolkit, which its forms write or leave out."""
_VERSION = re.compile(r"(?<![\w\-:])version\(\s*\)")
NAME = re.compile(r"\$\{\s*([^{}]*?)\s*\}")


def condition(written: str, names: Names, own: str = "") -> str:
    """A condition in the engine's spelling; ``yes`` and ``no`` are conditions too, and "no" is none at all."""
    plain = BOOLEANS.get(written.strip().lower(), written.strip())
    return translated_expression(plain, names, own)


def translated_expression(written: str, names: Names, own: str = "") -> str:
    """An expression with paths as ``${name}``, changed codes, look-ups and ``!=`` written out; unchanged otherwise.

    ``own`` names what ``.`` is.
    """
    # A text in a rule may be the name of a choice; which list is meant follows from the questions beside it.
    mentioned = {match["name"] or match["last"] or "" for match in PIECES.finditer(written)} | {own}
    changed = names.changed_choices(mentioned)

    def piece(match: re.Match[str]) -> str:
        if match["text"]:
            inner = match["text"][1:-1]
            if named := NAME.fullmatch(inner):
                # A name that is quoted is a text, of which the code may have changed all the same.
                return f"'${{{names.code_of(named[1])}}}'"
            return quoted(changed[inner]) if inner in changed else match[0]
        if match["nothing"]:
            # In XPath the name of a child that no question has, which is empty.
            return "''"
        name = match["name"] if match["name"] is not None else match["last"]
        code = names.code_of(name)
        return match[0] if match["name"] is not None and code == name else f"${{{code}}}"

    # Names first, look-ups second: what is written out from a table must not be translated once more.
    plain = _ELSEWHERE.sub("", _VERSION.sub(lambda _: quoted(names.version), written))
    named = PIECES.sub(piece, plain)
    found = LookUps(tables=names.tables, repeats=names.repeats, changed=changed).written_out(named)
    return found if names.is_to_the_letter else with_unanswered(found)


def names_written(cells: Iterable[str]) -> frozenset[str]:
    """The names that stand as ``${name}`` in cells."""
    return frozenset(name for cell in cells for name in NAME.findall(cell))


def piped(wording: str, names: Names) -> str:
    """A wording with the names in it changed where codes are."""
    return NAME.sub(lambda match: f"${{{names.shown_code(match[1])}}}", wording)


def both_hold(outer: str, inner: str) -> str:
    """Both conditions in one."""
    return f"({outer}) and ({inner})" if outer and inner else outer or inner
