"""The dashboard shows cleared figures alone, looked up in a cut, to everybody who may see results."""

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.models import CutPage, SamplingFrame, StaffAction, Survey, Wave
from survey.services.results.cuts import make_cut
from survey.terms import Role, WaveStatus
from tests.answered import answer, sampled_wave
from tests.views.results.shown import lines, without_tokens

PAGE, TABLE = "/admin/dashboard/?chapter=all", "/admin/dashboard/ranking.csv"
MOMENT = re.compile(r"as of [^(]+\(cut \d+\)")


@pytest.mark.parametrize("role", [Role.METHODOLOGIST, Role.ANALYST, Role.VIEWER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("address", [PAGE, TABLE])
def test_cleared_figures_are_shown_to(cut_wave: Wave, as_role: Any, role: Role, address: str) -> None:
    assert as_role(role).get(address).status_code == 200


@pytest.mark.parametrize("role", [Role.FIELD_OFFICER, Role.DESIGNER])
@pytest.mark.parametrize("address", [PAGE, TABLE])
def test_cleared_figures_are_refused_to(cut_wave: Wave, as_role: Any, role: Role, address: str) -> None:
    assert as_role(role).get(address).status_code == 403


@pytest.mark.parametrize("address", [PAGE, TABLE])
def test_cleared_figures_are_only_read(cut_wave: Wave, viewer: Any, address: str) -> None:
    assert viewer.post(address).status_code == 405


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER])
def test_way_to_working_figures_is_shown_to_nobody_who_may_not(cut_wave: Wave, as_role: Any, role: Role) -> None:
    page = as_role(role).get(PAGE).content.decode()
    assert [part for part in ("working", "/microdata/", "/replicates/", "/outliers/", 'id="cut"') if part in page] == []


def test_page_says_of_which_moment_its_figures_are(cut_wave: Wave, viewer: Any) -> None:
    page = viewer.get(PAGE).content.decode()
    assert MOMENT.search(page)
    assert MOMENT.search(lines(viewer.get(TABLE))[0]["remark"])


def test_page_and_file_carry_the_same_rounded_figure(cut_wave: Wave, viewer: Any) -> None:
    share = next(line for line in lines(viewer.get(TABLE)) if line["row_code"] == "B4_severity")
    row = re.search(r"Pain B4</th>(.*?)</tr>", viewer.get(PAGE).content.decode(), re.S)
    # Sixty answers: shares in steps of five points, firms in steps of five.
    assert 100 * float(share["estimate"]) % 5 == pytest.approx(0, abs=1e-9)
    assert int(share["n"]) % 5 == 0
    assert row is not None
    assert f"{100 * float(share['estimate']):.0f}" in row.group(1)


def test_withheld_figure_has_one_status_whatever_the_reason(cut_wave: Wave, viewer: Any) -> None:
    pages = CutPage.objects.values_list("tables", flat=True)
    cells = [cell for page in pages for table in page["tables"].values() for line in table["cells"] for cell in line]
    statuses = {cell.get("status", "shown") for cell in cells}
    assert {"withheld"} <= statuses <= {"shown", "caution", "unreliable", "empty", "withheld"}
    assert [cell for cell in cells if cell.get("status") == "withheld" and set(cell) - {"n", "status", "coarser"}] == []


def test_unknown_table_is_not_found(cut_wave: Wave, viewer: Any) -> None:
    assert viewer.get("/admin/dashboard/nothing.csv").status_code == 404


def test_page_without_a_sample_says_what_comes_first(viewer: Any, wave: Wave) -> None:
    assert "There are no results yet" in viewer.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("role", "said"),
    [(Role.VIEWER, "Ask a methodologist for a cut"), (Role.METHODOLOGIST, 'action="/admin/dashboard/cut/"')],
)
def test_page_before_the_first_cut_says_what_to_do(
    wave: Wave, frame: Callable[..., SamplingFrame], as_role: Any, role: Role, said: str
) -> None:
    sampled_wave(wave, frame(), 24)
    page = as_role(role).get(PAGE).content.decode()
    assert ("Nothing is cleared yet" in page, said in page) == (True, True)


@pytest.mark.parametrize(("status", "is_provisional"), [(WaveStatus.OPEN, True), (WaveStatus.CLOSED, False)])
def test_figures_of_an_open_wave_are_provisional(
    cut_wave: Wave, viewer: Any, status: WaveStatus, is_provisional: bool
) -> None:
    Wave.objects.update(status=status.value)
    page, file = (viewer.get(address).content.decode("utf-8-sig") for address in (PAGE, TABLE))
    assert ("Provisional" in page, "Provisional" in file) == (is_provisional, is_provisional)


def test_downloaded_table_of_a_demonstration_says_so_in_every_line(cut_wave: Wave, viewer: Any) -> None:
    Survey.objects.update(is_demonstration=True)
    (remark,) = {line["remark"] for line in lines(viewer.get(TABLE))}
    assert "Demonstration: firms, persons and answers are made up." in remark


def test_looking_at_cleared_figures_is_not_written_down(cut_wave: Wave, viewer: Any) -> None:
    before = StaffAction.objects.count()
    viewer.get(PAGE)
    viewer.get(TABLE)
    assert StaffAction.objects.count() == before


def test_page_has_no_inline_script_or_style(cut_wave: Wave, viewer: Any) -> None:
    page = viewer.get(PAGE).content.decode()
    assert "style=" not in page
    assert page.count("<script") == page.count("<script src=") + page.count('type="application/json"')


@pytest.mark.parametrize("query", [{}, {"industry": "C"}])
def test_page_asks_few_queries_whatever_was_kept(
    cut_wave: Wave, viewer: Any, django_assert_max_num_queries: DjangoAssertNumQueries, query: dict[str, str]
) -> None:
    """Session, user, permissions, waves, the cut, its page, and the mark of a demonstration; never an answer."""
    viewer.get(PAGE)
    with django_assert_max_num_queries(9) as first:
        viewer.get(PAGE, {"chapter": "all", **query})
    with django_assert_max_num_queries(9):
        viewer.get(PAGE, {"chapter": "all", **query})
    asked = " ".join(one["sql"] for one in first.captured_queries)
    assert [name for name in ("survey_response", "survey_case", "survey_change") if name in asked] == []


def test_queries_do_not_grow_with_waves_and_cuts(
    cut_wave: Wave, viewer: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    viewer.get(PAGE)
    for _again in range(2):
        answer(cut_wave, 5)
        make_cut(wave=cut_wave, actor=None)
    viewer.get(PAGE)
    with django_assert_max_num_queries(9):
        viewer.get(PAGE)


def test_page_is_sent_packed(cut_wave: Wave, viewer: Any) -> None:
    plain = viewer.get(PAGE)
    packed = viewer.get(PAGE, headers={"accept-encoding": "gzip"})
    assert (packed["Content-Encoding"], packed["Vary"].count("Accept-Encoding")) == ("gzip", 1)
    assert without_tokens(gzip.decompress(packed.content)) == without_tokens(plain.content)
