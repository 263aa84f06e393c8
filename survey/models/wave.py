"""The rounds of a survey."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from survey.models.choices import choices, said_when_shown
from survey.models.questionnaire import Survey
from survey.models.translated import TranslatedField, in_page_language
from survey.models.version import QuestionnaireVersion
from survey.terms import WaveStatus


class Wave(models.Model):
    """One round of a survey: when it collects, with which questionnaire version."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="waves", verbose_name=_("survey"))
    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = TranslatedField(_("title"), max_length=200)
    reference_period = TranslatedField(_("reference period"), max_length=100, blank=True)
    version = models.ForeignKey(
        QuestionnaireVersion, models.PROTECT, related_name="waves", null=True, blank=True, verbose_name=_("version")
    )
    status = models.CharField(_("status"), max_length=10, choices=choices(WaveStatus), default=WaveStatus.PLANNED.value)
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    target_responses = models.PositiveIntegerField(_("responses aimed at"), null=True, blank=True)
    may_take_back = models.BooleanField(
        said_when_shown("firms may take back what they submitted"),
        default=True,
        help_text=said_when_shown(
            "While the wave collects, a firm can correct its answers and submit again; every version is kept."
        ),
    )
    history = HistoricalRecords()

    revision = ""
    """Not stored: the state of its results when it was read to show them; see ``selectors/results/kept.py``."""

    class Meta:
        ordering = ["-opens_at", "code"]
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        # A wave of no time would refuse every firm, and its dates may come from the admin or a fixture.
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="wave_closes_after_opening"
            )
        ]
        permissions = [
            ("view_dashboard", _("Can see the dashboard")),
            ("view_working_figures", _("Can see working figures, which are not to be passed on")),
            ("make_cut", _("Can make a cut")),
            ("clear_open_answers", _("Can let open answers leave the office")),
            ("export_release", _("Can export the release workbook")),
            ("export_microdata", _("Can export edited microdata")),
        ]

    def __str__(self) -> str:
        return in_page_language(self.title)
