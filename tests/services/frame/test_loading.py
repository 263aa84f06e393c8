"""Checked firms are written into a frame that nobody sees before it is complete."""

from typing import Any

import pytest
from django.db import connection

from survey.models import Contact, FrameUnit, SamplingFrame
from survey.selectors.design.classifications import read_classifications
from survey.services.frame import loading
from survey.services.frame.loading import drop_loading_frame, load_units, open_frame
from tests.frame_lists import CODES, firms, good_rows
from tests.interrupted import half_written

pytestmark = pytest.mark.usefixtures("classified")


def opened(**other: Any) -> SamplingFrame:
    given = {"source_name": "list.xlsx", "source_digest": "d", "actor": None, "is_demonstration": False, **other}
    return open_frame(title="2026", **given)


def load(frame: SamplingFrame, progress: Any = None) -> None:
    known = read_classifications()
    load_units(frame=frame, parts=[good_rows(firms(), known)], total=3, classifications=known, progress=progress)


def test_contacts_go_to_their_firms_over_the_border_of_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "BATCH", 2)
    done: list[tuple[int, int]] = []
    # A frame with the same codes stands there already; its firms are not meant.
    load(opened())
    frame = opened()
    load(frame, lambda *numbers: done.append(numbers))
    found = Contact.objects.filter(unit__frame=frame).order_by("pk").values_list("unit__credit_code", "name")
    assert (list(found), done) == ([(CODES[0], "王女士"), (CODES[1], "李先生")], [(2, 3), (3, 3)])


def test_frame_that_is_opened_is_loading_and_keeps_the_end_of_a_long_name() -> None:
    frame = opened(source_name="n" * 200 + ".xlsx", is_demonstration=True)
    assert (frame.status, frame.source_name[-6:], len(frame.source_name)) == ("loading", "n.xlsx", 200)
    assert frame.is_demonstration


def test_dropping_takes_a_loading_frame_with_firms_and_contacts_and_no_other() -> None:
    kept, dropped = opened(), opened()
    load(kept)
    load(dropped)
    drop_loading_frame(dropped)
    assert list(SamplingFrame.objects.all()) == [kept]
    assert (FrameUnit.objects.count(), Contact.objects.count()) == (3, 2)


def test_ready_frame_is_not_dropped() -> None:
    frame = opened()
    load(frame)
    SamplingFrame.objects.update(status=SamplingFrame.Status.READY)
    drop_loading_frame(frame)
    assert (SamplingFrame.objects.count(), FrameUnit.objects.count(), Contact.objects.count()) == (1, 3, 2)


def test_firms_are_written_and_dropped_with_their_contacts_or_not_at_all() -> None:
    frame = opened()
    # PostgreSQL writes by COPY, which is not counted among the statements.
    if connection.vendor == "sqlite":
        assert half_written(lambda: load(frame)) == []
    else:
        load(frame)
    assert half_written(lambda: drop_loading_frame(frame)) == []


def test_frame_is_opened_with_its_history_or_not_at_all() -> None:
    assert half_written(opened) == []
