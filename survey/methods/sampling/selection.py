"""Which units of the frame are drawn, by permanent random numbers.

Permanent random numbers (Ohlsson 1995): a unit keeps its number p in [0, 1) for life. A survey walks from `start` up
or down the circle and takes the first n_h units of each stratum, which is a simple random sample without replacement.
The same start and direction keep two waves together; a start behind the other survey's last unit keeps them apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from survey.methods.errors import (
    DuplicateUnit,
    EmptyStratum,
    OutOfRange,
    PopulationTooSmall,
    UnknownStatus,
    WrongShape,
    known_value,
)
from survey.methods.labels import text_labels
from survey.terms import Labelled
from survey.terms import gettext_noop as _

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]


class Direction(Labelled):
    """Which way a survey walks along the permanent random numbers from its start."""

    UP = "up", _("Upwards")
    DOWN = "down", _("Downwards")


@dataclass(frozen=True, slots=True)
class Selection:
    """One value per frame row: whether it is `chosen`, and its inclusion `probability`; 1/probability is its weight."""

    chosen: Flags
    probability: Floats


def select_by_random_number(
    stratum: ArrayLike,
    random_number: ArrayLike,
    sizes: Mapping[str, int],
    *,
    start: float | Mapping[str, float] = 0.0,
    direction: Direction = Direction.UP,
    unit: ArrayLike | None = None,
) -> Selection:
    """Stratified simple random sample of `sizes[h]` units per stratum, the first ones from `start` along the circle.

    `start` is one point for all strata or one per stratum. Equal numbers are put in order by `unit`, and refused
    (`DuplicateUnit`) without it. Probability is n_h / N_h. Raises `EmptyStratum`, `PopulationTooSmall`,
    `UnknownStatus` (a unit whose stratum has no size).
    """
    groups = _Groups(stratum, sizes)
    numbers = _unit_interval(random_number, groups)
    # Along the circle: % 1.0 brings those before the start behind all others.
    distance = (numbers - groups.spread(start)) * _sign(direction) % 1.0
    ties = np.zeros(groups.rows) if unit is None else np.unique(np.asarray(unit), return_inverse=True)[1]
    # lexsort takes the last key first: by stratum, then along the circle, then by unit.
    order = np.lexsort((ties, distance, groups.index))
    # Which of two equal ones is drawn would hang on the order of the rows: no draw that could be repeated.
    _refuse_ties(numbers[order], ties[order], groups.index[order])
    chosen = np.zeros(groups.rows, bool)
    chosen[order] = groups.position(order) < groups.wanted[groups.index[order]]
    return Selection(chosen, groups.probability())


class _Groups:
    """Frame rows grouped by stratum, with the wanted number of each stratum, both checked."""

    def __init__(self, stratum: ArrayLike, sizes: Mapping[str, int]) -> None:
        self.codes, self.index = np.unique(text_labels(stratum, "stratum"), return_inverse=True)
        self.rows = len(self.index)
        self.counts = np.bincount(self.index, minlength=len(self.codes))
        self.first = np.cumsum(self.counts) - self.counts
        for code in sizes:
            if code not in self.codes:
                raise EmptyStratum(code, f"Stratum '{code}' has no unit in the frame.", "Leave it out of the sizes.")
        for code, population in zip(self.codes.tolist(), self.counts.tolist(), strict=True):
            self._refuse_size(code, population, sizes)
        self.wanted = np.array([sizes[code] for code in self.codes.tolist()], dtype=np.int64)

    @staticmethod
    def _refuse_size(code: str, population: int, sizes: Mapping[str, int]) -> None:
        if code not in sizes:
            raise UnknownStatus(code, f"No sample size is given for stratum '{code}'.", "Give 0 to draw none of it.")
        if not float(sizes[code]).is_integer():
            raise OutOfRange(code, f"The sample size {sizes[code]} of stratum '{code}' is not a whole number.")
        if not 0 <= sizes[code] <= population:
            raise PopulationTooSmall(code, f"{sizes[code]} units are wanted from the {population} of stratum '{code}'.")

    def probability(self) -> Floats:
        """n_h / N_h of each row."""
        return np.asarray((self.wanted / self.counts)[self.index], float)

    def position(self, order: Ints) -> Ints:
        """Position 0, 1, ... of each row of `order` (which is sorted by stratum) within its stratum."""
        return np.arange(self.rows) - self.first[self.index[order]]

    def spread(self, value: float | Mapping[str, float]) -> Floats:
        """One value per row from one value for all strata or one per stratum."""
        return np.array(list(_starts(value, self.codes.tolist()).values()), float)[self.index]


def _sign(direction: Direction) -> int:
    return 1 if known_value(direction, list(Direction), "The direction") == Direction.UP else -1


def _starts(start: float | Mapping[str, float], codes: list[str]) -> dict[str, float]:
    """The start of each stratum, checked."""
    starts = {}
    for code in codes:
        if isinstance(start, Mapping) and code not in start:
            raise UnknownStatus(code, f"No start is given for stratum '{code}'.", "Give one start per stratum.")
        starts[code] = float(start[code] if isinstance(start, Mapping) else start)
        if not 0 <= starts[code] < 1:
            raise OutOfRange(code, f"The start {starts[code]} of stratum '{code}' is not in [0, 1).")
    return starts


def _unit_interval(random_number: ArrayLike, groups: _Groups) -> Floats:
    numbers = np.asarray(random_number, float)
    if len(numbers) != groups.rows:
        raise WrongShape(len(numbers), f"{len(numbers)} random numbers for {groups.rows} units.")
    if not ((numbers >= 0) & (numbers < 1)).all():
        raise OutOfRange("random_number", "A permanent random number is missing or outside [0, 1).")
    return numbers


def _refuse_ties(numbers: Floats, ties: NDArray[np.generic], index: Ints) -> None:
    same = (np.diff(numbers) == 0) & (np.diff(index) == 0) & (ties[1:] == ties[:-1])
    if same.any():
        number = float(numbers[1:][same][0])
        raise DuplicateUnit(number, f"Two units of a stratum share the random number {number}.",
                            "Give `unit` to put them in order, or draw new numbers.")  # fmt: skip
