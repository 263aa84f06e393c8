"""What to estimate, named by the caller's own codes: shares, scale means and balances, counts, numbers.

Every statistic of a coded item is a weighted mean (or total) of points given to its codes; codes without points are
outside its base.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from survey.methods.arrays import Floats
from survey.methods.errors import OutOfRange, UnknownStatus

Key = tuple[str, str, str]
"""Tells statistics, and the rows of estimates that they give, apart: item, name, level."""


@dataclass(frozen=True, kw_only=True)
class CodedStatistic:
    """Weighted mean of the `points` of an item's codes, or with `total` their weighted sum.

    A `proportion` has points 0 and 1 only and gets a proportion interval.
    """

    item: str
    name: str
    level: str = ""
    points: Mapping[str, float] = field(default_factory=dict)
    total: bool = False
    proportion: bool = False

    # Kept with it: a page asks for that of each of its figures again and again.
    @cached_property
    def key(self) -> Key:
        """That of its rows."""
        return self.item, self.name, self.level

    @cached_property
    def in_words(self) -> str:
        """All that it says."""
        return repr(self)

    def by_label(self, labels: Sequence[str]) -> Floats:
        """(K,) points in the order of the item's labels, nan outside the base."""
        unknown = sorted(set(self.points) - set(labels))
        if unknown:
            problem = f"Item '{self.item}' has no code '{unknown[0]}'."
            raise UnknownStatus(unknown[0], problem, f"Its codes: {', '.join(labels)}.")
        # nan and not 0: a code without points is outside the base, and 0 would count it as a low answer.
        return np.array([self.points.get(label, np.nan) for label in labels], float)


@dataclass(frozen=True, kw_only=True)
class NumericStatistic:
    """Mean of a numeric item, its ratio to a `denominator`, or with `total` its weighted total.

    A `proportion` is a ratio of a part to its whole and gets a proportion interval.
    """

    item: str
    name: str
    denominator: str = ""
    total: bool = False
    proportion: bool = False

    def __post_init__(self) -> None:
        if self.total and self.denominator:
            raise OutOfRange(self.denominator, "A total has no denominator.", "Ask for the ratio or for the total.")

    @cached_property
    def in_words(self) -> str:
        """All that it says."""
        return repr(self)

    @cached_property
    def key(self) -> Key:
        """That of its rows; a ratio is named by both its items."""
        return f"{self.item}/{self.denominator}" if self.denominator else self.item, self.name, ""


@dataclass(frozen=True)
class QuantileStatistic:
    """Quantile of a numeric item by Woodruff's method; p = 0.5 is the median."""

    item: str
    p: float = 0.5

    @property
    def name(self) -> str:
        return "median" if self.p == 0.5 else "quantile"

    @property
    def key(self) -> Key:
        """That of its rows."""
        return self.item, self.name, f"{self.p:g}"


@dataclass(frozen=True, kw_only=True)
class IndexStatistic:
    """`constant` plus the sum of weighted means of points, given as (statistic, weight): a composite index.

    A purchasing managers' index is one: diffusion indices of several items with stated weights.
    """

    item: str
    parts: tuple[tuple[CodedStatistic, float], ...]
    constant: float = 0.0
    name: str = "index"

    @property
    def key(self) -> Key:
        """That of its rows."""
        return self.item, self.name, ""

    @property
    def in_words(self) -> str:
        """All that it says."""
        return repr(self)


Asked = CodedStatistic | NumericStatistic | QuantileStatistic | IndexStatistic


def columns_of(asked: Asked) -> list[str]:
    """The columns of an extract that a statistic reads."""
    if isinstance(asked, IndexStatistic):
        return [part.item for part, _weight in asked.parts]
    return [asked.item, asked.denominator] if isinstance(asked, NumericStatistic) else [asked.item]


def shares(item: str, base: Sequence[str]) -> list[CodedStatistic]:
    """The share of each code of the base among the answers in the base."""
    return [share_of(item, [code], base, code) for code in base]


def share_of(
    item: str, chosen: Collection[str], base: Collection[str], level: str = "", name: str = "share"
) -> CodedStatistic:
    """Share of the answers in the base that are among the chosen codes, all of which belong to the base."""
    _refuse_outside(item, chosen, base)
    points = dict.fromkeys(base, 0.0) | dict.fromkeys(chosen, 1.0)
    return CodedStatistic(item=item, name=name, level=level or "+".join(chosen), points=points, proportion=True)


def count(item: str, chosen: Collection[str], base: Collection[str], level: str = "") -> CodedStatistic:
    """Weighted number of units that gave one of the chosen codes, among the answers in the base."""
    _refuse_outside(item, chosen, base)
    points = dict.fromkeys(base, 0.0) | dict.fromkeys(chosen, 1.0)
    return CodedStatistic(item=item, name="count", level=level or "+".join(chosen), points=points, total=True)


def _refuse_outside(item: str, chosen: Collection[str], base: Collection[str]) -> None:
    outside = [code for code in chosen if code not in base]
    if outside:
        raise UnknownStatus(outside[0], f"The chosen code '{outside[0]}' of '{item}' is not in the base.",
                            "Add it to the base, or do not count it as chosen.")  # fmt: skip
