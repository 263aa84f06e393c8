"""A section of a questionnaire that the firm hands to a colleague."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.models.collection import Case


class SectionHandover(models.Model):
    """One section of a case in the hands of a colleague, by a code of its own, until it expires or is taken back.

    The code is derived from ``key``, as that of a case is; the database holds only a keyed hash to find it.
    ``generation`` is that of the case's code when it was made: revoking that code ends what was handed on with it.
    ``pages`` are the codes of the pages that were saved through it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="handovers", verbose_name=_("case"))
    section = models.CharField(_("section"), max_length=40)
    colleague = models.CharField(_("colleague"), max_length=60)
    generation = models.PositiveIntegerField(_("generation of the access code"))
    code_hash = models.CharField(_("keyed hash of the access code"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("handed on at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("open until"))
    is_taken_back = models.BooleanField(_("taken back"), default=False)
    saved_at = models.DateTimeField(_("last saved at"), null=True, blank=True)
    pages = models.JSONField(_("pages saved"), default=list, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("section handed to a colleague")
        verbose_name_plural = _("sections handed to colleagues")

    def __str__(self) -> str:
        return f"{self.case_id} {self.section}"
