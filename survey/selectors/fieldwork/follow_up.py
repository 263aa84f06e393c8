"""Who is silent, by stratum, for a random follow-up sample of them, and how far one is."""

from dataclasses import dataclass

from django.db.models import Count, Q

from survey.casework_terms import FollowUpPart
from survey.models import Case, Wave
from survey.selectors.fieldwork.callable import FINAL
from survey.selectors.fieldwork.today import UNDONE
from survey.terms import CaseStatus, SizeClass

SILENT = UNDONE & ~Q(disposition__in=FINAL)
LEAST = 2
"""Firms drawn of a stratum at least, so that it has a variance; of fewer silent ones all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentFirms:
    """Of a size class: the firms that are silent, and how many of them a sample of a ``part`` draws."""

    size: str
    silent: int
    drawn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpState:
    """A sample that was drawn: its firms, those of them that answered, and the firms that were left to it."""

    drawn: int
    answered: int
    left: int


def number_drawn(silent: int, part: float) -> int:
    """Of the silent firms of a stratum."""
    return min(silent, max(LEAST, round(silent * part)))


def silent_by_size(wave: Wave, part: float) -> list[SilentFirms]:
    """What a sample of ``part`` of the silent of each stratum would draw, by size class; one query."""
    counts = (
        Case.objects.filter(SILENT, wave=wave)
        .order_by()
        .values_list("sample_unit__stratum__size_class", "sample_unit__stratum")
        .annotate(firms=Count("pk"))
    )
    rows = [(size, firms) for size, _stratum, firms in counts]
    return [
        SilentFirms(
            size=size.value,
            silent=sum(firms for of, firms in rows if of == size.value),
            # Rounded by stratum as the draw does it, or the preview would promise another number.
            drawn=sum(number_drawn(firms, part) for of, firms in rows if of == size.value),
        )
        for size in SizeClass
        if any(of == size.value for of, _firms in rows)
    ]


def follow_up_state(wave: Wave) -> FollowUpState | None:
    """None where no sample was drawn; one query."""
    drawn = Q(follow_up_sample=FollowUpPart.DRAWN.value)
    found = Case.objects.filter(wave=wave).aggregate(
        drawn=Count("pk", filter=drawn),
        answered=Count("pk", filter=drawn & Q(status=CaseStatus.SUBMITTED.value)),
        left=Count("pk", filter=Q(follow_up_sample=FollowUpPart.LEFT.value)),
    )
    return FollowUpState(**found) if found["drawn"] else None
