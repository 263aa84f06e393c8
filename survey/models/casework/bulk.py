"""What was done to many cases at once, so that it can be undone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.models.wave import Wave


class BulkAction(models.Model):
    """One action on many cases. ``key`` comes with the form, so that pressing twice is one action.

    ``before`` is {case: what stood there}, as the action needs it to be undone: officers, marks, days; no person at a
    firm and no words that somebody wrote.
    """

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="bulk_actions", verbose_name=_("wave"))
    action = models.CharField(_("action"), max_length=30)
    # The database decides of two presses at the same moment.
    key = models.CharField(_("submission key"), max_length=64, unique=True)
    after = models.CharField(_("set to"), max_length=100, blank=True)
    before = models.JSONField(_("before"), default=dict, blank=True)
    count = models.PositiveIntegerField(_("cases"), default=0)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("action on many cases")
        verbose_name_plural = _("actions on many cases")

    def __str__(self) -> str:
        return f"{self.action} {self.count}"
