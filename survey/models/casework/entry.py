"""The log of a case: calls, visits, notes, and what the firm writes to its officer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.casework_terms import CallResult, EntryKind
from survey.models.choices import choices
from survey.models.collection import Case


class CaseEntry(models.Model):
    """One entry of the log. ``author`` is empty where the firm wrote it; such an entry waits until it is answered.

    ``submission_key`` comes with the form, so that a form sent twice is one entry. ``until`` is the day to which a
    firm asks for time, ``granted_until`` the one that the office agreed to.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries", verbose_name=_("case"))
    kind = models.CharField(_("kind"), max_length=20, choices=choices(EntryKind))
    result = models.CharField(_("result"), max_length=20, choices=choices(CallResult), blank=True)
    text = models.TextField(_("text"), blank=True)
    person = models.CharField(_("spoken with"), max_length=100, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("author")
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    submission_key = models.CharField(_("submission key"), max_length=64)
    until = models.DateField(_("asked until"), null=True, blank=True)
    granted_until = models.DateField(_("granted until"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("entry of a case")
        verbose_name_plural = _("entries of cases")
        constraints = [models.UniqueConstraint(fields=["case", "submission_key"], name="case_entry_once")]
        indexes = [models.Index(fields=["case", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.text[:40]}"
