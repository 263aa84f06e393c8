"""Groups that do not put every firm into exactly one class."""

from collections import Counter
from collections.abc import Iterator

from survey.complaints import Complaint
from survey.instrument.lint.catalogue import finding
from survey.instrument.plan.known import Known
from survey.instrument.plan.plan import Group
from survey.terms import GroupSource


def group_findings(known: Known) -> Iterator[Complaint]:
    """Findings about groups, in order."""
    for group in known.plan.groups:
        of_variable = list(_variable(known, group))
        yield from of_variable
        if group.classes and not of_variable:
            yield from _classes(known, group)


def _variable(known: Known, group: Group) -> Iterator[Complaint]:
    place, variable = ("group", group.code), group.variable
    if group.source is GroupSource.FRAME and variable not in known.frame:
        variables = {"variables": ", ".join(known.frame)}
        yield finding("group_unknown_variable", place, "variable", variable, variables)
    if group.source is GroupSource.ITEM and variable not in known.items:
        yield finding("plan_unknown_item", place, "variable", variable)
    elif group.source is GroupSource.ITEM and not known.is_grouping(variable):
        yield finding("group_item_open", place, "variable", variable)


def _classes(known: Known, group: Group) -> Iterator[Complaint]:
    """Every value of the finer group belongs to one class. Values of a frame that is not loaded are not checked."""
    place = ("group", group.code)
    taken = Counter(value for each in group.classes for value in each.values)
    offered = known.values(group)
    for code, count in Counter(each.code for each in group.classes).items():
        if count > 1:
            yield finding("plan_code_twice", place, "classes", code)
    for value, count in taken.items():
        if count > 1:
            yield finding("group_value_twice", place, "classes", value)
        if offered and value not in offered:
            yield finding("group_value_unknown", place, "classes", value, {"values": ", ".join(offered)})
    for value in offered:
        # Left out, it would fall into the rest, which no page shows.
        if value not in taken:
            yield finding("group_value_left_out", place, "classes", value)
