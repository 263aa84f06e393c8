"""The long part of an import: the check and the loading of a stored file, beside the page that started it."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import translation

from survey.exchange.frame.errors_workbook import errors_workbook
from survey.exchange.frame.workbook import FirmList, read_firm_list
from survey.models import FrameImport
from survey.selectors.design.classifications import Classifications, read_classifications
from survey.services.frame.check import CheckedRows
from survey.services.frame.complaints import FrameFileRefused
from survey.services.frame.import_steps import (
    ImportSuperseded,
    finish_import,
    link_frame,
    note_progress,
    record_check,
    refuse_file,
    remove_file,
)
from survey.services.frame.importing import check_table, load_checked_rows
from survey.services.frame.loading import open_frame

logger = logging.getLogger(__name__)
Job = Callable[[FrameImport], None]


def start_job(job: Job, frame_import: FrameImport) -> None:
    """Begin ``job`` in a thread with a connection of its own, or at once where the settings say so."""
    if settings.FRAME_IMPORT_IN_THREAD:
        # The language of a page is a value of its thread.
        language = translation.get_language()
        name = f"frame-import-{frame_import.pk}"
        threading.Thread(target=_in_thread, args=(job, frame_import.pk, language), name=name, daemon=True).start()
    else:
        run_job(job, frame_import.pk)


def _in_thread(job: Job, pk: int, language: str | None) -> None:
    try:
        with translation.override(language):
            run_job(job, pk)
    finally:
        # Django closes connections at the end of a request; a thread of one's own has none.
        connection.close()


def run_job(job: Job, pk: int) -> None:
    """Do the work and keep how it ended: a file that is refused and a fault of the program are told on the page."""
    frame_import = FrameImport.objects.select_related("frame", "created_by").get(pk=pk)
    try:
        job(frame_import)
    except ImportSuperseded:
        logger.info("Frame import %s was taken away while at work.", pk)
    except FrameFileRefused as refused:
        refuse_file(frame_import=frame_import, refused=refused)
    # The last instance that can tell the officer anything: the thread has no page to show an error on.
    except Exception:
        logger.exception("Frame import %s stopped.", pk)
        refuse_file(frame_import=frame_import, refused=FrameFileRefused("stopped"))


def check_stored_file(frame_import: FrameImport) -> None:
    """Check the stored file and keep the report; the import then waits for a decision."""
    firm_list, checked, _ = _check(frame_import)
    _keep_check(frame_import, firm_list, checked)


def load_stored_file(frame_import: FrameImport) -> None:
    """Load the good rows; if the check now gives other counts than the officer saw, ask again instead."""
    firm_list, checked, classifications = _check(frame_import)
    # The classifications may have changed since the check: nobody has agreed to other rows.
    if (len(checked.good), checked.bad_count) != (frame_import.rows_good, frame_import.rows_bad):
        _keep_check(frame_import, firm_list, checked)
        return
    frame = open_frame(
        title=frame_import.title,
        source_name=frame_import.source_name,
        source_digest=firm_list.digest,
        actor=frame_import.created_by,
        is_demonstration=False,
    )
    link_frame(frame_import=frame_import, frame=frame)
    load_checked_rows(
        checked=checked,
        classifications=classifications,
        frame=frame,
        actor=frame_import.created_by,
        progress=lambda done, total: note_progress(frame_import=frame_import, done=done, total=total),
        at_end=lambda ready: finish_import(frame_import=frame_import, frame=ready),
    )
    remove_file(frame_import, "stored_file")


def _check(frame_import: FrameImport) -> tuple[FirmList, CheckedRows, Classifications]:
    firm_list = read_firm_list(Path(frame_import.stored_file.path))
    total = len(firm_list.table)
    note_progress(frame_import=frame_import, done=0, total=total)
    classifications = read_classifications()
    checked = check_table(
        firm_list.table,
        classifications=classifications,
        # One step is kept back for the workbook of errors, which comes after the check.
        progress=lambda done, steps: note_progress(
            frame_import=frame_import, done=total * done // (steps + 1), total=total
        ),
    )
    return firm_list, checked, classifications


def _keep_check(frame_import: FrameImport, firm_list: FirmList, checked: CheckedRows) -> None:
    def give_sign_of_life(done: int, rows: int) -> None:
        note_progress(frame_import=frame_import, done=checked.total, total=checked.total)

    errors = errors_workbook(firm_list, checked.errors, give_sign_of_life) if checked.bad_count else None
    record_check(frame_import=frame_import, checked=checked, digest=firm_list.digest, errors=errors)
