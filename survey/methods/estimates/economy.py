"""The economy beside the firm: shares of employees or revenue in firms that say something, with their errors.

A share weighted by size is the ratio of two totals, sum w x c / sum w x (Sarndal, Swensson and Wretman 1992, 5.6): what
part of all employees work where the answer was given. Totals and ratios of totals are `estimation.total` and `ratio`.
"""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from survey.methods.arrays import Bools, Floats
from survey.methods.errors import OutOfRange
from survey.methods.estimates.design import Design
from survey.methods.estimates.estimation import Estimate, kish_size, summarise
from survey.methods.estimates.intervals import Proportion, proportion_interval
from survey.methods.estimates.linearisation import linear_ratio, numbers
from survey.methods.estimates.statistics import NumericStatistic
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
    linear = linear_ratio(design, numbers(design, chosen) * x, x, domain)
    row = summarise(design, linear, "size_share", item=item, level=level)
    one = Proportion(*np.array([row.estimate, row.se, row.df, row.n]).reshape(4, 1))
    effective = np.array([kish_size((design.weight * np.nan_to_num(x))[linear.inside])])
    low, high = (float(limit[0]) for limit in proportion_interval(one, interval, confidence, effective))
    return row._replace(ci_low=low, ci_high=high, ci_method=interval)


def with_sizes(extract: Extract, item: str, chosen: Collection[str], base: Collection[str], size: str) -> Extract:
    """The extract with the columns that tables of `size_statistic` read: the size in firms that gave one of `chosen`
    codes (0 in others of the base), and the size in the base, both missing elsewhere."""
    column, x = extract.item(item), extract.value(size)
    within = _among(column, base)
    values = {
        _name(item, chosen, size): np.where(within, np.where(_among(column, chosen), x, 0.0), np.nan),
        _name(item, base, size): np.where(within, x, np.nan),
    }
    return replace(extract, values={**extract.values, **values})


def size_statistic(item: str, chosen: Collection[str], base: Collection[str], size: str) -> NumericStatistic:
    """The share of a size as a statistic of tables: a ratio of two columns that `with_sizes` made."""
    return NumericStatistic(_name(item, chosen, size), "size_share", _name(item, base, size))


def _name(item: str, codes: Collection[str], size: str) -> str:
    return f"{item}={'+'.join(codes)}{OF}{size}"


def _among(column: Coded, labels: Collection[str]) -> Bools:
    return np.asarray(np.isin(column.codes, [k for k, label in enumerate(column.labels) if label in labels]), bool)
