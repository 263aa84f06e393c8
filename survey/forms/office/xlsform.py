"""The form that an XLSForm is put in with."""

from typing import Any

from django import forms

from survey.models import Questionnaire, Survey
from survey.models.choices import said_when_shown as _
from survey.models.questionnaire import code_validator


class XlsformUpload(forms.Form):
    """A file, where it goes, and what may be replaced or left out."""

    file = forms.FileField(
        label=_("XLSForm"),
        max_length=200,
        help_text=_("An Excel workbook (.xlsx, .xls) with the sheets survey, choices and settings."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls"}),
        error_messages={"required": _("Choose the file with the form.")},
    )
    code = forms.CharField(
        label=_("Code of the questionnaire"),
        max_length=40,
        required=False,
        validators=[code_validator],
        help_text=_("Left empty, the form_id of the sheet settings is taken."),
    )
    survey = forms.ModelChoiceField(
        Survey.objects.all(),
        label=_("Survey"),
        required=False,
        help_text=_("The survey that a new questionnaire belongs to."),
    )
    replace = forms.BooleanField(
        label=_("Replace the draft"),
        required=False,
        help_text=_("Needed where the questionnaire exists. What changes is shown first; published versions stay."),
    )
    partly = forms.BooleanField(
        label=_("Load it although parts have no counterpart"),
        required=False,
        help_text=_("What the report names as left out is not in the questionnaire then."),
    )

    def __init__(self, data: Any = None, files: Any = None, *, questionnaire: Questionnaire | None = None) -> None:
        # Two rows tell "exactly one" without counting: with one survey there is nothing to choose.
        only = list(Survey.objects.all()[:2])
        survey = questionnaire.survey if questionnaire else only[0] if len(only) == 1 else None
        super().__init__(data, files, initial={"survey": survey, "code": questionnaire.code if questionnaire else ""})


class XlsformLoading(forms.Form):
    """What is still to be said before a form that was read is loaded; ``seen`` is the draft that was compared."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    survey = forms.ModelChoiceField(
        Survey.objects.all(), label=_("Survey"), required=True, error_messages={"required": _("Choose the survey.")}
    )
    partly = forms.BooleanField(
        label=_("Load it although parts have no counterpart"),
        help_text=_("What the report names as left out is not in the questionnaire then."),
        error_messages={"required": _("Parts of the form have no counterpart or must be mended. See the report.")},
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any], is_whole: bool, is_new: bool) -> None:
        super().__init__(data, initial=initial)
        if is_whole:
            del self.fields["partly"]
        # A draft stays in its survey.
        self.fields["survey"].required = is_new
        if not is_new:
            self.fields["survey"].widget = forms.HiddenInput()
