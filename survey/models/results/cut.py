"""A cut: the state of a wave at one moment, frozen with every cleared figure that follows from it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from survey.models.version import QuestionnaireVersion
from survey.models.wave import Wave


class Cut(models.Model):
    """One cut of a wave, under one digest. Rows are only ever added (``survey/models/guards.py``).

    ``as_of`` is the moment at which its answers were read. ``about`` is JSON of what a page says beside its figures:
    values of the frame's variables, groups of firms that have tables, what all firms answered; and the certificate.
    """

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="cuts", verbose_name=_("wave"))
    number = models.PositiveIntegerField(_("number"))
    as_of = models.DateTimeField(_("as of"))
    version = models.ForeignKey(
        QuestionnaireVersion, models.PROTECT, related_name="+", verbose_name=_("version of the questionnaire")
    )
    digest = models.CharField(_("digest"), max_length=64)
    # What tells whether anything has changed since: the data and the program that decided about them.
    source_digest = models.CharField(_("digest of what it was made from"), max_length=64)
    about = models.JSONField(_("what is said beside the figures"), default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )

    class Meta:
        ordering = ["wave", "-number"]
        verbose_name = _("cut")
        verbose_name_plural = _("cuts")
        constraints = [models.UniqueConstraint(fields=["wave", "number"], name="cut_number_once")]

    def __str__(self) -> str:
        return f"{self.wave.code} c{self.number}"

    @property
    def certificate(self) -> dict[str, Any] | None:
        """What was proved of its figures, as JSON; None where nobody asked for that."""
        found: dict[str, Any] | None = self.about.get("certificate")
        return found

    @property
    def moment(self) -> str:
        """The moment that its figures are of, in words of the page."""
        return formats.date_format(timezone.localtime(self.as_of), "DATETIME_FORMAT")


class CutPage(models.Model):
    """The cleared tables of one group of firms, so that a page reads one row."""

    cut = models.ForeignKey(Cut, models.PROTECT, related_name="pages")
    # The domain as in an address, "district=440305&industry=C"; empty for all firms.
    domain = models.CharField(_("group of firms"), max_length=300, blank=True)
    tables = models.JSONField(_("cleared tables"), default=dict)

    class Meta:
        ordering = ["cut", "domain"]
        verbose_name = _("page of a cut")
        verbose_name_plural = _("pages of cuts")
        constraints = [models.UniqueConstraint(fields=["cut", "domain"], name="cut_page_once_of_a_domain")]

    def __str__(self) -> str:
        return f"{self.cut_id} {self.domain}"


class CutSource(models.Model):
    """What a cut was made from: extract, weights and states of the firms, as packed bytes.

    It holds answers of firms, so that it is erased with them; the cleared figures stay.
    """

    cut = models.OneToOneField(Cut, models.PROTECT, related_name="source")
    # Packed as a whole: nobody asks the database for a part of it.
    content = models.BinaryField(_("what it was made from"))
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    class Meta:
        verbose_name = _("source of a cut")
        verbose_name_plural = _("sources of cuts")

    def __str__(self) -> str:
        return f"{self.cut_id}"
