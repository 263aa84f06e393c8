"""Editions of the classifications that lists use, and the table from the codes of one to those of the current."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.models.choices import choices
from survey.register_terms import ClassificationKind


class ClassificationVersion(models.Model):
    """An edition of a classification. The current one of each kind is that of the codes in the database."""

    kind = models.CharField(_("classification"), max_length=10, choices=choices(ClassificationKind))
    code = models.CharField(_("edition"), max_length=40)
    valid_from = models.DateField(_("valid from"))
    is_current = models.BooleanField(_("current"), default=False)

    class Meta:
        ordering = ["kind", "-valid_from"]
        verbose_name = _("edition of a classification")
        verbose_name_plural = _("editions of classifications")
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="classification_edition_once"),
            # The codes of firms in the database are of one edition; with two, nobody could say of which.
            models.UniqueConstraint(fields=["kind"], condition=models.Q(is_current=True), name="one_current_edition"),
        ]

    def __str__(self) -> str:
        return self.code


class Correspondence(models.Model):
    """One line of the table of an edition: an old code, and a code of the current edition that takes a part of it."""

    edition = models.ForeignKey(
        ClassificationVersion, models.CASCADE, related_name="correspondences", verbose_name=_("edition")
    )
    old = models.CharField(_("old code"), max_length=20)
    new = models.CharField(_("new code"), max_length=20)

    class Meta:
        ordering = ["edition", "old", "new"]
        verbose_name = _("correspondence of codes")
        verbose_name_plural = _("correspondences of codes")
        constraints = [models.UniqueConstraint(fields=["edition", "old", "new"], name="correspondence_once")]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
