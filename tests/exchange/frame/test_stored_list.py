"""The long part of an import: checked and loaded from its stored file, with a sign of life between portions."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile, File
from django.core.files.storage import InMemoryStorage
from pytest_django import Settings

from survey.exchange.frame.stored_list import check_stored_file, load_stored_file
from survey.models import District, FrameImport, SamplingFrame
from survey.services.frame.import_steps import accept_good_rows, put_in_file
from survey.terms import Role
from tests.frame_lists import firms, write_list

pytestmark = pytest.mark.usefixtures("classified")


@pytest.fixture
def stored(office_user: Callable[[Role | str], User], settings: Settings, tmp_path: Path) -> FrameImport:
    """A list of three firms, one of them in a district that does not exist."""
    settings.MEDIA_ROOT = tmp_path / "media"
    content = write_list(tmp_path / "list.xlsx", firms((2, "所在区", "?"))).read_bytes()
    return put_in_file(
        upload=ContentFile(content, "list.xlsx"),
        source_name="list.xlsx",
        title="2026",
        actor=office_user(Role.FIELD_OFFICER),
    )


def accepted(frame_import: FrameImport) -> FrameImport:
    check_stored_file(frame_import)
    frame_import.refresh_from_db()
    assert frame_import.created_by is not None
    assert accept_good_rows(frame_import=frame_import, actor=frame_import.created_by)
    frame_import.refresh_from_db()
    return frame_import


def test_check_waits_for_a_decision_and_writes_no_frame(stored: FrameImport) -> None:
    check_stored_file(stored)
    stored.refresh_from_db()
    assert (stored.status, stored.rows_good, stored.rows_bad, SamplingFrame.objects.count()) == ("waiting", 2, 1, 0)


def test_loading_tells_how_many_rows_are_written(stored: FrameImport) -> None:
    told: list[tuple[int, int]] = []
    load_stored_file(accepted(stored), lambda done, total: told.append((done, total)))
    assert told[-1] == (2, 2)
    assert SamplingFrame.objects.get().unit_count == 2


def test_loading_asks_again_where_the_check_now_finds_other_rows(stored: FrameImport) -> None:
    waiting = accepted(stored)
    District.objects.filter(code="440304").delete()
    load_stored_file(waiting)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.rows_good, SamplingFrame.objects.count()) == ("waiting", 1, 0)


def test_work_that_was_stopped_by_its_watch_has_written_nothing(stored: FrameImport) -> None:
    def stop(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        check_stored_file(stored, stop)
    stored.refresh_from_db()
    assert (stored.status, bool(stored.errors_file)) == ("checking", False)


def test_file_in_a_store_elsewhere_is_read_by_a_copy(stored: FrameImport) -> None:
    content = stored.stored_file.read()
    elsewhere = InMemoryStorage()
    name = elsewhere.save("list", File(io.BytesIO(content)))
    stored.stored_file.storage, stored.stored_file.name = elsewhere, name
    check_stored_file(stored)
    stored.refresh_from_db()
    assert (stored.status, stored.rows_total) == ("waiting", 3)
