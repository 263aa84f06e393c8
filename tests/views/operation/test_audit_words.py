"""What an entry of the audit history says, in words."""

import pytest
from django.utils import translation

from survey.asked_terms.speaking import speaking_of
from survey.terms import AskedUnit
from survey.views.operation.audit_words import verb_in_words


@pytest.mark.parametrize(
    ("verb", "words"), [("close_cases", "closed cases"), ("verb_of_an_earlier_version", "verb_of_an_earlier_version")]
)
def test_verb_has_its_words_or_stands_for_itself(verb: str, words: str) -> None:
    with translation.override("en"):
        assert verb_in_words(verb) == words


def test_verb_tells_of_what_the_survey_of_its_entry_asks_whatever_the_page_tells_of() -> None:
    with translation.override("en"), speaking_of(AskedUnit.LOCAL_UNIT):
        said = verb_in_words("answer_firm", AskedUnit.FIRM), verb_in_words("answer_firm"), verb_in_words("change_firm")
    assert said == ("answered a firm", "answered a local unit", "changed a firm of the register")
