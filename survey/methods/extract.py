"""The columnar extract: what the estimators read, one row per responding firm, small integers and floats.

Everything about the design stands beside the answers, so one value is enough to make every table.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints, Rows
from survey.methods.calibrated.calibration import Calibration
from survey.methods.errors import (
    BadWeight,
    DuplicateUnit,
    MissingValue,
    UnknownColumn,
    UnknownStatus,
    WrongShape,
    known_value,
)
from survey.methods.estimates.design import Design
from survey.methods.estimates.lonely_strata import RULES
from survey.methods.estimates.phases import Phases

NOT_ANSWERED = -1


# Without equality: arrays compare one by one, and two columns would have no single answer.
@dataclass(frozen=True, eq=False)
class Coded:
    """A categorical column: `codes` index into `labels`, -1 = not answered (item) or no value (domain)."""

    codes: Ints
    labels: tuple[str, ...]

    def part(self, rows: Rows) -> "Coded":
        """The same column of some rows."""
        return Coded(self.codes[rows], self.labels)

    def check(self, name: str, rows: int) -> None:
        if self.codes.shape != (rows,):
            raise WrongShape(name, f"'{name}' has {self.codes.shape} values for {rows} rows.")
        if not np.issubdtype(self.codes.dtype, np.integer):
            raise UnknownStatus(name, f"'{name}' holds {self.codes.dtype} values instead of whole numbers.",
                                "Give the number of the label of each row, -1 where there is no answer.")  # fmt: skip
        if len(set(self.labels)) < len(self.labels):
            raise DuplicateUnit(name, f"'{name}' has a label twice: {', '.join(self.labels)}.", "Name every code once.")
        # Below -1 numpy would count a code from the end, and give it another label without a word.
        if rows and not (int(self.codes.min()) >= -1 and int(self.codes.max()) < len(self.labels)):
            worst = int(self.codes.max()) if int(self.codes.max()) >= len(self.labels) else int(self.codes.min())
            raise UnknownStatus(worst, f"'{name}' holds the code {worst}, outside its {len(self.labels)} labels.")


def refuse_infinite(what: str, values: Floats) -> None:
    """Raise `UnknownStatus` naming the first infinite value."""
    infinite = np.flatnonzero(np.isinf(values))
    if len(infinite):
        raise UnknownStatus(int(infinite[0]), f"Row {infinite[0]} of {what} is infinite.", "Give a number or nan.")


@dataclass(frozen=True, eq=False, kw_only=True)
class Extract:
    """Respondents of a stratified sample with their final weights.

    stratum     (n,) stratum number 0..H-1
    strata      (H,) labels of the strata
    population  (H,) N_h for the finite population correction, None = sampled with replacement
    weight      (n,) final weights (after nonresponse adjustment and calibration)
    items       coded answers by item; a "does not apply" is a label of its own
    values      numeric answers by item, nan = not answered
    domains     coded domain variables
    lonely      rule for strata with one respondent: fail, adjust, average, certainty, remove
    domain_lonely  a stratum with one respondent in the domain is centred at the overall mean
    calibration how the weights were calibrated, None = they were not
    phases      two phases of sampling, in place of population and lonely rule; None = one phase
    skipped     by item the rows of firms that were asked it and gave no answer at all; they add the error of a second
                phase. An item that is not named adds none, as in textbooks and R: its answers are a domain
    respondents the first rows are those of firms that responded, the others of firms out of scope, which stand in no
                domain and no n; None = all responded
    """

    stratum: Ints
    strata: tuple[str, ...]
    weight: Floats
    population: Floats | None = None
    items: Mapping[str, Coded] = field(default_factory=dict)
    values: Mapping[str, Floats] = field(default_factory=dict)
    domains: Mapping[str, Coded] = field(default_factory=dict)
    lonely: str = "fail"
    domain_lonely: bool = False
    calibration: Calibration | None = None
    phases: Phases | None = None
    respondents: int | None = None
    skipped: Mapping[str, Bools] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._check_design()
        self._check_columns()

    def _check_columns(self, known: "Extract | None" = None) -> None:
        """Of all columns but those of another extract that are `known` to be right."""
        for own, other in ((self.items, known and known.items), (self.domains, known and known.domains)):
            for name, column in own.items():
                if not other or other.get(name) is not column:
                    column.check(name, self.rows)
        for name, values in self.values.items():
            if known and known.values.get(name) is values:
                continue
            if values.shape != (self.rows,):
                raise WrongShape(name, f"'{name}' has {values.shape} values for {self.rows} rows.")
            if not np.issubdtype(values.dtype, np.number):
                raise UnknownStatus(name, f"'{name}' holds {values.dtype} values.", "Give numbers, nan for no answer.")

    def __getstate__(self) -> dict[str, Any]:
        # Neither packed with it nor copied to the same survey with other domains, whose own it would not be.
        return {name: value for name, value in self.__dict__.items() if name != "uncalibrated"}

    @property
    def rows(self) -> int:
        return len(self.weight)

    @property
    def in_scope(self) -> Bools:
        """(n,) the rows of firms that responded."""
        # Firms out of scope stand last, and stay for the variance: how many are in scope is an estimate too.
        flags = np.ones(self.rows, bool)
        flags[self.rows if self.respondents is None else self.respondents :] = False
        return flags

    @property
    def responding(self) -> "Extract":
        """The firms that responded alone, for counts and for the protection of what they said."""
        return self if self.respondents is None else self.part(slice(self.respondents))

    @cached_property
    def design(self) -> Design:
        """The same survey as a design, every row a unit, for the estimators that read units."""
        units = np.arange(self.rows)
        return Design(
            stratum=np.asarray(self.stratum, np.intp),
            strata=self.strata,
            weight=self.weight,
            population=self.population,
            unit=units,
            lonely=self.lonely,
            domain_lonely=self.domain_lonely,
            calibration=self.calibration,
            phases=self.phases,
        )

    def item(self, name: str) -> Coded:
        if name not in self.items:
            raise UnknownColumn(name, f"There is no coded item '{name}'.")
        return self.items[name]

    def value(self, name: str) -> Floats:
        """(n,) answers to a numeric item; raises `UnknownColumn`, and `UnknownStatus` for an infinite number."""
        if name not in self.values:
            raise UnknownColumn(name, f"There is no numeric item '{name}'.")
        # When it is read and not before: a page reads few of a wave's numbers.
        refuse_infinite(f"'{name}'", self.values[name])
        return self.values[name]

    def by(self, domains: Mapping[str, Coded]) -> "Extract":
        """The same survey with other domain variables, which alone are checked: a page asks for many."""
        for name, column in domains.items():
            column.check(name, self.rows)
        # Not `replace`, which would check the design and every item again.
        made = copy(self)
        object.__setattr__(made, "domains", domains)
        return made

    def but(
        self,
        *,
        items: Mapping[str, Coded] | None = None,
        values: Mapping[str, Floats] | None = None,
        domains: Mapping[str, Coded] | None = None,
        skipped: Mapping[str, Bools] | None = None,
    ) -> "Extract":
        """The same survey with these columns in place of its own. Those that it had are not checked again."""
        changed = {"items": items, "values": values, "domains": domains, "skipped": skipped}
        made = copy(self)
        for name, columns in changed.items():
            if columns is not None:
                object.__setattr__(made, name, columns)
        made._check_columns(self)
        return made

    @cached_property
    def uncalibrated(self) -> "Extract":
        """The same survey with the same weights, wherever they are from: figures are those of the survey, errors are
        not."""
        made = copy(self)
        object.__setattr__(made, "calibration", None)
        return made

    def part(self, rows: Rows) -> "Extract":
        """The same survey with only these rows: a batch of it, whose moments add up to those of the whole."""
        return Extract(
            stratum=self.stratum[rows],
            strata=self.strata,
            weight=self.weight[rows],
            population=self.population,
            items={name: column.part(rows) for name, column in self.items.items()},
            values={name: values[rows] for name, values in self.values.items()},
            domains={name: column.part(rows) for name, column in self.domains.items()},
            lonely=self.lonely,
            domain_lonely=self.domain_lonely,
            calibration=self.calibration and self.calibration.part(rows),
            phases=self.phases,
            skipped={name: mask[rows] for name, mask in self.skipped.items()},
        )

    def _check_design(self) -> None:
        known_value(self.lonely, RULES, "The lonely-stratum rule")
        if self.stratum.shape != self.weight.shape:
            raise WrongShape(self.stratum.shape, f"{self.stratum.shape} strata for {self.rows} weights.")
        if self.population is not None and self.population.shape != (len(self.strata),):
            raise WrongShape(self.population.shape, f"{self.population.shape} sizes for {len(self.strata)} strata.")
        if self.rows and not (int(self.stratum.min()) >= 0 and int(self.stratum.max()) < len(self.strata)):
            row = int(np.flatnonzero((self.stratum < 0) | (self.stratum >= len(self.strata)))[0])
            raise MissingValue(row, f"Row {row} has no stratum.")
        # Linear calibration may make weights 0 or negative; without one such a weight is a mistake.
        bad = ~np.isfinite(self.weight) if self.calibration else ~(np.isfinite(self.weight) & (self.weight > 0))
        if bad.any():
            row = int(np.flatnonzero(bad)[0])
            raise BadWeight(self.weight[row], f"Row {row} has the weight {self.weight[row]}.")
        if self.calibration is not None:
            self._check_calibration(self.calibration)

    def _check_calibration(self, calibration: Calibration) -> None:
        if len(calibration.g) != self.rows:
            raise WrongShape(
                len(calibration.g), f"The calibration has {len(calibration.g)} units for {self.rows} rows."
            )
        # Residuals rest on the calibration: with other weights than its own, errors would be wrong without a word.
        far = np.flatnonzero(np.abs(self.weight - calibration.weight) > 1e-9 * np.abs(calibration.weight))
        if len(far):
            row = int(far[0])
            raise BadWeight(self.weight[row], f"Row {row} has the weight {self.weight[row]}, calibrated was "
                            f"{calibration.weight[row]}.", "Take the weights of the calibration.")  # fmt: skip
