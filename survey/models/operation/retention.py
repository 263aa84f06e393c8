"""How long personal data and raw returns are kept."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.models.questionnaire import Survey


class RetentionRule(models.Model):
    """So many days after which one kind of data is erased; without a rule nothing is."""

    class Kind(models.TextChoices):
        CONTACTS = "contacts", _("Contacts of firms")
        REGISTER = "register", _("Persons in the firm register")
        NOTES = "notes", _("Notes, calls and remarks")
        RAW_RETURNS = "raw_returns", _("Raw returns")
        PARADATA = "paradata", _("Paradata")
        IMPORT_FILES = "import_files", _("Files of imports")
        EXPORT_FILES = "export_files", _("Files of exports")
        SESSIONS = "sessions", _("Sessions that have run out")
        LOGS = "logs", _("Client addresses and logs of logins")

    OF_A_SURVEY = (Kind.CONTACTS, Kind.NOTES, Kind.RAW_RETURNS, Kind.PARADATA)
    """Counted from the end of collection of each wave; the others from the day on which a thing came about."""

    survey = models.ForeignKey(
        Survey,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="retention_rules",
        verbose_name=_("survey"),
        help_text=_("Empty for files, sessions and logs, which belong to no survey."),
    )
    kind = models.CharField(_("what is erased"), max_length=20, choices=Kind.choices)
    days = models.PositiveIntegerField(
        _("after days"),
        help_text=_("From the end of collection of a wave; for files, sessions and logs from their day."),
    )

    class Meta:
        ordering = ["survey", "kind"]
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        permissions = [("erase_personal_data", _("Can find and erase data of a person"))]
        constraints = [
            # NULLs differ from each other in an index, so that rules of the office have a condition of their own.
            models.UniqueConstraint(fields=["survey", "kind"], name="retention_once_of_a_survey"),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(survey__isnull=True), name="retention_once_of_the_office"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey.code + ': ' if self.survey else ''}{self.get_kind_display()}, {self.days}"

    def clean(self) -> None:
        """Raise ValidationError where a kind of a survey has none, or another kind has one."""
        needs = self.kind in self.OF_A_SURVEY
        if needs and self.survey is None:
            raise ValidationError({"survey": _("Choose the survey whose data are erased.")})
        if self.kind and not needs and self.survey is not None:
            raise ValidationError({"survey": _("Leave the survey empty: these belong to no survey.")})
