"""What may be shown of each item under which filter, decided once for a wave from the firms that answered."""

from collections.abc import Iterable, Mapping
from itertools import combinations

import numpy as np

from survey.methods.arrays import Bools, Ints
from survey.methods.estimates.statistics import CodedStatistic
from survey.methods.estimates.statistics import Statistic as Asked
from survey.methods.extract import Extract
from survey.methods.protection.disclosure import DisclosureRule, DomainProtection
from survey.methods.protection.domains import protect_domains
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.table import Domain

ALL_ITEMS = ""


def protect_items(
    extract: Extract, planned: Iterable[PlannedTable], rule: DisclosureRule
) -> dict[str, DomainProtection]:
    """For every item of the tables, and under "" for the survey, the domains in which it must be withheld.

    Items that were answered by equally many firms in every domain share one decision.
    """
    decided: dict[tuple[int, ...], DomainProtection] = {}
    names, places = _places(extract)
    found: dict[str, DomainProtection] = {}
    for item, answered in {ALL_ITEMS: np.ones(extract.rows, bool), **answered_by_item(extract, planned)}.items():
        counts = [np.bincount(place[answered], minlength=size) for place, size in places]
        key = tuple(np.concatenate(counts).tolist())
        if key not in decided:
            decided[key] = protect_domains(_domains(names, counts), rule)
        found[item] = decided[key]
    return found


def answered_by_item(extract: Extract, planned: Iterable[PlannedTable]) -> dict[str, Bools]:
    """(n,) for each item of the tables, which firms every one of its figures rests on."""
    found: dict[str, Bools] = {}
    for table in planned:
        for (row, _), asked in table.asked.items():
            item = table.spec.item or row
            answered = _answered(extract, asked)
            found[item] = found[item] & answered if item in found else answered
    return found


def _answered(extract: Extract, asked: Asked) -> Bools:
    if not isinstance(asked, CodedStatistic):
        return ~np.isnan(extract.values[asked.item])
    column = extract.item(asked.item)
    base = [position for position, label in enumerate(column.labels) if label in asked.points]
    return np.asarray(np.isin(column.codes, base), bool)


Names = list[list[Domain]]


def _places(extract: Extract) -> tuple[Names, list[tuple[Ints, int]]]:
    """For every combination of domain variables: the domain of each place; the place of each firm and their number."""
    names: Names = []
    places: list[tuple[Ints, int]] = []
    for size in range(len(extract.domains) + 1):
        for variables in combinations(sorted(extract.domains), size):
            place = np.zeros(extract.rows, np.intp)
            domains: list[Domain] = [()]
            for variable in variables:
                column = extract.domains[variable]
                place = place * len(column.labels) + column.codes
                domains = [(*domain, (variable, label)) for domain in domains for label in column.labels]
            names.append(domains)
            places.append((place, len(domains)))
    return names, places


def _domains(names: Names, counts: Iterable[Ints]) -> Mapping[Domain, int]:
    return {
        domain: count
        for domains, numbers in zip(names, counts, strict=True)
        for domain, count in zip(domains, numbers.tolist(), strict=True)
        if count
    }
