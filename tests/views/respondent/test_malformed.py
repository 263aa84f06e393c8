"""Posts that no browser sends: no 5xx, and nothing invalid in the database. ``make faults`` sends ten thousand."""

import json
import warnings
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from survey.instrument.answers import parse_item
from survey.instrument.document.merging import part_of
from survey.instrument.document.unread import LONGEST_UNREAD, document_keys, unread_of
from survey.instrument.raw_answers import to_raw
from survey.instrument.routing.pruning import UNREAD
from survey.models import Case, Response
from survey.selectors.respondent.session import look_ups
from survey.terms import ItemType
from tests.every_type import EVERY_TYPE
from tests.views.firms import enter, state_of
from tests.views.malformed import posts

COUNT, PARTS = 2_000, 4


def assert_valid(answers: Any) -> None:
    """Every stored answer is one that the instrument reads back as itself; beside it stands only what it refuses."""
    codes = {
        type_: {option.code for option in options}
        for type_, options in look_ups(frozenset({ItemType.DISTRICT, ItemType.INDUSTRY})).items()
    }
    json.dumps(answers, allow_nan=False)
    known = {key for item in EVERY_TYPE.items.values() for key in document_keys(item)}
    assert answers.keys() <= known
    for item in EVERY_TYPE.items.values():
        held = part_of(item, answers)
        assert held.pop(item.code + UNREAD, {}) == unread_of(item, answers)
        assert sum(len(text) for texts in unread_of(item, answers).values() for text in texts) <= LONGEST_UNREAD
        assert parse_item(item, to_raw(item, answers), codes).answers == held


@pytest.mark.parametrize("seed", range(PARTS))
def test_malformed_posts_break_nothing(
    client: Client, case: Case, settings: Settings, tmp_path: Path, seed: int
) -> None:
    settings.MEDIA_ROOT, settings.ACCESS_CODE_FAILURES = tmp_path, 1_000_000
    enter(client, case)
    statuses, seen = set(), None
    state = state_of(client, "firm")
    for post in posts(EVERY_TYPE, state, COUNT // PARTS, seed):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            response = client.generic("POST", post.address, post.body, content_type=post.content_type)
        statuses.add(response.status_code)
        assert response.status_code < 500, post
        stored = Response.objects.filter(is_current=True).values_list("answers", "reasons").first()
        if stored and stored[0] != seen:
            assert_valid(stored[0])
            seen = stored[0]
    assert statuses >= {200, 302, 400, 404}
    assert {path.suffix for path in tmp_path.rglob("*") if path.is_file()} <= {".pdf", ".png"}
    assert seen, "some of the posts must reach the answers"
