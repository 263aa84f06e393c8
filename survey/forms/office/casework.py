"""The forms on the page of a case: what happened and what is next, its outcome, the answer to a firm."""

import uuid
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.text import capfirst
from stdnum.cn import uscc

from survey.casework_terms import CallResult, CaseMark, EntryKind, FirmOutcome, OutcomeSource
from survey.forms.office.stale import StaleRefusedValues
from survey.models import Case, CaseWork
from survey.models.choices import choices
from survey.models.choices import said_when_shown as _
from survey.selectors.fieldwork.officers import officers
from survey.selectors.said import said as gettext
from survey.services.casework.log import Happened, Plan
from survey.services.casework.outcomes import FoundOutcome

NONE = [("", "–")]
WRITTEN_BY_STAFF = (EntryKind.CALL, EntryKind.VISIT, EntryKind.RECEIVED, EntryKind.NOTE)
NEEDS_OTHER_FIRM = (FirmOutcome.DUPLICATE.value, FirmOutcome.MERGED.value)


class OfficerField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A member of staff by name."""

    def label_from_instance(self, user: Any) -> str:
        return str(user.get_full_name() or user.get_username())


class LogForm(StaleRefusedValues):
    """What happened on a case, and what is to be done next; of two who plan it the second sees both plans."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    kind = forms.ChoiceField(
        label=_("What happened"),
        required=False,
        choices=[("", _("Nothing, only the plan")), *choices(WRITTEN_BY_STAFF)],
    )
    result = forms.ChoiceField(label=_("How it ended"), required=False, choices=[*NONE, *choices(CallResult)])
    person = forms.CharField(label=_("Spoken with"), required=False, max_length=100)
    text = forms.CharField(label=_("Notes"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    next_action = forms.CharField(label=_("Next action"), required=False, max_length=200)
    due_on = forms.DateField(
        label=_("Due on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    appointment_at = forms.DateTimeField(
        label=_("Appointment"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    owner = OfficerField(label=_("Officer"), required=False, queryset=User.objects.none(), empty_label="–")
    mark = forms.ChoiceField(label=_("Mark"), required=False, choices=[*NONE, *choices(CaseMark)])

    def __init__(self, data: Any = None, *, case: Case) -> None:
        work = CaseWork.objects.filter(case=case).first() or CaseWork(case=case)
        fields = ("next_action", "due_on", "appointment_at", "mark")
        self.stored = {**{name: getattr(work, name) for name in fields}, "owner": work.owner_id}
        # The key is drawn with the page, so that pressing twice adds one entry.
        super().__init__(data, initial={**self.stored, "key": uuid.uuid4().hex})
        self.fields["owner"].queryset = officers()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        wrote = [name for name in ("result", "person", "text") if cleaned.get(name)]
        # Text without a kind would be dropped in silence, since only the plan is kept then.
        if wrote and not cleaned.get("kind") and "kind" not in self.errors:
            self.add_error("kind", gettext("Choose what happened: a call, a visit, a letter or a note."))
        if cleaned.get("kind") == EntryKind.NOTE.value and not cleaned.get("text"):
            self.add_error("text", gettext("Write the note."))
        if cleaned.get("kind") in (EntryKind.CALL.value, EntryKind.VISIT.value) and not cleaned.get("result"):
            self.add_error("result", gettext("Choose how it ended."))
        return cleaned

    def happened(self) -> Happened | None:
        """What happened; None where only the plan is kept."""
        given = self.cleaned_data
        if not given["kind"]:
            return None
        entered = {name: given[name] for name in ("key", "result", "person", "text")}
        return Happened(kind=EntryKind(given["kind"]), **entered)

    def plan(self) -> Plan:
        return Plan(**{name: self.cleaned_data[name] for name in Plan.__slots__})


class OutcomeForm(forms.Form):
    """What was found out of a firm."""

    outcome = forms.ChoiceField(label=capfirst(_("outcome")), choices=[*NONE, *choices(FirmOutcome)])
    source = forms.ChoiceField(label=_("How it is known"), choices=[*NONE, *choices(OutcomeSource)])
    other_firm = forms.CharField(
        label=_("Credit code of the other firm"),
        required=False,
        max_length=30,
        help_text=_("Of the firm that it was merged into, or that it is a duplicate of."),
    )
    reason = forms.CharField(label=capfirst(_("reason")), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_other_firm(self) -> str:
        # Codes are pasted with blanks and in small letters.
        code = uscc.compact(self.cleaned_data["other_firm"]).upper()
        if code and not uscc.is_valid(code):
            raise forms.ValidationError(gettext("This is no credit code. Enter its 18 characters, or leave it empty."))
        return str(code)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("other_firm") and cleaned.get("outcome") not in NEEDS_OTHER_FIRM:
            message = gettext("Only a merged firm or a duplicate has another one. Leave it empty.")
            self.add_error("other_firm", message)
        return cleaned

    def finding(self) -> FoundOutcome:
        given = self.cleaned_data
        return FoundOutcome(
            outcome=FirmOutcome(given["outcome"]),
            source=OutcomeSource(given["source"]),
            reason=given["reason"],
            other_firm=given["other_firm"],
        )


class OutcomeBackForm(forms.Form):
    """Why an outcome is taken back."""

    reason = forms.CharField(label=capfirst(_("reason")), max_length=1000)

    def __init__(self, data: Any = None) -> None:
        # Ids of its own: two forms on the page have a field "reason", and labels would lead to the first.
        super().__init__(data, auto_id="id_back_%s")


class AnswerForm(forms.Form):
    """The answer to what a firm wrote (the number of its ``entry``), and the day to which it gets time."""

    answer = forms.CharField(
        label=_("Answer to the firm"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    granted_until = forms.DateField(
        label=_("Time until"),
        required=False,
        help_text=_(
            "The firm may answer until the end of this day, after the deadline too, and is not reminded before it."
        ),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any = None, *, entry: int) -> None:
        # The form stands once for each message of the firm, and each label leads to its own field.
        super().__init__(data, auto_id=f"id_{entry}_%s")
