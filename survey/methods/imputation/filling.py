"""What a survey chooses for an item with missing numbers, and the filled item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.errors import OutOfRange, UnknownColumn
from survey.methods.extract import Coded
from survey.methods.imputation.filled import Filled, fill_by_ratio
from survey.methods.imputation.nearest import fill_from_nearest
from survey.weighting_terms import FillingRule


@dataclass(frozen=True, slots=True, kw_only=True)
class FillingPlan:
    """What a survey chooses for one item: the `method`, the frame variables that classes are made of and that nearness
    is measured by (the first is the denominator of a ratio; none = the mean of the class), and how often a respondent
    may give its value."""

    method: FillingRule = FillingRule.NEAREST
    classes: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    most_uses: int = 5
    least_donors: int = 3

    def __post_init__(self) -> None:
        if self.most_uses < 1 or self.least_donors < 1:
            raise OutOfRange(self.most_uses, "A donor is used at least once, and a class needs one.")


def fill(
    plan: FillingPlan,
    value: Floats,
    weight: Floats,
    categories: Mapping[str, Coded],
    numbers: Mapping[str, Floats],
    key: Sequence[str] | None = None,
) -> Filled:
    """The item filled as the plan says, from frame variables of the respondents (n,).

    A class with fewer respondents than `least_donors` is widened by leaving out the last of its variables, until it is
    everybody. Nearness is measured on the logarithm of 1 + a number, as money and staff are skew. Raises
    `UnknownColumn` for a variable that the frame has not, and what the methods raise.
    """
    unknown = [name for name in plan.classes if name not in categories]
    unknown += [name for name in plan.variables if name not in numbers]
    if unknown:
        raise UnknownColumn(unknown[0], f"The frame has no variable '{unknown[0]}' to fill from.")
    klass = widened([categories[name] for name in plan.classes], ~np.isnan(value), plan.least_donors)
    if plan.method is FillingRule.RATIO:
        return fill_by_ratio(value, weight, klass, numbers[plan.variables[0]] if plan.variables else None)
    # The logarithm measures relative distance; 1 + x takes in firms with 0.
    near = np.column_stack([np.empty((len(value), 0)), *(np.log1p(numbers[name]) for name in plan.variables)])
    return fill_from_nearest(value, klass, near, key, most_uses=plan.most_uses)


def widened(columns: Sequence[Coded], given: Bools, least: int) -> Ints:
    """(n,) class numbers by all of `columns`; rows of a class with fewer than `least` given values are classed by one
    column less, which leaves the other classes as they are."""
    rows, klass, found = len(given), np.full(len(given), -1), 0
    # From the finest classes to everybody: a row stays in the first that has donors enough.
    for width in range(len(columns), -1, -1):
        waiting = klass < 0
        if not waiting.any():
            break
        joint = np.zeros(rows, np.int64)
        for column in columns[:width]:
            joint = joint * (len(column.labels) + 1) + column.codes + 1
        number = np.unique(joint, return_inverse=True)[1]
        enough = (np.bincount(number[given], minlength=int(number.max(initial=0)) + 1) >= least) | (width == 0)
        settled = waiting & enough[number]
        # Numbers of wider classes begin behind those of all finer ones.
        klass[settled] = found + number[settled]
        found += int(number.max(initial=0)) + 1
    return klass
