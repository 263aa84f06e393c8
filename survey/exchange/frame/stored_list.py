"""The long part of an import: the check and the loading of a stored file, which a job does."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile

from survey.exchange.frame.errors_workbook import errors_workbook
from survey.exchange.frame.reading import read_list
from survey.exchange.frame.workbook import FirmList
from survey.models import FrameImport
from survey.selectors.design.classifications import Classifications, read_classifications
from survey.selectors.register.editions import read_edition
from survey.services.frame.checked_list import CheckedList, check_list
from survey.services.frame.import_steps import (
    clear_remains,
    finish_import,
    link_frame,
    note_progress,
    record_check,
    remove_file,
)
from survey.services.frame.importing import load_checked_rows
from survey.services.frame.joining import already_in, refuse_drawn
from survey.services.frame.loading import open_frame
from survey.services.frame.update_preview import newest_frame, preview_update
from survey.terms import AskedUnit

Progress = Callable[[int, int], None]


def nobody_watches(done: int, total: int) -> None:
    """No progress but the import's own."""


def check_stored_file(frame_import: FrameImport, watch: Progress = nobody_watches) -> None:
    """Check the stored file and keep the report; the import then waits for a decision.

    ``watch`` is called with (rows done, rows) between portions, and may raise to stop the work.
    """
    firm_list, checked, _ = _check(frame_import, watch)
    _keep_check(frame_import, firm_list, checked, watch)


def load_stored_file(frame_import: FrameImport, watch: Progress = nobody_watches) -> None:
    """Load the good rows; if the check now gives other counts than the officer saw, ask again instead.

    What an earlier try that was killed had written is removed first, so that no firm is in the frame twice.
    """
    clear_remains(frame_import)
    firm_list, checked, classifications = _check(frame_import, watch)
    # The classifications may have changed since the check: nobody has agreed to other rows.
    if (checked.good_count, checked.bad_count) != (frame_import.rows_good, frame_import.rows_bad):
        _keep_check(frame_import, firm_list, checked, watch)
        return
    frame = open_frame(
        title=frame_import.title,
        source_name=frame_import.source_name,
        source_digest=firm_list.digest,
        actor=frame_import.created_by,
        is_demonstration=False,
        lists=AskedUnit(frame_import.lists),
    )
    link_frame(frame_import=frame_import, frame=frame)
    load_checked_rows(
        checked=checked,
        classifications=classifications,
        frame=frame,
        actor=frame_import.created_by,
        progress=lambda done, total: _note(frame_import, watch, done, total),
        at_end=lambda ready: finish_import(frame_import=frame_import, frame=ready),
    )
    remove_file(frame_import, "stored_file")


def _note(frame_import: FrameImport, watch: Progress, done: int, total: int) -> None:
    note_progress(frame_import=frame_import, done=done, total=total)
    watch(done, total)


def _check(frame_import: FrameImport, watch: Progress) -> tuple[FirmList, CheckedList, Classifications]:
    if frame_import.joins is not None:
        refuse_drawn(frame_import.joins)
    with _on_this_machine(frame_import.stored_file) as path:
        firm_list = read_list(path, lambda: _note(frame_import, watch, 0, 0))
    classifications = read_classifications()
    checked = check_list(
        firm_list.parts,
        firm_list.headers,
        classifications=classifications,
        edition=read_edition(frame_import.industries_by) if frame_import.industries_by else None,
        districts=read_edition(frame_import.districts_by) if frame_import.districts_by else None,
        lists=AskedUnit(frame_import.lists),
        progress=lambda done, total: _note(frame_import, watch, done, total),
    )
    return firm_list, checked, classifications


@contextmanager
def _on_this_machine(file: FieldFile) -> Iterator[Path]:
    """A path to read a stored file by: its own, or that of a copy where it lies in a store elsewhere."""
    if isinstance(file.storage, FileSystemStorage):
        yield Path(file.path)
        return
    with tempfile.NamedTemporaryFile() as copy, file.open("rb") as stored:
        shutil.copyfileobj(stored, copy)
        # The reader opens it by its path, where what is still held back would be missing.
        copy.flush()
        yield Path(copy.name)


def _keep_check(frame_import: FrameImport, firm_list: FirmList, checked: CheckedList, watch: Progress) -> None:
    def give_sign_of_life(done: int, rows: int) -> None:
        _note(frame_import, watch, checked.total, checked.total)

    errors = (
        errors_workbook(firm_list, checked, give_sign_of_life, AskedUnit(frame_import.lists))
        if checked.listed_count
        else None
    )
    notes = [*firm_list.notes(), *_notes_of_joining(frame_import, checked)]
    record_check(
        frame_import=frame_import,
        checked=checked,
        digest=firm_list.digest,
        errors=errors,
        notes=notes,
        update=_update(frame_import, checked),
    )


def _update(frame_import: FrameImport, checked: CheckedList) -> dict[str, Any] | None:
    """What the list would change; None for rows that join a frame, and for the first list."""
    newest = None if frame_import.joins is not None else newest_frame(AskedUnit(frame_import.lists))
    return preview_update(newest, checked.parts) if newest is not None else None


def _notes_of_joining(frame_import: FrameImport, checked: CheckedList) -> list[tuple[str, dict[str, Any]]]:
    if frame_import.joins is None:
        return []
    count = already_in(frame_import.joins, checked.good_parts())
    return [("already_in", {"count": count, "title": frame_import.joins.title})] if count else []
