"""The dashboard shows what changed since an earlier wave, from what both waves tell alone."""

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from survey.models import Response, SamplingFrame, Wave
from survey.services.results.cuts import make_cut
from tests.answered import two_waves

# What was submitted is changed here, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")

PAGE, TABLE, CHANGE = (
    "/admin/dashboard/?chapter=all",
    "/admin/dashboard/ranking.csv",
    "/admin/dashboard/change_ranking.csv",
)


@pytest.fixture
def waves(wave: Wave, frame: Callable[..., SamplingFrame]) -> Any:
    later, earlier = two_waves(wave, frame)
    for each in (later, earlier):
        make_cut(wave=each, actor=None)
    return later, earlier


def figures(viewer: Client, address: str, **query: str) -> Any:
    content = viewer.get(address, query).content.decode("utf-8-sig")
    return {line["row_code"]: line for line in csv.DictReader(StringIO(content))}


def test_change_is_the_difference_of_the_rounded_figures_of_both_pages(waves: Any, viewer: Client) -> None:
    now, before = (float(figures(viewer, TABLE, wave=one.code)["B1_severity"]["estimate"]) for one in waves)
    change = figures(viewer, CHANGE)["B1_severity"]
    assert float(change["estimate"]) == pytest.approx(100 * (now - before))
    assert (float(change["before"]), float(change["after"]), change["n"]) == (before, now, "")
    assert "Compared with “The year before” (cut 1, as of " in change["remark"]


def test_page_says_what_it_compares_with_and_not_how_many_firms_are_in_both(waves: Any, viewer: Client) -> None:
    page = viewer.get(PAGE).content.decode()
    assert "Compared with “The year before” (cut 1, as of " in page
    assert "Below it the change in percentage points since “The year before”." in page
    assert ('id="change_ranking"' in page, "Firms in both waves" in page, "in both waves</p>" in page) == (
        True,
        False,
        False,
    )


def test_comparison_reads_no_answer(waves: Any, viewer: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(16) as asked:
        viewer.get(PAGE)
    sql = " ".join(one["sql"] for one in asked.captured_queries)
    assert [name for name in ("survey_response", "survey_case", "survey_change") if name in sql] == []


def test_kept_page_shows_the_next_cut_of_the_earlier_wave(waves: Any, viewer: Client) -> None:
    viewer.get(PAGE)
    for response in Response.objects.filter(case__wave=waves[1]):
        response.answers = {**response.answers, "B1_severity": "5"}
        response.save()
    make_cut(wave=waves[1], actor=None)
    assert "Compared with “The year before” (cut 2, as of " in viewer.get(PAGE).content.decode()


def test_comparison_is_switched_off_and_stays_so_in_the_links(waves: Any, viewer: Client) -> None:
    page = viewer.get(PAGE, {"chapter": "all", "against": "none"}).content.decode()
    assert ("change_ranking" in page, "against=none" in page) == (False, True)
    assert viewer.get(CHANGE, {"against": "none"}).status_code == 404


def test_unknown_other_wave_is_not_found(waves: Any, viewer: Client) -> None:
    assert [viewer.get(one, {"against": "nonsense"}).status_code for one in (PAGE, CHANGE)] == [404, 404]


def test_first_wave_has_nothing_to_compare_with(waves: Any, viewer: Client) -> None:
    page = viewer.get(PAGE, {"chapter": "all", "wave": waves[1].code}).content.decode()
    assert ("Compared with" in page, viewer.get(CHANGE, {"wave": waves[1].code}).status_code) == (False, 404)
