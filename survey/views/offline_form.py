"""The offline form on the web: handed out, taken back from the firm or from an officer, and what has to be mended."""

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from survey.exchange.offline_form import offline_form
from survey.exchange.offline_form_reading import FilledForm, read_offline_form
from survey.forms.page_form import named
from survey.instrument.answers import AnswerError
from survey.instrument.edit_rules import EditFailure
from survey.instrument.messages import worded
from survey.selectors.respondent import Filling, filling_of
from survey.services.audit import record_action
from survey.services.offline_refusals import OfflineFormRefused
from survey.services.offline_returns import OfflineReturn, new_identity, take_offline_form
from survey.services.response_errors import AlreadySubmittedError, CollectionClosedError
from survey.terms import EditLevel
from survey.views.cases import case_of
from survey.views.keying_session import keying_of
from survey.views.office import member_of_staff, office_page, render_office
from survey.views.page_showing import words_of
from survey.views.respondent_access import page_context, with_filling

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFICER = ("view_case", "view_response", "change_case")


@require_http_methods(["GET", "HEAD", "POST"])
@with_filling
def offline(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Where a firm gets its form and brings it back."""
    if not filling.can_answer:
        return redirect("respondent:hub")

    def show(**context: Any) -> HttpResponse:
        status = 422 if request.method == "POST" else 200
        return render(request, "respondent/offline.html", page_context(request, filling, **context), status=status)

    if request.method != "POST":
        return show()
    keying = keying_of(request)
    taken = taken_back(request, filling, keying.officer if keying else None, show)
    if isinstance(taken, HttpResponse):
        return taken
    return redirect("respondent:receipt")


@require_safe
@with_filling
def offline_workbook(request: HttpRequest, filling: Filling) -> HttpResponse:
    """The firm's form as a file."""
    return handed_out(filling) if filling.can_answer else redirect("respondent:hub")


@office_page(*OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def case_offline(request: HttpRequest, case_id: int) -> HttpResponse:
    """Where an officer gets the form of a firm and brings it back for it."""
    case = case_of(case_id)
    filling = filling_of(case, timezone.now())
    standing = {"case": case, "filling": filling, "can_answer": filling.can_answer and not case.is_closed}

    def show(**context: Any) -> HttpResponse:
        status = 422 if request.method == "POST" else 200
        return render_office(
            request, "office/offline_form.html", _("Offline form"), status=status, **standing, **context
        )

    if request.method != "POST" or not standing["can_answer"]:
        return show()
    taken = taken_back(request, filling, member_of_staff(request), show)
    if isinstance(taken, HttpResponse):
        return taken
    messages.success(request, _("The form is taken and submitted for the firm."))
    return redirect("case_detail", case.pk)


@office_page(*OFFICER)
@require_safe
def case_offline_workbook(request: HttpRequest, case_id: int) -> HttpResponse:
    """The form of a firm as a file. It may hold answers, so the download is written down."""
    filling = filling_of(case_of(case_id), timezone.now())
    if filling.case.is_closed or not filling.can_answer:
        return redirect("case_offline", case_id)
    record_action(actor=member_of_staff(request), verb="download_offline_form", subject=filling.case)
    return handed_out(filling)


def handed_out(filling: Filling) -> HttpResponse:
    """A new form to save, never kept by a browser or a proxy."""
    content = offline_form(filling, new_identity(filling, get_language() or "zh-hans"))
    name = f"{filling.case.wave.code}-{filling.case.pk}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def taken_back(
    request: HttpRequest, filling: Filling, actor: User | None, show: Callable[..., HttpResponse]
) -> OfflineReturn | HttpResponse:
    """What a submitted form gave, or the page that says why it was not taken or not submitted yet."""
    upload = request.FILES.get("file")
    if upload is None:
        return show(refused=_("Choose the workbook that you filled in."))
    try:
        filled = read_upload(upload, filling)
        taken = take_offline_form(case=filling.case, form=filled.form, actor=actor)
    except OfflineFormRefused as refused:
        return show(refused=refused.sentence())
    except AlreadySubmittedError:
        return show(refused=_("The answers have been submitted already. Nothing of this form was taken."))
    except CollectionClosedError:
        return show(refused=_("Collection has closed. What you sent has been kept for the survey team."))
    if taken.is_stored and not taken.report.blocking:
        return taken
    present = filling_of(filling.case, timezone.now())
    return show(mend=lines_to_mend(present, filled, taken), is_stored=taken.is_stored)


def read_upload(upload: "UploadedFile[bytes]", filling: Filling) -> FilledForm:
    """The form in an uploaded file, which is gone from the disk afterwards."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        return read_offline_form(path, filling)


def lines_to_mend(filling: Filling, filled: FilledForm, taken: OfflineReturn) -> list[dict[str, str]]:
    """Cell and message of everything that stands against the form, in the order of its rows."""
    lines = [
        *(error_line(filling, filled.places, error) for error in taken.errors),
        *(failure_line(filling, filled.places, failure) for failure in taken.report.blocking),
        *(conflict_line(filling, filled.places, conflict.item) for conflict in taken.conflicts),
    ]
    return sorted(lines, key=lambda line: int(line["cell"][1:]))


def error_line(filling: Filling, places: Mapping[str, str], error: AnswerError) -> dict[str, str]:
    cell = places.get(error.field) or places.get(error.item) or places[f"item:{error.item}"]
    return {"cell": cell, "message": message_about(filling, error, error.item)}


def failure_line(filling: Filling, places: Mapping[str, str], failure: EditFailure) -> dict[str, str]:
    item = next((code for code in failure.items if f"item:{code}" in places), next(iter(filling.route.items)))
    message = message_about(filling, failure, item)
    if failure.level is EditLevel.VERIFY:
        explain = _("If the answer is right, say in cell %(cell)s what explains it.")
        message = f"{message} {explain % {'cell': places[f'explain:{item}']}}"
    return {"cell": places.get(item) or places[f"item:{item}"], "message": message}


def conflict_line(filling: Filling, places: Mapping[str, str], item: str) -> dict[str, str]:
    words = words_of(filling)
    message = _("%(label)s: another answer was saved after this form was handed out. Make both the same.")
    label = named(filling.questionnaire.items[item], words)
    return {"cell": places.get(item) or places[f"item:{item}"], "message": message % {"label": label}}


def message_about(filling: Filling, problem: AnswerError | EditFailure, item: str) -> str:
    """The message of the web, headed by the wording of the item."""
    words = words_of(filling)
    label = named(filling.questionnaire.items[item], words)
    parameters = filling.piping.parameters({**problem.parameters, "label": label})
    message = worded(problem.code, parameters, words.language, _)
    return message if message.startswith(label) else f"{label}: {message}"
