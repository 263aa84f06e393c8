"""Which domains of a whole wave may be shown, decided once, so that no two pages can be subtracted from one another.

Every combination of the filter variables is a domain. The answer depends on nothing but the numbers of firms, so any
page that asks for it gets the same one, whatever the order of the requests.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

import pandas as pd

from survey.methods.errors import MissingValue, UnknownColumn
from survey.methods.protection.disclosure import DisclosureRule, DomainProtection, statuses_with_companions
from survey.methods.protection.figures import groups_of_counts
from survey.methods.tables.table import ALL_FIRMS, Domain, Nesting


def count_domains(firms: pd.DataFrame, variables: Sequence[str]) -> dict[Domain, int]:
    """Number of rows in every non-empty domain of `variables`: alone, crossed, and all firms together.

    Give the firms that answered the item (or the survey). Raises `UnknownColumn`, and `MissingValue` for a firm without
    a value.
    """
    for name in variables:
        if name not in firms:
            raise UnknownColumn(name, f"The firms have no '{name}'.")
        if firms[name].isna().any():
            raise MissingValue(name, f"A firm has no value of '{name}'.")
    counts: dict[Domain, int] = {ALL_FIRMS: len(firms)}
    for size in range(1, len(variables) + 1):
        # Sorted, because a domain is a tuple of pairs in the order of the variables: the same one for every page.
        for names in combinations(sorted(variables), size):
            for key, count in firms.groupby(list(names), observed=True).size().items():
                values = key if isinstance(key, tuple) else (key,)
                counts[tuple((name, str(value)) for name, value in zip(names, values, strict=True))] = int(count)
    return counts


def protect_domains(
    counts: Mapping[Domain, int], rule: DisclosureRule | None = None, nesting: Nesting | None = None
) -> DomainProtection:
    """The domains that must be withheld, with the reason; give them to `disclosure.protect` as `known`."""
    figures = groups_of_counts(counts, nesting)
    statuses = statuses_with_companions(figures, rule or DisclosureRule(), {})
    return {figures.addresses[number].domain: status for number, status in sorted(statuses.items())}
