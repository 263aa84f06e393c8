"""Rules and wordings of a form whose repeats are written out entry by entry: what each name is called in an entry."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from survey.exchange.xlsform.dialect.expressions import NAME, PIECES
from survey.exchange.xlsform.dialect.look_ups import closing, split, value_of_the_case

_AGGREGATE = re.compile(r"(?<![\w\-:])(?P<function>sum|min|max|count|count-non-empty|join|concat)\s*\(")
_INDEXED = re.compile(r"(?<![\w\-])(?P<function>indexed-repeat)\s*\(")
_POSITION = re.compile(r"(?<![\w\-])position\s*\(\s*\.\.(?:\s*/\s*\.\.)*\s*\)")
_ONE = re.compile(r"\s*\$\{\s*(?P<name>[^{}]*?)\s*\}\s*(?:\[(?P<condition>.*)\]\s*)?", re.DOTALL)
_SHIFTED = re.compile(r"\s*(\d+)\s*(?:([+-])\s*(\d+)\s*)?")
_COUNTS = ("count", "count-non-empty")


@dataclass(kw_only=True)
class Series:
    """``of``: the name in each entry of what is asked in a repeat; ``counts``: how many entries a repeat has.

    ``repeat_of`` is the repeat that a name is asked in. Names in entries may be repeated again.
    """

    of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    repeat_of: dict[str, str] = field(default_factory=dict)
    counts: dict[str, str] = field(default_factory=dict)

    def everywhere(self, name: str) -> tuple[str, ...]:
        """The name in every entry, also of repeats within repeats."""
        return tuple(inner for one in self.of.get(name, ()) for inner in self.everywhere(one)) or (name,)

    def read_outside(self, cell: str, *, is_rule: bool) -> str:
        """A cell that reads entries from outside: sums and counts read all of them, a bare name the first."""
        if is_rule:
            # Single entries first: within a sum they name one value, which is no longer a name of the whole repeat
            # afterwards.
            cell = _calls(_AGGREGATE, self.indexed(cell), self._aggregate)
        return NAME.sub(lambda match: f"${{{self.everywhere(match[1])[0]}}}" if match[1] in self.of else match[0], cell)

    def indexed(self, cell: str) -> str:
        """The cell without ``indexed-repeat()``."""
        return _calls(_INDEXED, cell, lambda _, arguments: self._one_entry(arguments))

    def _one_entry(self, arguments: list[str]) -> str | None:
        one = _ONE.fullmatch(arguments[0])
        names = self.of.get(one["name"], ()) if one and len(arguments) == 3 else ()
        if not names:
            return None
        # A number that is written in the form names its entry at once; any other takes a case for each entry.
        fixed = _SHIFTED.fullmatch(arguments[2])
        if not fixed:
            return value_of_the_case(
                (f"({arguments[2]}) = {place}", f"${{{name}}}") for place, name in enumerate(names, start=1)
            )
        place = int(fixed[1]) + int(f"{fixed[2] or '+'}{fixed[3] or 0}")
        # Outside the entries there is nothing, as in XForms: rules of a first entry look at the one before it.
        return f"${{{names[place - 1]}}}" if 0 < place <= len(names) else "''"

    def _aggregate(self, function: str, arguments: list[str]) -> str | None:
        found = [(argument, _ONE.fullmatch(argument)) for argument in arguments]
        # No repeat is meant: sum() and its like are functions of the engine too, and stay.
        if not any(one and (one["name"] in self.of or one["name"] in self.counts) for _, one in found):
            return None
        parts: list[str] = []
        for argument, one in found:
            repeat = self._repeat(one["name"]) if one else ""
            if one is None or repeat not in self.counts:
                parts.append(argument.strip())
            elif one["condition"]:
                parts += self._picked(one["name"], repeat, one["condition"], function)
            elif function in _COUNTS and one["name"] in self.of and set(self.of[one["name"]]) <= self.counts.keys():
                # A repeat within the entries of another one: all its entries together.
                return f"sum({', '.join(self.counts[inner] for inner in self.of[one['name']])})"
            elif function == "count" or one["name"] == repeat:
                return self.counts[repeat]
            else:
                parts += [f"${{{name}}}" for name in self.everywhere(one["name"])]
        is_picked = any(one and one["condition"] for _, one in found)
        # Entries that meet a condition are counted as a sum of ones.
        return f"{'sum' if is_picked and function in _COUNTS else function}({', '.join(parts)})"

    def _repeat(self, name: str) -> str:
        """The repeat that a name speaks of: itself, or the one that it is asked in."""
        return name if name in self.counts else self.repeat_of.get(name, name)

    def _picked(self, name: str, repeat: str, condition: str, function: str) -> list[str]:
        """One value for each entry that meets a condition; for a count a 1."""
        beside = [other for other, above in self.repeat_of.items() if above == repeat]
        parts = []
        for place in range(len(self.of[beside[0]])):
            names = {other: self.of[other][place] for other in beside}
            value = "1" if function in _COUNTS else f"${{{names.get(name, name)}}}"
            parts.append(
                f"if({renamed_cell(condition, names, is_rule=True)}, {value}, {0 if value == '1' else repr('')})"
            )
        return parts


def in_entry(cell: str, names: Mapping[str, str], place: int, series: Series, *, is_rule: bool) -> str:
    """A cell of one entry: ``names`` are what the questions beside it are called there, ``place`` counts from 1."""
    if is_rule:
        # Before the names change: what looks into another entry names it by its old name.
        cell = series.indexed(_POSITION.sub(str(place), cell))
    return renamed_cell(cell, names, is_rule=is_rule)


def renamed_cell(cell: str, names: Mapping[str, str], *, is_rule: bool) -> str:
    """The cell with other names, in rules also where a path leads to them."""
    found = NAME.sub(lambda match: f"${{{names.get(match[1], match[1])}}}" if match[1] in names else match[0], cell)
    if not is_rule:
        return found
    return PIECES.sub(lambda match: f"${{{names[match['last']]}}}" if match["last"] in names else match[0], found)


def _calls(pattern: re.Pattern[str], written: str, write: Callable[[str, list[str]], str | None]) -> str:
    """The text with each call as ``write`` has it; the inner ones first."""
    # From the back, so that places before the one that is replaced stay where they are.
    for match in reversed(list(pattern.finditer(written))):
        end = closing(written, match.end() - 1)
        made = write(match["function"], split(written[match.end() : end])) if end is not None else None
        if made is not None and end is not None:
            written = written[: match.start()] + made + written[end + 1 :]
    return written
