"""The forms of mailings: a run, the text of a purpose, an entry of the plan."""

from typing import Any

from django import forms

from survey.forms.office.stale import StaleRefusedValues
from survey.forms.office.translated import TranslatedFormField, TranslatedInput
from survey.mailing_terms import OFFERED, OWN_LANGUAGE, Envelope, MailingChannel, MailingPurpose, PlannedDay
from survey.models.choices import choices
from survey.models.choices import said_when_shown as _
from survey.selectors.said import said as gettext
from survey.services.mailing.wording import MailingWording, WordingError, check_wording

NONE = ("", _("nobody else"))
LANGUAGES = (("zh", _("Chinese")), ("en", _("English")), (OWN_LANGUAGE, _("that of each contact")))


class WayForm(forms.Form):
    """By which channel firms are written to, and in which language."""

    channel = forms.ChoiceField(label=_("Channel"), choices=choices(MailingChannel))
    otherwise = forms.ChoiceField(
        label=_("Firms it does not reach"),
        choices=[NONE, *choices(OFFERED)],
        required=False,
        help_text=_("How firms without an e-mail address or a telephone number are written to instead."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # The service refuses it too; here it is said at the field.
        if cleaned.get("channel") and cleaned.get("channel") == cleaned.get("otherwise"):
            message = gettext("Both ways are the same. Choose another way for firms that the first does not reach.")
            self.add_error("otherwise", message)
        return cleaned

    def ways(self) -> dict[str, Any]:
        """The channels as ``start_mailing`` takes them."""
        other = self.cleaned_data["otherwise"]
        return {
            "channel": MailingChannel(self.cleaned_data["channel"]),
            "otherwise": MailingChannel(other) if other else None,
        }


class MailingForm(WayForm):
    """A run: what for, by which channel, in which language."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=choices(MailingPurpose))
    envelope = forms.ChoiceField(label=_("Envelope of letters"), choices=choices(Envelope))
    field_order = ("purpose", "channel", "otherwise", "language", "envelope")

    def purpose_chosen(self) -> MailingPurpose:
        """The purpose of a valid form."""
        return MailingPurpose(self.cleaned_data["purpose"])


class PlanForm(WayForm):
    """An entry of the plan: the day is counted from the invitation or from the deadline."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=choices(MailingPurpose))
    days = forms.IntegerField(label=_("Days"), min_value=0, max_value=366)
    counted_from = forms.ChoiceField(label=_("Counted"), choices=choices(PlannedDay))
    field_order = ("purpose", "days", "counted_from", "channel", "otherwise", "language")


class MailingTextForm(StaleRefusedValues):
    """Subject, text and return address of a purpose in every language; a text that would fail at a firm is refused."""

    subject = TranslatedFormField(label=_("Subject"), max_length=200)
    body = TranslatedFormField(label=_("Text"), widget=TranslatedInput({"rows": 12}, is_long=True))
    short = TranslatedFormField(
        label=_("Short text"),
        max_length=300,
        help_text=_("For SMS, WeChat and telephone lists. One SMS holds 70 Chinese or 160 Latin characters."),
    )
    return_address = TranslatedFormField(
        label=_("Return address"), needed=(), max_length=200, help_text=_("Stands small above the address of letters.")
    )

    def __init__(self, data: Any = None, *, purpose: MailingPurpose, stored: MailingWording) -> None:
        self.stored = {name: getattr(stored, name) for name in self.base_fields}
        super().__init__(data, initial=self.stored)
        self.purpose = purpose

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        # A text that is missing in a language is said at its field, and would be said twice.
        if not self.errors:
            try:
                check_wording(self.wording(cleaned), self.purpose)
            except WordingError as error:
                self.add_error("body", str(error))
        return cleaned

    def wording(self, cleaned: dict[str, Any] | None = None) -> MailingWording:
        """The texts of a valid form."""
        texts = self.cleaned_data if cleaned is None else cleaned
        return MailingWording(**{name: texts[name] for name in self.fields})
