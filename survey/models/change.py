"""The change log: one row for every write that can change a result, added by the database itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.models.wave import Wave

LOGGED_TOGETHER = 2000
"""Numbers of responses of which one row of the log may tell, so that it says which few a statement wrote."""


class Change(models.Model):
    """A write that can change results: of one wave, or of all waves where ``wave`` is empty.

    ``kind`` is the name of the model that was written, ``operation`` insert, update or delete, ``object_id`` the row,
    or the first of the ``row_count`` that one statement wrote. Responses, and corrections by their response, share a
    row of the log within ``LOGGED_TOGETHER`` numbers only. ``survey/models/triggers.py`` adds the rows; nobody changes
    or removes them, because the number of rows is what readers know the state of a wave by.
    """

    # No constraint: the log outlives a wave that is deleted, and never forbids to delete one.
    wave = models.ForeignKey(
        Wave,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        # The index below begins with the wave.
        db_index=False,
        related_name="+",
        verbose_name=_("wave"),
    )
    kind = models.CharField(_("what was written"), max_length=40)
    operation = models.CharField(_("operation"), max_length=10)
    object_id = models.BigIntegerField(_("row"), null=True)
    row_count = models.PositiveIntegerField(_("rows written"), default=1)
    # Without auto_now_add: the database writes it, in the trigger.
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        indexes = [models.Index(fields=["wave", "id", "at"], name="changes_of_wave")]

    def __str__(self) -> str:
        return f"{self.kind} {self.operation} #{self.object_id}"
