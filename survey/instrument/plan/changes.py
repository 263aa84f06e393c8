"""One change of a plan at a time: a part added, changed, moved or taken out, or a derived section taken over."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from survey.instrument.plan.parts import CodedPart
from survey.instrument.plan.plan import AnalysisPlan, MethodNote

Listed = CodedPart | MethodNote


def with_part(plan: AnalysisPlan, field: str, place: int | None, part: Listed) -> AnalysisPlan:
    """The plan with ``part`` at ``place`` of the section that ``field`` names, behind the others without a place."""
    parts = list(getattr(plan, field))
    if place is None:
        parts.append(part)
    else:
        parts[place] = part
    return _with(plan, field, parts)


def without_part(plan: AnalysisPlan, field: str, place: int) -> AnalysisPlan:
    """The plan without the part at ``place``. Raises IndexError where there is none."""
    parts = list(getattr(plan, field))
    del parts[place]
    return _with(plan, field, parts)


def with_part_moved(plan: AnalysisPlan, field: str, place: int, by: int) -> AnalysisPlan:
    """The plan with the part at ``place`` moved ``by`` places; the first and the last one stay where they are."""
    parts = list(getattr(plan, field))
    part = parts.pop(place)
    # A negative place would count from the end.
    parts.insert(max(place + by, 0), part)
    return _with(plan, field, parts)


def with_section_of(plan: AnalysisPlan, field: str, whole: AnalysisPlan) -> AnalysisPlan:
    """The plan with the section that ``whole`` has, to be changed from there."""
    return _with(plan, field, getattr(whole, field))


def _with(plan: AnalysisPlan, field: str, parts: Sequence[Any]) -> AnalysisPlan:
    section: dict[str, Any] = {field: tuple(parts)}
    return replace(plan, **section)
