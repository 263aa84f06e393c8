"""The page of cleared figures is drawn once, and says what is true when it is shown."""

from typing import Any

import pytest
from django.core.cache import cache
from django.utils.timezone import localtime
from pytest_django import Settings

from survey.instrument.schema import Text
from survey.models import CutPage, Wave
from survey.services.results.cuts import make_cut
from survey.terms import Role, WaveStatus
from survey.views.results.working_page import WHEN
from tests.answered import answer
from tests.views.results.shown import without_tokens

PAGE, TABLE = "/admin/dashboard/?chapter=all", "/admin/dashboard/ranking.csv"


def test_figures_stay_until_the_next_cut(cut_wave: Wave, viewer: Any) -> None:
    before = without_tokens(viewer.get(PAGE).content)
    answer(cut_wave, 15)
    assert without_tokens(viewer.get(PAGE).content) == before
    make_cut(wave=cut_wave, actor=None)
    page = viewer.get(PAGE).content.decode()
    assert ("(cut 2)" in page, "about 75 firms answered" in page) == (True, True)


def test_kept_page_says_when_it_is_shown(cut_wave: Wave, viewer: Any, settings: Settings) -> None:
    settings.TIME_ZONE = "Asia/Shanghai"
    viewer.get(PAGE)
    page = viewer.get(PAGE).content.decode()
    assert WHEN not in page
    assert f"{cut_wave}. {localtime():%Y-%m-%d}" in page


def test_kept_page_gives_each_reader_what_they_may_do(cut_wave: Wave, as_role: Any) -> None:
    new_release = f'href="/admin/releases/new/?wave={cut_wave.code}"'
    assert new_release in as_role(Role.ANALYST).get(PAGE).content.decode()
    assert new_release not in as_role(Role.VIEWER).get(PAGE).content.decode()
    assert b"Make a cut" in as_role(Role.METHODOLOGIST).get(PAGE).content


def test_renamed_wave_shows_on_a_kept_page(cut_wave: Wave, viewer: Any) -> None:
    viewer.get(PAGE)
    Wave.objects.update(title=Text("改名", "Renamed wave"))
    assert viewer.get(PAGE).content.decode().count("Renamed wave") > 1


@pytest.mark.usefixtures("unguarded")
def test_table_that_a_cut_lacks_has_no_place_on_its_page(cut_wave: Wave, viewer: Any) -> None:
    assert 'id="ranking"' in viewer.get(PAGE).content.decode()
    cache.clear()
    page = CutPage.objects.get(domain="")
    del page.tables["tables"]["ranking"]
    page.save()
    shown = viewer.get(PAGE)
    assert (shown.status_code, 'id="ranking"' in shown.content.decode()) == (200, False)


def test_figures_of_a_closed_wave_without_a_release_say_that_none_is_published(cut_wave: Wave, viewer: Any) -> None:
    told = "No release of this wave is published yet"
    assert told not in viewer.get(PAGE).content.decode()
    Wave.objects.update(status=WaveStatus.CLOSED.value)
    assert told in viewer.get(PAGE).content.decode()
