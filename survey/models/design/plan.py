"""The analysis plan of a questionnaire as it is being designed; publishing freezes it with the version."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from survey.models.natural_keys import NaturallyKeyed
from survey.models.questionnaire import Questionnaire


class AnalysisPlan(NaturallyKeyed):
    """What the results of a questionnaire are about, as the JSON of ``survey.instrument.plan.plan.AnalysisPlan``.

    One document, because it is checked, compared and published as a whole. ``revision`` grows with every change, so
    that a page that was opened before another one's change is noticed. Without a row, or empty, the plan is derived.
    """

    natural_key_fields = ("questionnaire__code",)
    questionnaire = models.OneToOneField(
        Questionnaire, models.CASCADE, related_name="analysis_plan", verbose_name=_("questionnaire")
    )
    content = models.JSONField(_("content"), default=dict, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["questionnaire"]
        verbose_name = _("analysis plan")
        verbose_name_plural = _("analysis plans")

    def __str__(self) -> str:
        return str(self.questionnaire)
