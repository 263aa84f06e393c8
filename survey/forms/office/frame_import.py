"""The form that a list of firms is put in with."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from survey.forms.office.sampling import FrameChoice
from survey.models.choices import choices
from survey.models.choices import said_when_shown as _
from survey.register_terms import ClassificationKind
from survey.selectors.fieldwork.sampling import frames_to_join
from survey.selectors.register.editions import earlier_editions
from survey.selectors.said import said as gettext
from survey.services.frame.complaints import FrameFileRefused
from survey.terms import AskedUnit


class FrameImportForm(forms.Form):
    file = forms.FileField(
        label=_("List of firms"),
        max_length=200,
        help_text=_("An Excel workbook (.xlsx, .xls) or a CSV file in UTF-8 or GB18030."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        error_messages={"required": _("Choose the file with the list of firms.")},
    )
    title = forms.CharField(
        label=_("Title of the frame"),
        max_length=200,
        required=False,
        help_text=_("As it will be chosen when a sample is drawn. Left empty, the name of the file is taken."),
    )

    lists = forms.ChoiceField(
        label=_("Each row is"),
        choices=choices(AskedUnit),
        initial=AskedUnit.FIRM.value,
        required=False,
        help_text=_(
            "A firm, once; or a local unit of a firm, which then has a number beside the credit code. Rows that go "
            "into a frame are what that one lists."
        ),
    )

    joins = FrameChoice(
        frames_to_join(),
        label=_("Goes into"),
        required=False,
        empty_label=_("A frame of its own"),
        help_text=_("Mended rows join the frame they were missing from, as long as no sample was drawn from it."),
    )

    industries_by = forms.ModelChoiceField(
        earlier_editions(ClassificationKind.INDUSTRY),
        label=_("Industries by"),
        required=False,
        empty_label=_("The current edition"),
        help_text=_("Where the list has the codes of an earlier edition, they are read as what they became."),
    )

    districts_by = forms.ModelChoiceField(
        earlier_editions(ClassificationKind.DISTRICT),
        label=_("Districts by"),
        required=False,
        empty_label=_("The current edition"),
        help_text=_("Codes that its table lacks are read as the current ones."),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        limit = settings.FRAME_UPLOAD_MAX_BYTES
        # Asked here as well as when the file is read: the officer is told at once, and nothing is stored.
        if (file.size or 0) > limit:
            megabytes = f"{(file.size or 0) / 1e6:.0f}"
            refused = FrameFileRefused("file_too_large", megabytes=megabytes, limit=f"{limit / 1e6:.0f}")
            raise forms.ValidationError(refused.complaint.sentences(gettext), code="file_too_large")
        return file

    def put_in(self) -> dict[str, Any]:
        """The arguments of ``put_in_file`` but the actor."""
        file = self.cleaned_data["file"]
        # Cut: names of files may be longer than the column, and PostgreSQL refuses what SQLite keeps.
        title = self.cleaned_data["title"] or PurePath(file.name).stem[:200]
        chosen = {name: self.cleaned_data[name] for name in ("joins", "industries_by", "districts_by")}
        lists = AskedUnit(self.cleaned_data["lists"] or AskedUnit.FIRM)
        return {"upload": file, "source_name": file.name, "title": title, "lists": lists, **chosen}
