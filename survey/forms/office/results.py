"""The filters of the dashboard."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from survey.methods.tables.table import ALL_FIRMS, Domain, Heading, within

LABELS = {"industry": _("Industry"), "size": _("Size of the firm"), "district": _("District")}


class ResultFilterForm(forms.Form):
    """One choice for each group of firms. An unknown value of a hand-made address is shown as an error."""

    def __init__(self, data: Any, groups: Mapping[str, tuple[Heading, ...]]) -> None:
        super().__init__(data)
        self.groups = groups
        for name, headings in groups.items():
            options = [("", _("All")), *((heading.code, heading.label) for heading in headings)]
            self.fields[name] = forms.ChoiceField(label=LABELS.get(name, name), choices=options, required=False)

    def chosen(self) -> list[Heading]:
        """The headings of the valid choices; invalid ones do not restrict."""
        self.is_valid()
        codes = {name: self.cleaned_data.get(name) for name in self.groups}
        return [heading for name, code in codes.items() for heading in self.groups[name] if heading.code == code]

    def domain(self) -> Domain:
        """The firms that all choices hold for."""
        found = ALL_FIRMS
        for heading in self.chosen():
            found = within(found, heading.domain)
        return found
