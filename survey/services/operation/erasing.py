"""Erasing content while the audit chain holds: the row stays, its chain says that it was erased and what is left."""

import shutil
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.utils import timezone

from survey.models import (
    AuditEntry,
    Case,
    Correction,
    CutSource,
    EditingDecision,
    OpenAnswerDecision,
    OutlierDecision,
    Response,
    StaffAction,
)
from survey.selectors.design.version import questionnaire_of
from survey.selectors.results.postponed import empty
from survey.services.answers.uploads import path_of, references
from survey.services.audit_chain import Event, chain, kind_of_row

ERASED = "–"
"""What stands in the place of an erased text that may not be empty."""


def erase_row(row: models.Model, **left: Any) -> None:
    """Let a guarded row hold ``left`` from now on. Its earlier digests lose their salt, so that nobody can try what
    they were of; a row that is in no chain yet, a draft or one that waits for it, is only changed."""
    kind = kind_of_row(row)
    with transaction.atomic():
        # Read before the new entry is written, whose salt stays: it proves what is left.
        before = list(AuditEntry.objects.filter(kind=kind, object_id=row.pk).values_list("pk", "case_id"))
        row._meta.model._base_manager.filter(pk=row.pk).update(erased_at=timezone.now(), **left)
        if before:
            row.refresh_from_db()
            chain(row, event=Event.ERASED, case=before[0][1])
            AuditEntry.objects.filter(pk__in=[pk for pk, _case in before]).update(salt="")


def erase_response(response: Response) -> None:
    """Erase a whole return with its files and what was done to its values; it counts nowhere any more."""
    case = response.case
    # Before the answers go, which alone name the files.
    files = references(questionnaire_of(response.version).items.values(), response.answers)
    with transaction.atomic():
        # Erased and still current it would stand for a firm that answered nothing.
        Response.objects.filter(pk=response.pk).update(is_current=False, return_note="")
        erase_row(response, answers={}, reasons={}, taken_over=[])
        for correction in Correction.objects.filter(response=response, erased_at__isnull=True):
            erase_row(correction, old=None, new=None, reason=ERASED)
        for decision in OutlierDecision.objects.filter(case=case, erased_at__isnull=True):
            erase_row(decision, reason=ERASED)
        _erase_decisions(response)
        # After the commit: a file cannot be brought back by a rollback.
        transaction.on_commit(lambda: _delete_files(case, files))


def erase_answers(response: Response, items: Collection[str]) -> None:
    """Erase what was answered to some items, by the keys of the document, with the files named there; reasons stay."""
    files = references(questionnaire_of(response.version).items.values(), response.answers)
    left = {key: value for key, value in response.answers.items() if key not in items}
    # Another item may name the same file after a correction; it stays as long as one does.
    kept = {value for value in left.values() if isinstance(value, str)}
    erase_row(response, answers=left, taken_over=[item for item in response.taken_over if item not in items])
    _erase_decisions(response, item__in=items)
    transaction.on_commit(lambda: _delete_files(response.case, files - kept))


def _erase_decisions(response: Response, **which: Any) -> None:
    """Erase what decisions repeat of the answers: values that were accepted, and texts that were let out, with the
    digest by which a text could be tried."""
    for accepted in EditingDecision.objects.filter(response=response, erased_at__isnull=True, **which):
        # A number of its own: two values of one item that both became the same would be one decision twice.
        erase_row(accepted, value=-float(accepted.pk), reason=ERASED)
    for decision in OpenAnswerDecision.objects.filter(response=response, erased_at__isnull=True, **which):
        erase_row(decision, text=ERASED, written="")


def erase_source(source: CutSource) -> None:
    """Erase the answers that a cut was made from; its cleared figures stay."""
    erase_row(source, content=b"")


def erase_action(action: StaffAction) -> None:
    """Erase what an entry of the audit history was about; who did what kind of thing and when stays."""
    erase_row(action, subject=ERASED, detail={})


def _delete_files(case: Case, files: Iterable[str]) -> None:
    for reference in files:
        default_storage.delete(path_of(case, reference))


def forget_what_was_kept() -> None:
    """Throw away coded answers and figures that were kept of them; they are made again when they are asked for."""
    # All of it: what is kept bears digests for names, by which nobody could tell whose answers are in it.
    empty()
    for folder in Path(settings.EXTRACT_DIR).glob("*"):
        shutil.rmtree(folder, ignore_errors=True)


def overwrite_free_space(*, whole: bool = False) -> bool:
    """Let no erased byte stay in a SQLite database beside its pages: whether that succeeded at once.

    ``secure_delete`` overwrites in the database itself; earlier pages stand in the log until it is written back and
    cut off. ``whole`` makes the file anew as well (VACUUM), for what was deleted before that setting was there; it
    needs as much free disk again and holds up all who write. On PostgreSQL, VACUUM gives the rows free; what a file
    still holds is overwritten as it is used again, and no dump has it.
    """
    # Neither VACUUM nor a checkpoint can be made within a transaction.
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            if whole:
                cursor.execute("VACUUM")
            return True
        if whole:
            cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [busy, *_pages] = cursor.fetchone()
    return not busy
