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
from survey.models import Case, Mailing, MailingRow, Response, Wave
from survey.selectors.fieldwork.cases import CaseFilter
from survey.selectors.fieldwork.territory import own_cases
from survey.terms import CaseStatus, Disposition, WaveStatus

FIRM = "sample_unit__unit"
NAMED = 5
"""So many firms are named in a preview."""
BETWEEN_REMINDERS = timedelta(days=1)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """What a mailing would do: firms by channel, those left out by reason, and the names of the first few."""

    by_channel: tuple[tuple[MailingChannel, int], ...]
    left_out: tuple[tuple[LeftOut, int], ...]
    firms: tuple[str, ...]

    @property
    def taken(self) -> int:
        """How many firms are written to."""
        return sum(count for _, count in self.by_channel)


def chosen_cases(wave: Wave, selection: dict[str, Any]) -> QuerySet[Case]:
    """The cases that a mailing may take: all of the wave, those named, or those that a filter of the list finds.

    ``of`` is the member of staff whose cases alone it takes.
    """
    cases = Case.objects.filter(wave=wave)
    if "of" in selection:
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
    rules = {**RULES[purpose], **lately(purpose, others), LeftOut.WRITTEN_TO: Q(Exists(earlier))}
    if purpose is MailingPurpose.INVITATION:
        rules[LeftOut.WRITTEN_TO] |= Q(code_sent_at__isnull=False)
    whens = [When(condition, then=Value(reason.value)) for reason, condition in rules.items()]
    ways = [When(REACHES[MailingChannel(way)], then=Value(way)) for way in (channel, otherwise) if way]
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


def lately(purpose: MailingPurpose, rows: QuerySet[MailingRow]) -> dict[LeftOut, Q]:
    """Whom a reminder has reached within a day: a second one would be pressed by mistake."""
    if purpose not in REMINDERS:
        return {}
    since = timezone.now() - BETWEEN_REMINDERS
    sent = rows.filter(case=OuterRef("pk"), mailing__purpose__in=REMINDERS, sent_at__gt=since)
    return {LeftOut.REMINDED_LATELY: Q(Exists(sent.filter(state=RowState.SENT.value)))}


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
    return Audience(
        by_channel=tuple((way, ways[way.value]) for way in MailingChannel if way.value in ways),
        left_out=tuple((reason, reasons[reason.value]) for reason in LeftOut if reason.value in reasons),
        firms=tuple(taken.values_list(f"{FIRM}__name", flat=True)[:NAMED]),
    )
