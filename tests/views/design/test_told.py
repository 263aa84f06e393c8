"""Pages of a design tell of what the survey of their questionnaire asks."""

import pytest
from django.http import Http404

from survey.asked_terms.speaking import speaking_of, spoken
from survey.models import Questionnaire, Survey
from survey.terms import AskedUnit
from survey.views.design.told import told_questionnaire

pytestmark = pytest.mark.django_db


def test_page_of_a_questionnaire_tells_of_what_its_survey_asks(small: Questionnaire) -> None:
    Survey.objects.update(asks=AskedUnit.LOCAL_UNIT)
    with speaking_of(AskedUnit.FIRM):
        assert (told_questionnaire(small.code), spoken()) == (small, AskedUnit.LOCAL_UNIT)


def test_questionnaire_of_no_name_is_not_found() -> None:
    with pytest.raises(Http404):
        told_questionnaire("none")
