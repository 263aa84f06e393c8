"""Who works on a case, and what is to be done next and when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.casework_terms import CaseMark
from survey.models.choices import choices
from survey.models.collection import Case


class CaseWork(models.Model):
    """The plan for a case, one row where there is any. ``due_on`` is the day of the next action.

    Apart from the case itself, whose every change may touch figures and is kept in a history; what was planned before
    stands in the audit history.
    """

    # One plan for a case, so that two officers cannot each have one.
    case = models.OneToOneField(Case, models.CASCADE, related_name="work", verbose_name=_("case"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("officer")
    )
    next_action = models.CharField(_("next action"), max_length=200, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    appointment_at = models.DateTimeField(_("appointment"), null=True, blank=True)
    mark = models.CharField(_("mark"), max_length=20, choices=choices(CaseMark), blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = _("work on a case")
        verbose_name_plural = _("work on cases")
        indexes = [models.Index(fields=["owner", "due_on"]), models.Index(fields=["due_on"])]

    def __str__(self) -> str:
        return self.next_action or "–"
