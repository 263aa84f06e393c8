"""When the firms of a wave are to be written to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.mailing_terms import REPEATED, MailingChannel, MailingPurpose, PlannedDay
from survey.models.choices import choices
from survey.models.mailing.run import Mailing
from survey.models.wave import Wave


class PlannedMailing(models.Model):
    """One entry of a wave's plan; ``mailing`` is the last run that came of it, and then it is done unless repeated."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="planned_mailings", verbose_name=_("wave"))
    purpose = models.CharField(_("purpose"), max_length=20, choices=choices(MailingPurpose))
    days = models.PositiveSmallIntegerField(_("days"))
    counted_from = models.CharField(_("counted from"), max_length=20, choices=choices(PlannedDay))
    channel = models.CharField(_("channel"), max_length=10, choices=choices(MailingChannel))
    otherwise = models.CharField(_("otherwise"), max_length=10, choices=choices(MailingChannel), blank=True)
    language = models.CharField(_("language"), max_length=10, default="zh")
    # Kept, since the clock that sends has no request to take it from.
    site = models.URLField(_("address of the questionnaire"), max_length=200)
    mailing = models.OneToOneField(Mailing, models.SET_NULL, null=True, blank=True, related_name="planned_by")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["wave", "id"]
        verbose_name = _("planned mailing")
        verbose_name_plural = _("planned mailings")
        constraints = [models.UniqueConstraint(fields=["wave", "purpose"], name="planned_mailing_once")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.days}"

    @property
    def is_repeated(self) -> bool:
        """Whether it starts a run on each day on which somebody is to be written to."""
        return self.purpose in REPEATED
