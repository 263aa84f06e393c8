"""The page of an XLSForm that was put in: its report, what it would change in a draft, and its loading."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from survey.exchange.xlsform import Reading
from survey.exchange.xlsform.kept import reading_of_kept
from survey.exchange.xlsform.report import summary
from survey.forms.office.xlsform import XlsformLoading
from survey.instrument.diff import Difference, diff
from survey.instrument.schema import Questionnaire as Content
from survey.models import FormReading, Questionnaire
from survey.selectors.design.questionnaire import read_questionnaire
from survey.selectors.said import said as _
from survey.services.design.form_readings import note_loaded
from survey.services.design.questionnaire_loading import LoadingRefusedError, load_questionnaire
from survey.views.complaints import complaint_line
from survey.views.design.questionnaire_of_page import use_words_of_survey
from survey.views.design.version_diff import change_line
from survey.views.office import member_of_staff, office_page, render_office


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("add_questionnaire", "change_questionnaire")
def xlsform_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """The report and the difference first; then the form is loaded, over the draft that was compared."""
    kept = get_object_or_404(FormReading.objects.select_related("survey", "loaded"), pk=pk, is_read=True)
    reading = reading_of_kept(kept)
    wanted = reading.questionnaire and replace(reading.questionnaire, code=kept.code or reading.questionnaire.code)
    draft = Questionnaire.objects.filter(code=wanted.code).select_related("survey").first() if wanted else None
    use_words_of_survey(draft, kept.survey)
    before = read_questionnaire(draft.pk) if draft else None
    form = XlsformLoading(
        request.POST or None,
        initial={"seen": before.digest if before else "", "survey": kept.survey},
        is_whole=reading.is_whole,
        is_new=draft is None,
    )
    if request.method == "POST" and wanted and form.is_valid():
        stored = loaded_draft(request, form, kept, wanted, before)
        if stored:
            messages.success(request, summary(reading))
            return redirect("admin:survey_questionnaire_change", stored.pk)
    changes = diff(before, wanted) if before and wanted else ()
    context: dict[str, Any] = {"kept": kept, "form": form, "draft": draft, "is_loadable": wanted is not None}
    return render_office(
        request, "design/xlsform_reading.html", kept.source_name, **context, **report(reading, changes)
    )


def loaded_draft(
    request: HttpRequest, form: XlsformLoading, kept: FormReading, wanted: Content, before: Content | None
) -> Questionnaire | None:
    """The draft where the form was loaded; None, with the reason on the page, where it was not."""
    # By digest and not by time: a draft that was changed and changed back is the one that was compared.
    if form.cleaned_data["seen"] != (before.digest if before else ""):
        form.add_error(None, _("The draft has changed since the differences were shown. Look at them again."))
        # What is shown now is the difference from the draft as it stands now.
        form.data = {**form.data, "seen": before.digest if before else ""}
        return None
    survey = form.cleaned_data["survey"] or kept.survey
    try:
        stored = load_questionnaire(
            content=wanted,
            survey=survey,
            replace=before is not None,
            actor=member_of_staff(request),
            over=before.digest if before else None,
        )
    except LoadingRefusedError as refused:
        form.add_error(None, str(refused))
        return None
    note_loaded(kept=kept, questionnaire=stored)
    return stored


def report(reading: Reading, changes: tuple[Difference, ...]) -> dict[str, Any]:
    """What the page says about the form and about the draft that it would replace."""
    return {
        "summary": summary(reading),
        "findings": [complaint_line(finding) for finding in reading.findings],
        "changes": [change_line(change) for change in changes],
    }
