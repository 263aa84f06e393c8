"""Releases: what is published of a wave, frozen, with its life from draft to revision."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.models.choices import choices
from survey.models.results.cut import Cut
from survey.models.wave import Wave
from survey.release_terms import ReleaseAct, ReleaseState


class Release(models.Model):
    """One release of a wave. Its content never changes and is all that pages and files of it are drawn from.

    ``state``, ``embargo_until`` and ``certificate`` say how far it is; each change of them is a ``ReleaseStep``, and
    the database refuses any other way (``survey/models/guards.py``). ``replaces`` is the published one that it stands
    for once it is published itself.
    """

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="releases", verbose_name=_("wave"))
    number = models.PositiveIntegerField(_("number"))
    digest = models.CharField(_("digest"), max_length=64)
    content = models.JSONField(_("frozen content"))
    cut = models.ForeignKey(Cut, models.PROTECT, null=True, related_name="releases", verbose_name=_("cut"))
    state = models.CharField(_("state"), max_length=10, choices=choices(ReleaseState), default=ReleaseState.DRAFT.value)
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    certificate = models.JSONField(_("certificate"), null=True, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="revisions", verbose_name=_("stands for")
    )
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["wave", "-number"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        # Two officers who make a release at once must not both have this number.
        constraints = [models.UniqueConstraint(fields=["wave", "number"], name="release_number_once")]
        permissions = [("sign_release", _("Can sign releases made by others"))]

    def __str__(self) -> str:
        return f"{self.wave.code} r{self.number}"


class ReleaseStep(models.Model):
    """One thing done to a release: what, by whom (None for the clock or a command), when, and what was said of it.

    Rows are only ever added.
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="steps")
    act = models.CharField(_("what was done"), max_length=10, choices=choices(ReleaseAct))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    note = models.TextField(_("reason"), blank=True)
    until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    detail = models.JSONField(_("detail"), default=dict)

    class Meta:
        ordering = ["release", "pk"]
        verbose_name = _("step of a release")
        verbose_name_plural = _("steps of releases")

    def __str__(self) -> str:
        return f"{self.release_id} {self.act}"
