"""Pages of figures show one chapter at a time, with their contents beside it."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from survey.methods import production
from survey.models import SamplingFrame, Wave
from survey.selectors.results.postponed import empty
from survey.services.results.cuts import make_cut
from tests.answered import two_waves

# What was submitted is changed here, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")

BOTH = pytest.mark.parametrize("address", ["/admin/dashboard/", "/admin/dashboard/working/"])
LINK = re.compile(r'<li><a href="(\?[^"]*)"( aria-current="page")?>([^<]*)</a></li>')
BLOCK = re.compile(r'<section class="result[^"]*" id="(\w+)"')


@pytest.fixture
def waves(wave: Wave, frame: Callable[..., SamplingFrame]) -> tuple[Wave, Wave]:
    later, earlier = two_waves(wave, frame)
    for each in (later, earlier):
        make_cut(wave=each, actor=None)
    return later, earlier


def text(client: Client, address: str, **query: str) -> str:
    return client.get(address, query).content.decode()


def links(page: str) -> list[tuple[str, str, str]]:
    return LINK.findall(
        unescape(page[page.index('<nav class="contents"') : page.index("</nav>", page.index("contents"))])
    )


@BOTH
def test_overview_has_headlines_response_and_contents_and_no_block(
    waves: Any, methodologist: Client, address: str
) -> None:
    page = text(methodologist, address)
    assert BLOCK.findall(page) == []
    assert ("The five core themes" in page, "Below it the change in percentage points" in page) == (True, True)
    assert re.search("sampled firms answered", page)
    assert [name for _address, current, name in links(page) if current] == ["Overview"]
    assert "vega" not in page


@BOTH
def test_chapters_of_the_contents_hold_every_block_of_the_whole_page_once(
    waves: Any, methodologist: Client, address: str
) -> None:
    chapters = [found for found, _current, _name in links(text(methodologist, address))]
    *parts, whole = [BLOCK.findall(methodologist.get(address + one).content.decode()) for one in chapters]
    assert sorted(code for part in parts for code in part) == sorted(whole)
    without = [one for one, part in zip(chapters, parts, strict=False) if not part]
    assert [one for one in without if "chapter=" in one] == [one for one in chapters if "chapter=method" in one]


@BOTH
def test_links_between_chapters_keep_wave_filter_and_comparison(
    waves: Any, methodologist: Client, address: str
) -> None:
    page = text(methodologist, address, industry="C", against="none", chapter="ranking")
    found = {name: href for href, _current, name in links(page)}
    for asked in ("wave=w1", "industry=C", "against=none", "chapter=distributions"):
        assert asked in found["Distributions"]
    assert "chapter" not in found["Overview"]
    assert '<input type="hidden" name="chapter" value="ranking">' in page
    assert "Change between waves" not in found


@BOTH
def test_chapter_that_has_nothing_to_show_says_what_to_do(waves: Any, methodologist: Client, address: str) -> None:
    page = text(methodologist, address, against="none", chapter="change")
    assert ("Nothing of this chapter is shown here" in page, BLOCK.findall(page)) == (True, [])
    assert [name for _address, current, name in links(page) if current] == []


@BOTH
def test_unknown_chapter_is_not_found(waves: Any, methodologist: Client, address: str) -> None:
    answered = methodologist.get(address, {"chapter": "nonsense"})
    assert answered.status_code == 404
    assert "There is no chapter “nonsense”." in answered.content.decode()


@BOTH
def test_title_of_a_page_names_its_chapter(waves: Any, methodologist: Client, address: str) -> None:
    assert ": Ranking" in re.findall(r"<title>(.*?)</title>", text(methodologist, address, chapter="ranking"), re.S)[0]


def test_chapters_that_compare_nothing_leave_the_earlier_wave_unprepared(
    waves: Any, methodologist: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    empty()

    def noted(*asked: Any, **more: Any) -> Any:
        made.append("prepared")
        return production.prepare(*asked, **more)

    monkeypatch.setattr("survey.selectors.results.wave_results.prepare", noted)
    for chapter in ("groups", "ranking", "distributions", "response", "method"):
        text(methodologist, "/admin/dashboard/working/", chapter=chapter)
    assert len(made) == 1
    text(methodologist, "/admin/dashboard/working/", chapter="change")
    assert len(made) == 2


def test_working_page_of_another_chapter_makes_no_figure_that_was_made(
    waves: Any, methodologist: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ranking orders the groups, and is at hand for its own chapter."""
    made: list[str] = []
    # Nothing is in hand of what other tests made of the same answers.
    empty()
    measured = production.measured_tables

    def noted(prepared: Any, words: Any, planned: Any, *others: Any) -> Any:
        made.extend(one.code for one in planned)
        return measured(prepared, words, planned, *others)

    monkeypatch.setattr(production, "measured_tables", noted)
    text(methodologist, "/admin/dashboard/working/", chapter="groups", against="none")
    first = [*made]
    text(methodologist, "/admin/dashboard/working/", chapter="ranking", against="none")
    assert set(first) == {"ranking", "severity_by_industry"}
    assert made == first
