"""What designers work on in the tests of this room: a plan, and a trial of a version that asks every item type."""

import pytest
from django.test import Client

from survey.models import AnalysisPlan, Questionnaire, QuestionnaireVersion, Wave
from tests.every_type import give_every_type
from tests.instrument.plan.small import PLAN
from tests.views.design.trials import FIRM, START


@pytest.fixture
def version(wave: Wave) -> QuestionnaireVersion:
    """The wave asks every item type."""
    return give_every_type(wave)


@pytest.fixture
def begun(designer: Client, version: QuestionnaireVersion) -> Client:
    """The browser of a designer who tries the version as a made-up firm."""
    designer.post(START, FIRM)
    return designer


@pytest.fixture
def planned(small: Questionnaire) -> Questionnaire:
    """A questionnaire with one part of every kind in its plan, whatever its items are."""
    AnalysisPlan.objects.create(questionnaire=small, content=PLAN.to_dict(), revision=3)
    return small
