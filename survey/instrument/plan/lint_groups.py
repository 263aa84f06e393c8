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
        # Of a variable that is not known every value would be a finding of its own.
        if group.classes and not of_variable:
            yield from _classes(known, group)
    yield from _crossings(known)


def _crossings(known: Known) -> Iterator[Complaint]:
    """Pairs of groups that do not tell firms apart together, or that are told twice."""
    place = ("plan", "")
    told: set[frozenset[str]] = set()
    for crossing in known.plan.crossings:
        groups = [known.groups.get(code) for code in crossing]
        missing = next((code for code, group in zip(crossing, groups, strict=True) if group is None), None)
        answer = next((group for group in groups if group and group.source is not GroupSource.FRAME), None)
        if missing is not None:
            yield finding("plan_unknown_group", place, "crossings", missing)
        # Cleared figures rest on groups that are known of every firm of the list, whether it answered or not.
        elif answer is not None:
            yield finding("crossing_of_answers", place, "crossings", answer.code)
        elif len({group.variable for group in groups if group}) < len(crossing):
            yield finding("crossing_of_one_variable", place, "crossings", " × ".join(crossing))
        # Either way round: A by B has the same groups of firms as B by A.
        elif frozenset(crossing) in told:
            yield finding("crossing_twice", place, "crossings", " × ".join(crossing))
        told.add(frozenset(crossing))


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
