"""The forms of the firm register: its list, a firm, a person at a firm."""

import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from survey.forms.office.stale import StaleRefusedForm
from survey.instrument.kinds.contact import PHONES_FORM
from survey.models import District, Firm, FirmContact, FirmGroup, Industry, LocalUnit
from survey.models.choices import choices
from survey.register_terms import WITH_SUCCESSOR, FactSource, FirmStatus
from survey.selectors.register.firms import FirmFilter
from survey.services.frame.unit_keys import as_unit_key

ANY = [("", _("All"))]


class FirmFilterForm(forms.Form):
    """Filters of the list of firms. An unknown value of a hand-made address is shown as an error."""

    text = forms.CharField(
        label=_("Name, old name, part of the code, contact or telephone"), required=False, max_length=100
    )
    status = forms.ChoiceField(label=_("Standing"), required=False, choices=[*ANY, *choices(FirmStatus)])
    district = forms.ChoiceField(label=_("District"), required=False)
    group = forms.ModelChoiceField(
        FirmGroup.objects.all(), label=_("Enterprise group"), required=False, empty_label=_("All")
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["district"].choices = [*ANY, *((row.code, str(row)) for row in District.objects.all())]  # type: ignore[attr-defined]

    def firm_filter(self) -> FirmFilter:
        """The filter that the valid fields make; invalid ones do not restrict."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return FirmFilter(**{name: str(getattr(value, "pk", value)) for name, value in given.items()})


class FirmForm(StaleRefusedForm):
    """What is known of a firm, with the source of what is changed."""

    other = forms.CharField(
        label=_("Credit code of the other firm"),
        required=False,
        max_length=18,
        help_text=_("Into which it was merged, of which it is a duplicate, or into which most of it was split."),
    )
    new_group = forms.CharField(
        label=_("New enterprise group"),
        required=False,
        max_length=200,
        help_text=_("Only where the group is not in the list above."),
    )
    is_holding = forms.BooleanField(label=_("Holding of the group"), required=False)
    source = forms.ChoiceField(
        label=_("How it is known"),
        choices=[("", "–"), *choices(FactSource)],
        help_text=_("What the register of companies or another authority says holds for the next list too."),
    )
    detail = forms.CharField(
        label=_("Particulars"), required=False, max_length=300, help_text=_("Such as a file number or a day.")
    )

    class Meta:
        model = Firm
        fields = (
            *("name", "registered_address", "postal_address", "district", "industry", "size_class"),
            *("status", "group", "consents_to_be_shown"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        industry: Any = self.fields["industry"]
        # Firms are of divisions: a section is too coarse for what the register is asked.
        industry.queryset = Industry.objects.exclude(parent=None)
        if self.instance.successor is not None:
            self.fields["other"].initial = self.instance.successor.credit_code
        group = self.instance.group
        self.fields["is_holding"].initial = group is not None and group.head_id == self.instance.pk
        self.order_fields(
            [
                *self.Meta.fields[:7],
                "other",
                "group",
                "new_group",
                "is_holding",
                "consents_to_be_shown",
                "source",
                "detail",
            ]
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        status, code = cleaned.get("status", ""), cleaned.get("other", "").strip().upper()
        # Not itself: followed from one to the next, it would never end.
        cleaned["successor"] = Firm.objects.filter(credit_code=code).exclude(pk=self.instance.pk).first()
        if code and cleaned["successor"] is None:
            self.add_error("other", gettext("No other firm of the register has this code. Look it up among the firms."))
        if status in WITH_SUCCESSOR and not code:
            self.add_error("other", gettext("Enter the code of the firm that takes its place."))
        if cleaned.get("is_holding") and not (cleaned.get("group") or cleaned.get("new_group", "").strip()):
            self.add_error("is_holding", gettext("Choose the group that it is the holding of, or name a new one."))
        # A code left in the field would say that an active firm has a successor.
        if status not in WITH_SUCCESSOR:
            cleaned["successor"] = None
        return cleaned

    def values(self) -> dict[str, Any]:
        """The facts as they are to be from now on."""
        named = self.cleaned_data["new_group"].strip()
        group = FirmGroup.objects.get_or_create(name=named)[0] if named else self.cleaned_data["group"]
        facts = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return {**facts, "group": group, "successor": self.cleaned_data["successor"]}


class FirmContactForm(StaleRefusedForm):
    """A person at a firm."""

    class Meta:
        model = FirmContact
        fields = ("name", "role", "email", "phone", "language", "channel", "position")

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if phone and not re.fullmatch(PHONES_FORM, phone):
            raise forms.ValidationError(gettext("Enter a telephone number such as 0755-12345678."), code="phone_form")
        return phone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("name") or cleaned.get("email") or cleaned.get("phone")):
            self.add_error("name", gettext("Enter a name, an e-mail address or a telephone number."))
        return cleaned


class DelegateForm(forms.Form):
    """A person who is to answer for a firm, known by the e-mail address."""

    name = forms.CharField(label=_("Name"), max_length=100)
    organisation = forms.CharField(
        label=_("Organisation"), max_length=200, required=False, help_text=_("Such as the bookkeeping office.")
    )
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("A person whose address is known already keeps the one code for all firms.")
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    is_main = forms.BooleanField(
        label=_("Main person"), required=False, help_text=_("Each firm has one; others are delegated.")
    )


class LocalUnitForm(forms.ModelForm):  # type: ignore[type-arg]
    """A further place of a firm."""

    class Meta:
        model = LocalUnit
        fields = ("name", "key", "address", "district")

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"]).strip()

    def clean_key(self) -> str:
        key = as_unit_key(self.cleaned_data["key"])
        if key and self._others().filter(key=key).exists():
            raise forms.ValidationError(gettext("The firm has a local unit of this number already."), code="twice")
        return key

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # Units of one name are told by their numbers.
        if self._others().filter(name=cleaned.get("name"), key=cleaned.get("key", "")).exists():
            twice = forms.ValidationError(gettext("The firm has a local unit of this name already."), code="twice")
            self.add_error("name", twice)
        return cleaned

    def _others(self) -> QuerySet[LocalUnit]:
        return LocalUnit.objects.filter(firm=self.instance.firm).exclude(pk=self.instance.pk)
