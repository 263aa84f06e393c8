"""The offline form on the web: handed out, taken back from the firm or from an officer, and what has to be mended."""

import re
from collections.abc import Callable
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
from django.views.decorators.http import require_http_methods, require_safe

from survey.exchange.offline.file import MAX_BYTES
from survey.exchange.offline.form import offline_form
from survey.exchange.offline.reading import FilledForm, read_offline_form
from survey.selectors.respondent.session import Filling, filling_of
from survey.selectors.said import said as _
from survey.services.answers.errors import AlreadySubmittedError, CollectionClosedError
from survey.services.answers.offline_attachments import file_items
from survey.services.answers.offline_refusals import OfflineFormRefused
from survey.services.answers.offline_returns import OfflineReturn, new_identity, take_offline_form
from survey.services.audit import record_action
from survey.views.download import XLSX, download
from survey.views.fieldwork.cases import case_of
from survey.views.fieldwork.offline_report import attachment_rows, return_report
from survey.views.office import member_of_staff, office_page, render_office
from survey.views.respondent.access import page_context, with_filling
from survey.views.respondent.keying_session import keying_of

LONGEST_NAME = 60
OFFICER = ("view_case", "view_response", "change_case")


@require_http_methods(["GET", "HEAD", "POST"])
@with_filling
def offline(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Where a firm gets its form and brings it back."""

    def show(**context: Any) -> HttpResponse:
        status = 422 if request.method == "POST" else 200
        context = {"attachments": attachment_rows(filling), "has_errors": status != 200, **context}
        return render(request, "respondent/offline.html", page_context(request, filling, **context), status=status)

    if request.method != "POST":
        return show() if filling.can_answer else redirect("respondent:hub")
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
    case = case_of(request, case_id)
    filling = filling_of(case, timezone.now())
    standing = {"case": case, "filling": filling, "can_answer": filling.can_answer and not case.is_closed}

    def show(**context: Any) -> HttpResponse:
        status = 422 if request.method == "POST" else 200
        context = {"attachments": attachment_rows(filling), **context}
        return render_office(
            request, "fieldwork/offline_form.html", _("Offline form"), status=status, **standing, **context
        )

    if request.method != "POST" or case.is_closed:
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
    filling = filling_of(case_of(request, case_id), timezone.now())
    if filling.case.is_closed or not filling.can_answer:
        return redirect("case_offline", case_id)
    record_action(actor=member_of_staff(request), verb="download_offline_form", subject=filling.case)
    return handed_out(filling)


def handed_out(filling: Filling) -> HttpResponse:
    """A new form to save, never kept by a browser or a proxy."""
    content = offline_form(filling, new_identity(filling, get_language() or "zh-hans"))
    return download(content, file_name(filling), XLSX)


def file_name(filling: Filling) -> str:
    """The firm in the name, so that a folder of forms can be told apart; without what no system takes in a name."""
    # Windows opens no path of more than 260 characters, the folder included: the name is kept short.
    firm = re.sub(r'[\\/:*?"<>|\s]+', " ", filling.firm).strip(" .")[:LONGEST_NAME]
    return f"{filling.case.wave.code} {firm}.xlsx"


def taken_back(
    request: HttpRequest, filling: Filling, actor: User | None, show: Callable[..., HttpResponse]
) -> OfflineReturn | HttpResponse:
    """What a submitted form gave, or the page that says why it was not taken or not submitted yet."""
    upload = request.FILES.get("file")
    if upload is None:
        return show(refused=_("Choose the workbook that you filled in, and with it the files to attach."))
    names = {item.code: f"attach__{item.code}" for item in file_items(filling.questionnaire)}
    attachments: dict[str, Any] = {item: request.FILES[name] for item, name in names.items() if name in request.FILES}
    try:
        # Parsed before a lock is held: reading a workbook takes seconds.
        filled = read_upload(upload, filling)
        taken = take_offline_form(case=filling.case, form=filled.form, attachments=attachments, actor=actor)
    except OfflineFormRefused as refused:
        return show(refused=refused.complaint.sentences(_))
    except AlreadySubmittedError:
        return show(refused=_("The answers have been submitted already. Nothing of this form was taken."))
    except CollectionClosedError:
        return show(refused=_("Collection has closed. What you sent has been kept for the survey team."))
    if taken.is_stored and not taken.report.blocking:
        return taken
    # Read anew: the form may have been stored as a draft, and the page shows what stands now.
    return show(**return_report(filling_of(filling.case, timezone.now()), filled, taken))


def read_upload(upload: "UploadedFile[bytes]", filling: Filling) -> FilledForm:
    """The form in an uploaded file, which is gone from the disk afterwards. Raises OfflineFormRefused."""
    # Before the file is touched: unpacking decides what a workbook takes, not its size alone.
    if (upload.size or 0) > MAX_BYTES:
        raise OfflineFormRefused("file_too_large", limit=MAX_BYTES // 1_000_000)
    # The reader needs a path; what the firm answered is gone from the disk with the folder.
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        return read_offline_form(path, filling)
