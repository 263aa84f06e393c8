"""XLSForms in the office: put one in and read what was found, or take a questionnaire away as one."""

import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from survey.exchange.xlsform import Reading, read_xlsform, xlsform_workbook
from survey.exchange.xlsform.report import summary
from survey.forms.office.xlsform import XlsformUpload
from survey.instrument.schema import Questionnaire as Content
from survey.models import Questionnaire, QuestionnaireVersion
from survey.selectors.design.questionnaire import read_questionnaire
from survey.services.design.questionnaire_loading import LoadingRefusedError, load_questionnaire
from survey.views.complaints import complaint_line
from survey.views.download import XLSX, download
from survey.views.office import member_of_staff, office_page, render_office

STRANGE = re.compile(r"[^\w\-]+")


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("add_questionnaire", "change_questionnaire")
def xlsform_import(request: HttpRequest) -> HttpResponse:
    """Check a form, or load it as a draft; ``?questionnaire=CODE`` proposes the one whose draft it replaces."""
    proposed = Questionnaire.objects.filter(code=request.GET.get("questionnaire", "")[:40]).first()
    form = XlsformUpload(request.POST or None, request.FILES or None, questionnaire=proposed)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        reading = read_upload(form.cleaned_data["file"])
        stored = stored_draft(request, form, reading) if "load" in request.POST else None
        if stored:
            return redirect("admin:survey_questionnaire_change", stored.pk)
        context |= report(reading)
    return render_office(request, "design/xlsform_import.html", _("Load an XLSForm"), **context)


def read_upload(upload: "UploadedFile[bytes]") -> Reading:
    """Read the file under its own name, which stands for a form_id that is missing."""
    # Path().stem and the pattern leave no separator: the name cannot lead out of the folder.
    stem = STRANGE.sub("_", Path(upload.name or "").stem)[:60] or "form"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, stem)
        with path.open("wb") as file:
            file.writelines(upload.chunks())
        return read_xlsform(path)


def stored_draft(request: HttpRequest, form: XlsformUpload, reading: Reading) -> Questionnaire | None:
    """The draft where the form was loaded; None, with the reason on the page, where it was not."""
    if reading.questionnaire is None:
        return None
    if not reading.is_whole and not form.cleaned_data["partly"]:
        form.add_error("partly", _("Parts of the form have no counterpart or must be mended. See the report."))
        return None
    wanted = replace(reading.questionnaire, code=form.cleaned_data["code"] or reading.questionnaire.code)
    survey, may_replace = form.cleaned_data["survey"], form.cleaned_data["replace"]
    try:
        stored = load_questionnaire(content=wanted, survey=survey, replace=may_replace, actor=member_of_staff(request))
    except LoadingRefusedError as refused:
        form.add_error(FIELD_OF_REFUSAL.get(refused.code, "file"), str(refused))
        return None
    messages.success(request, summary(reading))
    return stored


FIELD_OF_REFUSAL = {"exists": "replace", "survey_missing": "survey", "code_form": "code"}


def report(reading: Reading) -> dict[str, Any]:
    """What the page says about a form."""
    return {
        "summary": summary(reading),
        "is_whole": reading.is_whole,
        "findings": [complaint_line(finding) for finding in reading.findings],
    }


@require_safe
@office_page("view_questionnaire")
def xlsform_export(request: HttpRequest, code: str) -> HttpResponse:
    """The questionnaire as it is designed now."""
    questionnaire = get_object_or_404(Questionnaire, code=code)
    return workbook_of(read_questionnaire(questionnaire.pk), questionnaire.code)


@require_safe
@office_page("view_questionnaireversion")
def xlsform_export_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A published version."""
    version = get_object_or_404(QuestionnaireVersion, questionnaire__code=code, number=number)
    return workbook_of(Content.from_dict(version.schema), f"{code}-v{number}")


def workbook_of(content: Content, name: str) -> HttpResponse:
    """The workbook to save."""
    return download(xlsform_workbook(content), f"{name}.xlsx", XLSX)
