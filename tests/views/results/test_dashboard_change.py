"""The dashboard shows what changed since an earlier wave of the survey."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.test import Client

from survey.models import Case, Release, Response, SamplingFrame, Wave
from survey.selectors.results.extract import collected_of, extract_digest
from survey.terms import Role
from tests.answered import answered_wave, earlier_wave
from tests.working import exported

# What was submitted is changed here, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")

PAGE, TABLE = "/admin/dashboard/", "/admin/dashboard/change_ranking.csv"


@pytest.fixture
def waves(wave: Wave, frame: Callable[..., SamplingFrame]) -> Any:
    later = answered_wave(wave, frame, firms=120, sample=80, answers=75)
    earlier = earlier_wave(later, frame, firms=120, sample=80, answers=75)
    for response in Response.objects.filter(case__wave=earlier).order_by("id")[:25]:
        response.answers = {**response.answers, "B1_severity": "1"}
        response.save()
    return later, earlier


@pytest.fixture
def analyst(client: Client, office_user: Callable[[Role | str], User]) -> Client:
    client.force_login(office_user(Role.ANALYST))
    client.cookies["django_language"] = "en"
    return client


def figures(analyst: Any, address: Any) -> Any:
    content = analyst.get(address).content.decode("utf-8-sig")
    return {line["row_code"]: line for line in csv.DictReader(StringIO(content))}


def test_change_is_the_figure_of_this_wave_less_that_of_the_other(waves: Any, analyst: Client) -> None:
    now, before = (figures(analyst, f"/admin/dashboard/ranking.csv?wave={wave.code}") for wave in waves)
    change = figures(analyst, TABLE)["B1_severity"]
    difference = float(now["B1_severity"]["estimate"]) - float(before["B1_severity"]["estimate"])
    assert float(change["estimate"]) == pytest.approx(100 * difference)
    assert float(change["ci_low"]) < float(change["estimate"]) < float(change["ci_high"])


def test_page_names_the_other_wave_and_the_firms_in_common(waves: Any, analyst: Client) -> None:
    page = analyst.get(PAGE).content.decode()
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


def test_release_freezes_the_change_with_the_data_of_both_waves(waves: Any, analyst: Client) -> None:
    later, earlier = waves
    workbook = exported(analyst, "/admin/release/", {"wave": later.code})
    change = Release.objects.get().content["change"]
    assert (change["wave"], change["extract"]) == (earlier.code, extract_digest(collected_of(earlier)))
    frozen = next(figure for figure in change["tables"]["change_ranking"] if figure["row"] == "B1_severity")
    shown = figures(analyst, TABLE)["B1_severity"]
    assert frozen["estimate"] == pytest.approx(float(shown["estimate"]))
    assert shown["estimate"][:8] in change_sheet(workbook)


def change_sheet(workbook: Any) -> Any:
    """All that stands in the sheet of the changes, as text."""
    book = openpyxl.load_workbook(BytesIO(workbook.content))
    sheets = (sheet for sheet in book if "Compared with" in str([cell.value for cell in sheet["A"]]))
    return " ".join(str(cell.value) for row in next(sheets) for cell in row)


def test_first_wave_has_nothing_to_compare_with(waves: Any, analyst: Client) -> None:
    response = analyst.get(f"{PAGE}?wave={waves[1].code}")
    assert "Compared with" not in response.content.decode()
    assert analyst.get(f"{TABLE}?wave={waves[1].code}").status_code == 404


def test_other_wave_is_chosen_by_its_code(waves: Any, frame: Callable[..., SamplingFrame], analyst: Client) -> None:
    oldest = earlier_wave(waves[1], frame, firms=120, sample=80, answers=60)
    page = analyst.get(f"{PAGE}?against={oldest.code}")
    assert page.context["earlier"] == oldest


def test_unknown_other_wave_is_not_found(waves: Any, analyst: Client) -> None:
    page = analyst.get(f"{PAGE}?against=nonsense")
    assert page.status_code == 404
    assert "There are no results of a wave “nonsense”." in page.content.decode()


def test_comparison_is_switched_off(waves: Any, analyst: Client) -> None:
    page = analyst.get(f"{PAGE}?against=none")
    assert page.context["content"].earlier_title == ""
    assert "change_ranking" not in page.context["content"].tables
