"""The persons who answer for a firm: for each how, in which language and for what they are written to."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from survey.models.choices import choices
from survey.models.register.firm import Firm
from survey.register_terms import ContactChannel, ContactRole

LANGUAGES = (("zh-hans", _("Chinese")), ("en", _("English")))


class FirmContact(models.Model):
    """A person to write to about a firm. The first by position is asked first."""

    firm = models.ForeignKey(Firm, models.CASCADE, related_name="contacts", verbose_name=_("firm"))
    name = models.CharField(_("contact person"), max_length=100, blank=True)
    role = models.CharField(
        _("role"), max_length=20, choices=choices(ContactRole), default=ContactRole.STATISTICS.value
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    # The digits alone, by which an officer finds a firm whatever way the number is written.
    phone_digits = models.CharField(max_length=40, blank=True, editable=False, db_index=True)
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES, default="zh-hans")
    channel = models.CharField(
        _("channel"), max_length=10, choices=choices(ContactChannel), default=ContactChannel.EMAIL.value
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["firm", "position", "id"]
        verbose_name = _("contact of a firm")
        verbose_name_plural = _("contacts of firms")

    def __str__(self) -> str:
        return self.name or self.email or self.phone

    def save(self, *args: object, **kwargs: object) -> None:
        """The digits follow the number."""
        # Writing many at once calls no save: services/register/from_frame.py sets both there.
        self.phone_digits = digits_of(self.phone)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


def digits_of(phone: str) -> str:
    """The digits of a telephone number, without what stands between them."""
    return "".join(character for character in phone if character.isascii() and character.isdigit())
