"""Open answers: what a firm wrote leaves the office only where a person let it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.models.collection import Response


class OpenAnswerDecision(models.Model):
    """What a person decided of one open answer. Rows are only ever added; the last of a response and item counts.

    ``text`` is what leaves, which may be shorter than what was written; empty where it stays in the office.
    ``written`` is the digest of what was written when it was decided: an answer that is corrected waits anew.
    """

    response = models.ForeignKey(Response, models.PROTECT, related_name="open_answer_decisions")
    item = models.CharField(_("item"), max_length=40)
    leaves = models.BooleanField(_("leaves the office"))
    text = models.TextField(_("text as it leaves"), blank=True)
    written = models.CharField(_("digest of what was written"), max_length=64, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("decision about an open answer")
        verbose_name_plural = _("decisions about open answers")

    def __str__(self) -> str:
        return f"{self.item}: {self.leaves}"
