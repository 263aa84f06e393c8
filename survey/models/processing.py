"""What is done to answers after they came in, and who on the staff did what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.models.choices import choices
from survey.models.collection import Case, Response
from survey.terms import ValueState
from survey.weighting_terms import OutlierChoice


class Correction(models.Model):
    """One later change of one answer. Rows are only ever added; edited microdata is the answers with these applied."""

    response = models.ForeignKey(Response, models.PROTECT, related_name="corrections")
    item = models.CharField(_("item"), max_length=40)
    # JSON, because answers are texts, numbers and lists; null where there was none.
    old = models.JSONField(_("old value"), null=True)
    new = models.JSONField(_("new value"), null=True)
    rule = models.CharField(_("edit rule"), max_length=40, blank=True)
    state = models.CharField(
        _("what the new value is"),
        max_length=20,
        choices=choices((ValueState.CORRECTED, ValueState.IMPUTED)),
        default=ValueState.CORRECTED.value,
    )
    reason = models.TextField(_("reason"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return f"{self.item}: {self.old} → {self.new}"


class OutlierDecision(models.Model):
    """What an analyst decided of one influential value. Rows are only ever added; the last of a case and item counts.

    ``cutoff`` is the value from which on a value that is weighed down counts less, in the unit of the item.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="outlier_decisions")
    item = models.CharField(_("item"), max_length=60)
    choice = models.CharField(_("decision"), max_length=20, choices=choices(OutlierChoice))
    cutoff = models.FloatField(_("cut-off"), null=True)
    reason = models.TextField(_("reason"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("decision about an influential value")
        verbose_name_plural = _("decisions about influential values")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(choice=OutlierChoice.KEEP.value, cutoff__isnull=True)
                | models.Q(choice=OutlierChoice.WEIGH_DOWN.value, cutoff__isnull=False),
                name="outlier_weighed_down_from_a_cutoff",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.choice}"


class StaffAction(models.Model):
    """One entry of the audit history: who did what to which data, and when."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(_("action"), max_length=40)
    subject = models.CharField(_("subject"), max_length=200)
    detail = models.JSONField(_("detail"), default=dict, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("staff action")
        verbose_name_plural = _("staff actions")

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
