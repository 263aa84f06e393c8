"""What firms say of the filling-in itself, apart from their answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.models.choices import choices
from survey.models.wave import Wave
from survey.terms import Difficulty, PerceivedBurden


class Feedback(models.Model):
    """One firm's word on burden and difficulty. It names no case: nobody can tell which firm said it."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="feedback", verbose_name=_("wave"))
    burden = models.CharField(_("burden"), max_length=1, choices=choices(PerceivedBurden), blank=True)
    difficulty = models.CharField(_("hardest"), max_length=20, choices=choices(Difficulty), blank=True)
    remark = models.TextField(_("remark"), max_length=1000, blank=True)
    # A day, not a time: that of a submission would tell the firm.
    on = models.DateField(_("on"), auto_now_add=True)

    class Meta:
        ordering = ["wave", "id"]
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")

    def __str__(self) -> str:
        return f"{self.wave_id} {self.on:%Y-%m-%d}"
