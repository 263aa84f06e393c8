"""Two designers with one part of the plan open: the second sees what is stored beside what was typed, and decides."""

from collections.abc import Sequence
from typing import Any

from survey.forms.office.stale import BothValues
from survey.instrument.plan.diff import diff_plans
from survey.instrument.plan.plan import AnalysisPlan
from survey.instrument.schema import Text
from survey.selectors.said import said as gettext
from survey.views.design.version_diff import change_line


def known_as(part: Any) -> str:
    """What a part is known by while others come and go: its code, of a note on method its heading."""
    return str(getattr(part, "code", "") or getattr(part, "text", Text()).zh)


def place_of(listed: Sequence[Any], place: int, name: str) -> int | None:
    """Where the part of this name stands now, which the page knew at ``place``; None where it is there no longer.

    Somebody else may have moved it, or taken out one before it: what was typed belongs to no other part.
    """
    # A page of before an upgrade posts no name; then the place is all there is to go by.
    if not name or (place < len(listed) and known_as(listed[place]) == name):
        return place if place < len(listed) else None
    return next((now for now, part in enumerate(listed) if known_as(part) == name), None)


def both_values(stored: AnalysisPlan, typed: AnalysisPlan) -> list[BothValues]:
    """What saving now would change in the stored plan, as it is stored and as it was typed."""
    # By the comparison of versions, so that a difference is worded here as it is there.
    lines = [change_line(change) for change in diff_plans(stored, typed)]
    return [
        BothValues(
            name="",
            label=" ".join(filter(None, (line["part"], line["code"], line["field"] or line["kind_label"]))),
            stored=line["old"],
            typed=line["new"],
        )
        for line in lines
    ]


def what_next() -> str:
    """What to do with both values."""
    return gettext(
        "Both values stand side by side below. Correct the form where the stored one is to stay, then save once more."
    )
