from contextlib import suppress
from typing import Any

import pandas as pd
import pytest

from survey.models import Contact, FrameUnit, SamplingFrame, StaffAction
from survey.services.frame import loading as frame_load
from survey.services.frame.complaints import FrameFileRefused
from survey.services.frame.importing import RowsHaveErrors, digest_of_rows, import_frame
from tests.frame_lists import CODES, HEADERS, firms
from tests.interrupted import ProcessEnds, ended_at_write

pytestmark = pytest.mark.usefixtures("classified")


def imported(table: pd.DataFrame | None = None, **options: Any) -> SamplingFrame:
    return import_frame(rows=firms() if table is None else table, title="2026", actor=None, **options)


def test_import_makes_a_ready_frame_with_its_firms() -> None:
    frame = imported(is_demonstration=True, source_name="list.xlsx")
    assert (frame.status, frame.unit_count, frame.is_demonstration, frame.source_name) == (
        "ready",
        3,
        True,
        "list.xlsx",
    )
    fields = (
        "credit_code",
        "name",
        "district__code",
        "industry__code",
        "industry_section",
        "size_class",
        "employees",
        "revenue",
    )
    assert list(frame.units.values_list(*fields)) == [
        (CODES[0], "甲电子有限公司", "440305", "39", "C", "large", 1200, 56000.0),
        (CODES[1], "乙软件有限公司", "440304", "65", "I", "medium", 150, 5000.5),
        (CODES[2], "丙商贸有限公司", "440306", "51", "F", "micro", 3, 900.0),
    ]


def test_import_writes_contacts_where_there_are_any() -> None:
    imported()
    assert list(
        Contact.objects.order_by("unit__credit_code").values_list("unit__credit_code", "name", "email", "phone")
    ) == [
        (CODES[0], "王女士", "a@example.com", "0755-12345678"),
        (CODES[1], "李先生", "", "13800138000"),
    ]


def test_import_is_written_to_the_audit_history() -> None:
    imported(firms((2, "所在区", "?")), accept_good_rows=True)
    assert StaffAction.objects.values_list("verb", "subject", "detail").get() == (
        "import_frame", "2026", {"firms": 2, "left_out": 1},
    )  # fmt: skip


def test_wrong_rows_keep_everything_out_unless_good_rows_are_accepted() -> None:
    with pytest.raises(RowsHaveErrors) as refused:
        imported(firms((2, "所在区", "?")))
    assert (refused.value.checked.bad_count, SamplingFrame.objects.count()) == (1, 0)
    assert refused.value.complaint.sentences() == (
        "1 of 3 rows have errors; nothing was imported. Mend them, or accept the good rows."
    )


def test_accepted_good_rows_go_in_without_the_others() -> None:
    frame = imported(firms((2, "所在区", "?")), accept_good_rows=True)
    assert list(frame.units.values_list("credit_code", flat=True)) == CODES[1:3]


def test_list_without_a_good_row_never_goes_in() -> None:
    table = firms(*((row, "所在区", "?") for row in (2, 3, 4)))
    with pytest.raises(RowsHaveErrors):
        imported(table, accept_good_rows=True)


def test_missing_header_is_refused_before_anything_is_written() -> None:
    with pytest.raises(FrameFileRefused):
        imported(firms().drop(columns=HEADERS[0]))
    assert SamplingFrame.objects.count() == 0


def test_import_that_fails_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame_load, "BATCH", 2)

    def stop(done: Any, total: Any) -> None:
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        imported(progress=stop)
    assert (SamplingFrame.objects.count(), FrameUnit.objects.count(), Contact.objects.count()) == (0, 0, 0)


def test_progress_counts_the_firms_batch_by_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame_load, "BATCH", 2)
    seen = []
    imported(progress=lambda done, total: seen.append((done, total)))
    assert seen == [(2, 3), (3, 3)]


def test_same_firms_may_stand_in_two_frames() -> None:
    imported()
    assert (imported().unit_count, FrameUnit.objects.count()) == (3, 6)


def test_list_with_a_wrong_row_is_loaded_only_where_somebody_said_so() -> None:
    with pytest.raises(RowsHaveErrors):
        imported(firms((2, "所在区", "?")))
    assert not SamplingFrame.objects.exists()


def test_list_is_known_by_the_digest_of_its_file_or_else_of_its_rows() -> None:
    digests = [imported(source_digest=given).source_digest for given in ("d" * 64, "", "")]
    assert digests[0] == "d" * 64
    assert digests[1] == digests[2] == digest_of_rows(firms())


@pytest.mark.parametrize("number", range(5, 11))
def test_import_that_ends_half_way_makes_no_frame_ready(number: int) -> None:
    with suppress(ProcessEnds), ended_at_write(number):
        imported()
    is_told = StaffAction.objects.filter(verb="import_frame").exists()
    assert SamplingFrame.objects.filter(status="ready").exists() == is_told
