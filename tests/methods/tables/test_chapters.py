"""Every table of a page stands in one chapter, and a chapter makes what it shows and little else."""

from dataclasses import replace

import pytest

from survey.methods.tables.chapters import (
    WHOLE_PAGE,
    Portion,
    chapter_of,
    chapters_by_code,
    contents,
    tables_to_make,
)
from survey.methods.tables.plan import planned_tables
from survey.terms import Chapter, Presentation
from tests.methods.words import WORDS, block

PAGE = planned_tables(WORDS)


@pytest.mark.parametrize("presentation", list(Presentation))
def test_every_presentation_has_a_chapter_and_groups_take_what_is_split(presentation: Presentation) -> None:
    found = chapter_of(block("one", presentation, ("B1",)))
    assert (found is Chapter.GROUPS) == (presentation is Presentation.HEAT_MAP)
    assert chapter_of(block("one", presentation, ("B1",), split="size")) is Chapter.GROUPS


def test_table_beside_another_stands_in_its_chapter() -> None:
    _core, ranking, *others = PAGE
    beside = replace(ranking, block=replace(ranking.block, code="beside", beside="severity_by_size"))
    assert chapters_by_code([ranking, beside, *others])["beside"] is Chapter.GROUPS
    assert chapters_by_code([ranking, beside])["beside"] is Chapter.RANKING


def test_chapters_show_every_table_once() -> None:
    shown = [code for chapter in Chapter if chapter is not Chapter.ALL for code in Portion(chapter=chapter).shown(PAGE)]
    assert sorted(shown) == sorted(one.code for one in PAGE)
    assert WHOLE_PAGE.shown(PAGE) == [one.code for one in PAGE]


def test_chapter_is_made_with_the_table_that_orders_its_rows() -> None:
    made = tables_to_make(PAGE, Portion(chapter=Chapter.GROUPS).shown(PAGE))
    assert [one.code for one in made] == ["ranking", "severity_by_size"]


def test_one_table_alone_is_shown_where_it_is_asked_for() -> None:
    assert Portion(table="distribution").shown(PAGE) == ["distribution"]
    assert Portion(table="nothing").shown(PAGE) == []


@pytest.mark.parametrize(
    ("portion", "of_headline", "of_list"),
    [
        (WHOLE_PAGE, True, True),
        (Portion(chapter=Chapter.OVERVIEW), True, False),
        (Portion(chapter=Chapter.CHANGE), False, True),
        (Portion(chapter=Chapter.RANKING), False, False),
        (Portion(table="change_one"), True, True),
        (Portion(table="one"), False, False),
    ],
)
def test_changes_of_headlines_stand_below_them_and_others_in_their_chapter(
    portion: Portion, of_headline: bool, of_list: bool
) -> None:
    kinds = (Presentation.HEADLINE, Presentation.RANKING)
    assert [portion.shows_change("change_one", kind) for kind in kinds] == [of_headline, of_list]


def test_contents_leave_out_what_would_be_empty() -> None:
    shown = [Chapter.OVERVIEW, Chapter.RANKING, Chapter.DISTRIBUTIONS, Chapter.GROUPS]
    last = [Chapter.RESPONSE, Chapter.METHOD, Chapter.ALL]
    assert contents(PAGE, has_change=False) == [*shown, *last]
    assert contents(PAGE, has_change=True) == [*shown, Chapter.CHANGE, *last]
