"""More time for firms: the day until which each may answer, whatever the deadline of its wave is."""

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from survey.complaints import Catalogue, Entry
from survey.models import Case, Wave
from survey.services.fieldwork.cases import record_on_cases
from survey.services.fieldwork.many_cases import update_cases
from survey.services.refusals import RefusedError
from survey.terms import WaveStatus
from survey.terms import gettext_noop as _


class ExtensionRefusedError(RefusedError):
    """Why a firm is not given more time."""

    catalogue = Catalogue(
        entries={
            "past_day": Entry(_("That day is over."), _("Enter a later day.")),
            "after_approval": Entry(
                _("The approval of the survey ends on %(value)s; nothing may be collected after it."),
                _("Grant a day up to then."),
            ),
            "wave_closed": Entry(
                _("The wave is closed, so the firm could not answer any more."), _("Reopen the wave first.")
            ),
        }
    )


def check_extension(wave: Wave, until: date) -> None:
    """Raises ``ExtensionRefusedError`` for a day that would not be kept: a refusal is better than a broken promise."""
    if wave.status == WaveStatus.CLOSED.value:
        raise ExtensionRefusedError("wave_closed", wave.code)
    if until < timezone.localdate():
        raise ExtensionRefusedError("past_day", until.isoformat())
    # The approval of a statistical survey bears the day until which it may collect.
    if until > wave.survey.approval_expires:
        raise ExtensionRefusedError("after_approval", wave.survey.approval_expires.isoformat())


@transaction.atomic
def extend_cases(*, cases: QuerySet[Case], until: date | None, actor: User) -> int:
    """Give the firms, which are of one wave, time until the end of a day; None takes it back: how many changed.

    Until then they are not reminded. Raises ``ExtensionRefusedError``.
    """
    # Those that have this day already are left out, so that the history tells only of firms to whom it was given.
    changed = list(cases.exclude(extended_until=until).order_by("pk"))
    if not changed:
        return 0
    if until is not None:
        check_extension(Wave.objects.select_related("survey").get(pk=changed[0].wave_id), until)
    update_cases([case.pk for case in changed], actor, extended_until=until)
    record_on_cases(actor, "extend_cases", changed, until=str(until or ""))
    return len(changed)
