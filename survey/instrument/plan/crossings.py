"""Which groups of the frame may be looked at two at once in cleared figures."""

from collections.abc import Sequence
from itertools import combinations

from survey.instrument.plan.plan import Group
from survey.terms import GroupSource

Crossing = tuple[str, str]
INDUSTRY, SIZE = "industry", "size"
"""Variables that every frame has and strata are made of."""


def possible_crossings(groups: Sequence[Group]) -> tuple[Crossing, ...]:
    """The pairs of groups of the frame that tell firms apart together, in the order of the groups: not a group and a
    coarser version of it."""
    frame = [group for group in groups if group.source is GroupSource.FRAME]
    return tuple(
        (first.code, second.code) for first, second in combinations(frame, 2) if first.variable != second.variable
    )


def default_crossings(groups: Sequence[Group]) -> tuple[Crossing, ...]:
    """The coarsest groups of industry and size by one another; none where the plan has no groups by both.

    Each further crossing costs figures, since more groups give one another away.
    """
    coarsest = [min(found, key=_values) for variable in (INDUSTRY, SIZE) if (found := _of(groups, variable))]
    return possible_crossings(coarsest)


def _of(groups: Sequence[Group], variable: str) -> list[Group]:
    return [group for group in groups if group.source is GroupSource.FRAME and group.variable == variable]


def _values(group: Group) -> tuple[bool, int]:
    """Groups with classes before those without, whose values only the frame knows."""
    # How many values a group without classes has is known only when a list of firms is read.
    return not group.classes, len(group.classes)
