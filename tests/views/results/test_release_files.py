"""Files of a release are drawn from what was published, and whoever takes one is written down."""

import json
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from survey.models import Job, Release, StaffAction, Wave
from survey.release_terms import ReleaseState
from survey.terms import Role
from tests.released import small_release

PAGE, API = "/admin/releases/w1/1/", "/api/releases/"
Enter = Callable[[Role], Client]


@pytest.fixture
def release(wave: Wave) -> Release:
    return small_release(wave, state=ReleaseState.PUBLISHED)


def taken() -> list[object]:
    return list(StaffAction.objects.filter(verb="download_release").values_list("detail", flat=True))


@pytest.mark.parametrize(("ending", "kind"), [("csv", "text/csv"), ("json", "application/json")])
def test_file_has_its_type_and_name_and_is_written_down(
    release: Release, as_role: Enter, ending: str, kind: str
) -> None:
    answer = as_role(Role.VIEWER).get(f"{PAGE}figures.{ending}")
    assert answer["Content-Type"].startswith(kind)
    assert f"w1-r1.{ending}" in answer["Content-Disposition"]
    assert taken() == [{"file": ending}]


def test_release_of_an_earlier_version_has_no_such_files(wave: Wave, as_role: Enter) -> None:
    # It has no words.
    small_release(wave, state=ReleaseState.PUBLISHED, content={"tables": {}})
    viewer = as_role(Role.VIEWER)
    addresses = (f"{PAGE}figures.csv", f"{PAGE}figures.json", f"{API}w1/1/")
    assert [viewer.get(address).status_code for address in addresses] == [404] * 3
    assert viewer.post(f"{PAGE}book/", {"language": "en"}).status_code == 404
    assert taken() == []


def test_frozen_content_is_for_those_who_may_see_exact_figures(release: Release, as_role: Enter) -> None:
    assert as_role(Role.VIEWER).get(f"{PAGE}content.json").status_code == 403
    answer = as_role(Role.METHODOLOGIST).get(f"{PAGE}content.json")
    assert (answer.status_code, json.loads(answer.content)) == (200, release.content)
    assert answer["Content-Disposition"] == 'attachment; filename="w1-r1-content.json"'
    assert taken() == [{"file": "content"}]


@pytest.mark.parametrize(("language", "status"), [("en", 302), ("both", 302), ("fr", 404)])
def test_workbook_is_made_in_a_language_of_the_release(
    release: Release, as_role: Enter, language: str, status: int
) -> None:
    answer = as_role(Role.VIEWER).post(f"{PAGE}book/", {"language": language})
    made = [(job.parameters["language"], job.parameters["release"]) for job in Job.objects.all()]
    assert (answer.status_code, made) == (status, [(language, release.pk)] if status == 302 else [])
    assert len(taken()) == len(made)


def test_interface_is_for_staff_with_the_right_alone(release: Release, client: Client, as_role: Enter) -> None:
    assert [client.get(address).status_code for address in (API, f"{API}w1/1/")] == [403, 403]
    viewer = as_role(Role.VIEWER)
    assert [viewer.get(address).status_code for address in (API, f"{API}w1/1/", f"{API}w1/2/")] == [200, 200, 404]
    User.objects.update(is_staff=False)
    assert [viewer.get(address).status_code for address in (API, f"{API}w1/1/")] == [403, 403]


def test_interface_lists_what_is_out_even_to_those_who_make_releases(
    release: Release, wave: Wave, as_role: Enter
) -> None:
    small_release(wave, number=2)
    analyst = as_role(Role.ANALYST)
    assert [one["number"] for one in analyst.get(API).json()["releases"]] == [1]
    assert analyst.get(f"{API}w1/2/").status_code == 404
