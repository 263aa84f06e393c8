"""A release is read again exactly as it was frozen, in each of its languages and from JSON alone."""

import json

import pytest

from survey.methods.released.publication import groups_of, has_words, languages_of, publication_of
from tests.small_content import INDUSTRY, LABELS, distribution, ranking, small_content, small_wording

CONTENT = json.loads(json.dumps(small_content(), sort_keys=True))
"""As a database gives it back that does not keep the order of the parts of a document."""


@pytest.mark.parametrize("language", LABELS)
def test_tables_come_back_as_they_were_frozen(language: str) -> None:
    tables = publication_of(CONTENT, language).main
    assert [one.table for one in tables.values()] == [ranking(language), distribution(language)]


def test_words_are_those_of_the_language() -> None:
    titles = [publication_of(CONTENT, language).main["ranking"].title for language in LABELS]
    assert titles == ["成本 46%", "=Cost 46%"]


def test_everything_said_beside_the_tables_comes_back() -> None:
    made, wording = publication_of(CONTENT, "en"), small_wording("en")
    assert (made.facts, made.groups, made.notes) == (wording.facts, wording.groups, tuple(wording.notes))
    assert (made.account, made.codebook) == (tuple(wording.account), wording.codebook)


def test_only_the_groups_that_are_asked_for_are_read() -> None:
    assert list(publication_of(CONTENT, "en", [INDUSTRY]).tables) == [INDUSTRY]


def test_order_of_groups_tables_and_languages_is_kept() -> None:
    assert groups_of(CONTENT) == ((), INDUSTRY)
    assert languages_of(CONTENT) == ("zh-hans", "en")
    assert list(publication_of(CONTENT, "en").main) == ["ranking", "distribution"]


def test_content_of_an_earlier_version_has_no_words() -> None:
    assert (has_words(CONTENT), has_words({"wave": "w1", "tables": {}})) == (True, False)
