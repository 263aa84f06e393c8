"""Functions that look into a table, written out with functions of the engine.

``pulldata`` and ``instance`` look into data files and lists of choices, ``indexed-repeat`` and ``count`` into a repeat
that became a table.

A look-up of a few hundred rows becomes one ``if`` for each row. Larger ones stay as they are and are named.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from survey.exchange.xlsform.column_names import filter_of_choice, quoted
from survey.instrument.expressions.errors import ExpressionError
from survey.instrument.expressions.evaluation import parse
from survey.instrument.expressions.functions import ANY_NUMBER
from survey.instrument.expressions.tokens import MAX_LENGTH

Rows = Sequence[Mapping[str, str]]
_CALL = re.compile(r"(?<![\w\-])(?P<function>pulldata|indexed-repeat|count)\s*\(")
_INSTANCE = re.compile(r"""instance\s*\(\s*(['"])(?P<table>[^'"]+)\1\s*\)\s*/\s*root\s*/\s*item\s*(?P<opening>\[)?""")
_COLUMN = re.compile(r"\s*/\s*(?P<column>[\w.\-]+)")
_TAKES_SEVERAL = re.compile(r"(?:(?<![\w\-])(?:sum|min|max|count|count-non-empty|concat)\s*\(|join\s*\([^()]*,)\s*$")
_CELLS = re.compile(r"\$\{(?P<table>\w+?)__(?P<column>\w+)\}")
_WHOLE = re.compile(r"\$\{(?P<table>\w+)\}")
_PIECE = re.compile(r"""'[^']*'|"[^"]*"|[()\[\],]|[^'"()\[\],]+|['"]""")
_WORD = re.compile(r"[\w.\-]+")
_TEXTS = re.compile(r"'[^']*'" + r'|"[^"]*"')
_CALLED = re.compile(r"(?P<function>[\w\-]+)\s*$")
OF_SEVERAL = frozenset({"sum", "min", "max", "count", "count-non-empty", "concat", "join"})
"""Functions that take every value of a repeat."""
PAIRS = {"(": ")", "[": "]"}


@dataclass(frozen=True, kw_only=True)
class LookUps:
    """What a rule can look into: tables by name, the codes of the rows of each repeat that is a table.

    ``changed`` are old and new codes of the choices that the rule reads, which stand in tables by their old names.
    """

    tables: Mapping[str, Rows]
    repeats: Mapping[str, Sequence[str]] = field(default_factory=dict)
    changed: Mapping[str, str] = field(default_factory=dict)

    def written_out(self, written: str) -> str:
        """The expression without look-ups, as far as it can be."""
        # Calls before bare names: within a call a column means all rows, and by itself the first.
        found = self._instances(self._bare(self._calls(written)))
        # An expression longer than the engine reads would be of no use; as it was, lint at least names what it looks
        # into.
        return found if len(found) <= max(MAX_LENGTH, len(written)) else written

    def _calls(self, written: str) -> str:
        # From the back: places before the one that is replaced stay where they are, and inner calls come before outer
        # ones.
        for match in reversed(list(_CALL.finditer(written))):
            end = closing(written, match.end() - 1)
            if end is None:
                continue
            arguments = [argument.strip() for argument in split(written[match.end() : end])]
            found = _WRITERS[match["function"]](self, arguments)
            if found is not None:
                written = written[: match.start()] + found + written[end + 1 :]
        return written

    def _bare(self, written: str) -> str:
        """A column of a table by its bare name is its first row, as in XForms, but where a function takes all of it."""
        for match in reversed(list(_CELLS.finditer(written))):
            rows = self.repeats.get(match["table"], ())
            if rows and match["column"].partition("__")[0] not in rows and not _takes_all(written[: match.start()]):
                first = f"${{{match['table']}__{rows[0]}__{match['column']}}}"
                written = written[: match.start()] + first + written[match.end() :]
        return written

    def pulldata(self, arguments: list[str]) -> str | None:
        """``pulldata('table', 'column', 'key column', key)``; of rows with the same key the first one counts."""
        if len(arguments) != 4:
            return None
        table, column, key = (argument.strip("'\"") for argument in arguments[:3])
        first: dict[str, str] = {}
        # Forms name the file with or without its ending.
        for row in self.tables.get(table.removesuffix(".csv"), ()):
            if row.get(key):
                first.setdefault(self.code(row[key]), row.get(column, ""))
        return value_of_the_case((f"({arguments[3]}) = {quoted(name)}", quoted(value)) for name, value in first.items())

    def indexed_repeat(self, arguments: list[str]) -> str | None:
        """``indexed-repeat(${cell}, ${repeat}, number)``."""
        cell = _CELLS.fullmatch(arguments[0])
        if len(arguments) != 3 or cell is None or cell["table"] not in self.repeats:
            return None
        cells = [f"${{{cell['table']}__{row}__{cell['column']}}}" for row in self.repeats[cell["table"]]]
        if arguments[2].isdigit():
            return cells[int(arguments[2]) - 1] if 0 < int(arguments[2]) <= len(cells) else "''"
        return value_of_the_case((f"({arguments[2]}) = {number}", name) for number, name in enumerate(cells, start=1))

    def count(self, arguments: list[str]) -> str | None:
        """``count(${repeat})``, which is fixed."""
        whole = _WHOLE.fullmatch(arguments[0]) if len(arguments) == 1 else None
        return str(len(self.repeats[whole["table"]])) if whole and whole["table"] in self.repeats else None

    def _instances(self, written: str) -> str:
        """``instance('table')/root/item[condition]/column``: the value, or for a sum and its like each value."""
        for match in reversed(list(_INSTANCE.finditer(written))):
            end = closing(written, match.end() - 1) if match["opening"] else match.end() - 1
            rows = self.tables.get(match["table"], ())
            # More rows than a function takes arguments here cannot be written out.
            if end is None or not 0 < len(rows) <= ANY_NUMBER:
                continue
            named = _COLUMN.match(written, end + 1)
            condition = written[match.end() : end] if match["opening"] else "true()"
            try:
                values = self._values(rows, condition, named["column"] if named else "name")
            except ExpressionError:
                continue
            before, after = written[: match.start()], written[named.end() if named else end + 1 :]
            takes_several = _TAKES_SEVERAL.search(before) and after.lstrip()[:1] in (")", ",")
            written = before + (values if takes_several else f"concat({values})") + after
        return written

    def _values(self, rows: Rows, condition: str, column: str) -> str:
        """An ``if`` for each row. Raises ExpressionError on a condition that cannot be read."""
        # Tried on one row first: what cannot be read there cannot be read on any.
        parse(filter_of_choice(condition, rows[0]))
        coded = [{name: self.code(cell) for name, cell in row.items()} for row in rows]
        pairs = zip(coded, rows, strict=True)
        return ", ".join(
            f"if({filter_of_choice(condition, cells)}, {quoted(row.get(column, ''))}, '')" for cells, row in pairs
        )

    def code(self, cell: str) -> str:
        """What a choice with this name is called here."""
        return self.changed.get(cell, cell)


_WRITERS: dict[str, Callable[[LookUps, list[str]], str | None]] = {
    "pulldata": LookUps.pulldata,
    "indexed-repeat": LookUps.indexed_repeat,
    "count": LookUps.count,
}


def _takes_all(before: str) -> bool:
    """Whether what follows is an argument of a function of several values."""
    # Brackets within texts count for nothing; as many other signs keep the places.
    depth, bare = 0, _TEXTS.sub(lambda text: "_" * len(text[0]), before)
    for place in range(len(bare) - 1, -1, -1):
        depth += (bare[place] == ")") - (bare[place] == "(")
        if depth < 0:
            called = _CALLED.search(bare[:place])
            return called is not None and called["function"] in OF_SEVERAL
    return False


def value_of_the_case(cases: Iterable[tuple[str, str]]) -> str | None:
    """The value of the case whose condition holds, "" where none does; None where there are no or too many cases."""
    parts = [f"if({condition}, {value}, '')" for condition, value in cases]
    return f"concat({', '.join(parts)})" if 0 < len(parts) <= ANY_NUMBER else None


def columns_read(cells: Iterable[str]) -> set[str]:
    """Every word of the expressions that look into a table; the columns that they read are among them."""
    return {word for cell in cells if "instance(" in cell.replace(" ", "") for word in _WORD.findall(cell)}


def closing(written: str, opening: int) -> int | None:
    """Where the bracket at ``opening`` is closed."""
    depth = 0
    for piece in _PIECE.finditer(written, opening):
        if piece[0] in PAIRS:
            depth += 1
        elif piece[0] in PAIRS.values():
            depth -= 1
            if depth == 0:
                return piece.start()
    return None


def split(arguments: str) -> list[str]:
    """The arguments of a call, at the commas outside brackets."""
    parts, depth = [""], 0
    for piece in _PIECE.finditer(arguments):
        depth += (piece[0] in PAIRS) - (piece[0] in PAIRS.values())
        if piece[0] == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece[0]
    return parts
