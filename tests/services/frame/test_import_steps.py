"""The steps of an import: each is taken once, by whoever comes first, and leaves nothing behind."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone
from pytest_django import Settings

from survey.models import FrameImport, Job, SamplingFrame, StaffAction
from survey.register_terms import ClassificationKind
from survey.services.frame.complaints import FrameFileRefused
from survey.services.frame.import_steps import (
    ImportSuperseded,
    accept_good_rows,
    can_restart,
    discard_import,
    expire_undecided_imports,
    finish_import,
    is_dead,
    link_frame,
    note_progress,
    put_in_file,
    refuse_file,
    restart_import,
    same_file_notes,
)
from survey.services.register.classifications import add_edition, remove_edition
from survey.terms import Role
from tests.interrupted import ProcessEnds, ended_at_write, half_written

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=1)


@pytest.fixture
def officer(office_user: Callable[[Role | str], User], settings: Settings, tmp_path: Path) -> User:
    settings.MEDIA_ROOT = tmp_path / "media"
    return office_user(Role.FIELD_OFFICER)


def test_edition_of_a_discarded_list_is_known_when_it_was_removed(officer: User, classified: None) -> None:
    edition = add_edition(
        kind=ClassificationKind.INDUSTRY, code="2011", valid_from=date(2011, 11, 1), table="3911 3911", actor=None
    )
    upload = ContentFile(b"12345", "list.xlsx")
    made = put_in_file(upload=upload, source_name="l.xlsx", title="2026", actor=officer, industries_by=edition)
    FrameImport.objects.update(status="waiting")
    assert discard_import(frame_import=FrameImport.objects.get(pk=made.pk), actor=officer)
    remove_edition(edition=edition, typed="2011", actor=officer)
    assert StaffAction.objects.get(verb="put_in_frame_file").detail == {"bytes": 5, "industries_by": "2011"}


@pytest.fixture
def put_in(officer: User) -> Callable[..., FrameImport]:
    """Puts in a file, and lets the import stand as the values say."""

    def put(**values: Any) -> FrameImport:
        upload = ContentFile(b"12345", "list.xlsx")
        made = put_in_file(upload=upload, source_name="n" * 200 + ".xlsx", title="2026", actor=officer)
        FrameImport.objects.filter(pk=made.pk).update(**values)
        return FrameImport.objects.select_related("job", "frame").get(pk=made.pk)

    return put


def job(state: str) -> Job:
    return Job.objects.create(kind="numbers", key="1", state=state, heartbeat=timezone.now())


def verbs() -> list[str]:
    return list(StaffAction.objects.order_by("pk").values_list("verb", flat=True))[1:]


def test_file_is_kept_under_a_name_of_ours_and_the_end_of_its_own(put_in: Callable[..., FrameImport]) -> None:
    made = put_in()
    assert (Path(made.stored_file.path).name, made.source_name[-6:]) == (f"list-{made.pk}", "n.xlsx")
    assert StaffAction.objects.values_list("verb", "detail").get() == ("put_in_frame_file", {"bytes": 5})


@pytest.mark.parametrize(
    ("values", "state", "dead"),
    [
        ({"status": "checking"}, "", False),
        ({"status": "checking", "heartbeat": LONG_AGO}, "", True),
        ({"status": "waiting", "heartbeat": LONG_AGO}, "", False),
        ({"status": "loading", "heartbeat": LONG_AGO}, "running", False),
        ({"status": "loading"}, "failed", True),
        ({"status": "loading"}, "cancelled", True),
        ({"status": "done"}, "failed", False),
    ],
)
def test_import_is_dead_where_its_job_ended_without_a_result(
    put_in: Callable[..., FrameImport], values: dict[str, Any], state: str, dead: bool
) -> None:
    made = put_in(**values, job=job(state) if state else None)
    assert (is_dead(made), can_restart(made)) == (dead, dead)


def test_refusal_is_restarted_where_the_program_had_stopped_and_the_file_is_there(
    put_in: Callable[..., FrameImport],
) -> None:
    stopped = {"status": "refused", "report": {"refusal": {"code": "stopped"}}}
    assert can_restart(put_in(**stopped))
    assert not can_restart(put_in(**stopped, stored_file=""))
    assert not can_restart(put_in(status="refused", report={"refusal": {"code": "file_empty"}}))


def test_progress_of_an_import_that_was_taken_away_is_refused(put_in: Callable[..., FrameImport]) -> None:
    made = put_in()
    note_progress(frame_import=made, done=3, total=9)
    FrameImport.objects.update(status="discarded")
    with pytest.raises(ImportSuperseded):
        note_progress(frame_import=made, done=4, total=9)
    assert FrameImport.objects.values_list("rows_done", "rows_total").get() == (3, 9)


def test_good_rows_are_accepted_once_and_only_where_there_are_any(
    put_in: Callable[..., FrameImport], officer: User
) -> None:
    made, empty = put_in(status="waiting", rows_good=2), put_in(status="waiting", rows_good=0)
    found = [accept_good_rows(frame_import=one, actor=officer) for one in (made, made, empty)]
    assert found == [True, False, False]
    assert StaffAction.objects.get(verb="accept_good_rows").detail == {"firms": 2}


@pytest.mark.parametrize(
    ("status", "discarded"), [("waiting", True), ("refused", True), ("checking", False), ("done", False)]
)
def test_import_is_discarded_unless_it_is_at_work_or_in(
    put_in: Callable[..., FrameImport], officer: User, status: str, discarded: bool
) -> None:
    made = put_in(status=status)
    path = Path(made.stored_file.path)
    assert discard_import(frame_import=made, actor=officer) is discarded
    assert path.exists() is not discarded
    assert verbs() == (["discard_frame_import"] if discarded else [])


def test_dead_import_is_discarded_with_what_it_had_written(put_in: Callable[..., FrameImport], officer: User) -> None:
    frame = SamplingFrame.objects.create(title="2026")
    assert discard_import(frame_import=put_in(status="loading", heartbeat=LONG_AGO, frame=frame), actor=officer)
    assert not SamplingFrame.objects.exists()


def test_old_imports_that_nobody_decided_on_expire_with_their_files(put_in: Callable[..., FrameImport]) -> None:
    old = put_in(status="waiting", heartbeat=LONG_AGO)
    dead = put_in(status="checking", heartbeat=LONG_AGO)
    put_in(status="waiting")
    put_in(status="checking", heartbeat=LONG_AGO, job=job("running"))
    put_in(status="done", heartbeat=LONG_AGO)
    assert expire_undecided_imports(before=timezone.now() - timedelta(hours=1)) == 2
    expired = FrameImport.objects.filter(status="expired").order_by("pk").values_list("pk", "stored_file")
    assert list(expired) == [(old.pk, ""), (dead.pk, "")]
    assert not Path(old.stored_file.path).exists()
    assert StaffAction.objects.filter(verb="expire_frame_import", actor=None).count() == 2


def test_dead_import_is_checked_again_once(put_in: Callable[..., FrameImport], officer: User) -> None:
    made = put_in(status="loading", heartbeat=LONG_AGO, rows_done=5, report={"errors": {}})
    assert [restart_import(frame_import=made, actor=officer) for _time in range(2)] == [True, False]
    again = FrameImport.objects.get()
    assert (again.status, again.rows_done, again.report) == ("checking", 0, {})
    assert verbs() == ["restart_frame_import"]


def test_refused_file_is_not_kept_and_why_is(put_in: Callable[..., FrameImport]) -> None:
    made = put_in()
    path = Path(made.stored_file.path)
    refuse_file(frame_import=made, refused=FrameFileRefused("file_empty"))
    again = FrameImport.objects.get()
    assert (again.status, again.report["refusal"]["code"], again.stored_file.name) == ("refused", "file_empty", "")
    assert not path.exists()


def test_frame_of_an_import_that_was_taken_away_is_dropped(put_in: Callable[..., FrameImport]) -> None:
    frame = SamplingFrame.objects.create(title="2026")
    with pytest.raises(ImportSuperseded):
        link_frame(frame_import=put_in(status="discarded"), frame=frame)
    assert not SamplingFrame.objects.exists()


def test_import_is_done_with_the_frame_that_it_filled(put_in: Callable[..., FrameImport]) -> None:
    frame, other = (SamplingFrame.objects.create(title="2026", unit_count=7) for _ in range(2))
    made = put_in(status="loading")
    link_frame(frame_import=made, frame=frame)
    with pytest.raises(ImportSuperseded):
        finish_import(frame_import=made, frame=other)
    finish_import(frame_import=made, frame=frame)
    assert FrameImport.objects.values_list("status", "rows_done", "frame").get() == ("done", 7, frame.pk)


def test_ready_frame_of_the_same_bytes_is_named() -> None:
    SamplingFrame.objects.create(title="2025", source_digest="d", status=SamplingFrame.Status.READY)
    SamplingFrame.objects.create(title="loading", source_digest="d")
    SamplingFrame.objects.create(title="other", source_digest="e", status=SamplingFrame.Status.READY)
    assert same_file_notes("d") == [("same_file", {"title": "2025"})]


def test_every_step_of_an_import_stands_with_its_entry_in_the_history_or_not_at_all(
    put_in: Callable[..., FrameImport], officer: User
) -> None:
    assert half_written(put_in) == []
    waiting = put_in(status="waiting", rows_good=2)
    assert half_written(lambda: accept_good_rows(frame_import=waiting, actor=officer)) == []
    dead = put_in(status="loading", heartbeat=LONG_AGO)
    assert half_written(lambda: restart_import(frame_import=dead, actor=officer)) == []


@pytest.mark.parametrize("number", range(2, 7))
def test_import_that_is_discarded_or_expires_half_way_is_not_said_to_be_over(
    put_in: Callable[..., FrameImport], officer: User, number: int
) -> None:
    discarded = put_in(status="waiting")
    put_in(status="waiting", heartbeat=LONG_AGO)
    ends: tuple[Callable[[], object], ...] = (
        lambda: discard_import(frame_import=discarded, actor=officer),
        lambda: expire_undecided_imports(before=timezone.now() - timedelta(hours=1)),
    )
    for end in ends:
        with suppress(ProcessEnds), ended_at_write(number):
            end()
    over = FrameImport.objects.filter(status__in=["discarded", "expired"]).count()
    assert len([verb for verb in verbs() if verb in ("discard_frame_import", "expire_frame_import")]) == over
