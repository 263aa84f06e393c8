"""A mailing: one run of writing to the firms of a wave, with a row for each firm."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from survey.mailing_terms import LIVE, Envelope, LeftOut, MailingChannel, MailingPurpose, MailingState, RowState
from survey.models.choices import choices
from survey.models.collection import Case
from survey.models.translated import TranslatedField
from survey.models.wave import Wave


class Mailing(models.Model):
    """One run. Its texts are those of the moment when it was prepared, so that its files can be made again.

    ``selection`` says which cases were chosen: nothing for all of the wave, ``cases`` (their keys), or ``filter``.
    Firms that ``channel`` does not reach are written to by ``otherwise``, where it is not empty.
    """

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="mailings", verbose_name=_("wave"))
    purpose = models.CharField(_("purpose"), max_length=20, choices=choices(MailingPurpose))
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    channel = models.CharField(_("channel"), max_length=10, choices=choices(MailingChannel))
    otherwise = models.CharField(_("otherwise"), max_length=10, choices=choices(MailingChannel), blank=True)
    language = models.CharField(_("language"), max_length=10, default="zh")
    envelope = models.CharField(_("envelope"), max_length=10, choices=choices(Envelope), default=Envelope.DIN.value)
    state = models.CharField(
        _("state"), max_length=10, choices=choices(MailingState), default=MailingState.PREPARING.value
    )
    selection = models.JSONField(_("chosen cases"), default=dict, blank=True)
    subject = TranslatedField(_("subject"), max_length=200)
    body = TranslatedField(_("text"))
    short = TranslatedField(_("short text"), max_length=300, blank=True)
    return_address = TranslatedField(_("return address"), blank=True)
    # Kept, since the worker that sends has no request to take it from.
    site = models.URLField(_("address of the questionnaire"), max_length=200)
    created_at = models.DateTimeField(_("prepared at"), auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    began_at = models.DateTimeField(_("sending began"), null=True, blank=True)
    ended_at = models.DateTimeField(_("sending ended"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        constraints = [models.UniqueConstraint(fields=["wave", "purpose", "number"], name="mailing_once")]

    def __str__(self) -> str:
        number = f" {self.number}" if self.number > 1 else ""
        return f"{self.get_purpose_display()}{number}"


class MailingRow(models.Model):
    """What one run means for one firm. No address is kept here: it is read when the message is made.

    ``occasion`` names what the firm is written to about, over all runs: the invitation with this code, this reminder,
    this return. One firm has one live row of an occasion at most, whichever run it belongs to.
    """

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="rows", verbose_name=_("mailing"))
    case = models.ForeignKey(Case, models.PROTECT, related_name="mailing_rows", verbose_name=_("case"))
    occasion = models.CharField(_("occasion"), max_length=40)
    state = models.CharField(_("state"), max_length=10, choices=choices(RowState), default=RowState.WAITING.value)
    reason = models.CharField(_("reason"), max_length=20, choices=choices(LeftOut), blank=True)
    channel = models.CharField(_("channel"), max_length=10, choices=choices(MailingChannel), blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("not before"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    # What a mail server said, without the address.
    said = models.CharField(_("what the mail server said"), max_length=300, blank=True)

    class Meta:
        ordering = ["mailing", "id"]
        verbose_name = _("row of a mailing")
        verbose_name_plural = _("rows of mailings")
        indexes = [models.Index(fields=["mailing", "state"], name="mailing_row_state")]
        constraints = [
            models.UniqueConstraint(fields=["mailing", "case"], name="mailing_row_once"),
            # Of live rows alone: what came back or failed may be written again, by another channel.
            models.UniqueConstraint(
                fields=["case", "occasion"], condition=models.Q(state__in=LIVE), name="written_to_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mailing_id} #{self.case_id}"
