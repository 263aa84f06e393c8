"""The picture of the error over the lists of calls: what was expected, and what the next list found."""

from collections.abc import Sequence

from survey.models import CallList
from survey.selectors.said import said as _
from survey.views.fieldwork.line_chart import LineChart, line_chart


def picture_of_errors(lists: Sequence[CallList]) -> LineChart | None:
    """The error reached and expected by list, with the target; None before the first list.

    ``lists`` stand from the newest to the oldest.
    """
    if not lists:
        return None
    oldest_first = list(reversed(lists))
    # What a list was expected to reach stands where the next one begins.
    expected = [oldest_first[0].error, *(made.expected for made in oldest_first)]
    return line_chart(
        {"planned": expected, "so-far": [made.error for made in oldest_first]},
        [*(str(made.number) for made in oldest_first), str(lists[0].number + 1)],
        across=_("List"),
        upright=_("Error, in targets"),
        target=1.0,
    )
