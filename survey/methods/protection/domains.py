"""Which domains of a whole wave may be shown, decided once, so that no two pages can be subtracted from one another.

Every combination of the filter variables is a domain. The answer depends on nothing but the numbers of firms, so any
page that asks for it gets the same one, whatever the order of the requests.
"""

from collections.abc import Mapping

from survey.methods.protection.disclosure import DisclosureRule, DomainProtection, statuses_with_companions
from survey.methods.protection.figures import groups_of_counts
from survey.methods.tables.domain import Domain, Nesting


def protect_domains(
    counts: Mapping[Domain, int], rule: DisclosureRule | None = None, nesting: Nesting | None = None
) -> DomainProtection:
    """The domains that must be withheld, with the reason; give them to `disclosure.protect` as `known`."""
    figures = groups_of_counts(counts, nesting)
    statuses = statuses_with_companions(figures, rule or DisclosureRule(), {})
    return {figures.addresses[number].domain: status for number, status in sorted(statuses.items())}
