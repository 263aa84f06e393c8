"""The nearest group of firms that takes in another one and of which figures are shown."""

from collections.abc import Iterator, Mapping

from survey.methods.tables.domain import Domain, within
from survey.methods.tables.vocabulary import Vocabulary
from survey.selectors.results.cleared import ClearedGroup


def nearest_shown(domain: Domain, words: Vocabulary, groups: Mapping[Domain, ClearedGroup]) -> Domain | None:
    """One step wider, then two and more; None where nothing at all is shown."""
    near = [domain]
    while near:
        # Breadth first: the nearest group is the one with the fewest steps, whichever group is widened.
        near = list(dict.fromkeys(wider for one in near for wider in _one_step(one, words)))
        found = next((one for one in near if one in groups and groups[one].is_shown), None)
        if found is not None:
            return found
    return None


def _one_step(domain: Domain, words: Vocabulary) -> Iterator[Domain]:
    """The groups with a coarser value in the place of one, and those without it."""
    for pair in domain:
        others = tuple(each for each in domain if each != pair)
        yield from (within(others, (coarser,)) for coarser in words.nesting.get(pair, ()))
        yield others
