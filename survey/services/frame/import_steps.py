"""The steps of an import through the office: put in, checked, decided, loaded; each a short transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone

from survey.complaints import Catalogue, Entry, Refused
from survey.models import ClassificationVersion, FrameImport, Job, SamplingFrame
from survey.services.audit import record_action
from survey.services.frame.checked_list import CheckedList
from survey.services.frame.complaints import FrameFileRefused
from survey.services.frame.joining import join_frame
from survey.services.frame.loading import drop_loading_frame
from survey.services.named_files import name_file, store_named
from survey.terms import AskedUnit

# An import without a job, as earlier versions had them, died with its server if it is silent for longer.
SILENCE = timedelta(seconds=120)
Status = FrameImport.Status
Notes = Sequence[tuple[str, dict[str, Any]]]
AT_WORK = (Status.CHECKING, Status.LOADING)


class ImportSuperseded(Refused):
    """Somebody discarded or restarted the import, the value, while it was at work; the work done so far is void."""

    catalogue = Catalogue(
        entries={
            "superseded": Entry(
                "Import %(value)s was discarded or restarted while it was at work.",
                "Nothing of this run was kept. Look at the import to see how it stands.",
            )
        }
    )


def put_in_file(
    *,
    upload: "File[bytes]",
    source_name: str,
    title: str,
    actor: User,
    lists: AskedUnit = AskedUnit.FIRM,
    joins: SamplingFrame | None = None,
    industries_by: ClassificationVersion | None = None,
    districts_by: ClassificationVersion | None = None,
) -> FrameImport:
    """Store a file for checking, under a name of our own.

    ``lists``: what its rows are; ``joins``: the frame that they are to go into, which then says that;
    ``industries_by``, ``districts_by``: the earlier editions of its codes.
    """
    with transaction.atomic():
        # Held: an edition that somebody removes at this moment is seen to be used by this list.
        used = [edition.pk for edition in (industries_by, districts_by) if edition is not None]
        list(ClassificationVersion.objects.select_for_update().filter(pk__in=used).order_by("pk").values_list("pk"))
        # The end of a long name is kept: it has the extension.
        frame_import = FrameImport.objects.create(
            title=title,
            source_name=source_name[-200:],
            created_by=actor,
            lists=lists.value if joins is None else joins.lists,
            joins=joins,
            industries_by=industries_by,
            districts_by=districts_by,
        )
        name_file(frame_import.stored_file, f"list-{frame_import.pk}")
        frame_import.save(update_fields=["stored_file"])
        # By name: a wrong edition may be removed once the list is discarded, and the list would not name it any more.
        by = {"industries_by": industries_by, "districts_by": districts_by}
        names = {name: edition.code for name, edition in by.items() if edition is not None}
        record_action(actor=actor, verb="put_in_frame_file", subject=frame_import, bytes=upload.size, **names)
    store_named(frame_import.stored_file, upload)
    return frame_import


def is_at_work(frame_import: FrameImport) -> bool:
    """Whether an import is being checked or loaded, as far as is known."""
    return frame_import.status in AT_WORK


def is_dead(frame_import: FrameImport) -> bool:
    """Whether an import that should be at work is not: its job failed or was cancelled, or never came about."""
    if frame_import.status not in AT_WORK:
        return False
    if frame_import.job is None:
        return timezone.now() - frame_import.heartbeat > SILENCE
    return frame_import.job.state in Job.ENDED


def can_restart(frame_import: FrameImport) -> bool:
    """Whether the file can be checked again: its job ended without a result."""
    # Earlier versions kept a fault of the program as a refusal.
    stopped = frame_import.status == Status.REFUSED and frame_import.report.get("refusal", {}).get("code") == "stopped"
    return bool(frame_import.stored_file) and (stopped or is_dead(frame_import))


def note_progress(*, frame_import: FrameImport, done: int, total: int) -> None:
    """Write down how far an import is, which is also its sign of life; `ImportSuperseded` if it was taken away."""
    # One UPDATE with the expected state as its condition, in place of a lock that would be held for minutes.
    still = FrameImport.objects.filter(pk=frame_import.pk, status=frame_import.status, frame=frame_import.frame)
    if not still.update(rows_done=done, rows_total=total, heartbeat=timezone.now()):
        raise ImportSuperseded("superseded", frame_import.pk)


def record_check(
    *,
    frame_import: FrameImport,
    checked: CheckedList,
    digest: str,
    errors: bytes | None,
    notes: Notes = (),
    update: dict[str, Any] | None = None,
) -> None:
    """Keep the result of a check; the import then waits for a decision.

    ``errors``: the workbook of wrong rows; ``notes``: what is to be known of the file beside what its rows tell;
    ``update``: what the list would change against the newest frame.
    """
    report: dict[str, Any] = {
        "errors": checked.kinds,
        "blanked": checked.blanked,
        "notes": [*notes, *checked.notes, *same_file_notes(digest)],
        "size_classes": checked.size_classes,
        "digest": digest,
        "update": update,
    }
    # That of an earlier check: its rows are not those of the list as it now stands.
    remove_file(frame_import, "errors_file")
    if errors is not None:
        frame_import.errors_file.save(f"errors-{frame_import.pk}.xlsx", ContentFile(errors), save=False)
    # Only while at work: a check that ends after it was discarded must not bring the import back.
    changed = FrameImport.objects.filter(pk=frame_import.pk, status__in=AT_WORK).update(
        status=Status.WAITING,
        report=report,
        errors_file=frame_import.errors_file.name,
        rows_total=checked.total,
        rows_done=checked.total,
        rows_good=checked.good_count,
        rows_bad=checked.bad_count,
        heartbeat=timezone.now(),
    )
    if not changed:
        raise ImportSuperseded("superseded", frame_import.pk)


def same_file_notes(digest: str) -> list[tuple[str, dict[str, Any]]]:
    """A note for each ready frame that came from a file with the same bytes."""
    twins = SamplingFrame.objects.filter(source_digest=digest, status=SamplingFrame.Status.READY)
    return [("same_file", {"title": title}) for title in twins.values_list("title", flat=True)]


def refuse_file(*, frame_import: FrameImport, refused: FrameFileRefused) -> None:
    """Keep why the file cannot be imported, and not the file."""
    report = {"refusal": {"code": refused.code, "params": dict(refused.complaint.parameters)}}
    FrameImport.objects.filter(pk=frame_import.pk, status__in=AT_WORK).update(
        status=Status.REFUSED, report=report, heartbeat=timezone.now()
    )
    # A list holds contacts, and of a file that is refused nothing is needed any more.
    remove_file(frame_import, "stored_file")


def accept_good_rows(*, frame_import: FrameImport, actor: User) -> bool:
    """Let the good rows go in. False if somebody else has decided already, so that a double click loads once."""
    with transaction.atomic():
        # The condition decides in the database: of two clicks at the same time one changes the row.
        waiting = FrameImport.objects.filter(pk=frame_import.pk, status=Status.WAITING, rows_good__gt=0)
        if not waiting.update(status=Status.LOADING, rows_done=0, heartbeat=timezone.now()):
            return False
        record_action(actor=actor, verb="accept_good_rows", subject=frame_import, firms=frame_import.rows_good)
    return True


def discard_import(*, frame_import: FrameImport, actor: User) -> bool:
    """Take an import and its files away; False if it is at work or already in."""
    open_states = [Status.WAITING, Status.REFUSED, *([frame_import.status] if is_dead(frame_import) else [])]
    with transaction.atomic():
        if not FrameImport.objects.filter(pk=frame_import.pk, status__in=open_states).update(status=Status.DISCARDED):
            return False
        record_action(actor=actor, verb="discard_frame_import", subject=frame_import)
    # After the commit: files cannot be rolled back, and a state that held would name what is gone.
    clear_remains(frame_import)
    for name in ("stored_file", "errors_file"):
        remove_file(frame_import, name)
    return True


def expire_undecided_imports(*, before: datetime) -> int:
    """Take away the files of imports that nobody decided on since a time: they hold contacts. How many there were."""
    expired = 0
    for frame_import in FrameImport.objects.select_related("frame", "job").filter(
        status__in=[Status.WAITING, *AT_WORK], heartbeat__lt=before
    ):
        if frame_import.status != Status.WAITING and not is_dead(frame_import):
            continue
        with transaction.atomic():
            same = FrameImport.objects.filter(pk=frame_import.pk, status=frame_import.status)
            if not same.update(status=Status.EXPIRED):
                continue
            record_action(actor=None, verb="expire_frame_import", subject=frame_import)
        clear_remains(frame_import)
        for name in ("stored_file", "errors_file"):
            remove_file(frame_import, name)
        expired += 1
    return expired


def restart_import(*, frame_import: FrameImport, actor: User) -> bool:
    """Send a dead import back to its check; False if it is alive, decided or gone."""
    if not can_restart(frame_import):
        return False
    with transaction.atomic():
        # Silence as a condition: between look and press its job may have come back to life.
        same = FrameImport.objects.filter(
            pk=frame_import.pk, status=frame_import.status, heartbeat=frame_import.heartbeat
        )
        if not same.update(status=Status.CHECKING, rows_done=0, rows_total=0, report={}, heartbeat=timezone.now()):
            return False
        record_action(actor=actor, verb="restart_frame_import", subject=frame_import)
    clear_remains(frame_import)
    return True


def link_frame(*, frame_import: FrameImport, frame: SamplingFrame) -> None:
    """Say which frame, still loading, is being filled from the import."""
    # The frame was opened before: where the import is gone nobody else knows of it and would remove it.
    if not FrameImport.objects.filter(pk=frame_import.pk, status=Status.LOADING).update(frame=frame):
        drop_loading_frame(frame)
        raise ImportSuperseded("superseded", frame_import.pk)
    frame_import.frame = frame


def finish_import(*, frame_import: FrameImport, frame: SamplingFrame) -> None:
    """Mark the import as done, in the transaction that makes its frame ready; void if it was taken away meanwhile."""
    mine = FrameImport.objects.filter(pk=frame_import.pk, status=Status.LOADING, frame=frame)
    rows = frame.unit_count
    if frame_import.joins is not None:
        rows = join_frame(loaded=frame, frame=frame_import.joins, actor=frame_import.created_by)
        # Joining deleted the loaded frame, and the column that named it is empty now.
        mine = FrameImport.objects.filter(pk=frame_import.pk, status=Status.LOADING)
    if not mine.update(status=Status.DONE, rows_done=rows, heartbeat=timezone.now()):
        raise ImportSuperseded("superseded", frame_import.pk)


def clear_remains(frame_import: FrameImport) -> None:
    """Remove what a dead import had written of its frame."""
    if frame_import.frame is not None:
        drop_loading_frame(frame_import.frame)
        frame_import.frame = None


def remove_file(frame_import: FrameImport, name: str) -> None:
    """Delete one stored file and forget it; contacts are not kept longer than they are needed."""
    file = getattr(frame_import, name)
    if file:
        file.delete(save=False)
        FrameImport.objects.filter(pk=frame_import.pk).update(**{name: ""})
