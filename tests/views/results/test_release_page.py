"""The page of a release shows one group of firms, drawn from the content and nothing else."""

from collections.abc import Callable

from django.test import Client

from survey.models import Wave
from survey.release_terms import ReleaseState
from survey.terms import Role
from tests.released import small_release
from tests.small_content import small_content

LIST, PAGE, API = "/admin/releases/", "/admin/releases/w1/1/", "/api/releases/"
Enter = Callable[[Role], Client]


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_page_shows_the_frozen_figures_table_first_then_chart(wave: Wave, as_role: Enter) -> None:
    small_release(wave, state=ReleaseState.PUBLISHED)
    page = text(as_role(Role.VIEWER), PAGE)
    assert "46%" in page
    assert page.index("<table") < page.index('data-chart="ranking-chart"')
    assert "Provisional: the wave was still open when these figures were made." in page
    assert ("12345" in page, "Its life" in page) == (True, False)


def test_page_of_a_group_shows_its_figures_alone(wave: Wave, as_role: Enter) -> None:
    small_release(wave, state=ReleaseState.PUBLISHED)
    viewer = as_role(Role.VIEWER)
    assert "46%" not in text(viewer, f"{PAGE}?group=industry%3DC").partition('class="result"')[2].replace(
        "=Cost 46%", ""
    )
    assert viewer.get(f"{PAGE}?group=industry%3DX").status_code == 404


def test_page_is_drawn_from_the_content_alone(wave: Wave, as_role: Enter) -> None:
    content = small_content()
    content["languages"]["en"]["said"][0]["ranking"]["title"] = "Frozen in amber"
    small_release(wave, state=ReleaseState.PUBLISHED, content=content)
    assert "Frozen in amber" in text(as_role(Role.VIEWER), PAGE)


def test_release_without_the_language_of_the_page_speaks_the_first_that_it_has(wave: Wave, as_role: Enter) -> None:
    content = small_content()
    content["spoken"] = ["zh-hans"]
    del content["languages"]["en"]
    small_release(wave, state=ReleaseState.PUBLISHED, content=content)
    assert "成本 46%" in text(as_role(Role.VIEWER), PAGE)
