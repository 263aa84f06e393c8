"""All rows of some statistics from a whole extract, as tests and measurements ask for them."""

from collections.abc import Sequence

from survey.methods.estimates.estimation import Estimate
from survey.methods.estimates.intervals import IntervalRule
from survey.methods.estimates.statistics import Asked
from survey.methods.extract import Extract
from survey.methods.moments.passing import moments
from survey.methods.moments.tabulation import rows_from_moments, summed_items, summed_pairs


def tabulate(
    extract: Extract,
    statistics: Sequence[Asked],
    domains: Sequence[str] | None = None,
    rule: IntervalRule | None = None,
) -> list[Estimate]:
    """Rows in the order of `statistics`; of each, everybody first, then each value of `domains` (None = all).

    One pass over the data serves all coded items and domains; quantiles sort their item once. A row has the `key` of
    its statistic.
    """
    found = moments(extract, summed_items(statistics), summed_pairs(statistics), domains)
    return rows_from_moments(extract, found, statistics, rule or IntervalRule())
