"""What an office does with many firms at once: more time, an officer for those who are silent, a mark, contacts that
wish to be written to otherwise."""

from datetime import date, timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from survey.casework_terms import CaseMark
from survey.management.demonstration.story import cases_of
from survey.models import BulkAction, Case, CaseEntry, FirmContact, Wave
from survey.register_terms import ContactChannel
from survey.selectors.fieldwork.cases import FIRM
from survey.selectors.fieldwork.collection_period import closes_at
from survey.services.casework.bulk import BULK, act_on_cases
from survey.services.casework.bulk_asked import BulkAsked
from survey.services.casework.letters import answer_letter
from survey.terms import CaseStatus, SizeClass

LATER = timedelta(days=10)
"""So long beyond the deadline a few firms may answer."""
SILENT, WATCHED, EXTENDED = 40, 12, 3
WISHES = (
    ("en", ContactChannel.EMAIL),
    ("zh-hans", ContactChannel.SMS),
    ("zh-hans", ContactChannel.WECHAT),
    ("zh-hans", ContactChannel.LETTER),
    ("en", ContactChannel.PHONE),
)
"""Language and channel that persons of some firms wish, in turn."""


def work_on_many(*, wave: Wave, officer: User) -> None:
    """Grant what was asked for, give time to a few firms, share out those who are silent; the last can be undone."""
    _grant(wave, officer)
    _wishes(wave)
    waiting = cases_of(wave).filter(status=CaseStatus.NOT_STARTED.value, is_closed=False, extended_until=None)
    large = waiting.filter(**{f"{FIRM}__size_class": SizeClass.LARGE.value}).order_by("pk")
    day = _last_day(wave)
    _act("extend", [case.pk for case in large[:EXTENDED]], BulkAsked(until=day), officer)
    _act("mark", [case.pk for case in large[EXTENDED:WATCHED]], BulkAsked(mark=CaseMark.WATCH.value), officer)
    silent = waiting.filter(work=None).order_by("pk")
    _act("assign", [case.pk for case in silent[:SILENT]], BulkAsked(officer=officer), officer)


def _act(name: str, keys: list[int], asked: BulkAsked, officer: User) -> BulkAction | None:
    chosen = Case.objects.filter(pk__in=keys)
    key = f"demonstration-{name}"
    return act_on_cases(kind=BULK[name], cases=chosen, asked=asked, key=key, actor=officer) if keys else None


def _last_day(wave: Wave) -> date:
    # Nothing may be collected after the approval of the survey.
    return min(timezone.localdate(closes_at(wave)) + LATER, wave.survey.approval_expires)


def _grant(wave: Wave, officer: User) -> None:
    """The firm that asked for time gets it."""
    asked = CaseEntry.objects.filter(case__wave=wave, author=None, answered_at=None).exclude(until=None).first()
    if asked is not None:
        answer_letter(entry=asked, text="同意延期，请按期填报。", granted_until=asked.until, actor=officer)


def _wishes(wave: Wave) -> None:
    """Persons of some firms read English, or wish to be written to by another way than e-mail."""
    firms = wave.cases.order_by("pk").values_list(f"{FIRM}__firm", flat=True)[: 6 * len(WISHES)]
    persons = FirmContact.objects.filter(firm__in=list(firms), position=1).order_by("firm")
    for place, person in enumerate(persons):
        person.language, channel = WISHES[place % len(WISHES)]
        person.channel = channel.value
        person.save()
