"""The report of a list that was put in: sizes in percent, why it was refused, and whether its work has died."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from survey.models import FrameImport, Job
from survey.views.fieldwork.frame_import_report import import_report, size_rows

pytestmark = pytest.mark.django_db


def made(**values: object) -> FrameImport:
    row = FrameImport.objects.create(title="2026", source_name="list.xlsx", stored_file="list-1")
    FrameImport.objects.filter(pk=row.pk).update(**values)
    return FrameImport.objects.get(pk=row.pk)


def test_sizes_stand_from_large_on_with_their_percentage_of_the_good_rows() -> None:
    with translation.override("en"):
        rows = size_rows({"micro": 3, "large": 1, "small": 0, "medium": 0})
    assert [(count, percent) for _label, count, percent in rows] == [(1, 25.0), (0, 0.0), (0, 0.0), (3, 75.0)]
    assert size_rows({}) == size_rows({"large": 0}) == []


@pytest.mark.parametrize(("silent", "working", "died"), [(1, True, False), (200, False, True)])
def test_import_that_is_silent_for_too_long_has_died(silent: int, working: bool, died: bool) -> None:
    heard = timezone.now() - timedelta(seconds=silent)
    context = import_report(made(status="checking", heartbeat=heard))
    assert (context["is_working"], context["has_died"], context["can_restart"]) == (working, died, died)
    assert (context["fault"], context["no_worker"], context["refusal"], context["sizes"]) == (None, False, None, [])


def test_refusal_is_told_in_its_sentences() -> None:
    with translation.override("en"):
        refused = made(status="refused", report={"refusal": {"code": "file_empty", "params": {}}})
        assert import_report(refused)["refusal"].message == "The file is empty (0 bytes)."


def test_note_is_told_with_what_it_names() -> None:
    with translation.override("en"):
        notes = import_report(made(report={"notes": [["same_file", {"title": "Frame 2025"}]]}))["notes"]
    assert ["Frame 2025" in note.message for note in notes] == [True]


@pytest.mark.parametrize(
    ("fault", "told"),
    [({}, None), ({"code": "stopped", "params": {}}, "The job stopped because of a fault in the program.")],
)
def test_import_says_why_its_job_ended(fault: dict[str, object], told: str | None) -> None:
    job = Job.objects.create(kind="frame_check", key="1", state="failed", fault=fault)
    with translation.override("en"):
        line = import_report(made(status="checking", job=job))["fault"]
    assert (line and line.message) == told
