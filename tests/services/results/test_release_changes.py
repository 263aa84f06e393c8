"""A release tells its changes since the published release of an earlier wave, and they are verified with it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.test import Client

from survey.exchange.release.files import book_of
from survey.exchange.release.table_sheet import HEAD_ROW
from survey.models import Release, SamplingFrame, Wave
from survey.release_terms import ReleaseState
from survey.services.results.release_check import verify_release
from survey.services.results.releases import release_digest
from survey.terms import Role
from tests.answered import two_waves
from tests.released import draft_of

# A release is published here without its life, and answers are changed, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")
CODE = "change_ranking"


@pytest.fixture
def waves(wave: Wave, frame: Callable[..., SamplingFrame]) -> tuple[Wave, Wave]:
    return two_waves(wave, frame)


@pytest.fixture
def released(waves: tuple[Wave, Wave]) -> Release:
    """A draft of the later wave; that of the earlier is published."""
    Release.objects.filter(pk=draft_of(waves[1]).pk).update(state=ReleaseState.PUBLISHED.value)
    return draft_of(waves[0])


def figure(release: Release, table: str, row: str) -> Any:
    content = release.content["figures"][0]["tables"][table]
    return content["cells"][content["rows"].index(row)][0]


def test_change_is_the_difference_of_what_both_releases_tell(released: Release, waves: tuple[Wave, Wave]) -> None:
    earlier = Release.objects.get(wave=waves[1])
    assert released.content["compared"] == {"wave": "w1-before", "release": 1, "digest": earlier.digest}
    now, before = (figure(one, "ranking", "B1_severity")["estimate"] for one in (released, earlier))
    assert figure(released, CODE, "B1_severity")["estimate"] == pytest.approx(100 * (now - before))
    (note, _independent, *_more) = released.content["languages"]["en"]["said"][0][CODE]["notes"]
    assert note == "Since “The year before”, release 1: the later rounded figure less the earlier."


def test_changes_are_verified_with_the_release_digit_by_digit(released: Release) -> None:
    assert verify_release(released).differences == ()
    figure(released, CODE, "B1_severity")["estimate"] += 1
    released.digest = release_digest(released.content)
    (difference,) = verify_release(released).differences
    assert difference.startswith("all firms / change_ranking / B1_severity / change, estimate: ")


def test_release_without_an_earlier_one_has_no_changes_and_is_verified(waves: tuple[Wave, Wave]) -> None:
    draft_of(waves[1])
    release = draft_of(waves[0])
    assert ("compared" in release.content, CODE in release.content["order"]) == (False, False)
    assert verify_release(release).differences == ()


def test_page_and_workbook_show_both_figures_beside_the_change(
    released: Release, client: Client, office_user: Callable[[Role | str], User]
) -> None:
    client.force_login(office_user(Role.ANALYST))
    client.cookies["django_language"] = "en"
    page = client.get("/admin/releases/w1/1/").content.decode()
    assert ('id="change_ranking"' in page, "Firms before and now" in page) == (True, True)
    book = openpyxl.load_workbook(BytesIO(book_of(released, "en")))
    sheets = [sheet for sheet in book if "Earlier wave" in [cell.value for cell in sheet[HEAD_ROW]]]
    heads = [cell.value for cell in sheets[0][HEAD_ROW]]
    first = sheets[0][HEAD_ROW + 1][heads.index("Earlier wave")]
    assert first.number_format.endswith("%")
