"""Firms by credit code, their groups, their local units and every change of what is known of them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.models.choices import choices
from survey.models.frame import District, FrameUnit, Industry
from survey.register_terms import FactSource, FirmStatus
from survey.terms import SizeClass


class FirmGroup(models.Model):
    """An enterprise group: firms that one holding controls."""

    name = models.CharField(_("name of the group"), max_length=200, unique=True)
    head = models.ForeignKey(
        "survey.Firm", models.SET_NULL, null=True, blank=True, related_name="heads", verbose_name=_("holding")
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("enterprise group")
        verbose_name_plural = _("enterprise groups")

    def __str__(self) -> str:
        return self.name


class Firm(models.Model):
    """What is known of a firm now. What a frame says of it is a snapshot and stays as it was.

    ``status_source`` is where the status comes from, and decides whether a frame leaves the firm out.
    """

    credit_code = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    name = models.CharField(_("name of the firm"), max_length=200)
    registered_address = models.CharField(_("registered address"), max_length=300, blank=True)
    postal_address = models.CharField(_("postal address"), max_length=300, blank=True)
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    industry = models.ForeignKey(
        Industry, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("industry division")
    )
    size_class = models.CharField(_("size class"), max_length=10, choices=choices(SizeClass), blank=True)
    status = models.CharField(
        _("standing"), max_length=10, choices=choices(FirmStatus), default=FirmStatus.ACTIVE.value
    )
    status_source = models.CharField(_("how it is known"), max_length=10, choices=choices(FactSource), blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("other firm")
    )
    group = models.ForeignKey(
        FirmGroup, models.SET_NULL, null=True, blank=True, related_name="firms", verbose_name=_("enterprise group")
    )
    consents_to_be_shown = models.BooleanField(
        _("consents to be shown"),
        default=False,
        help_text=_("In writing: figures that it dominates may be published, though its own could be estimated."),
    )
    # The newest frame that has the firm: what that says is compared with the next one.
    listed = models.ForeignKey(FrameUnit, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("known since"), auto_now_add=True)

    class Meta:
        ordering = ["credit_code"]
        verbose_name = _("registered firm")
        verbose_name_plural = _("firm register")
        indexes = [models.Index(fields=["status"]), models.Index(fields=["name"])]

    def __str__(self) -> str:
        return self.name


class LocalUnit(models.Model):
    """A place of a firm that a survey may ask by itself: a plant, a shop, a branch."""

    firm = models.ForeignKey(Firm, models.CASCADE, related_name="local_units", verbose_name=_("firm"))
    name = models.CharField(_("name of the local unit"), max_length=200)
    key = models.CharField(
        _("number of the local unit"),
        max_length=40,
        blank=True,
        default="",
        help_text=_("By which lists of local units know it; left empty where it stands in none."),
    )
    address = models.CharField(_("address"), max_length=300, blank=True)
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["firm", "name"]
        verbose_name = _("local unit")
        verbose_name_plural = _("local units")
        constraints = [
            models.UniqueConstraint(fields=["firm", "name", "key"], name="local_unit_once"),
            models.UniqueConstraint(fields=["firm", "key"], condition=~models.Q(key=""), name="local_unit_key_once"),
        ]

    def __str__(self) -> str:
        return self.name


class FirmChange(models.Model):
    """A fact about a firm that changed: which, from what to what, as texts; since when, and from where. Only added.

    ``origin`` names the row of fieldwork that it comes from, so that nothing found there counts twice.
    """

    firm = models.ForeignKey(Firm, models.CASCADE, related_name="changes", verbose_name=_("firm"))
    field = models.CharField(_("what"), max_length=30)
    old = models.CharField(_("before"), max_length=300, blank=True)
    new = models.CharField(_("now"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=choices(FactSource))
    detail = models.CharField(_("particulars"), max_length=300, blank=True)
    # NULL and not empty where there is none: a unique column holds many NULLs.
    origin = models.CharField(max_length=60, null=True, blank=True, unique=True)
    at = models.DateTimeField(_("at"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("author")
    )

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("change of a firm")
        verbose_name_plural = _("changes of firms")
        indexes = [models.Index(fields=["field", "old"])]

    def __str__(self) -> str:
        return f"{self.field}: {self.old} → {self.new}"
