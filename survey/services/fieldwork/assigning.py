"""Cases are taken over by an officer, many at once."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from survey.models import Case, CaseWork
from survey.services.fieldwork.cases import BATCH, locked, record_on_cases


@transaction.atomic
def take_over_cases(*, cases: QuerySet[Case], actor: User) -> int:
    """Make the officer the one who works on these cases: how many were another's or nobody's."""
    # Those of the officer already are left out, so that the history names only who was given something.
    changed = locked(cases.exclude(work__owner=actor))
    planned = set(CaseWork.objects.filter(case__in=changed).values_list("case", flat=True))
    CaseWork.objects.filter(case__in=changed).update(owner=actor)
    new = [CaseWork(case=case, owner=actor) for case in changed if case.pk not in planned]
    CaseWork.objects.bulk_create(new, batch_size=BATCH)
    record_on_cases(actor, "take_over_cases", changed)
    return len(changed)
