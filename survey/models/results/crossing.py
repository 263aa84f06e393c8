"""Crossings of groups that are asked for: the plan names what is cleared, so somebody has to put them there."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.models.wave import Wave


class CrossingRequest(models.Model):
    """Two groups of the frame that a reader of cleared figures wants crossed, and what came of it."""

    class State(models.TextChoices):
        OPEN = "open", _("Waits for an answer")
        TAKEN_UP = "taken_up", _("In the plan from the next version on")
        DECLINED = "declined", _("Declined")

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="crossing_requests", verbose_name=_("wave"))
    first = models.CharField(_("group"), max_length=40)
    second = models.CharField(_("crossed with"), max_length=40)
    reason = models.TextField(_("what it is needed for"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("crossing that was asked for")
        verbose_name_plural = _("crossings that were asked for")
        constraints = [
            # One open request is enough for the designer; one that was declined may be asked again.
            models.UniqueConstraint(
                fields=["wave", "first", "second"],
                condition=models.Q(state="open"),
                name="one_open_request_of_a_crossing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.first} × {self.second}"
