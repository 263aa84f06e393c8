"""Columns as the database gives them."""

from datetime import UTC, datetime
from functools import partial

import numpy as np
import pandas as pd
import pytest

from survey.models import Case
from survey.selectors import raw_columns as module
from survey.selectors.raw_columns import raw_arrays, raw_columns


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


@pytest.mark.parametrize("at_once", [1, 2, 500])
@pytest.mark.parametrize("rows", [0, 2, 100])
def test_arrays_are_the_columns_in_any_portion_and_however_many_rows_were_expected(
    cases: list[Case], at_once: int, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AT_ONCE", at_once)
    for length, case in enumerate(cases):
        Case.objects.filter(pk=case.pk).update(code_hash="x" * (length + 1))
    query = Case.objects.order_by("id").values_list("id", "code_hash", "is_closed")
    found = raw_arrays(query, [partial(np.array, dtype=kind) for kind in (np.int64, np.str_, bool)], rows=rows)
    wanted = [
        np.array(column, kind) for column, kind in zip(raw_columns(query), (np.int64, np.str_, bool), strict=True)
    ]
    assert [(one.dtype, one.tolist()) for one in found] == [(one.dtype, one.tolist()) for one in wanted]


def test_arrays_of_no_row_have_their_types(db: None) -> None:
    query = Case.objects.order_by("id").values_list("id", "code_hash")
    found = raw_arrays(query, [partial(np.array, dtype=kind) for kind in (np.int64, np.str_)], rows=0)
    assert [(one.dtype.kind, len(one)) for one in found] == [("i", 0), ("U", 0)]
