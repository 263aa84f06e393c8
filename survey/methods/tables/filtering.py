"""The firms under a filter: which they are, and what tables of them are added up from, made once for all tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from survey.methods.arrays import Bools, Ints
from survey.methods.errors import UnknownColumn
from survey.methods.estimates.statistics import Asked, QuantileStatistic
from survey.methods.extract import Coded, Extract
from survey.methods.moments.finest import FEWEST_FIRMS, Finest, finest_of
from survey.methods.moments.passing import moments
from survey.methods.moments.sums import Moments
from survey.methods.moments.tabulation import Tabulated, summed_items, summed_pairs, summed_statistics, tabulate
from survey.methods.sorting import by_size
from survey.methods.tables.domain import Domain
from survey.methods.tables.narrowed import of_all
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.vocabulary import Vocabulary
from survey.threads import of_each

FILTERED, INSIDE = "filtered", "inside"
"""Domain variable and value of the firms under the filter."""
Splits = tuple[str, ...]


def firms_within(extract: Extract, domain: Domain) -> Bools:
    """(n,) which rows are of respondents in the domain; firms out of scope are in none.

    Raises `UnknownColumn` for a variable that the extract lacks.
    """
    inside = extract.in_scope
    for variable, value in domain:
        if variable not in extract.domains:
            raise UnknownColumn(variable, f"There is no domain variable '{variable}'.")
        column = extract.domains[variable]
        # A value that nobody has is an empty domain, not an error: filters offer what the frame has, not who answered.
        inside &= column.codes == (column.labels.index(value) if value in column.labels else len(column.labels))
    return inside


@dataclass(frozen=True, eq=False, kw_only=True)
class Filter:
    """A wave under a filter. What was made of it is kept for the next table: a filter's own extracts and moments.

    Firms outside stay in the design, so that standard errors are those of a domain.
    """

    extract: Extract
    domain: Domain
    finest: Finest | None = None
    extracts: dict[Splits, Extract] = field(default_factory=dict)
    added: dict[Splits, Moments] = field(default_factory=dict)
    numbers: dict[Splits, Tabulated] = field(default_factory=dict)
    sorted_: dict[str, Ints] = field(default_factory=dict)
    reported: dict[str, Ints] = field(default_factory=dict)

    @cached_property
    def inside(self) -> Bools:
        """(n,) the respondents under the filter."""
        return firms_within(self.extract, self.domain)

    @cached_property
    def plain(self) -> "Filter":
        """The same firms for figures whose errors nobody looks at, since these take more than half of the work."""
        return Filter(extract=self.extract.uncalibrated, domain=self.domain, finest=self.finest)

    def within(self, splits: Splits = ()) -> Extract:
        """The extract with the firms under the filter as a domain of its own, and with each split inside it."""
        if splits not in self.extracts:
            domains = {FILTERED: Coded(np.where(self.inside, 0, -1).astype(np.int16), (INSIDE,))}
            for split in splits:
                column = self.extract.domains[split]
                domains[split] = Coded(np.where(self.inside, column.codes, -1).astype(np.int16), column.labels)
            self.extracts[splits] = self.extract.by(domains)
        return self.extracts[splits]

    def moments(self, statistics: Sequence[Asked], splits: Splits = ()) -> Moments:
        """Those of the firms under the filter and of each split inside it, with all that these statistics need; nobody
        else is read."""
        items, pairs = summed_items(statistics), summed_pairs(statistics)
        known = self.added.get(splits)
        if known is None or not (known.items.keys() >= set(items) and known.pairs.keys() >= set(pairs)):
            grouped = {variable for variable, _value in self.domain} | set(splits)
            # Firms of a cell must be alike in all that the domains are made of.
            finest = self.finest if self.finest is not None and grouped <= self.finest.variables else None
            self.added[splits] = moments(self.within(splits), items, pairs, finest=finest, everybody=False)
        return self.added[splits]

    def tabulated(self, statistics: Sequence[Asked], splits: Splits = ()) -> Tabulated | None:
        """The numbers of at least those of these statistics that follow from sums; None where none does."""
        wanted = {one.key: one for one in summed_statistics(statistics)}
        known = self.numbers.get(splits)
        if wanted and (known is None or not known.columns.keys() >= wanted.keys()):
            self.numbers[splits] = tabulate(self.moments(statistics, splits), list(wanted.values()))
        return self.numbers.get(splits)

    def orders(self, statistics: Sequence[Asked]) -> dict[str, Ints]:
        """Of the items of which a quantile is asked, the rows of the firms under the filter by the size of their
        number."""
        items = dict.fromkeys(one.item for one in statistics if isinstance(one, QuantileStatistic))

        def order(item: str) -> Ints:
            rows = self.reporting(item)
            return rows[by_size(self.extract.values[item][rows])]

        new = [item for item in items if item not in self.sorted_]
        self.sorted_.update(zip(new, of_each(order, new, self.extract.rows), strict=True))
        return {item: self.sorted_[item] for item in items}

    def reporting(self, item: str) -> Ints:
        """The rows of the firms under the filter that gave a number."""
        if item not in self.reported:
            self.reported[item] = np.flatnonzero(self.inside & ~np.isnan(self.extract.value(item)))
        return self.reported[item]


def finest_for(
    extract: Extract, planned: Sequence[PlannedTable], words: Vocabulary, before: Finest | None = None
) -> Finest | None:
    """The wave in its finest cells by all groups of the plan, for all that the planned tables ask for; None where
    reading the firms takes no longer. What was the same `before` is not added up again."""
    if extract.rows < FEWEST_FIRMS:
        return None
    asked = [one for table in planned for one in table.asked.values()]
    whole = [one for one in map(of_all, asked) if one is not None and one.item in extract.items]
    groups = [code for code in words.groups if code in extract.domains]
    return finest_of(extract, summed_items([*asked, *whole]), summed_pairs(asked), groups, before)
