"""What was deleted and can still be put back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Removed(models.Model):
    """One deleted section, questionnaire, survey, wave or edition of a classification with everything that went with
    it, for some days."""

    model = models.CharField(max_length=100)
    name = models.CharField(_("name"), max_length=200)
    # Rows as Django's serializer writes them, those first that others point to.
    content = models.JSONField()
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(_("deleted at"), auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("deleted part")
        verbose_name_plural = _("deleted, can be put back")

    def __str__(self) -> str:
        return self.name
