"""Columns as the database gives them."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from survey.models import Case
from survey.selectors import raw_columns as module
from survey.selectors.raw_columns import raw_columns


@pytest.fixture
def sent(cases: list[Case]) -> list[datetime]:
    """Three cases were written to at different times, one of which is closed."""
    times = [datetime(2026, 3, day, 23, 59, 59, 5, tzinfo=UTC) for day in (1, 2, 3)]
    for case, at in zip(cases, times, strict=False):
        Case.objects.filter(pk=case.pk).update(code_sent_at=at, is_closed=case == cases[1])
    return times


@pytest.mark.parametrize("at_once", [1, 2, 500])
def test_times_and_truths_can_be_read_again_in_any_portion(
    cases: list[Case], sent: list[datetime], at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AT_ONCE", at_once)
    rows = Case.objects.exclude(code_sent_at=None).order_by().values_list("pk", "code_sent_at", "is_closed")
    keys, times, closed = raw_columns(rows)
    found = dict(zip(keys, zip(pd.to_datetime(times, utc=True), map(bool, closed), strict=True), strict=True))
    wanted = {case.pk: (at, case == cases[1]) for case, at in zip(cases, sent, strict=False)}
    assert found == wanted


def test_order_is_kept_and_no_row_is_an_empty_column(sent: list[datetime]) -> None:
    rows = Case.objects.exclude(code_sent_at=None).order_by("-code_sent_at").values_list("code_sent_at")
    (times,) = raw_columns(rows)
    assert list(pd.to_datetime(times, utc=True)) == sent[::-1]
    assert raw_columns(rows.filter(pk=0).values_list("pk", "status")) == [[], []]
