"""Pages of a design tell of what the survey of their questionnaire asks."""

from datetime import date

import pytest
from django.http import Http404

from survey.asked_terms.speaking import speaking_of, spoken
from survey.models import Questionnaire, Survey
from survey.terms import AskedUnit
from survey.views.design.questionnaire_of_page import questionnaire_of_page, use_words_of_survey

pytestmark = pytest.mark.django_db


def test_page_of_a_questionnaire_tells_of_what_its_survey_asks(small: Questionnaire) -> None:
    Survey.objects.update(asks=AskedUnit.LOCAL_UNIT)
    with speaking_of(AskedUnit.FIRM):
        assert (questionnaire_of_page(small.code), spoken()) == (small, AskedUnit.LOCAL_UNIT)


def test_questionnaire_of_no_name_is_not_found() -> None:
    with pytest.raises(Http404):
        questionnaire_of_page("none")


def test_form_tells_of_what_the_survey_of_its_draft_asks_before_any_other(small: Questionnaire) -> None:
    other = Survey.objects.create(code="units", asks=AskedUnit.LOCAL_UNIT, approval_expires=date(2030, 1, 1))
    told = []
    with speaking_of(AskedUnit.FIRM):
        for questionnaire, survey in ((None, other), (small, other), (None, None)):
            use_words_of_survey(questionnaire, survey)
            told.append(spoken())
    assert told == [AskedUnit.LOCAL_UNIT, AskedUnit.FIRM, AskedUnit.FIRM]
