"""Persons of the firm register that nobody needs any more: of firms that no list and no wave has had for long."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from survey.models import Case, Delegate, Delegation, FirmContact, FrameUnit


def idle_persons(before: datetime) -> QuerySet[FirmContact]:
    """Persons of firms that no list has named and no wave has asked since, themselves not changed since."""
    # A person whom somebody has corrected lately is in use, whatever lists say.
    changed = FirmContact.history.filter(id=OuterRef("pk"), history_date__gte=before)
    known = FirmContact.objects.filter(firm__created_at__lt=before)
    return known.filter(~_in_use("firm", before), ~Exists(changed))


def earlier_entries(before: datetime) -> QuerySet[Any]:
    """What the history says of persons before: older than that day, and not how a person stands now."""
    newer = FirmContact.history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    stands = Exists(FirmContact.objects.filter(pk=OuterRef("id")))
    earlier: QuerySet[Any] = FirmContact.history.filter(Q(Exists(newer)) | ~stands, history_date__lt=before)
    return earlier


def idle_delegates(before: datetime) -> QuerySet[Delegate]:
    """Persons who answer for no firm, or for such firms alone, given to them before."""
    needed = Delegation.objects.filter(Q(granted_at__gte=before) | _in_use("firm", before), delegate=OuterRef("pk"))
    return Delegate.objects.filter(~Exists(needed))


def erase_persons(before: datetime) -> None:
    """Delete them with all that their history says, the entry of deleting included."""
    # Keys first: deleting writes history, by which the same query would then find them changed.
    keys = list(idle_persons(before).values_list("pk", flat=True))
    earlier_entries(before).delete()
    for start in range(0, len(keys), PORTION):
        portion = keys[start : start + PORTION]
        FirmContact.objects.filter(pk__in=portion).delete()
        FirmContact.history.filter(id__in=portion).delete()
    idle_delegates(before).delete()


PORTION = 500


def _in_use(firm: str, before: datetime) -> Q:
    listed = FrameUnit.objects.filter(firm=OuterRef(firm), frame__created_at__gte=before)
    asked = Case.objects.filter(sample_unit__unit__firm=OuterRef(firm), wave__closes_at__gte=before)
    return Q(Exists(listed)) | Q(Exists(asked))
