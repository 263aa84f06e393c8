"""How often 95 % intervals of a kind of figure held the truth in the study of the whole path (docs/coverage.md)."""

from dataclasses import dataclass

from survey.methods.tables.table import Statistic


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Coverages as fractions, over all scenarios in which the answer itself does not drive response.

    all_firms, lowest  mean and lowest coverage of figures of all firms
    domains            coverage of figures of domains graded reliable, None = too few were
    error              Monte Carlo error of the lowest
    """

    statistic: Statistic
    all_firms: float
    lowest: float
    error: float
    domains: float | None
