"""The audit chain: one entry for each thing that must not change unseen, each holding the hash of the one before."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditChain(models.Model):
    """The end of one chain. Its row is the lock that lets one writer at a time add to it."""

    scope = models.CharField(_("chain"), max_length=20, unique=True)
    length = models.PositiveBigIntegerField(_("entries"), default=0)
    last = models.CharField(_("hash of the last entry"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("audit chain")
        verbose_name_plural = _("audit chains")

    def __str__(self) -> str:
        return self.scope


class AuditEntry(models.Model):
    """That a row had a content at a time. The chain holds a salted digest, so that the content can be erased.

    ``hash`` covers every other column but ``salt``, ``address`` and ``address_salt``; these three may be emptied, and
    then nobody can find out from the digests what was erased by trying values.
    """

    class Event(models.TextChoices):
        WRITTEN = "written", _("written")
        # Rows of earlier versions, and of bulk loading: from then on they cannot change unseen.
        ADOPTED = "adopted", _("taken into the chain later")
        ERASED = "erased", _("erased in part or whole")
        # The ends of all chains, so that cutting the end off one of them is noticed in another.
        SEALED = "sealed", _("ends of the chains")

    scope = models.CharField(_("chain"), max_length=20)
    position = models.PositiveBigIntegerField(_("place"))
    kind = models.CharField(_("kind"), max_length=20)
    object_id = models.BigIntegerField(_("row"))
    # Numbers without a constraint: an entry outlives what it is about and never forbids to delete it.
    case_id = models.BigIntegerField(_("case"), null=True, blank=True)
    actor_id = models.BigIntegerField(_("member of staff"), null=True, blank=True)
    event = models.CharField(_("event"), max_length=10, choices=Event.choices, default=Event.WRITTEN)
    algorithm = models.CharField(_("algorithm"), max_length=20)
    digest = models.CharField(_("digest of the content"), max_length=64)
    salt = models.CharField(_("salt"), max_length=32, blank=True)
    address = models.CharField(_("address of the client"), max_length=45, blank=True)
    address_salt = models.CharField(max_length=32, blank=True)
    address_digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(_("at"))
    previous = models.CharField(_("hash of the entry before"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        ordering = ["scope", "position"]
        verbose_name = _("entry of the audit chain")
        verbose_name_plural = _("entries of the audit chain")
        indexes = [
            models.Index(fields=["kind", "object_id"], name="audit_entry_of_row"),
            models.Index(fields=["case_id"], name="audit_entry_of_case"),
        ]
        # Two entries of one place would be two chains, of which one could be shown and one kept.
        constraints = [models.UniqueConstraint(fields=["scope", "position"], name="audit_place_once")]

    def __str__(self) -> str:
        return f"{self.scope} {self.position}"
