"""An XLSForm that was put in and has a page of its own: what was read of it, until somebody loads it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.models.questionnaire import Questionnaire, Survey


class FormReading(models.Model):
    """The file, where it is to go, and what reading it gave.

    ``content`` is the questionnaire as JSON, None before it is read and where it cannot be loaded; ``findings`` are
    the complaints as JSON, so that they can be read in any language.
    """

    file = models.FileField(_("file"), upload_to="xlsforms")
    source_name = models.CharField(_("name of the file"), max_length=200)
    code = models.CharField(_("code of the questionnaire"), max_length=40, blank=True)
    # Where the survey is deleted meanwhile the form stays; for a new questionnaire its page asks for another one.
    survey = models.ForeignKey(Survey, models.SET_NULL, null=True, related_name="+", verbose_name=_("survey"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("put in at"), auto_now_add=True)
    is_read = models.BooleanField(_("is read"), default=False)
    content = models.JSONField(_("questionnaire"), default=None, null=True)
    findings = models.JSONField(_("findings"), default=list)
    loaded = models.ForeignKey(Questionnaire, models.SET_NULL, null=True, related_name="+", verbose_name=_("loaded as"))

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("XLSForm put in")
        verbose_name_plural = _("XLSForms put in")

    def __str__(self) -> str:
        return self.source_name
