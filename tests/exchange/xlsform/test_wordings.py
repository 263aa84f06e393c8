"""Wordings of a form that name something: which count, and what they show."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import translation

from survey.exchange.xlsform import Reading
from survey.instrument.routing.piping import Piping
from survey.instrument.routing.route import route_of
from survey.instrument.schema import Text
from tests.exchange.markdown_forms import items


def test_label_of_a_field_of_the_device_is_not_read_and_named(read: Callable[[str], Reading]) -> None:
    reading = read("label_on_metadata")
    found = {code: item.text for code, item in items(reading).items()}
    assert found == {"today": Text(), "staff": Text(en="How many people?")}
    named = [finding.value for finding in reading.findings if finding.code == "metadata_label"]
    assert named == ["today"]


def test_names_of_choices_are_shown_in_the_language_of_the_page(read: Callable[[str], Reading]) -> None:
    content = read("choice_name_english").questionnaire
    assert content
    answers = route_of(content, {"s": "a"}, {}, date(2026, 1, 1)).answers
    piping = Piping(questionnaire=content, answers=answers, facts={})
    assert piping.text(content.items["nn"].text) == Text("您选择了采矿业!", "You chose Mining!")
    # What is stored does not change with the language of the page.
    assert answers["said"] == "采矿业!"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_name_of_a_sheet_is_the_same_in_every_language(read: Callable[[str], Reading], language: str) -> None:
    with translation.override(language):
        places = [finding.place.words(translation.gettext) for finding in read("label_on_metadata").findings]
    assert {place.partition(",")[0] for place in places} == {"survey"}
