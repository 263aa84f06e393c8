"""The firm as which a designer tries a version: its frame data and its answers in the wave before, all made up."""

from typing import Any

from django import forms

from survey.instrument.routing.piping import PREVIOUS
from survey.models import District, Industry
from survey.models.choices import choices
from survey.models.choices import said_when_shown as _
from survey.selectors.said import said as gettext
from survey.terms import SizeClass


class TestedFirmForm(forms.Form):
    # pytest takes classes that begin with "Test" for tests.
    __test__ = False
    name = forms.CharField(label=_("Name of the firm"), max_length=200, initial=_("A firm to test with"))
    district = forms.ModelChoiceField(
        District.objects.all(), label=_("District"), to_field_name="code", required=False, empty_label="–"
    )
    industry = forms.ModelChoiceField(
        Industry.objects.filter(parent__isnull=False).select_related("parent"),
        label=_("Industry"),
        to_field_name="code",
        required=False,
        empty_label="–",
    )
    size_class = forms.ChoiceField(label=_("Size class"), choices=[("", "–"), *choices(SizeClass)], required=False)
    employees = forms.IntegerField(label=_("Employees"), min_value=0, max_value=10**9, initial=100, required=False)
    revenue = forms.FloatField(label=_("Revenue, 10,000 yuan"), min_value=0, initial=1000, required=False)
    previous = forms.CharField(
        label=_("Answers in the wave before"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
        help_text=_("One per line, code of the item and stored answer: bill = 120"),
    )

    def clean_previous(self) -> dict[str, Any]:
        """The answers by item code; numbers as numbers."""
        answers: dict[str, Any] = {}
        for line in filter(str.strip, self.cleaned_data["previous"].splitlines()):
            code, equals, value = (part.strip() for part in line.partition("="))
            # Codes are names of variables; partition() leaves "=" in a value alone.
            if not (code.isidentifier() and equals and value):
                message = gettext("Write each line as code = answer. This one reads: %(line)s")
                raise forms.ValidationError(message % {"line": line.strip()[:80]})
            answers[code] = stored(value)
        return answers

    def facts(self) -> dict[str, Any]:
        """The facts by the names that expressions use, as JSON values; what is left blank is absent."""
        given = self.cleaned_data
        industry: Industry | None = given["industry"]
        known = {
            "frame_name": given["name"],
            "frame_district": given["district"].code if given["district"] else None,
            "frame_industry": industry.code if industry else None,
            "frame_industry_section": industry.parent.code if industry and industry.parent else None,
            "frame_size_class": given["size_class"] or None,
            "frame_employees": given["employees"],
            "frame_revenue": given["revenue"],
            **{PREVIOUS + code: value for code, value in given["previous"].items()},
        }
        return {name: value for name, value in known.items() if value is not None}


def stored(text: str) -> int | float | str:
    """A typed value as an answer is stored."""
    for read in (int, float):
        try:
            number = read(text)
        except ValueError:
            continue
        # Also for "inf" and "nan", which float() reads and JSON has no word for: neither is below the limit.
        return number if abs(number) < 1e15 else text
    return text
