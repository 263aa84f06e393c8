"""What matters today: the waves that collect, and what waits for whom."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from survey.models import Case, FrameImport, LateDraft, QuestionnaireVersion, Wave
from survey.selectors.fieldwork.burden import Burden, burden_of
from survey.selectors.fieldwork.cases import NO_CONTACT
from survey.selectors.fieldwork.collection_period import closes_at
from survey.terms import CaseStatus, WaveStatus
from survey.terms import gettext_noop as _

OPEN_CASE = Q(wave__status=WaveStatus.OPEN.value, is_closed=False)
UNDONE = OPEN_CASE & ~Q(status__in=[CaseStatus.SUBMITTED.value, CaseStatus.FINALISED.value])


@dataclass(frozen=True, slots=True)
class WaveProgress:
    """An open wave: how many cases it has, how many have submitted, and how long it still collects."""

    wave: Wave
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
        return None if self.wave.target_responses is None else max(0, self.wave.target_responses - self.submitted)


@dataclass(frozen=True, slots=True)
class WaitingTask:
    """Something that waits: for whom, who of the staff may see it, and where it is dealt with (address and query)."""

    label: str
    waits_for: str
    permission: str
    page: str
    query: str
    count: Callable[[], int]


def open_waves() -> list[WaveProgress]:
    """Progress of every open wave, the one that closes first at the head."""
    waves = Wave.objects.filter(status=WaveStatus.OPEN.value).select_related("survey")
    counted = waves.annotate(
        sampled=Count("cases"),
        written_to=Count("cases", filter=Q(cases__code_sent_at__isnull=False)),
        in_progress=Count("cases", filter=Q(cases__status=CaseStatus.IN_PROGRESS.value)),
        submitted=Count("cases", filter=Q(cases__status=CaseStatus.SUBMITTED.value)),
    )
    return sorted((_progress(wave) for wave in counted), key=lambda progress: progress.closes_at)


def _progress(wave: Wave) -> WaveProgress:
    end = closes_at(wave)
    left = max(timedelta(), end - timezone.now())
    counts = {name: getattr(wave, name) for name in ("sampled", "written_to", "in_progress", "submitted")}
    return WaveProgress(
        wave=wave, closes_at=end, days_left=-(-left // timedelta(days=1)), burden=burden_of(wave), **counts
    )


def _overdue() -> int:
    return sum(closes_at(wave) <= timezone.now() for wave in Wave.objects.filter(status=WaveStatus.OPEN.value))


WAITING: tuple[WaitingTask, ...] = (
    WaitingTask(
        _("Responses returned for correction"),
        _("Firm"),
        "view_case",
        "case_list",
        "status=returned",
        lambda: Case.objects.filter(OPEN_CASE, status=CaseStatus.RETURNED.value).count(),
    ),
    WaitingTask(
        _("Late drafts to look at"),
        _("Field officers"),
        "view_latedraft",
        "admin:survey_latedraft_changelist",
        "",
        lambda: LateDraft.objects.count(),
    ),
    WaitingTask(
        _("Imports of firm lists that wait for a decision"),
        _("Field officers"),
        "import_frame",
        "admin:survey_frameimport_changelist",
        f"status__exact={FrameImport.Status.WAITING.value}",
        lambda: FrameImport.objects.filter(status=FrameImport.Status.WAITING).count(),
    ),
    WaitingTask(
        _("Firms that have not been sent their code"),
        _("Field officers"),
        "view_case",
        "case_list",
        "code=unsent",
        lambda: Case.objects.filter(UNDONE, code_sent_at__isnull=True).count(),
    ),
    WaitingTask(
        _("Firms without e-mail and telephone"),
        _("Field officers"),
        "view_contact",
        "case_list",
        "contact=missing",
        lambda: Case.objects.filter(UNDONE).filter(NO_CONTACT).count(),
    ),
    WaitingTask(
        _("Open waves past their deadline"),
        _("Field officers"),
        "change_wave",
        "admin:survey_wave_changelist",
        "status__exact=open",
        _overdue,
    ),
    WaitingTask(
        _("Planned waves without a sample"),
        _("Field officers"),
        "draw_sample",
        "sample_draw",
        "",
        lambda: Wave.objects.filter(status=WaveStatus.PLANNED.value, sample=None).count(),
    ),
    WaitingTask(
        _("Planned waves without a questionnaire version"),
        _("Designers"),
        "view_questionnaireversion",
        "admin:survey_wave_changelist",
        "status__exact=planned",
        lambda: Wave.objects.filter(status=WaveStatus.PLANNED.value, version=None).count(),
    ),
    WaitingTask(
        _("Questionnaire versions still in test"),
        _("Designers"),
        "publish_questionnaire",
        "admin:survey_questionnaireversion_changelist",
        "status__exact=test",
        lambda: QuestionnaireVersion.objects.filter(status="test").count(),
    ),
)
