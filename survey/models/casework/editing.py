"""What officers decide of answers that look wrong and weigh much."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.models.collection import Response


class EditingDecision(models.Model):
    """An answer that looked wrong was looked at and is right as it is, with the reason; ``value`` is what it was then.

    Corrections and returns are rows of their own. Rows are only ever added.
    """

    response = models.ForeignKey(Response, models.PROTECT, related_name="editing_decisions", verbose_name=_("response"))
    item = models.CharField(_("item"), max_length=60)
    value = models.FloatField(_("value"))
    reason = models.TextField(_("reason"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("accepted answer")
        verbose_name_plural = _("accepted answers")
        # With the value: an answer that is corrected later has to be looked at anew.
        constraints = [models.UniqueConstraint(fields=["response", "item", "value"], name="answer_accepted_once")]

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"
