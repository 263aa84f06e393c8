"""Edit rules of a questionnaire as a designer writes them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from survey.models.choices import choices
from survey.models.natural_keys import NaturallyKeyed
from survey.models.questionnaire import Questionnaire, code_validator
from survey.models.translated import TranslatedField
from survey.terms import EditLevel


class EditRule(NaturallyKeyed):
    """A condition that answers should meet, and what a respondent reads where they do not."""

    natural_key_fields = ("questionnaire__code", "code")
    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="edit_rules", verbose_name=_("questionnaire")
    )
    code = models.CharField(_("code"), max_length=40, validators=[code_validator])
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    level = models.CharField(_("level"), max_length=10, choices=choices(EditLevel))
    items = models.JSONField(_("items, the first is where it shows"), default=list)
    condition = models.TextField(_("condition that must hold"))
    message = TranslatedField(_("message"))
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("edit rule")
        verbose_name_plural = _("edit rules")
        constraints = [models.UniqueConstraint(fields=["questionnaire", "code"], name="edit_rule_code_once")]

    def __str__(self) -> str:
        return self.code
