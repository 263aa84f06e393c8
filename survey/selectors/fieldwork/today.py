"""What matters today: the waves that collect, and what waits for whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from survey.models import CaseEntry, FrameImport, LateDraft, QuestionnaireVersion, Wave
from survey.selectors.fieldwork.burden import Burden, burden_of
from survey.selectors.fieldwork.cases import NO_CONTACT
from survey.selectors.fieldwork.collection_period import closes_at
from survey.selectors.fieldwork.territory import Somebody, own_cases, own_waves, visible_cases
from survey.terms import CaseStatus, WaveStatus
from survey.terms import gettext_noop as _

OPEN_CASE = Q(wave__status=WaveStatus.OPEN.value, is_closed=False)
# Finalised ones are done: an outcome is what the office was after, too.
UNDONE = OPEN_CASE & ~Q(status__in=[CaseStatus.SUBMITTED.value, CaseStatus.FINALISED.value])


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveProgress:
    """An open wave: how many cases it has, how many have submitted, and how long it still collects.

    ``target`` is the part of the wave's that falls on these cases; None without one.
    """

    wave: Wave
    target: int | None
    sampled: int
    written_to: int
    in_progress: int
    submitted: int
    closes_at: datetime
    days_left: int
    burden: Burden

    @property
    def rate(self) -> float | None:
        """Submitted responses as a percentage of the cases; None without cases."""
        return 100 * self.submitted / self.sampled if self.sampled else None

    @property
    def to_target(self) -> int | None:
        """Responses that the target still lacks; None without a target."""
        return None if self.target is None else max(0, self.target - self.submitted)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingTask:
    """Something that waits: for whom, who of the staff may see it, and where it is dealt with (address and query)."""

    label: str
    waits_for: str
    permission: str
    page: str
    query: str
    count: Callable[[Somebody], int]


def open_waves(user: Somebody, burden: Callable[[Wave], Burden] = burden_of) -> list[WaveProgress]:
    """Progress of every open wave over the cases that the user works on, the one that closes first at the head.

    ``burden`` gives that of a wave, for who has it already.
    """
    waves = list(own_waves(user).filter(status=WaveStatus.OPEN.value).select_related("survey", "sample"))
    rows: Any = (
        visible_cases(user)
        .filter(wave__in=waves)
        .order_by()
        .values("wave")
        .annotate(
            sampled=Count("pk"),
            written_to=Count("code_sent_at"),
            in_progress=Count("pk", filter=Q(status=CaseStatus.IN_PROGRESS.value)),
            submitted=Count("pk", filter=Q(status=CaseStatus.SUBMITTED.value, is_set_aside=False)),
        )
    )
    counts = {row.pop("wave"): row for row in rows}
    return sorted(
        (_progress(wave, counts.get(wave.pk, NO_CASE), burden(wave)) for wave in waves),
        key=lambda progress: progress.closes_at,
    )


NO_CASE = {"sampled": 0, "written_to": 0, "in_progress": 0, "submitted": 0}


def _progress(wave: Wave, counts: Mapping[str, int], burden: Burden) -> WaveProgress:
    end = closes_at(wave)
    left = max(timedelta(), end - timezone.now())
    target, sample = wave.target_responses, getattr(wave, "sample", None)
    # The part of the target that falls on the cases that the officer sees, by their number in the sample.
    if target is not None and sample is not None:
        target = round(target * min(1.0, counts["sampled"] / sample.size))
    return WaveProgress(
        # Rounded up: with an hour left there is a day to call on, not none.
        wave=wave,
        target=target,
        closes_at=end,
        days_left=-(-left // timedelta(days=1)),
        burden=burden,
        **counts,
    )


def _overdue(user: Somebody) -> int:
    # In Python, because a deadline is the end of a day where the survey is, and waves that collect are few.
    return sum(closes_at(wave) <= timezone.now() for wave in own_waves(user).filter(status=WaveStatus.OPEN.value))


WAITING: tuple[WaitingTask, ...] = (
    WaitingTask(
        label=_("Responses returned for correction"),
        waits_for=_("Firm"),
        permission="view_case",
        page="case_list",
        query="status=returned",
        count=lambda user: visible_cases(user).filter(OPEN_CASE, status=CaseStatus.RETURNED.value).count(),
    ),
    WaitingTask(
        label=_("Messages of firms without an answer"),
        waits_for=_("Field officers"),
        permission="view_case",
        page="casework",
        query="list=letters",
        count=lambda user: CaseEntry.objects.filter(own_cases(user, "case__"), author=None, answered_at=None).count(),
    ),
    WaitingTask(
        label=_("Late drafts to look at"),
        waits_for=_("Field officers"),
        permission="view_latedraft",
        page="admin:survey_latedraft_changelist",
        query="",
        count=lambda user: LateDraft.objects.filter(own_cases(user, "case__")).count(),
    ),
    WaitingTask(
        label=_("Imports of firm lists that wait for a decision"),
        waits_for=_("Field officers"),
        permission="import_frame",
        page="admin:survey_frameimport_changelist",
        query=f"status__exact={FrameImport.Status.WAITING.value}",
        count=lambda user: FrameImport.objects.filter(status=FrameImport.Status.WAITING).count(),
    ),
    WaitingTask(
        label=_("Firms that have not been sent their code"),
        waits_for=_("Field officers"),
        permission="view_case",
        page="case_list",
        query="code=unsent",
        count=lambda user: visible_cases(user).filter(UNDONE, code_sent_at__isnull=True).count(),
    ),
    WaitingTask(
        label=_("Firms without e-mail and telephone"),
        waits_for=_("Field officers"),
        permission="view_contact",
        page="case_list",
        query="contact=missing",
        count=lambda user: visible_cases(user).filter(UNDONE).filter(NO_CONTACT).count(),
    ),
    WaitingTask(
        label=_("Open waves past their deadline"),
        waits_for=_("Field officers"),
        permission="change_wave",
        page="admin:survey_wave_changelist",
        query="status__exact=open",
        count=_overdue,
    ),
    WaitingTask(
        label=_("Planned waves without a sample"),
        waits_for=_("Field officers"),
        permission="draw_sample",
        page="sample_draw",
        query="",
        count=lambda user: own_waves(user).filter(status=WaveStatus.PLANNED.value, sample=None).count(),
    ),
    WaitingTask(
        label=_("Planned waves without a questionnaire version"),
        waits_for=_("Designers"),
        permission="view_questionnaireversion",
        page="admin:survey_wave_changelist",
        query="status__exact=planned",
        count=lambda user: own_waves(user).filter(status=WaveStatus.PLANNED.value, version=None).count(),
    ),
    WaitingTask(
        label=_("Questionnaire versions still in test"),
        waits_for=_("Designers"),
        permission="publish_questionnaire",
        page="admin:survey_questionnaireversion_changelist",
        query="status__exact=test",
        count=lambda user: QuestionnaireVersion.objects.filter(status="test").count(),
    ),
)
