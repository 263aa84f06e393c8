"""What a respondent reads before anything is asked."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from survey.models import QuestionnaireVersion, Survey, Wave
from survey.models.translated import in_page_language
from survey.selectors.design.version import questionnaire_of
from survey.selectors.fieldwork.collection_period import closes_at, is_collecting
from survey.selectors.prepared import PreparedQuery
from survey.terms import AskedUnit, WaveStatus

TEXTS = ("title", "issuing_authority", "purpose", "legal_basis", "confidentiality", "preparation", "contact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The statutory header and the notice of a survey, in the language of the page.

    ``shows_last`` tells that answers of an earlier wave stand beside questions, ``asks`` whom the survey asks.
    """

    title: str
    form_number: str
    issuing_authority: str
    approval_number: str
    approval_expires: date
    is_mandatory: bool
    purpose: str
    legal_basis: str
    confidentiality: str
    preparation: str
    minutes: int
    contact: str
    closes_at: datetime | None = None
    shows_last: bool = False
    asks: str = AskedUnit.FIRM.value


def notice_of(survey: Survey, wave: Wave | None = None) -> Notice:
    """The notice; with a wave it names the deadline too."""
    return Notice(
        form_number=survey.form_number,
        approval_number=survey.approval_number,
        approval_expires=survey.approval_expires,
        is_mandatory=survey.is_mandatory,
        minutes=survey.minutes,
        asks=survey.asks,
        closes_at=closes_at(wave) if wave else None,
        shows_last=shows_last(wave.version) if wave and wave.version else False,
        **{name: in_page_language(getattr(survey, name)) for name in TEXTS},
    )


def shows_last(version: QuestionnaireVersion) -> bool:
    """Whether an item of the version shows the answer of the wave before."""
    return any(item.beside_last for item in questionnaire_of(version).items.values())


def open_notices() -> list[Notice]:
    """The notices of the surveys that collect at present, one for each."""
    now = timezone.now()
    # One for each survey: the wave that opened first is the last put in, and stands.
    collecting = {wave.survey_id: wave for wave in _OPEN.all() if is_collecting(wave, now)}
    return [notice_of(wave.survey, wave) for wave in collecting.values()]


def _open() -> QuerySet[Wave]:
    waves = Wave.objects.select_related("survey", "version").defer("version__schema", "version__plan")
    return waves.filter(status=WaveStatus.OPEN).order_by("survey__code", "-opens_at")


_OPEN = PreparedQuery(_open)
