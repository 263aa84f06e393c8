"""Published releases are for everybody with the right to results; others are not there for them at all."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone
from docx import Document
from pytest_django import DjangoAssertNumQueries

from survey.models import Release, SamplingFrame, StaffAction, Wave
from survey.release_terms import ReleaseState
from survey.services.results.cuts import make_cut
from survey.terms import AskedUnit, Role
from tests.answered import answered_wave
from tests.exchange.release.test_certificate import FAILED, certificate
from tests.released import small_release
from tests.small_content import small_content
from tests.working import exported, work_off

LIST, PAGE, API = "/admin/releases/", "/admin/releases/w1/1/", "/api/releases/"
Enter = Callable[[Role], Client]
ONLY_FOR_MAKERS = [state for state in ReleaseState if state not in (ReleaseState.PUBLISHED, ReleaseState.REVISED)]


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize("state", ONLY_FOR_MAKERS)
def test_release_that_is_not_out_is_not_there_for_a_viewer(wave: Wave, as_role: Enter, state: ReleaseState) -> None:
    small_release(wave, state=state, embargo_until=timezone.now() + timedelta(hours=1))
    viewer = as_role(Role.VIEWER)
    addresses = (PAGE, f"{PAGE}figures.csv", f"{PAGE}figures.json", f"{PAGE}differences/", f"{API}w1/1/")
    assert [viewer.get(address).status_code for address in addresses] == [404] * 5
    assert ("Nothing is published yet." in text(viewer, LIST), viewer.get(API).json()) == (True, {"releases": []})


@pytest.mark.parametrize("state", ONLY_FOR_MAKERS)
def test_release_that_is_not_out_is_there_for_those_who_make_it(
    wave: Wave, as_role: Enter, state: ReleaseState
) -> None:
    small_release(wave, state=state, embargo_until=timezone.now() + timedelta(hours=1))
    assert as_role(Role.ANALYST).get(PAGE).status_code == 200


def test_embargo_ends_for_readers_at_its_moment_even_before_the_clock_comes_by(wave: Wave, as_role: Enter) -> None:
    small_release(wave, state=ReleaseState.EMBARGOED, embargo_until=timezone.now() - timedelta(seconds=1))
    viewer = as_role(Role.VIEWER)
    assert (viewer.get(PAGE).status_code, [one["number"] for one in viewer.get(API).json()["releases"]]) == (200, [1])


def test_page_of_an_earlier_version_says_what_it_is_and_gives_its_content_to_few(wave: Wave, as_role: Enter) -> None:
    Release.objects.create(wave=wave, number=1, digest="d", content={"x": 1}, state=ReleaseState.EARLIER.value)
    analyst = as_role(Role.ANALYST)
    assert "It was frozen before releases had words" in text(analyst, PAGE)
    assert analyst.get(f"{PAGE}content.json").status_code == 403
    content = as_role(Role.METHODOLOGIST).get(f"{PAGE}content.json")
    assert (content.json(), content["Content-Disposition"]) == (
        {"x": 1},
        'attachment; filename="w1-r1-working-content.json"',
    )


def test_files_hold_every_figure_as_it_was_cleared(wave: Wave, as_role: Enter) -> None:
    small_release(wave, state=ReleaseState.PUBLISHED)
    viewer = as_role(Role.VIEWER)
    head, first, *rows = viewer.get(f"{PAGE}figures.csv").content.decode("utf-8-sig").splitlines()
    line = dict(zip(head.split(","), first.split(","), strict=True))
    assert (line["row_label_en"], line["n"], line["estimate"], line["ci_high"], len(rows)) == (
        "'=Cost",
        "120",
        "0.46",
        "0.55",
        7,
    )
    told = viewer.get(f"{PAGE}figures.json").json()
    assert (told["number"], told["figures"][0]["estimate"], len(told["figures"])) == (1, 0.46, 8)
    assert viewer.get(f"{API}w1/1/").json() == told
    assert list(StaffAction.objects.filter(verb="download_release").values_list("detail", flat=True)) == [
        {"file": "json"}, {"file": "csv"},
    ]  # fmt: skip


def test_programming_interface_refuses_those_without_the_right(wave: Wave, as_role: Enter) -> None:
    small_release(wave, state=ReleaseState.PUBLISHED)
    assert [Client().get(address).status_code for address in (API, f"{API}w1/1/")] == [403, 403]
    assert as_role(Role.DESIGNER).get(API).status_code == 403


def test_workbook_is_made_from_the_release_at_any_time(wave: Wave, as_role: Enter) -> None:
    small_release(wave, state=ReleaseState.PUBLISHED)
    file = exported(as_role(Role.VIEWER), f"{PAGE}book/", {"language": "en"})
    assert file["Content-Disposition"] == 'attachment; filename="w1-r1-en.xlsx"'
    assert openpyxl.load_workbook(BytesIO(file.content)).sheetnames[:3] == ["Cover", "Contents", "Notes and shorthand"]


def test_release_says_why_figures_of_earlier_cuts_keep_it_from_being_signed(wave: Wave, as_role: Enter) -> None:
    left = {"holds": False, "failures": [], "left": 3, "left_proved": False}
    small_release(wave, state=ReleaseState.CHECKED, certificate=left)
    assert "3 figures stayed as they were in earlier cuts or were told there otherwise" in text(
        as_role(Role.ANALYST), PAGE
    )


@pytest.mark.parametrize(
    ("role", "told"),
    [(Role.VIEWER, (False, False)), (Role.ANALYST, (True, False)), (Role.METHODOLOGIST, (True, True))],
)
def test_account_of_the_certificate_is_for_those_who_make_releases_and_its_failures_for_fewer(
    wave: Wave, as_role: Enter, role: Role, told: tuple[bool, bool]
) -> None:
    """A failure names a group of which something follows about single firms."""
    small_release(wave, state=ReleaseState.PUBLISHED, certificate=certificate(FAILED))
    page = text(as_role(role), PAGE)
    assert ("1,999 of 2,000" in page, "industry=C</td>" in page) == told


def test_release_is_made_of_the_newest_cut(wave: Wave, frame: Callable[..., SamplingFrame], as_role: Enter) -> None:
    answered_wave(wave, frame, firms=120, sample=80, answers=60)
    cut, analyst = make_cut(wave=wave, actor=None), as_role(Role.ANALYST)
    asked = analyst.post("/admin/releases/new/", {"wave": "w1", "next_publication": "2099-03-01"})
    work_off()
    made = Release.objects.get()
    assert f'href="{PAGE}"' in text(analyst, asked["Location"])
    assert (made.cut, made.state, str(made.created_by)) == (cut, "draft", "analyst_1")
    assert made.content["languages"]["en"]["facts"]["next_publication"] == "2099-03-01"


def test_revision_is_asked_for_its_reason_in_both_languages(wave: Wave, as_role: Enter) -> None:
    small_release(wave, state=ReleaseState.PUBLISHED)
    page = as_role(Role.ANALYST).post("/admin/releases/new/", {"wave": "w1", "next_publication": "2001-01-01"})
    assert set(page.context["form"].errors) == {"next_publication", "reason_zh", "reason_en"}


def test_differences_from_the_earlier_release_are_listed(wave: Wave, as_role: Enter) -> None:
    content = small_content()
    content["figures"][0]["tables"]["ranking"]["cells"][0][0]["estimate"] = 0.48
    first = small_release(wave, state=ReleaseState.REVISED, content=content)
    small_release(wave, number=2, state=ReleaseState.PUBLISHED, replaces=first)
    viewer = as_role(Role.VIEWER)
    page = text(viewer, "/admin/releases/w1/2/differences/")
    assert ("1 number differs." in page, "0.48" in page, "0.46" in page) == (True, True, True)
    assert "Release 2 stands for it." in text(viewer, PAGE)


def test_release_of_a_survey_of_local_units_names_them(wave: Wave, as_role: Enter) -> None:
    wave.survey.asks = AskedUnit.LOCAL_UNIT.value
    wave.survey.save()
    content = small_content()
    content["figures"][0]["tables"]["ranking"]["cells"][0][0]["estimate"] = 0.48
    first = small_release(wave, state=ReleaseState.REVISED, content=content)
    small_release(wave, number=2, state=ReleaseState.PUBLISHED, replaces=first)
    analyst = as_role(Role.ANALYST)
    pages = (text(analyst, PAGE), text(analyst, "/admin/releases/w1/2/differences/"))
    assert [("Group of local units" in page, "Group of firms" in page) for page in pages] == [(True, False)] * 2


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_many_queries_for_one_as_for_three(
    wave: Wave, as_role: Enter, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, count + 1):
        small_release(wave, number=number, state=ReleaseState.REVISED)
    analyst = as_role(Role.ANALYST)
    with django_assert_max_num_queries(14):
        page: Any = analyst.get(LIST)
    assert len(page.context["page"].object_list) == count


def test_report_is_made_from_the_release_at_any_time(wave: Wave, as_role: Enter) -> None:
    small_release(wave, state=ReleaseState.PUBLISHED)
    file = exported(as_role(Role.VIEWER), f"{PAGE}book/", {"language": "en", "file": "docx"})
    assert file["Content-Disposition"] == 'attachment; filename="w1-r1-en.docx"'
    assert Document(BytesIO(file.content)).paragraphs[0].text == "Survey: Wave"


def test_file_of_another_kind_is_not_found(wave: Wave, as_role: Enter) -> None:
    small_release(wave, state=ReleaseState.PUBLISHED)
    assert as_role(Role.VIEWER).post(f"{PAGE}book/", {"file": "pdf"}).status_code == 404
