"""What the page of working figures shows, and what it keeps back, whatever its page looks like."""

from collections.abc import Callable

import pytest
from django.test import Client

from survey.models import SamplingFrame, Wave
from survey.selectors.results.extract import collected_of
from survey.selectors.results.wave_results import wave_vocabulary
from survey.terms import Chapter, Presentation
from survey.views.results.working_content import working_content
from survey.views.results.working_tables import AskedFigures, tables_asked
from tests.answered import answered_wave, earlier_wave


@pytest.fixture
def waves(wave: Wave, frame: Callable[..., SamplingFrame]) -> tuple[Wave, Wave]:
    """A wave, and the one before it, in which too few firms answered for any figure of an industry."""
    return (
        answered_wave(wave, frame, firms=80, sample=60, answers=50),
        earlier_wave(wave, frame, firms=80, sample=60, answers=12),
    )


def test_change_stands_behind_the_first_block_unless_the_earlier_figures_are_hidden(waves: tuple[Wave, Wave]) -> None:
    later, earlier = waves
    words = wave_vocabulary(later, collected_of(later), "en")
    alone = working_content(AskedFigures(wave=later, words=words, domain=()))
    beside = working_content(AskedFigures(wave=later, words=words, domain=(), against=earlier))
    assert (alone.earlier_title, beside.earlier_title) == ("", str(earlier))
    codes = [[block.code for block in content.blocks] for content in (alone, beside)]
    changes = [code for code in codes[1] if code not in codes[0]]
    assert changes
    assert codes[1] == [codes[0][0], *changes, *codes[0][1:]]
    hidden = AskedFigures(wave=later, words=words, domain=(("industry", "C"),), against=earlier)
    assert [code for code in tables_asked(hidden) if code.startswith("change")] == []
    # The chapter itself says that it has nothing: to know it beforehand, every chapter would prepare the earlier wave.
    assert Chapter.CHANGE in hidden.chapters


def test_chapter_of_changes_says_where_the_earlier_wave_hides_the_firms(
    waves: tuple[Wave, Wave], methodologist: Client
) -> None:
    shown = [
        "Nothing of this chapter is shown here"
        in methodologist.get("/admin/dashboard/working/", {"chapter": "change", **firms}).content.decode()
        for firms in ({"industry": "C"}, {})
    ]
    assert shown == [True, False]


def test_headlines_are_not_drawn_again_as_blocks(waves: tuple[Wave, Wave]) -> None:
    later, _earlier = waves
    words = wave_vocabulary(later, collected_of(later), "en")
    content = working_content(AskedFigures(wave=later, words=words, domain=()))
    headlines = {block.code for block in words.plan.blocks if block.presentation is Presentation.HEADLINE}
    assert headlines & content.tables.keys()
    assert headlines & {block.code for block in content.blocks} == set()
