"""What is written: one text for each purpose of a survey."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from survey.mailing_terms import MailingPurpose
from survey.models.choices import choices
from survey.models.questionnaire import Survey
from survey.models.translated import TranslatedField


class MailingTemplate(models.Model):
    """Subject and text for one purpose; where a survey has none, those that come with the product are used."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="mailing_templates", verbose_name=_("survey"))
    purpose = models.CharField(_("purpose"), max_length=20, choices=choices(MailingPurpose))
    subject = TranslatedField(_("subject"), max_length=200)
    body = TranslatedField(_("text"))
    short = TranslatedField(_("short text"), max_length=300, blank=True)
    return_address = TranslatedField(_("return address"), blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["survey", "id"]
        verbose_name = _("text of a mailing")
        verbose_name_plural = _("texts of mailings")
        constraints = [models.UniqueConstraint(fields=["survey", "purpose"], name="mailing_template_once")]

    def __str__(self) -> str:
        return f"{self.survey} {self.get_purpose_display()}"
