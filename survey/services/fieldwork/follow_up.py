"""The follow-up of silent firms: a part of them is drawn, and whether these are in scope tells it of all."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from survey.models import Case
from survey.services.fieldwork.cases import change_cases, locked, record_on_cases

ONE_IN = 10
"""Of so many silent firms one is followed up."""


def follow_up_of(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those of the cases that a follow-up draws.

    They are taken at equal distances from the list by stratum and permanent random number, so that every stratum is in
    the draw with its part, and the same cases give the same draw.
    """
    # Systematic selection from a sorted list; the key breaks ties of equal random numbers so that a draw can be
    # repeated.
    listed = cases.order_by("sample_unit__stratum__industry_section", "sample_unit__stratum__size_class",
                            "sample_unit__permanent_random_number", "pk")  # fmt: skip
    return Case.objects.filter(pk__in=list(listed.values_list("pk", flat=True)[::ONE_IN]))


@transaction.atomic
def draw_follow_up(*, cases: QuerySet[Case], actor: User) -> int:
    """Draw one in ten of these cases for a follow-up, at least one: the number drawn."""
    changed = locked(follow_up_of(cases))
    for case in changed:
        case.is_followed_up = True
    change_cases(changed, ["is_followed_up"], actor)
    record_on_cases(actor, "draw_follow_up", changed)
    return len(changed)
