"""Persons who answer for several firms with one code of their own: bookkeepers, head offices of groups."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.models.register.firm import Firm


class Delegate(models.Model):
    """A person with one code for all the firms that were given to them.

    As for cases, the code is derived from ``key`` and ``code_generation``; the database holds a keyed hash to find it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    code_generation = models.PositiveIntegerField(_("generation of the access code"), default=1)
    code_hash = models.CharField(_("keyed hash of the access code"), max_length=64, unique=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("person who answers for firms")
        verbose_name_plural = _("persons who answer for firms")

    def __str__(self) -> str:
        return self.name


class Delegation(models.Model):
    """That a person answers for a firm: as the main one, or delegated by the main one."""

    delegate = models.ForeignKey(Delegate, models.CASCADE, related_name="delegations", verbose_name=_("person"))
    firm = models.ForeignKey(Firm, models.CASCADE, related_name="delegations", verbose_name=_("firm"))
    is_main = models.BooleanField(_("main"), default=False)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("granted by")
    )
    granted_at = models.DateTimeField(_("granted at"), auto_now_add=True)

    class Meta:
        ordering = ["firm", "-is_main", "id"]
        verbose_name = _("firm that a person answers for")
        verbose_name_plural = _("firms that persons answer for")
        constraints = [
            models.UniqueConstraint(fields=["delegate", "firm"], name="delegation_once"),
            # The firm has one to turn to; naming another one makes the earlier a delegate.
            models.UniqueConstraint(fields=["firm"], condition=models.Q(is_main=True), name="one_main_delegate"),
        ]

    def __str__(self) -> str:
        return f"{self.delegate} – {self.firm}"
