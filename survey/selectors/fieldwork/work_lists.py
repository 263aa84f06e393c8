"""The work lists of the office: which cases ask for something today, and why they are on the list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from survey.casework_terms import EntryKind
from survey.models import Case, CaseEntry
from survey.selectors.fieldwork.cases import FIRM, NO_CONTACT, STRATUM
from survey.selectors.fieldwork.territory import Somebody, visible_cases
from survey.selectors.fieldwork.today import OPEN_CASE, UNDONE
from survey.terms import CaseStatus, SizeClass, WaveStatus
from survey.terms import gettext_noop as _

OVERDUE_DAYS = 14
"""Days after its code was issued from which on a firm that has not answered is overdue."""
FROM_FIRM = (EntryKind.MESSAGE.value, EntryKind.MORE_TIME.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks for a list and when."""

    user: Somebody
    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkList:
    """A list: its name, one sentence that says why a firm is on it, and the condition on its cases."""

    label: str
    why: str
    condition: Callable[[Asker], Q]


def _due(asker: Asker) -> Q:
    end_of_today = timezone.make_aware(datetime.combine(asker.today + timedelta(days=1), datetime.min.time()))
    return Q(work__due_on__lte=asker.today) | Q(work__appointment_at__lt=end_of_today)


def _overdue(asker: Asker) -> Q:
    # Whoever was given time is not overdue before it is over (0049).
    has_no_time_left = Q(extended_until=None) | Q(extended_until__lt=asker.today)
    return UNDONE & has_no_time_left & Q(code_sent_at__lt=asker.now - timedelta(days=OVERDUE_DAYS))


def _unanswered() -> Q:
    # A list of keys that is made once, not a look for each case.
    return Q(pk__in=CaseEntry.objects.filter(kind__in=FROM_FIRM, answered_at=None).values("case"))


WORK_LISTS: dict[str, WorkList] = {
    "mine": WorkList(
        label=_("Mine today"),
        why=_("You work on these firms, and their next action or appointment is today or was before."),
        condition=lambda asker: OPEN_CASE & Q(work__owner_id=asker.user.pk) & _due(asker),
    ),
    "letters": WorkList(
        label=_("From firms"),
        why=_("These firms have written or asked for more time, and nobody has answered yet."),
        condition=lambda asker: _unanswered(),
    ),
    "due": WorkList(
        label=_("Due"),
        why=_("The next action or appointment is today or was before, whoever works on them."),
        condition=lambda asker: OPEN_CASE & _due(asker),
    ),
    "overdue_large": WorkList(
        label=_("Overdue large firms"),
        why=_("Large firms whose code was issued 14 days ago or earlier, and that have not submitted."),
        condition=lambda asker: _overdue(asker) & Q(**{f"{FIRM}__size_class": SizeClass.LARGE.value}),
    ),
    "overdue": WorkList(
        label=_("All overdue"),
        why=_("Firms whose code was issued 14 days ago or earlier, and that have not submitted."),
        condition=_overdue,
    ),
    "returned": WorkList(
        label=_("Sent back"),
        why=_("Their answers were sent back for correction, and nothing new has been submitted."),
        condition=lambda asker: OPEN_CASE & Q(status=CaseStatus.RETURNED.value),
    ),
    "no_contact": WorkList(
        label=_("No contact"),
        why=_("Neither e-mail nor telephone is known, and they have not submitted: find out how to reach them."),
        condition=lambda asker: UNDONE & NO_CONTACT,
    ),
    "owned": WorkList(
        label=_("All mine"),
        why=_("You work on these firms, and they have not submitted."),
        condition=lambda asker: UNDONE & Q(work__owner_id=asker.user.pk),
    ),
}


def cases_on(name: str, asker: Asker) -> QuerySet[Case]:
    """The cases of a list, of those that the user works on: what is due first, then the large firms."""
    return _ordered(visible_cases(asker.user).filter(WORK_LISTS[name].condition(asker)))


def rows_of_list(cases: Sequence[int]) -> QuerySet[Case]:
    """The cases with these keys as rows of a list, in its order: with wave, firm, contact, plan and last entry."""
    last = CaseEntry.objects.filter(case=OuterRef("pk")).order_by("-id")
    rows = Case.objects.filter(pk__in=cases)
    rows = rows.select_related("wave", f"{FIRM}__district", f"{FIRM}__contact", STRATUM, "work__owner")
    rows = rows.annotate(last_entry_at=Subquery(last.values("at")[:1]), last_result=Subquery(last.values("result")[:1]))
    return _ordered(rows)


def _ordered(cases: QuerySet[Case]) -> QuerySet[Case]:
    # Among equals the large firms first: their silence costs the figures most.
    return cases.order_by(F("work__due_on").asc(nulls_last=True), F(f"{FIRM}__employees").desc(nulls_last=True), "pk")


def list_counts(asker: Asker) -> dict[str, int]:
    """How many cases are on each list; one query."""
    counts = {name: Count("pk", filter=each.condition(asker)) for name, each in WORK_LISTS.items()}
    # Nothing else of a wave that is over is on any list.
    rows = visible_cases(asker.user).filter(Q(wave__status=WaveStatus.OPEN.value) | _unanswered())
    return dict(rows.order_by().aggregate(**counts))
