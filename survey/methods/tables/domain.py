"""Groups of firms, as tables name them."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

Domain = tuple[tuple[str, str], ...]
"""A group of firms: sorted (variable, value) pairs that all hold; () is all firms."""

ALL_FIRMS: Domain = ()

Nesting = Mapping[tuple[str, str], Sequence[tuple[str, str]]]
"""For a (variable, value) the (variable, value) pairs of coarser groups that take it in with others."""


def domain_of(**values: str) -> Domain:
    """The domain in which every variable has its value: `domain_of(industry="C", size="small")`."""
    # Sorted, so that one group of firms is one key, in caches and in the pages of a cut.
    return tuple(sorted(values.items()))


@lru_cache(maxsize=1024)
def within(first: Domain, second: Domain) -> Domain:
    """The firms in both domains."""
    return tuple(sorted({*first, *second}))
