"""The economy beside the firm: shares of employees or revenue in firms that say something, with their errors.

A share weighted by size is the ratio of two totals, sum w x c / sum w x (Sarndal, Swensson and Wretman 1992, 5.6): what
part of all employees work where the answer was given. Totals and ratios of totals are `estimation.total` and `ratio`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import numpy as np

from survey.methods.arrays import Bools, Floats
from survey.methods.errors import OutOfRange
from survey.methods.estimates.design import Design
from survey.methods.estimates.estimation import Estimate, kish_size, summarise
from survey.methods.estimates.intervals import Proportion, proportion_interval
from survey.methods.estimates.linearisation import linear_ratio, numbers
from survey.methods.estimates.statistics import CodedStatistic, NumericStatistic
from survey.methods.extract import Coded, Extract

OF = "__of__"
"""Between an item's name and that of a size: the column of the size in firms that gave the chosen codes."""


def size_share(
    design: Design,
    chosen: Floats,
    size: Floats,
    domain: Bools | None = None,
    *,
    item: str = "",
    level: str = "",
    interval: str = "logit",
    confidence: float = 0.95,
) -> Estimate:
    """Share of the size (employees, revenue) that is in firms with `chosen` = 1 (0 = not, nan = no answer).

    Firms without a size or an answer are outside. Its interval is that of a proportion; at 0 % and 100 % the exact one
    for Kish's effective number of answers under weights times size. Raises `OutOfRange` for a size below 0.
    """
    x = numbers(design, size)
    below = np.flatnonzero(x < 0)
    if len(below):
        raise OutOfRange(
            float(x[below[0]]), f"Row {below[0]} has the size {x[below[0]]:g}, a share of it means nothing."
        )
    # chosen is nan without an answer, so such a firm is in neither total: the base is those who said something.
    linear = linear_ratio(design, numbers(design, chosen) * x, x, domain)
    row = summarise(design, linear, "size_share", item=item, level=level)
    one = Proportion(*np.array([row.estimate, row.se, row.df, row.n]).reshape(4, 1))
    # The few firms that hold most of the size decide: the answers count as unequally as weight times size is.
    effective = np.array([kish_size((design.weight * np.nan_to_num(x))[linear.inside])])
    low, high = (float(limit[0]) for limit in proportion_interval(one, interval, confidence, effective))
    return row._replace(ci_low=low, ci_high=high, ci_method=interval)


@dataclass(frozen=True)
class SizeShare(NumericStatistic):
    """The share of a size in the firms that a share of firms counts, as a statistic of tables: a ratio of the columns
    that `with_sizes` makes. `of` is that share of firms."""

    of: CodedStatistic = field(default_factory=lambda: CodedStatistic(item="", name="share"))
    size: str = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """The codes that are counted."""
        return tuple(code for code, point in self.of.points.items() if point)


def size_share_of(of: CodedStatistic, size: str) -> SizeShare:
    """The share of firms `of` with every firm counting by the number `size`."""
    base = tuple(of.points)
    chosen = tuple(code for code in base if of.points[code])
    above, below = (_name(of.item, codes, size) for codes in (chosen, base))
    return SizeShare(item=above, name="size_share", denominator=below, proportion=True, of=of, size=size)


def with_sizes(extract: Extract, asked: Iterable[SizeShare]) -> Extract:
    """The extract with the columns that these shares read: the size in firms that gave one of the chosen codes (0 in
    others of the base), and the size in the base, both missing elsewhere."""
    values = dict(extract.values)
    for one in asked:
        column, x = extract.item(one.of.item), extract.value(one.size)
        within = _among(column, one.of.points)
        values[one.denominator] = np.where(within, x, np.nan)
        values[one.item] = np.where(within, np.where(_among(column, one.chosen), x, 0.0), np.nan)
    return extract.but(values=values)


def _name(item: str, codes: Collection[str], size: str) -> str:
    return f"{item}={'+'.join(codes)}{OF}{size}"


def _among(column: Coded, labels: Collection[str]) -> Bools:
    return np.asarray(np.isin(column.codes, [k for k, label in enumerate(column.labels) if label in labels]), bool)
