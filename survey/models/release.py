"""Published figures, frozen with what they were made from."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.models.wave import Wave


class Release(models.Model):
    """The frozen extract, weights, parameters and tables of one release workbook, under one digest."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField(_("number"))
    digest = models.CharField(_("digest"), max_length=64)
    content = models.JSONField(_("frozen content"))
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["wave", "-number"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [models.UniqueConstraint(fields=["wave", "number"], name="release_number_once")]

    def __str__(self) -> str:
        return f"{self.wave.code} r{self.number}"
