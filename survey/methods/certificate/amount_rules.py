"""What the questionnaire asks for where amounts are others: the questions that follow are the same, and rules that were
met stay met."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from survey.instrument.expressions.errors import ExpressionError
from survey.instrument.expressions.evaluation import Scope, holds, names_in
from survey.instrument.schema import Questionnaire
from survey.methods.arrays import Bools, Floats
from survey.methods.coding import part_name
from survey.methods.extract import Extract

NO_DAY = date(1, 1, 1)
"""Conditions that read the day are not of what is told: it is the same in every world."""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A condition of the questionnaire; one that is a route has to come out as it did, one that is a rule may be met
    where it was not. `own` is the item whose answer it calls its own, "" for none."""

    text: str
    is_route: bool
    own: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Rules:
    """All conditions that read the answers to some items (`codes`); other answers are those of the `extract`."""

    extract: Extract
    codes: Sequence[str]
    conditions: Sequence[Condition]

    @classmethod
    def of(cls, extract: Extract, asked: Questionnaire, codes: Sequence[str]) -> "Rules":
        """Those of a questionnaire."""
        every = [*(Condition(text=one, is_route=True) for one in _routes(asked)), *_rules(asked, codes)]
        about = [one for one in dict.fromkeys(every) if set(codes) & set(names_read(one.text))]
        return cls(extract=extract, codes=codes, conditions=about)

    def as_before(self, values: Mapping[str, Floats], asked: Mapping[str, Bools], look: Bools) -> Bools:
        """(n, J) where all is as it has to be if firms answered these amounts, by item (J, n), the first of which is
        the truth; looked at where ``look`` (n, J) says so. ``asked`` (n,) firms answered each item."""
        found = np.ones(look.shape, bool)
        if not self.conditions:
            return found
        readers = {name: _reader(self.extract, name) for one in self.conditions for name in names_read(one.text)
                   if name not in self.codes}  # fmt: skip
        # Many firms answer alike to what a condition reads, and each of these is asked once.
        made: dict[tuple[Any, ...], bool] = {}

        def outcome(number: int, own: tuple[float | None, ...], others: Mapping[str, Any]) -> bool:
            place = (number, own, *map(str, others.values()))
            if place not in made:
                made[place] = self._outcome(self.conditions[number], own, others)
            return made[place]

        for row in np.flatnonzero(look.any(axis=1)).tolist():
            others = {name: read(row) for name, read in readers.items()}

            def own(level: int, row: int = row) -> tuple[float | None, ...]:
                return tuple(float(values[one][level, row]) if asked[one][row] else None for one in self.codes)

            for number, one in enumerate(self.conditions):
                was = outcome(number, own(0), others)
                for level in (np.flatnonzero(look[row, 1:]) + 1).tolist():
                    then = outcome(number, own(level), others)
                    found[row, level] &= then == was or (not one.is_route and then)
        return found

    def _outcome(self, one: Condition, own: tuple[float | None, ...], others: Mapping[str, Any]) -> bool:
        answers = dict(zip(self.codes, own, strict=True))
        scope = Scope(answers={**others, **answers}, facts={}, today=NO_DAY, own=answers.get(one.own))
        return holds(one.text, scope)


def _routes(asked: Questionnaire) -> Iterator[str]:
    for section in asked.sections:
        yield section.relevant
        for page in section.pages:
            yield page.relevant
            for one in page.items:
                yield from (one.relevant, *(option.relevant for option in one.options))


def _rules(asked: Questionnaire, codes: Sequence[str]) -> Iterator[Condition]:
    for code in codes:
        if code in asked.items:
            yield Condition(text=asked.items[code].constraint, is_route=False, own=code)
    for rule in asked.edit_rules:
        yield Condition(text=rule.condition, is_route=False)


def names_read(text: str) -> Iterable[str]:
    """The names that a condition reads, none of one that cannot be read."""
    try:
        return names_in(text)
    except ExpressionError:
        return ()


def _reader(extract: Extract, name: str) -> Callable[[int], Any]:
    """What a condition reads under a name, by row; nothing where the extract has no such column."""
    number = extract.values.get(name, extract.values.get(name.replace("frame_", "frame:", 1)))
    if number is not None:
        return lambda row: None if np.isnan(number[row]) else float(number[row])
    coded = extract.items.get(name)
    if coded is not None:
        return lambda row: coded.labels[coded.codes[row]] if coded.codes[row] >= 0 else None
    start = part_name(name, "")
    chosen = {one.removeprefix(start): extract.items[one].codes for one in extract.items if one.startswith(start)}
    return lambda row: [code for code, codes in chosen.items() if codes[row] == 1] or None
