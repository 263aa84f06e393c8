"""Whose districts and surveys are whose, and which returns have been accepted."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.models.frame import District
from survey.models.questionnaire import Survey
from survey.models.wave import Wave


class Territory(models.Model):
    """A member of staff works on this district of this survey; an empty field is every district, every survey.

    Who has no row works on everything.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="territories", verbose_name=_("member of staff")
    )
    district = models.ForeignKey(District, models.CASCADE, null=True, blank=True, verbose_name=_("district"))
    survey = models.ForeignKey(Survey, models.CASCADE, null=True, blank=True, verbose_name=_("survey"))

    class Meta:
        ordering = ["user", "district", "survey"]
        verbose_name = _("district of an officer")
        verbose_name_plural = _("districts of officers")
        constraints = [
            # NULLs differ from each other in an index of the databases, so each pair of fields has its own condition.
            models.UniqueConstraint(fields=["user", "district", "survey"], name="territory_once"),
            models.UniqueConstraint(
                fields=["user", "district"], condition=models.Q(survey=None), name="territory_district_once"
            ),
            models.UniqueConstraint(
                fields=["user", "survey"], condition=models.Q(district=None), name="territory_survey_once"
            ),
            models.CheckConstraint(
                condition=models.Q(district__isnull=False) | models.Q(survey__isnull=False),
                name="territory_of_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.district or '–'} {self.survey or '–'}"


class Acceptance(models.Model):
    """The returns of a district in a wave, or of the whole wave where ``district`` is empty, were accepted.

    ``unresolved`` is how many cases had neither answers nor an outcome then.
    """

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="acceptances", verbose_name=_("wave"))
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, verbose_name=_("district"))
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("accepted by")
    )
    accepted_at = models.DateTimeField(_("accepted at"), auto_now_add=True)
    unresolved = models.PositiveIntegerField(_("still open"), default=0)
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        ordering = ["wave", "district"]
        verbose_name = _("acceptance of returns")
        verbose_name_plural = _("acceptances of returns")
        constraints = [
            models.UniqueConstraint(fields=["wave", "district"], name="district_accepted_once"),
            models.UniqueConstraint(fields=["wave"], condition=models.Q(district=None), name="wave_accepted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.wave} {self.district or '–'}"
