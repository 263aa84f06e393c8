"""XLSForms in the office: put one in and read what was found, or take a questionnaire away as one."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from survey.exchange.xlsform import Reading, xlsform_workbook
from survey.exchange.xlsform.kept import is_slow, read_content, read_kept_form
from survey.exchange.xlsform.report import summary
from survey.forms.office.xlsform import XlsformUpload
from survey.instrument.schema import Questionnaire as Content
from survey.jobs.asking import ask_for
from survey.jobs.kinds.xlsform import READ
from survey.models import Questionnaire, QuestionnaireVersion
from survey.selectors.design.questionnaire import read_questionnaire
from survey.selectors.said import said as _
from survey.services.design.form_readings import put_in_form
from survey.services.design.questionnaire_loading import LoadingRefusedError, load_questionnaire
from survey.views.complaints import complaint_line
from survey.views.design.questionnaire_of_page import use_words_of_survey
from survey.views.download import XLSX, download
from survey.views.office import member_of_staff, office_page, render_office


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("add_questionnaire", "change_questionnaire")
def xlsform_import(request: HttpRequest) -> HttpResponse:
    """Check a form, or load it as a draft; ``?questionnaire=CODE`` proposes the one whose draft it replaces."""
    # Cut to the length of a code, so that an address of any length makes no query of that length.
    proposed = questionnaire_of(request.GET.get("questionnaire", "")[:40])
    form = XlsformUpload(request.POST or None, request.FILES or None, questionnaire=proposed)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        use_words_of_survey(questionnaire_of(form.cleaned_data["code"]), form.cleaned_data["survey"])
        if must_be_kept(form, "load" in request.POST):
            return redirect(kept_reading(request, form))
        reading = read_upload(form.cleaned_data["file"])
        stored = stored_draft(request, form, reading) if "load" in request.POST else None
        if stored:
            return redirect("admin:survey_questionnaire_change", stored.pk)
        context |= report(reading)
    return render_office(request, "design/xlsform_import.html", _("Load an XLSForm"), **context)


def questionnaire_of(code: str) -> Questionnaire | None:
    """The stored questionnaire of this code, with its survey."""
    return Questionnaire.objects.filter(code=code).select_related("survey").first()


def must_be_kept(form: XlsformUpload, is_to_load: bool) -> bool:
    """Whether the form gets a page of its own: it takes long to read, or would replace a draft unseen."""
    return is_slow(form.cleaned_data["file"]) or (is_to_load and form.cleaned_data["replace"])


def kept_reading(request: HttpRequest, form: XlsformUpload) -> str:
    """The address of the form's own page, or of the job that reads it."""
    upload, actor = form.cleaned_data["file"], member_of_staff(request)
    kept = put_in_form(
        upload=upload,
        source_name=upload.name or "",
        code=form.cleaned_data["code"],
        survey=form.cleaned_data["survey"],
        actor=actor,
    )
    if is_slow(upload):
        job = ask_for(READ, key=str(kept.pk), subject=kept.source_name, actor=actor, form_reading=kept.pk)
        return reverse("job_page", args=[job.pk])
    read_kept_form(kept)
    return reverse("xlsform_reading", args=[kept.pk])


def read_upload(upload: "UploadedFile[bytes]") -> Reading:
    """Read the file under its own name, which stands for a form_id that is missing."""
    return read_content(upload.chunks(), upload.name or "")


def stored_draft(request: HttpRequest, form: XlsformUpload, reading: Reading) -> Questionnaire | None:
    """The draft where the form was loaded; None, with the reason on the page, where it was not."""
    if reading.questionnaire is None:
        return None
    # A questionnaire with parts missing must not be loaded by somebody who has not read which.
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
