"""The page of working figures is kept until something changes, and says what is true when it is shown."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.timezone import localtime
from pytest_django import DjangoAssertNumQueries, Settings

from survey.instrument.schema import Text
from survey.models import Response, SamplingFrame, Wave
from survey.selectors.results.postponed import empty
from survey.views.results.asked_page import AskedPage
from survey.views.results.working_page import WHEN
from tests.answered import ITEMS, answer, answered_wave, in_another_version
from tests.views.results.shown import without_tokens

PAGE, TABLE = "/admin/dashboard/working/?chapter=all", "/admin/dashboard/working/ranking.csv"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"industry": "Z"}, "The address asks for a value of “Industry” that does not exist."),
        ({"wave": "w9"}, "There are no results of a wave “w9”."),
        ({"chapter": "nothing"}, "There is no chapter “nothing”."),
    ],
)
def test_unknown_value_of_an_address_is_not_found(
    answered: Any, methodologist: Any, query: dict[str, str], sentence: str
) -> None:
    page = methodologist.get(PAGE, {"chapter": "all", **query})
    assert (page.status_code, "content" in page.context) == (404, False)
    assert sentence in page.content.decode()
    # A file is of one table, whatever chapter it stands in.
    assert (methodologist.get(TABLE, query).status_code == 404) == ("chapter" not in query)


def test_group_of_few_firms_has_no_content_and_no_tables(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    answered_wave(wave, frame, firms=60, sample=40, answers=8)
    asked = AskedPage(wave=wave, query=QueryDict(), language="en")
    assert (asked.content, asked.tables) == (None, {})


def test_new_answer_changes_the_page(answered: Any, methodologist: Any) -> None:
    assert "60 of 80 firms answered" in methodologist.get(PAGE).content.decode()
    answer(answered, 1)
    assert "61 of 80 firms answered" in methodologist.get(PAGE).content.decode()


def test_page_that_was_shown_is_shown_again_without_reading_the_wave(
    answered: Any, methodologist: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Session, user, permissions, waves with their revisions twice, the mark of a demonstration, and the entry of the
    audit history with its place in the chain."""
    first = methodologist.get(PAGE).content
    with django_assert_max_num_queries(16):
        assert without_tokens(methodologist.get(PAGE).content) == without_tokens(first)


def test_page_after_a_changed_answer_is_that_of_a_worker_that_has_shown_none(
    answered: Any, methodologist: Any, unguarded: None
) -> None:
    """What is taken over from the last page differs in nothing from what is made anew."""
    first = without_tokens(methodologist.get(PAGE).content)
    response = Response.objects.filter(case__wave=answered).order_by("id")[0]
    changed = {"1": "5"}.get(response.answers["B1_severity"], "1")
    Response.objects.filter(pk=response.pk).update(answers={**response.answers, "B1_severity": changed})
    taken_over = without_tokens(methodologist.get(PAGE).content)
    # Nobody has anything in hand of a cache that was emptied.
    empty()
    assert taken_over == without_tokens(methodologist.get(PAGE).content)
    assert taken_over != first


def test_kept_page_says_when_it_is_shown(answered: Any, methodologist: Any, settings: Settings) -> None:
    settings.TIME_ZONE = "Asia/Shanghai"
    methodologist.get(PAGE)
    page = methodologist.get(PAGE).content.decode()
    assert WHEN not in page
    assert f"{answered}. {localtime():%Y-%m-%d}" in page


def test_renamed_wave_shows_in_the_list_of_a_kept_page(answered: Any, methodologist: Any) -> None:
    methodologist.get(PAGE)
    Wave.objects.update(title=Text("改名", "Renamed wave"))
    assert "Renamed wave" in methodologist.get(PAGE).content.decode()


def test_items_that_only_some_firms_were_asked_are_named(answered: Any, methodologist: Any) -> None:
    """A correction while the wave is open withdraws one question and adds another."""
    first = methodologist.get(PAGE)
    assert [first.context[name] for name in ("withdrawn", "added")] == [[], []]
    in_another_version(answered, *ITEMS[1:], replace(ITEMS[0], code="new", text=Text("新增", "New one"), pain_point=""))
    page = methodologist.get(PAGE)
    assert (page.context["withdrawn"], page.context["added"]) == (["Devices"], ["New one"])
    assert "Withdrawn while firms answered" in page.content.decode()
