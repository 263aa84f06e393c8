"""Published versions of a questionnaire, and the guard that keeps them as they are."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from survey.complaints import Catalogue, Entry, Place, Refused
from survey.instrument.plan.plan import NO_PLAN
from survey.models.choices import choices
from survey.models.questionnaire import Questionnaire
from survey.terms import VersionStatus

CONTENT = ("questionnaire_id", "number", "schema", "digest", "plan", "plan_digest")
NEXT = {
    VersionStatus.DRAFT: (VersionStatus.TEST,),
    VersionStatus.TEST: (VersionStatus.FIELDED, VersionStatus.RETIRED),
    VersionStatus.FIELDED: (VersionStatus.RETIRED,),
    VersionStatus.RETIRED: (),
}
"""What may follow on each status. Migrations 0003 and 0005 let the database refuse the same, and any other content."""
NEVER_DELETED = (VersionStatus.FIELDED, VersionStatus.RETIRED)


class VersionFrozen(Refused):
    """A change that a published version does not allow: the value is the version, the place what would change."""

    catalogue = Catalogue(
        entries={
            "version_content": Entry(
                "%(value)s is published; its %(field)s cannot change.",
                "Publish the questionnaire again to make a new version.",
            ),
            "version_status": Entry(
                "%(value)s is %(before)s and cannot become %(after)s.", "Let it become one of: %(allowed)s."
            ),
            "version_kept": Entry("%(value)s was fielded and cannot be deleted.", "Retire it instead."),
        }
    )
    """For the log: pages offer nothing of this."""


class VersionQuerySet(models.QuerySet["QuestionnaireVersion"]):
    """Keeps changes of many versions at once within the same rule."""

    def update(self, **values: Any) -> int:
        """Advance the status of every version of the set. Raises VersionFrozen on any other change."""
        # A statement about many rows calls no ``save``, so each row is asked here.
        for version in self:
            if values.keys() - {"status"}:
                raise _content_frozen(version, ", ".join(sorted(values.keys() - {"status"})))
            check_status(version, values["status"])
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete versions that were never fielded. Raises VersionFrozen where one was."""
        for version in self:
            check_deletable(version)
        return super().delete()


class QuestionnaireVersion(models.Model):
    """The compiled questionnaire that responses are pinned to, with the plan by which they are analysed.

    Its content never changes; its status only advances. A ``plan`` without content is the one that follows from the
    questionnaire.
    """

    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="versions", verbose_name=_("questionnaire")
    )
    number = models.PositiveIntegerField(_("number"))
    schema = models.JSONField(_("schema"))
    digest = models.CharField(_("digest"), max_length=64)
    plan = models.JSONField(_("analysis plan"), default=dict)
    plan_digest = models.CharField(_("digest of the analysis plan"), max_length=64, default=NO_PLAN.digest)
    status = models.CharField(
        _("status"), max_length=10, choices=choices(VersionStatus), default=VersionStatus.TEST.value
    )
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    published_by = models.ForeignKey(
        "auth.User", models.PROTECT, null=True, related_name="+", verbose_name=_("published by")
    )
    history = HistoricalRecords(excluded_fields=["schema", "plan"])
    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["questionnaire", "-number"]
        verbose_name = _("questionnaire version")
        verbose_name_plural = _("questionnaire versions")
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire.code} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new version, or a new status of a stored one. Raises VersionFrozen on any other change."""
        # The object in memory may have been changed anywhere; only the stored row says what it was.
        stored = None if self._state.adding else type(self).objects.filter(pk=self.pk).first()
        if stored is not None:
            changed = [name for name in CONTENT if getattr(self, name) != getattr(stored, name)]
            if changed:
                raise _content_frozen(stored, changed[0])
            check_status(stored, self.status)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a version that was never fielded. Raises VersionFrozen on another."""
        check_deletable(self)
        return super().delete(*args, **kwargs)


def check_status(version: QuestionnaireVersion, status: str) -> None:
    """Raise VersionFrozen unless ``status`` is the stored one or follows on it."""
    if status != version.status and status not in NEXT[VersionStatus(version.status)]:
        allowed = ", ".join(NEXT[VersionStatus(version.status)]) or "none"
        raise VersionFrozen(
            "version_status",
            str(version),
            place=Place(kind="version", field="status"),
            before=version.status,
            after=str(status),
            allowed=allowed,
        )


def check_deletable(version: QuestionnaireVersion) -> None:
    """Raise VersionFrozen for a version that has been fielded."""
    if version.status in NEVER_DELETED:
        raise VersionFrozen("version_kept", str(version), place=Place(kind="version"))


def _content_frozen(version: QuestionnaireVersion, field: str) -> VersionFrozen:
    return VersionFrozen("version_content", str(version), place=Place(kind="version", field=field))
