"""The filter of the list of cases, and the notes with which a response is returned."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms

from survey.casework_terms import CaseMark
from survey.models import Wave
from survey.models.choices import choices
from survey.models.choices import said_when_shown as _
from survey.selectors.fieldwork.cases import CaseFilter, districts_of, strata_of
from survey.selectors.fieldwork.officers import officers
from survey.selectors.said import said as gettext
from survey.terms import CaseStatus, Disposition, SizeClass

ANY_CHOICE = [("", _("All"))]


class CaseFilterForm(forms.Form):
    """Filters of the list of cases of one wave. An unknown value of a hand-made address is shown as an error."""

    text = forms.CharField(label=_("Firm, code, contact, telephone or receipt"), required=False, max_length=100)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[*ANY_CHOICE, *choices(CaseStatus)])
    disposition = forms.ChoiceField(
        label=_("Disposition"), required=False, choices=[*ANY_CHOICE, *choices(Disposition)]
    )
    stratum = forms.ChoiceField(label=_("Stratum"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    size = forms.ChoiceField(label=_("Size class"), required=False, choices=[*ANY_CHOICE, *choices(SizeClass)])
    code = forms.ChoiceField(
        label=_("Access code"),
        required=False,
        choices=[*ANY_CHOICE, ("sent", _("Issued")), ("unsent", _("Not issued"))],
    )
    contact = forms.ChoiceField(
        label=_("Contact"), required=False, choices=[*ANY_CHOICE, ("missing", _("No e-mail and telephone"))]
    )

    owner = forms.ChoiceField(label=_("Officer"), required=False)
    mark = forms.ChoiceField(label=_("Mark"), required=False, choices=[*ANY_CHOICE, *choices(CaseMark)])

    def __init__(self, data: Any, *, wave: Wave) -> None:
        super().__init__(data)
        # Of this wave: values of another would find nothing.
        self.fields["stratum"].choices = [*ANY_CHOICE, *strata_of(wave)]  # type: ignore[attr-defined]
        owners = [("nobody", _("Nobody")), *((str(user.pk), str(user)) for user in officers())]
        self.fields["owner"].choices = [*ANY_CHOICE, *owners]  # type: ignore[attr-defined]
        self.fields["district"].choices = [*ANY_CHOICE, *((d.code, str(d)) for d in districts_of(wave))]  # type: ignore[attr-defined]

    def case_filter(self) -> CaseFilter:
        """The filter that the valid fields make; invalid ones do not restrict."""
        self.is_valid()
        # cleaned_data lacks invalid fields: a wrong value in an address shows more cases and an error, not an empty
        # list.
        return CaseFilter(**{name: value for name, value in self.cleaned_data.items() if value})


QUESTIONS_ASKED_ABOUT = 5
"""Questions that one return can speak of; more are better said on the telephone."""


class ReturnForm(forms.Form):
    """What the firm reads when a response is returned: a note on the whole, and notes at single questions."""

    note = forms.CharField(
        label=_("What the firm should correct"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
        help_text=_("The firm reads this when it opens the questionnaire again. Leave it empty if notes say it all."),
    )

    def __init__(self, data: Any = None, *, questions: Sequence[tuple[str, str]] = ()) -> None:
        """``questions`` are code and wording of those that can be asked about."""
        super().__init__(data)
        for place in range(1, QUESTIONS_ASKED_ABOUT + 1) if questions else ():
            self.fields[f"about_{place}"] = forms.ChoiceField(
                label=_("About question"), choices=[("", "–"), *questions], required=False
            )
            self.fields[f"text_{place}"] = forms.CharField(
                label=_("Note at this question"),
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=1000,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for place in self.places():
            about, text = cleaned.get(f"about_{place}", ""), cleaned.get(f"text_{place}", "")
            # A note without its question would reach the firm nowhere.
            if bool(about) != bool(text):
                field = f"text_{place}" if about else f"about_{place}"
                message = gettext("Enter the note.") if about else gettext("Choose the question of this note.")
                self.add_error(field, message)
        if not self.errors and not cleaned.get("note") and not self.about():
            self.add_error("note", gettext("The firm must know what to correct. Enter a note to the firm."))
        return cleaned

    def places(self) -> Iterator[int]:
        """The numbers of the notes at questions."""
        return (place for place in range(1, QUESTIONS_ASKED_ABOUT + 1) if f"about_{place}" in self.fields)

    def about(self) -> dict[str, str]:
        """The notes by item code; several at one question stand below each other."""
        notes: dict[str, str] = {}
        for place in self.places():
            item, text = self.cleaned_data.get(f"about_{place}", ""), self.cleaned_data.get(f"text_{place}", "")
            if item and text:
                notes[item] = f"{notes[item]}\n{text}" if item in notes else text
        return notes
