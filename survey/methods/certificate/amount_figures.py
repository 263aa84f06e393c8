"""What a cut tells of the amounts of one column, and whether other amounts give the same when they are cleared.

A total, a mean, a ratio or a median is told in a step that follows from its error. So a world has to give the same
figure and an error of the same size; its dominance has to lead to the same decisions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from survey.instrument.schema import Item
from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.certificate.amount_counting import CountedWorlds, Counting
from survey.methods.certificate.amount_decisions import Dominance
from survey.methods.certificate.amount_filled import FilledFigures
from survey.methods.certificate.amount_levels import AmountLevels, levels_of
from survey.methods.certificate.amount_numbers import (
    Amount,
    AmountNumbers,
    WorldFigures,
    columns_of_amounts,
)
from survey.methods.certificate.known_figures import group_name
from survey.methods.clearing.behind import Units, units_of
from survey.methods.clearing.clearing import Clearing, as_reported, clearable_tables, cleared_cube
from survey.methods.clearing.content import ClearedCube
from survey.methods.clearing.decisions import Decision
from survey.methods.clearing.rounding import LEAST_PART
from survey.methods.clearing.steps import Coarser, amount_step, nice_step, sizes_behind
from survey.methods.clearing.subjects import Subject, subject_of, subjects_of
from survey.methods.estimates.statistics import Key, QuantileStatistic
from survey.methods.extract import Extract
from survey.methods.production import Prepared
from survey.methods.tables.domain import within
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.table import Cell, Heading
from survey.methods.tables.vocabulary import Vocabulary

DUST = 1e-9, 1e-12
"""By which what is rounded, and a step, may be off (see `to_step` and `nice_step`)."""


@dataclass(frozen=True, eq=False, kw_only=True)
class ToldAmount:
    """A figure of a domain as it is told, `times` so large: it lies in `place` steps, and the ends of its interval (of
    medians alone) in as many as `ends`; `sizes` are those between which its error, or its least part, has to lie."""

    asked: Amount
    domain: int
    times: float
    sizes: tuple[float, float]
    step: float
    place: int
    ends: tuple[int | None, int | None] = (None, None)
    tables: tuple[str, ...] = ()

    def holds(self, numbers: AmountNumbers) -> Bools:
        """(W,) whether this is what is told in each world."""
        exact = self.times * numbers.estimate[:, self.domain]
        size = np.maximum(np.nan_to_num(self.times * numbers.error[:, self.domain]), LEAST_PART * np.abs(exact))
        if not self.step > 0:
            return np.asarray(size == 0, bool)
        edge = size * (1 + DUST[1])
        found = (edge >= self.sizes[0]) & (edge < self.sizes[1]) & (in_steps(exact, self.step) == self.place)
        if numbers.ends is not None:
            for end, values in zip(self.ends, numbers.ends, strict=True):
                if end is not None:
                    found &= in_steps(self.times * values[:, self.domain], self.step) == end
        return np.asarray(found, bool)


def in_steps(values: Floats, step: float) -> Floats:
    """How many steps a value is rounded to, as `to_step` rounds."""
    return np.floor(values / step + 0.5 + DUST[0])


@dataclass(frozen=True, eq=False, kw_only=True)
class WithheldAmount:
    """A figure of a domain that is not told and is to stay open by so much (`keeps`)."""

    asked: Amount
    domain: int
    keeps: float
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class AmountsTold:
    """All that a cut tells of one column. `untold` figures are not what its answers give, `left` to earlier cuts."""

    column: str
    asked: Mapping[Key, Amount]
    told: Sequence[ToldAmount]
    withheld: Sequence[WithheldAmount]
    untold: int = 0


def amount_columns(clearing: Clearing) -> dict[str, list[Amount]]:
    """The columns of numbers that anything is told of, with the statistics that each has a part in."""
    found: dict[str, dict[Key, Amount]] = {}
    for plan in clearing.planned:
        for asked in plan.asked.values():
            for column in columns_of_amounts(asked):
                assert isinstance(asked, Amount)
                found.setdefault(column, {})[asked.key] = asked
    return {column: list(asked.values()) for column, asked in found.items()}


@dataclass(frozen=True, eq=False, kw_only=True)
class Amounts:
    """A wave of which amounts are cleared, read for its certificate."""

    clearing: Clearing
    cube: ClearedCube
    reported: Extract
    subjects: Mapping[str, Subject]
    units: Units

    @classmethod
    def of(cls, clearing: Clearing, words: Vocabulary) -> "Amounts":
        prepared = clearing.estimates.prepared
        # Other tables tell nothing of amounts, and clearing them would take most of the time.
        planned = [plan for plan in clearing.planned if any(map(columns_of_amounts, plan.asked.values()))]
        reported = as_reported(prepared)
        return cls(
            clearing=clearing,
            cube=cleared_cube(replace(clearing, planned=planned)),
            reported=reported,
            subjects=subjects_of(reported, clearable_tables(words), words.is_quantity),
            units=units_of(prepared.collected, reported.rows),
        )

    @property
    def prepared(self) -> Prepared:
        return self.clearing.estimates.prepared

    def told(self, column: str, asked: Sequence[Amount]) -> AmountsTold:
        """What is told of a column."""
        numbers = self.numbers(asked, {column: self.counting(column).truth})
        told: list[ToldAmount] = []
        withheld: dict[tuple[Key, int], WithheldAmount] = {}
        untold = 0
        for plan, row, one, domain, cell in self._cells(column):
            subject = subject_of(plan.spec, row, one)
            decision, kept = self.clearing.decisions[subject], self.clearing.kept.get(subject, ())
            exact = numbers[one.key]
            if cell.is_withheld or cell.estimate is None:
                if not np.isnan(exact.estimate[0, domain]):
                    withheld[one.key, domain] = self._to_keep(column, one, domain, decision, plan)
                continue
            figure = _told(one, domain, row, exact, cell, decision.coarser, plan)
            if figure is not None:
                told.append(figure)
            elif domain not in kept:
                untold += 1
        # What another table tells is told.
        shown = {(one.asked.key, one.domain) for one in told}
        return AmountsTold(
            column=column,
            asked={one.key: one for one in asked},
            told=told,
            withheld=[one for place, one in withheld.items() if place not in shown and one.keeps > 0],
            untold=untold,
        )

    def _cells(self, column: str) -> Iterator[tuple[PlannedTable, Heading, Amount, int, Cell]]:
        planned = [plan for plan in self.clearing.planned
                   if any(column in columns_of_amounts(one) for one in plan.asked.values())]  # fmt: skip
        for page, tables in self.cube.tables.items():
            for plan in planned:
                if plan.code not in tables:
                    continue
                for row, heading, cell in tables[plan.code].walk():
                    one = plan.asked.get((row.code, heading.code))
                    if one is None or column not in columns_of_amounts(one):
                        continue
                    assert isinstance(one, Amount)
                    yield plan, row, one, self.clearing.cube.number[within(page, heading.domain)], cell

    def _to_keep(
        self, column: str, asked: Amount, domain: int, decision: Decision, plan: PlannedTable
    ) -> WithheldAmount:
        """A withheld figure is to stay open by the p of the part that the firm has in it that has most."""
        p = self.prepared.parameters.protection.p
        keeps = 0.0 if domain in decision.relieved else p * self._largest_part(column, asked, domain)
        return WithheldAmount(asked=asked, domain=domain, keeps=keeps, tables=(plan.code,))

    def _largest_part(self, column: str, asked: Amount, domain: int) -> float:
        extract, cube = self.prepared.extract, self.clearing.cube
        grouping = tuple(variable for variable, _value in cube.domains[domain])
        inside = cube.places[grouping] == domain
        for name in columns_of_amounts(asked):
            inside = inside & ~np.isnan(extract.values[name])
        x, weight = extract.values[column][inside], extract.weight[inside]
        if not len(x):
            return 0.0
        if isinstance(asked, QuantileStatistic):
            # One of five: of the answers themselves nobody has more of it.
            return float(np.median(np.abs(x))) / min(len(x), 5)
        most = float(np.abs(x * weight).max())
        if asked.total:
            return most
        below = extract.values[asked.denominator][inside] if asked.denominator else np.ones(len(x))
        if asked.denominator == column:
            above = float(np.abs((extract.values[asked.item][inside] * weight).sum()))
            return most * above / float((below * weight).sum()) ** 2 if below.any() else 0.0
        base = float((below * weight).sum())
        return most / base if base > 0 else 0.0

    def numbers(
        self, asked: Sequence[Amount], worlds: Mapping[str, CountedWorlds], *, soft: bool = True
    ) -> dict[Key, AmountNumbers]:
        """The figures of worlds of some columns, added up by what clears; ``soft`` those of medians as well."""
        if any(name in self.prepared.weighted.filled for one in asked for name in columns_of_amounts(one)):
            filled = FilledFigures(prepared=self.prepared, cube=self.clearing.cube, units=self.units)
            return filled.of(asked, worlds, soft=soft)
        figures = WorldFigures(extract=self.prepared.extract, cube=self.clearing.cube, units=self.units)
        return figures.of(asked, {column: one.values for column, one in worlds.items()}, soft=soft)

    def counting(self, column: str) -> Counting:
        """What the amounts of a column count as."""
        return Counting.of(self.prepared, self.clearing.words, column)

    def levels(self, column: str, item: Item | None) -> AmountLevels:
        """The amounts that firms could have reported to a column."""
        part = self.prepared.parameters.protection.p
        return self.as_counted(levels_of(self.reported, self.clearing.words, column, item, part))

    def as_counted(self, levels: AmountLevels) -> AmountLevels:
        """Levels of a column with what they count as in figures."""
        counted = self.counting(levels.column).of_levels(levels.values)
        # What was filled in stands in figures as it is, until it is filled anew.
        return replace(levels, counted=np.where(levels.asked, counted, self.prepared.extract.values[levels.column]))

    def dominance(self, columns: Sequence[str]) -> Dominance:
        """What decides of the amounts of some columns."""
        return Dominance.of(self.clearing, self.reported, self.subjects, self.units, columns)


def _told(
    asked: Amount,
    domain: int,
    row: Heading,
    exact: AmountNumbers,
    cell: Cell,
    coarser: Coarser,
    plan: PlannedTable,
) -> ToldAmount | None:
    """What a cell tells; None where it is not what the answers give."""
    value = row.times * float(exact.estimate[0, domain])
    size = max(row.times * float(np.nan_to_num(exact.error[0, domain])), LEAST_PART * abs(value))
    step = amount_step(nice_step(size), coarser) if size > 0 else 0.0
    place = int(in_steps(np.array([value]), step)[0]) if step > 0 else 0
    ends: tuple[int | None, int | None] = (None, None)
    if exact.ends is not None and step > 0 and not coarser:
        told = (cell.ci_low, cell.ci_high)
        at = [None if one is None else int(in_steps(row.times * exact.ends[k, :1, domain], step)[0])
              for k, one in enumerate(told)]  # fmt: skip
        if any(one is not None and not np.isclose(one, (at[k] or 0) * step, rtol=1e-9) for k, one in enumerate(told)):
            return None
        ends = at[0], at[1]
    if not np.isclose(cell.estimate or 0.0, place * step, rtol=1e-9, atol=1e-12):
        return None
    return ToldAmount(
        asked=asked,
        domain=domain,
        times=row.times,
        sizes=sizes_behind(step, coarser) if step > 0 else (0.0, 0.0),
        step=step,
        place=place,
        ends=ends,
        tables=(plan.code,),
    )


def name_of_domain(clearing: Clearing, domain: int) -> str:
    """As a certificate names a group."""
    return group_name(clearing.cube.domains[domain])


def worlds_of(levels: Floats, chosen: Ints) -> Floats:
    """(W, n) the amounts of worlds, from the levels (K, n) that firms answered in them (W, n); nan of those without."""
    rows = np.arange(levels.shape[1])
    return np.where(chosen >= 0, levels[chosen, rows], np.nan)
