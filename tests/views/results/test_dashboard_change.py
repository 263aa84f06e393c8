"""The dashboard shows what changed since an earlier wave of the survey."""

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from survey.methods.clearing.changes import ClearedPage, cleared_changes
from survey.models import Case, Cut, SamplingFrame, Wave
from survey.selectors.results.cleared import cleared_tables, words_of_cut
from survey.selectors.results.wave_comparison import pairing_of
from survey.services.results.cuts import make_cut
from tests.answered import earlier_wave, two_waves

# What was submitted is changed here, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")

PAGE, TABLE = "/admin/dashboard/working/?chapter=all", "/admin/dashboard/working/change_ranking.csv"


@pytest.fixture
def waves(wave: Wave, frame: Callable[..., SamplingFrame]) -> Any:
    return two_waves(wave, frame)


def figures(methodologist: Any, address: Any) -> Any:
    content = methodologist.get(address).content.decode("utf-8-sig")
    return {line["row_code"]: line for line in csv.DictReader(StringIO(content))}


def test_change_is_the_figure_of_this_wave_less_that_of_the_other(waves: Any, methodologist: Client) -> None:
    now, before = (figures(methodologist, f"/admin/dashboard/working/ranking.csv?wave={wave.code}") for wave in waves)
    change = figures(methodologist, TABLE)["B1_severity"]
    difference = float(now["B1_severity"]["estimate"]) - float(before["B1_severity"]["estimate"])
    assert float(change["estimate"]) == pytest.approx(100 * difference)
    assert float(change["ci_low"]) < float(change["estimate"]) < float(change["ci_high"])


def test_page_names_the_other_wave_and_the_firms_in_common(waves: Any, methodologist: Client) -> None:
    page = methodologist.get(PAGE).content.decode()
    firms = [
        set(
            Case.objects.filter(wave=wave, responses__isnull=False).values_list(
                "sample_unit__unit__credit_code", flat=True
            )
        )
        for wave in waves
    ]
    assert f"{len(firms[0] & firms[1])} firms answered in both;" in page
    assert "Below it the change in percentage points since “The year before”." in page


def test_cleared_change_is_the_difference_of_what_both_cuts_tell(waves: Any) -> None:
    later, earlier = waves
    pages = [_page(make_cut(wave=wave, actor=None)) for wave in (later, earlier)]
    table = cleared_changes(pages[0], pages[1], pairing_of(later, earlier).items)["change_ranking"]
    (change,) = table.cells[table.rows.codes.index("B1_severity")]
    tables = (page.tables["ranking"] for page in pages)
    now, before = (one.cells[one.rows.codes.index("B1_severity")][0] for one in tables)
    assert (now.estimate, before.estimate) != (None, None)
    assert change.estimate == pytest.approx(100 * ((now.estimate or 0) - (before.estimate or 0)))


def _page(cut: Cut) -> ClearedPage:
    words = words_of_cut(cut, "en")
    return ClearedPage(tables=cleared_tables(cut, words), words=words)


def test_first_wave_has_nothing_to_compare_with(waves: Any, methodologist: Client) -> None:
    response = methodologist.get(f"{PAGE}&wave={waves[1].code}")
    assert "Compared with" not in response.content.decode()
    assert methodologist.get(f"{TABLE}?wave={waves[1].code}").status_code == 404


def test_other_wave_is_chosen_by_its_code(
    waves: Any, frame: Callable[..., SamplingFrame], methodologist: Client
) -> None:
    oldest = earlier_wave(waves[1], frame, firms=120, sample=80, answers=60)
    page = methodologist.get(f"{PAGE}&against={oldest.code}")
    assert page.context["earlier"] == oldest


def test_unknown_other_wave_is_not_found(waves: Any, methodologist: Client) -> None:
    page = methodologist.get(f"{PAGE}&against=nonsense")
    assert page.status_code == 404
    assert "There are no results of a wave “nonsense”." in page.content.decode()


def test_comparison_is_switched_off(waves: Any, methodologist: Client) -> None:
    page = methodologist.get(f"{PAGE}&against=none")
    assert page.context["content"].earlier_title == ""
    assert "change_ranking" not in page.context["content"].tables
