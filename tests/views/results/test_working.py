"""Working figures are for those with their right, exact, marked, written down, and protected page by page."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from survey.instrument.plan.plan import Threshold
from survey.models import SamplingFrame, StaffAction, Survey, Wave
from survey.terms import Role, WaveStatus
from tests.answered import ITEMS, PLAN, answer, answered_wave, in_another_version, sampled_wave
from tests.views.results.shown import lines, without_tokens

PAGE, TABLE = "/admin/dashboard/working/?chapter=all", "/admin/dashboard/working/ranking.csv"


@pytest.mark.parametrize("role", [Role.METHODOLOGIST, Role.ADMINISTRATOR])
@pytest.mark.parametrize("address", [PAGE, TABLE])
def test_results_are_shown_to(answered: Any, as_role: Any, role: Role, address: str) -> None:
    assert as_role(role).get(address).status_code == 200


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER, Role.FIELD_OFFICER, Role.DESIGNER])
@pytest.mark.parametrize("address", [PAGE, TABLE])
def test_results_are_refused_to(answered: Any, as_role: Any, role: Role, address: str) -> None:
    assert as_role(role).get(address).status_code == 403


@pytest.mark.parametrize("address", [PAGE, TABLE])
def test_nobody_is_asked_to_log_in(answered: Any, client: Client, address: str) -> None:
    assert client.get(address)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("address", [PAGE, TABLE])
def test_results_are_only_read(answered: Any, methodologist: Any, address: str) -> None:
    assert methodologist.post(address).status_code == 405


def test_page_without_a_sample_says_what_comes_first(methodologist: Any, wave: Wave) -> None:
    assert "There are no results yet" in methodologist.get(PAGE).content.decode()


def test_page_without_answers_says_what_to_do_next(
    methodologist: Any, wave: Wave, frame: Callable[..., SamplingFrame]
) -> None:
    sampled_wave(wave, frame(), 24)
    assert "0 of 24 sampled firms answered" in methodologist.get(PAGE).content.decode()


def test_page_without_answers_names_the_threshold_of_the_plan(
    methodologist: Any, wave: Wave, frame: Callable[..., SamplingFrame]
) -> None:
    sampled_wave(wave, frame(), 24)
    in_another_version(wave, *ITEMS, plan=replace(PLAN, threshold=Threshold(firms=13)))
    assert "and 13 to show a figure" in methodologist.get(PAGE).content.decode()


def test_page_shows_the_figures_with_intervals(answered: Any, methodologist: Any) -> None:
    page = methodologist.get(PAGE).content.decode()
    share = next(line for line in lines(methodologist.get(TABLE)) if line["row_code"] == "B4_severity")
    assert f"{100 * float(share['estimate']):.1f}%" in page
    assert f"{100 * float(share['ci_low']):.1f}% – {100 * float(share['ci_high']):.1f}%" in page


def test_filter_restricts_the_firms(answered: Any, methodologist: Any) -> None:
    page = methodologist.get(PAGE, {"chapter": "all", "industry": "C"})
    assert page.context["content"].tables["ranking"].base.domain == (("industry", "C"),)
    assert 0 < page.context["content"].tables["ranking"].base.n < 60


def test_group_of_few_firms_is_not_shown(wave: Wave, frame: Callable[..., SamplingFrame], methodologist: Any) -> None:
    answered_wave(wave, frame, firms=60, sample=40, answers=8)
    page = methodologist.get(PAGE).content.decode()
    assert "Nothing is shown for this group of firms" in page
    assert "%" not in page.split("Nothing is shown")[1]


def test_table_of_a_hidden_group_is_not_found(
    wave: Wave, frame: Callable[..., SamplingFrame], methodologist: Any
) -> None:
    answered_wave(wave, frame, firms=60, sample=40, answers=8)
    assert methodologist.get(TABLE).status_code == 404


def test_table_of_an_unknown_wave_or_of_one_without_answers_is_not_found(
    methodologist: Any, wave: Wave, frame: Callable[..., SamplingFrame]
) -> None:
    assert methodologist.get(TABLE).status_code == 404
    sampled_wave(wave, frame(), 24)
    assert [methodologist.get(TABLE, {"wave": code}).status_code for code in ("w1", "w9")] == [404, 404]


def test_unknown_table_is_not_found(answered: Any, methodologist: Any) -> None:
    assert methodologist.get("/admin/dashboard/nothing.csv").status_code == 404


def test_downloaded_table_of_a_demonstration_says_so_in_every_line(answered: Any, methodologist: Any) -> None:
    Survey.objects.update(is_demonstration=True)
    (remark,) = {line["remark"] for line in lines(methodologist.get(TABLE))}
    assert "Demonstration: firms, persons and answers are made up." in remark


@pytest.mark.parametrize(("status", "is_provisional"), [(WaveStatus.OPEN, True), (WaveStatus.CLOSED, False)])
def test_page_and_file_of_an_open_wave_are_provisional(
    answered: Any, methodologist: Any, status: WaveStatus, is_provisional: bool
) -> None:
    Wave.objects.update(status=status.value)
    page = methodologist.get(PAGE).content.decode()
    told = ("Provisional" in page, "Provisional" in methodologist.get(TABLE).content.decode("utf-8-sig"))
    assert set(told) == {is_provisional}


def test_line_of_a_file_says_wave_filter_unit_base_and_p(answered: Any, methodologist: Any) -> None:
    found = lines(methodologist.get(TABLE, {"industry": "C"}))
    assert {(line["wave"], line["unit"], line["base"]) for line in found} == {(str(answered), "fraction", "all firms")}
    assert "".join({line["filter"] for line in found}) != ""
    assert float(found[0]["p"]) <= 1


def test_page_and_file_are_marked(answered: Any, methodologist: Any) -> None:
    file = methodologist.get(TABLE)
    assert "Working figure, not to be passed on." in methodologist.get(PAGE).content.decode()
    assert {line["remark"][:36] for line in lines(file)} == {"Working figure, not to be passed on."}
    assert file["Content-Disposition"] == 'attachment; filename="w1-working-ranking.csv"'


def test_every_view_is_written_down_with_its_filter(answered: Any, methodologist: Any) -> None:
    """Also the same one at once again: the difference of two views tells of who answered in between."""
    for address, query in ((PAGE, {}), (PAGE, {}), (PAGE, {"industry": "C"}), (TABLE, {"size": "small"})):
        methodologist.get(address, query)
    assert list(StaffAction.objects.exclude(actor=None).order_by("id").values_list("verb", "detail")) == [
        ("read_figures", {"chapter": "all"}),
        ("read_figures", {"chapter": "all"}),
        ("read_figures", {"chapter": "overview", "industry": "C"}),
        ("download_table", {"size": "small", "table": "ranking"}),
    ]


def test_names_and_contacts_never_reach_the_page(answered: Any, methodologist: Any) -> None:
    page = methodologist.get(PAGE).content.decode()
    assert "企业0" not in page
    assert "example.org" not in page


def test_page_has_no_inline_script_or_style(answered: Any, methodologist: Any) -> None:
    page = methodologist.get(PAGE).content.decode()
    assert "style=" not in page
    assert page.count("<script") == page.count("<script src=") + page.count('type="application/json"')


def queries_of(methodologist: Any, captured: Any) -> Any:
    with captured as queries:
        methodologist.get(PAGE)
    return len(queries)


def test_queries_do_not_grow_with_answers(
    wave: Wave,
    frame: Callable[..., SamplingFrame],
    methodologist: Any,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    answered_wave(wave, frame, firms=120, sample=80, answers=20)
    methodologist.get(PAGE)  # what is read once for each version and session
    answer(wave, 5)
    first = queries_of(methodologist, django_assert_max_num_queries(60))
    answer(wave, 35)
    assert queries_of(methodologist, django_assert_max_num_queries(60)) <= first


def test_page_is_sent_packed(answered: Any, methodologist: Any) -> None:
    plain = methodologist.get(PAGE)
    packed = methodologist.get(PAGE, headers={"accept-encoding": "gzip"})
    assert (packed["Content-Encoding"], packed["Vary"].count("Accept-Encoding")) == ("gzip", 1)
    assert without_tokens(gzip.decompress(packed.content)) == without_tokens(plain.content)
    assert 6 * len(packed.content) < len(plain.content)
