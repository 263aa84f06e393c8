"""The filters of the results: the groups that the plan lists."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from survey.instrument.plan.plan import Group
from survey.methods.tables.domain import ALL_FIRMS, Domain, within
from survey.methods.tables.table import Heading
from survey.models.choices import said_when_shown as _
from survey.terms import GroupSource


class ResultFilterForm(forms.Form):
    """One choice for each group of firms. An unknown value of a hand-made address is shown as an error.

    Of groups over the same variable, and of groups by answers, one at a time restricts: protection decides about these.
    """

    def __init__(
        self, data: Any, headings: Mapping[str, tuple[Heading, ...]], groups: Sequence[Group], language: str
    ) -> None:
        super().__init__(data)
        self.headings = headings
        self.groups = {group.code: group for group in groups}
        for code, values in headings.items():
            options = [("", _("All")), *((heading.code, heading.label) for heading in values)]
            label = self.groups[code].text.of(language) or code
            self.fields[code] = forms.ChoiceField(label=label, choices=options, required=False)

    def clean(self) -> dict[str, Any]:
        """An error at every choice that goes with an earlier one of its kind only alone."""
        taken: dict[str, Group] = {}
        for code in [code for code in self.headings if self.cleaned_data.get(code)]:
            group = self.groups[code]
            # Two groups over one variable overlap: the difference of their figures would tell of the firms between
            # them.
            kind = group.variable if group.source is GroupSource.FRAME else group.source.value
            if kind in taken:
                message = _("Choose this or “%(other)s”, not both: they are not crossed.")
                other = str(self.fields[taken[kind].code].label)
                self.add_error(code, forms.ValidationError(message, params={"other": other}))
            # The first stands, so that the error names what it clashes with.
            taken.setdefault(kind, group)
        return self.cleaned_data

    def chosen(self) -> list[Heading]:
        """The headings of the valid choices; invalid ones do not restrict."""
        self.is_valid()
        codes = {name: self.cleaned_data.get(name) for name in self.headings}
        return [heading for name, code in codes.items() for heading in self.headings[name] if heading.code == code]

    def unknown(self) -> list[str]:
        """The names of the groups of which the address has a value that is none of theirs."""
        self.is_valid()
        return [
            str(self.fields[name].label)
            for name, errors in self.errors.as_data().items()
            if any(error.code == "invalid_choice" for error in errors)
        ]

    def domain(self) -> Domain:
        """The firms that all choices hold for."""
        found = ALL_FIRMS
        for heading in self.chosen():
            found = within(found, heading.domain)
        return found
