"""Estimates of a survey that lies in parts: what each part must be asked for, and rows from the moments of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey.methods.arrays import Floats
from survey.methods.errors import UnknownColumn
from survey.methods.estimates.estimation import Estimate
from survey.methods.estimates.intervals import IntervalRule
from survey.methods.estimates.statistics import CodedStatistic, NumericStatistic, shares
from survey.methods.extract import Coded, Extract
from survey.methods.moments.passing import moments
from survey.methods.moments.sums import Moments, Pair
from survey.methods.moments.tabulation import Summed, tables_from_moments
from survey.terms import Missing


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a part is asked for: these statistics, overall and by these domain variables."""

    statistics: tuple[Summed, ...]
    domains: tuple[str, ...]

    @property
    def items(self) -> list[str]:
        """Coded items, each once."""
        return list(dict.fromkeys(one.item for one in self.statistics if isinstance(one, CodedStatistic)))

    @property
    def pairs(self) -> list[Pair]:
        """Pairs of numeric items, each once."""
        found = ((one.item, one.denominator) for one in self.statistics if isinstance(one, NumericStatistic))
        return list(dict.fromkeys(found))

    @property
    def values(self) -> list[str]:
        """Numeric items, each once."""
        return list(dict.fromkeys(name for pair in self.pairs for name in pair if name))

    def of_items(self, items: Sequence[str]) -> "Wanted":
        """The statistics of these items alone. Raises `UnknownColumn` for an item that none is of."""
        known = dict.fromkeys(one.item for one in self.statistics)
        unknown = [item for item in items if item not in known]
        if unknown:
            raise UnknownColumn(unknown[0], f"No statistic is of an item '{unknown[0]}'.",
                                f"Name some of these: {', '.join(known)}.")  # fmt: skip
        return Wanted(statistics=tuple(one for one in self.statistics if one.item in items), domains=self.domains)

    def moments(self, part: Extract) -> Moments:
        """Those of one part; they add up to those of the whole."""
        return moments(part, self.items, self.pairs, self.domains)

    def rows(self, whole: Moments, rule: IntervalRule | None = None) -> list[Estimate]:
        """Tidy rows from the moments of the whole: of each statistic everybody first, then each domain value."""
        return [row for rows in tables_from_moments(whole, self.statistics, rule) for row in rows]


def usual_statistics(items: Mapping[str, Coded], values: Mapping[str, Floats]) -> tuple[Summed, ...]:
    """What a survey without a plan is asked for: shares of the codes that are answers; of numbers mean and total."""
    # Reasons for no answer are no answers: in the base they would shrink every share by those who did not say.
    reasons = {str(reason.value) for reason in Missing}
    coded = [
        share
        for name, column in items.items()
        for share in shares(name, [label for label in column.labels if label not in reasons])
    ]
    kinds = (("mean", False), ("total", True))
    return (*coded, *(NumericStatistic(item=name, name=kind, total=total) for name in values for kind, total in kinds))
