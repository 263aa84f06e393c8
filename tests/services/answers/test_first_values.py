"""A draft holds what ``once()`` gave when its first page was saved."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from survey.exchange.xlsform import read_xlsform
from survey.instrument.answers import Parsed
from survey.instrument.schema import Text
from survey.models import Case, QuestionnaireVersion, Response
from survey.models import Questionnaire as DesignedQuestionnaire
from survey.services.answers.responses import PageInput, save_answers

FORM = Path(__file__).parents[2] / "cases" / "once_in_a_draft.xlsx"
pytestmark = pytest.mark.django_db


def test_first_value_of_the_first_saved_page_stays(case: Case) -> None:
    form = read_xlsform(FORM).questionnaire
    assert form is not None
    designed = DesignedQuestionnaire.objects.create(survey=case.wave.survey, code="once", title=Text("一", "Once"))
    case.wave.version = QuestionnaireVersion.objects.create(
        questionnaire=designed, number=1, schema=form.to_dict(), digest=form.digest
    )
    case.wave.save()
    page = next(iter(form.pages.values()))

    def save(answer: int, revision: int, at: datetime) -> None:
        given = PageInput(page=page, parsed=Parsed({"n": answer}), revision=revision)
        save_answers(case=case, given=given, draft=True, clock=lambda: at)

    first = timezone.now()
    save(3, 0, first)
    save(4, 1, first + timedelta(days=1))
    assert Response.objects.get().answers == {"n": 4, "begun": timezone.localdate(first).isoformat()}
