"""What officers have found out about firms."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.casework_terms import FirmOutcome, OutcomeSource
from survey.models.choices import choices
from survey.models.collection import Case


class CaseOutcome(models.Model):
    """An outcome that an officer has found out. Rows are only ever added; the last of a case counts.

    A row without an outcome takes the one before it back. ``other_firm`` is the credit code of the firm that this one
    was merged into or is a duplicate of.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="outcomes", verbose_name=_("case"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=choices(FirmOutcome), blank=True)
    source = models.CharField(_("how it is known"), max_length=20, choices=choices(OutcomeSource), blank=True)
    # A code and no row: the other firm may stand on no list of this office.
    other_firm = models.CharField(_("credit code of the other firm"), max_length=18, blank=True)
    reason = models.TextField(_("reason"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("outcome of a case")
        verbose_name_plural = _("outcomes of cases")

    def __str__(self) -> str:
        return self.outcome or "–"
