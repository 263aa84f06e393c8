"""The dashboard lets in who may see results, shows protected figures only, and gives them out as files."""

import csv
import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.timezone import localtime
from pytest_django import DjangoAssertNumQueries, Settings

from survey.instrument.schema import Text
from survey.models import Release, SamplingFrame, Survey, Wave
from survey.terms import Role, WaveStatus
from survey.views.results.dashboard_page import WHEN
from tests.answered import ITEMS, answer, answered_wave, in_another_version, sampled_wave
from tests.working import exported

PAGE, TABLE, EXPORT = "/admin/dashboard/", "/admin/dashboard/ranking.csv", "/admin/release/"


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Any:
    return answered_wave(wave, frame, firms=120, sample=80, answers=60)


@pytest.fixture
def as_role(client: Client, office_user: Callable[[Role | str], User]) -> Any:
    def enter(role: Any) -> Any:
        client.force_login(office_user(role))
        client.cookies["django_language"] = "en"
        return client

    return enter


@pytest.fixture
def analyst(as_role: Any) -> Any:
    return as_role(Role.ANALYST)


def lines(response: Any) -> Any:
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("address", [PAGE, TABLE])
def test_results_are_shown_to(answered: Any, as_role: Any, role: Role, address: str) -> None:
    assert as_role(role).get(address).status_code == 200


@pytest.mark.parametrize("role", [Role.FIELD_OFFICER, Role.DESIGNER])
@pytest.mark.parametrize("address", [PAGE, TABLE])
def test_results_are_refused_to(answered: Any, as_role: Any, role: Role, address: str) -> None:
    assert as_role(role).get(address).status_code == 403


@pytest.mark.parametrize("address", [PAGE, TABLE])
def test_nobody_is_asked_to_log_in(answered: Any, client: Client, address: str) -> None:
    assert client.get(address)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("address", [PAGE, TABLE])
def test_results_are_only_read(answered: Any, analyst: Any, address: str) -> None:
    assert analyst.post(address).status_code == 405


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR])
def test_workbook_is_exported_by(answered: Any, as_role: Any, role: Role) -> None:
    response = exported(as_role(role), EXPORT, {"wave": "w1"})
    assert openpyxl.load_workbook(BytesIO(response.content)).sheetnames[0] == "Cover"
    assert response["Content-Disposition"] == 'attachment; filename="w1-r1.xlsx"'


@pytest.mark.parametrize("role", [Role.VIEWER, Role.FIELD_OFFICER, Role.DESIGNER])
def test_workbook_is_refused_to(answered: Any, as_role: Any, role: Role) -> None:
    assert as_role(role).post(EXPORT, {"wave": "w1"}).status_code == 403
    assert Release.objects.count() == 0


def test_workbook_needs_a_post(answered: Any, analyst: Any) -> None:
    assert analyst.get(EXPORT).status_code == 405


def test_export_button_is_for_those_who_may(answered: Any, as_role: Any) -> None:
    assert b"Release workbook" in as_role(Role.ANALYST).get(PAGE).content
    assert b"Release workbook" not in as_role(Role.VIEWER).get(PAGE).content


def test_export_without_answers_says_what_is_missing(
    wave: Wave, frame: Callable[..., SamplingFrame], analyst: Any
) -> None:
    sampled_wave(wave, frame(), 24)
    assert "Wait for more responses." in exported(analyst, EXPORT, {"wave": "w1"}).content.decode()


def test_page_without_a_sample_says_what_comes_first(analyst: Any, wave: Wave) -> None:
    assert "There are no results yet" in analyst.get(PAGE).content.decode()


def test_page_without_answers_says_what_to_do_next(
    analyst: Any, wave: Wave, frame: Callable[..., SamplingFrame]
) -> None:
    sampled_wave(wave, frame(), 24)
    assert "0 of 24 sampled firms answered" in analyst.get(PAGE).content.decode()


def test_page_shows_the_figures_with_intervals(answered: Any, analyst: Any) -> None:
    page = analyst.get(PAGE).content.decode()
    share = next(line for line in lines(analyst.get(TABLE)) if line["row_code"] == "B4_severity")
    assert f"{100 * float(share['estimate']):.1f}%" in page
    assert f"{100 * float(share['ci_low']):.1f}% – {100 * float(share['ci_high']):.1f}%" in page


def test_number_of_the_dashboard_is_the_number_of_the_workbook(answered: Any, analyst: Any) -> None:
    share = next(line for line in lines(analyst.get(TABLE)) if line["row_code"] == "B4_severity")
    book = openpyxl.load_workbook(BytesIO(exported(analyst, EXPORT, {"wave": "w1"}).content))
    sheet = next(sheet for sheet in book if "Pain points by the share" in str(sheet["A2"].value))
    row = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "Pain B4")
    assert row[3] == pytest.approx(float(share["estimate"]), rel=1e-12)


def test_filter_restricts_the_firms(answered: Any, analyst: Any) -> None:
    page = analyst.get(PAGE, {"industry": "C"})
    assert page.context["content"].tables["ranking"].base.domain == (("industry", "C"),)
    assert 0 < page.context["content"].tables["ranking"].base.n < 60


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"industry": "Z"}, "The address asks for a value of “Industry” that does not exist."),
        ({"wave": "w9"}, "There are no results of a wave “w9”."),
    ],
)
def test_unknown_value_of_an_address_is_not_found(
    answered: Any, analyst: Any, query: dict[str, str], sentence: str
) -> None:
    page = analyst.get(PAGE, query)
    assert (page.status_code, "content" in page.context) == (404, False)
    assert sentence in page.content.decode()
    assert analyst.get(TABLE, query).status_code == 404


def test_group_of_few_firms_is_not_shown(wave: Wave, frame: Callable[..., SamplingFrame], analyst: Any) -> None:
    answered_wave(wave, frame, firms=60, sample=40, answers=8)
    page = analyst.get(PAGE).content.decode()
    assert "Nothing is shown for this group of firms" in page
    assert "%" not in page.split("Nothing is shown")[1]


def test_table_of_a_hidden_group_is_not_found(wave: Wave, frame: Callable[..., SamplingFrame], analyst: Any) -> None:
    answered_wave(wave, frame, firms=60, sample=40, answers=8)
    assert analyst.get(TABLE).status_code == 404


def test_unknown_table_is_not_found(answered: Any, analyst: Any) -> None:
    assert analyst.get("/admin/dashboard/nothing.csv").status_code == 404


def test_downloaded_table_of_a_demonstration_says_so_in_every_line(answered: Any, analyst: Any) -> None:
    Survey.objects.update(is_demonstration=True)
    (remark,) = {line["remark"] for line in lines(analyst.get(TABLE))}
    assert remark.startswith("Demonstration: firms, persons and answers are made up.")


@pytest.mark.parametrize(("status", "is_provisional"), [(WaveStatus.OPEN, True), (WaveStatus.CLOSED, False)])
def test_everything_of_an_open_wave_is_provisional(
    answered: Any, analyst: Any, status: WaveStatus, is_provisional: bool
) -> None:
    Wave.objects.update(status=status.value)
    page = analyst.get(PAGE).content.decode()
    book = openpyxl.load_workbook(BytesIO(exported(analyst, EXPORT, {"wave": "w1"}).content))
    marked = ["Provisional" in " ".join(str(cell.value) for row in sheet["A1:B16"] for cell in row) for sheet in book]
    told = ("Provisional" in page, "Provisional" in analyst.get(TABLE).content.decode("utf-8-sig"), *marked)
    assert set(told) == {is_provisional}


def test_line_of_a_file_says_wave_filter_unit_base_and_p(answered: Any, analyst: Any) -> None:
    found = lines(analyst.get(TABLE, {"industry": "C"}))
    assert {(line["wave"], line["unit"], line["base"]) for line in found} == {(str(answered), "fraction", "all firms")}
    assert "".join({line["filter"] for line in found}) != ""
    assert float(found[0]["p"]) <= 1


def test_names_and_contacts_never_reach_the_page(answered: Any, analyst: Any) -> None:
    page = analyst.get(PAGE).content.decode()
    assert "企业0" not in page
    assert "example.org" not in page


def test_new_answer_changes_the_page(answered: Any, analyst: Any) -> None:
    assert "60 of 80 firms answered" in analyst.get(PAGE).content.decode()
    answer(answered, 1)
    assert "61 of 80 firms answered" in analyst.get(PAGE).content.decode()


def test_page_has_no_inline_script_or_style(answered: Any, analyst: Any) -> None:
    page = analyst.get(PAGE).content.decode()
    assert "style=" not in page
    assert page.count("<script") == page.count("<script src=") + page.count('type="application/json"')


def queries_of(analyst: Any, captured: Any) -> Any:
    with captured as queries:
        analyst.get(PAGE)
    return len(queries)


def test_queries_do_not_grow_with_answers(
    wave: Wave, frame: Callable[..., SamplingFrame], analyst: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    answered_wave(wave, frame, firms=120, sample=80, answers=20)
    analyst.get(PAGE)  # what is read once for each version and session
    answer(wave, 5)
    first = queries_of(analyst, django_assert_max_num_queries(60))
    answer(wave, 35)
    assert queries_of(analyst, django_assert_max_num_queries(60)) <= first


def test_page_that_was_shown_is_shown_again_without_reading_the_wave(
    answered: Any, analyst: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Session, user, permissions, waves with their revisions twice, the mark of a demonstration, and whether the reading
    stands in the audit history already."""
    first = analyst.get(PAGE).content
    with django_assert_max_num_queries(13):
        assert without_tokens(analyst.get(PAGE).content) == without_tokens(first)


def without_tokens(page: bytes) -> str:
    """The page but for what differs in every request."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|\d{4}-\d\d-\d\d \d\d:\d\d', "", page.decode())


def test_kept_page_says_when_it_is_shown(answered: Any, analyst: Any, settings: Settings) -> None:
    settings.TIME_ZONE = "Asia/Shanghai"
    analyst.get(PAGE)
    page = analyst.get(PAGE).content.decode()
    assert WHEN not in page
    assert f"{answered}. {localtime():%Y-%m-%d}" in page


def test_kept_page_gives_each_reader_what_they_may_do(answered: Any, as_role: Any) -> None:
    assert b"Release workbook" in as_role(Role.ANALYST).get(PAGE).content
    assert b"Release workbook" not in as_role(Role.VIEWER).get(PAGE).content
    assert b"Release workbook" in as_role(Role.ANALYST).get(PAGE).content


def test_renamed_wave_shows_in_the_list_of_a_kept_page(answered: Any, analyst: Any) -> None:
    analyst.get(PAGE)
    Wave.objects.update(title=Text("改名", "Renamed wave"))
    assert "Renamed wave" in analyst.get(PAGE).content.decode()


def test_page_is_sent_packed(answered: Any, analyst: Any) -> None:
    plain = analyst.get(PAGE)
    packed = analyst.get(PAGE, headers={"accept-encoding": "gzip"})
    assert (packed["Content-Encoding"], packed["Vary"].count("Accept-Encoding")) == ("gzip", 1)
    assert without_tokens(gzip.decompress(packed.content)) == without_tokens(plain.content)
    assert 6 * len(packed.content) < len(plain.content)


def test_items_that_only_some_firms_were_asked_are_named(answered: Any, analyst: Any) -> None:
    """A correction while the wave is open withdraws one question and adds another."""
    first = analyst.get(PAGE)
    assert [first.context[name] for name in ("withdrawn", "added")] == [[], []]
    in_another_version(answered, *ITEMS[1:], replace(ITEMS[0], code="new", text=Text("新增", "New one"), pain_point=""))
    page = analyst.get(PAGE)
    assert (page.context["withdrawn"], page.context["added"]) == (["Devices"], ["New one"])
    assert "Withdrawn while firms answered" in page.content.decode()
