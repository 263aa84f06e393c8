"""Whom a mailing writes to: the rule of its purpose over the chosen cases, with a reason for everybody left out."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Case as Choice
from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from survey.mailing_terms import LIVE, REMINDERS, LeftOut, MailingChannel, MailingPurpose, RowState
from survey.models import Case, FirmContact, Mailing, MailingRow, Response, Wave
from survey.register_terms import ContactChannel
from survey.selectors.fieldwork.cases import FIRM, CaseFilter
from survey.selectors.fieldwork.territory import own_cases
from survey.terms import CaseStatus, Disposition, WaveStatus

NAMED = 5
"""So many firms are named in a preview."""
BETWEEN_REMINDERS = timedelta(days=1)
"""Two reminders within a day are a mistake, from whichever plan or button they come."""
# The order of the rules is that of the reasons which are told.
OPENS = {
    LeftOut.WAVE_OVER: Q(wave__status=WaveStatus.CLOSED.value),
    LeftOut.CLOSED: Q(is_closed=True),
    LeftOut.REFUSED: Q(disposition=Disposition.REFUSAL.value),
    LeftOut.OUT_OF_SCOPE: Q(disposition=Disposition.NOT_ELIGIBLE.value),
}
SUBMITTED, RETURNED = Q(status=CaseStatus.SUBMITTED.value), Q(status=CaseStatus.RETURNED.value)
UNDONE = {**OPENS, LeftOut.SUBMITTED: SUBMITTED, LeftOut.FINALISED: Q(status=CaseStatus.FINALISED.value)}
REMINDED = {**UNDONE, LeftOut.NO_CODE: Q(code_sent_at__isnull=True)}
RULES: dict[MailingPurpose, dict[LeftOut, Q]] = {
    MailingPurpose.ANNOUNCEMENT: UNDONE,
    MailingPurpose.INVITATION: UNDONE,
    **dict.fromkeys(REMINDERS, REMINDED),
    MailingPurpose.SEND_BACK: {**OPENS, LeftOut.NOT_RETURNED: ~RETURNED},
    # A wave may be closed when its firms are thanked, and so may their cases.
    MailingPurpose.THANKS: {LeftOut.OUT_OF_SCOPE: OPENS[LeftOut.OUT_OF_SCOPE], LeftOut.NOT_SUBMITTED: ~SUBMITTED},
}
HAS_EMAIL = Q(**{f"{FIRM}__contact__email__gt": ""})
HAS_PHONE = Q(**{f"{FIRM}__contact__phone__gt": ""})
REACHES: dict[MailingChannel, Q] = {
    MailingChannel.EMAIL: HAS_EMAIL,
    MailingChannel.LETTER: Q(pk__isnull=False),
    MailingChannel.MERGE: Q(pk__isnull=False),
    MailingChannel.TELEPHONE: HAS_PHONE,
    MailingChannel.SMS: HAS_PHONE,
    MailingChannel.WECHAT: HAS_PHONE,
}

BY_CONTACT: dict[ContactChannel, MailingChannel] = {
    ContactChannel.EMAIL: MailingChannel.EMAIL,
    ContactChannel.PHONE: MailingChannel.TELEPHONE,
    ContactChannel.SMS: MailingChannel.SMS,
    ContactChannel.WECHAT: MailingChannel.WECHAT,
    ContactChannel.LETTER: MailingChannel.LETTER,
}
"""How the office meets what a person at a firm wishes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """What a mailing would do: firms by channel, those left out by reason, the names of the first few, and the case of
    the very first."""

    by_channel: tuple[tuple[MailingChannel, int], ...]
    left_out: tuple[tuple[LeftOut, int], ...]
    firms: tuple[str, ...]
    first: int | None

    @property
    def taken(self) -> int:
        """How many firms are written to."""
        return sum(count for _, count in self.by_channel)


def chosen_cases(wave: Wave, selection: dict[str, Any]) -> QuerySet[Case]:
    """The cases that a mailing may take: all of the wave, those named, or those that a filter of the list finds.

    ``of`` is the member of staff whose cases alone it takes; ``due`` says that only those are to have a row who are
    written to, which ``due_cases`` finds.
    """
    cases = Case.objects.filter(wave=wave)
    if "of" in selection:
        # Asked again when rows are made: a job runs later, and districts may have changed hands.
        cases = cases.filter(own_cases(User(pk=selection["of"])))
    if "cases" in selection:
        return cases.filter(pk__in=selection["cases"])
    return cases.filter(CaseFilter(**selection["filter"]).condition()) if "filter" in selection else cases


def marked(
    cases: QuerySet[Case], purpose: MailingPurpose, channel: str, otherwise: str, *, own: Mailing | None = None
) -> QuerySet[Any]:
    """The cases with ``occasion``, ``by`` (the channel that reaches them) and ``left_out`` ("" for those written to).

    Rows of the run ``own`` are not taken for an earlier letter.
    """
    others = MailingRow.objects.exclude(mailing=own) if own else MailingRow.objects.all()
    earlier = others.filter(case=OuterRef("pk"), occasion=OuterRef("occasion"), state__in=LIVE)
    # The first reason that holds is told: a refusal says more than that somebody wrote already.
    rules = {**RULES[purpose], **lately(purpose, others), LeftOut.WRITTEN_TO: Q(Exists(earlier))}
    if purpose is MailingPurpose.INVITATION:
        # Codes that were printed or shown went out without a mailing, and are out all the same.
        rules[LeftOut.WRITTEN_TO] |= Q(code_sent_at__isnull=False)
    whens = [When(condition, then=Value(reason.value)) for reason, condition in rules.items()]
    # The first way that reaches a firm; the other only where it does not.
    ways = [when for way in (channel, otherwise) if way for when in _reached_by(MailingChannel(way))]
    if channel == MailingChannel.OWN.value:
        cases = cases.annotate(wished=_wished_channel())
    return cases.annotate(
        occasion=occasion_of(purpose),
        by=Choice(*ways, default=Value(""), output_field=CharField()),
        left_out=Choice(
            *whens,
            When(by="", then=Value(LeftOut.NO_ADDRESS.value)),
            default=Value(""),
            output_field=CharField(),
        ),
    )


def due_cases(
    cases: QuerySet[Case], purpose: MailingPurpose, channel: str, otherwise: str, *, own: Mailing | None = None
) -> QuerySet[Case]:
    """Those that the rule takes and nobody has tried to write to on this occasion: what came back stays so."""
    rows = MailingRow.objects.exclude(state=RowState.LEFT_OUT.value)
    tried = (rows.exclude(mailing=own) if own else rows).filter(case=OuterRef("pk"), occasion=OuterRef("occasion"))
    return marked(cases, purpose, channel, otherwise, own=own).filter(~Exists(tried), left_out="")


def _reached_by(way: MailingChannel) -> list[When]:
    if way is not MailingChannel.OWN:
        return [When(REACHES[way], then=Value(way.value))]
    return [When(Q(wished=wish.value) & REACHES[own], then=Value(own.value)) for wish, own in BY_CONTACT.items()]


def _wished_channel() -> Subquery:
    """What the first person of the firm in the register wishes; NULL where the register knows nobody."""
    # The first person alone: the others are there to be found, not to be written to.
    persons = FirmContact.objects.filter(firm=OuterRef(f"{FIRM}__firm")).order_by("position", "id")
    return Subquery(persons.values("channel")[:1])


def lately(purpose: MailingPurpose, rows: QuerySet[MailingRow]) -> dict[LeftOut, Q]:
    """Who was given time that is not over, and whom a reminder reached within a day: both would be a mistake."""
    if purpose not in REMINDERS:
        return {}
    since = timezone.now() - BETWEEN_REMINDERS
    sent = rows.filter(case=OuterRef("pk"), mailing__purpose__in=REMINDERS, sent_at__gt=since)
    return {
        LeftOut.MORE_TIME: Q(extended_until__gte=timezone.localdate()),
        LeftOut.REMINDED_LATELY: Q(Exists(sent.filter(state=RowState.SENT.value))),
    }


def occasion_of(purpose: MailingPurpose) -> Any:
    """What a firm is written to about: a new code is a new invitation, another return another request."""
    if purpose is MailingPurpose.INVITATION:
        return Concat(Value("invitation:"), Cast("code_generation", CharField()), output_field=CharField())
    if purpose is MailingPurpose.SEND_BACK:
        draft = Response.objects.filter(case=OuterRef("pk"), is_current=True).values("pk")[:1]
        return Concat(Value("send_back:"), Cast(Subquery(draft), CharField()), output_field=CharField())
    return Value(purpose.value, output_field=CharField())


def audience(wave: Wave, purpose: MailingPurpose, channel: str, otherwise: str, selection: dict[str, Any]) -> Audience:
    """What a mailing would do now."""
    cases = marked(chosen_cases(wave, selection), purpose, channel, otherwise)
    counts = cases.order_by().values_list("left_out", "by").annotate(count=Count("pk"))
    ways: dict[str, int] = {}
    reasons: dict[str, int] = {}
    for reason, way, count in counts:
        into, key = (reasons, reason) if reason else (ways, way)
        into[key] = into.get(key, 0) + count
    taken = cases.filter(left_out="").order_by(f"{FIRM}__name", "pk")
    named = list(taken.values_list("pk", f"{FIRM}__name")[:NAMED])
    return Audience(
        by_channel=tuple((way, ways[way.value]) for way in MailingChannel if way.value in ways),
        left_out=tuple((reason, reasons[reason.value]) for reason in LeftOut if reason.value in reasons),
        firms=tuple(name for _pk, name in named),
        first=named[0][0] if named else None,
    )
