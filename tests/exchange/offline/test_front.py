"""The lines of the first sheet: what the law asks to say, whose form it is, and how to fill it in."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from survey.exchange.offline.front import form_lines, notice_lines, statutory_line, statutory_lines, steps
from survey.instrument.schema import Text
from survey.models import Case
from survey.selectors.respondent.session import Filling, filling_of
from survey.services.answers.offline_returns import new_identity

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def filling(case: Case) -> Filling:
    return filling_of(case, timezone.now())


def again(filling: Filling) -> Filling:
    """The same firm, read anew, so that its notice says what the survey and the wave say now."""
    return replace(filling)


def test_statutory_header_is_one_line_of_what_is_known(filling: Filling) -> None:
    assert statutory_lines(filling)[0] == ("Form number", "T1")
    filling.case.wave.survey.issuing_authority = Text()
    assert statutory_line(again(filling)) == ("Form number T1 · Approval number 2026-1 · Valid until 31 December 2099")


def test_form_says_whose_it_is_for_when_and_until_when(filling: Filling) -> None:
    filling.case.wave.reference_period = Text(en="March")
    identity = new_identity(filling, "en")
    lines = dict(form_lines(filling, identity))
    assert list(lines) == [
        "Firm",
        "Reference period",
        "Please answer by",
        "Version of the questionnaire",
        "Mark of the form",
    ]
    assert (lines["Firm"], lines["Version of the questionnaire"]) == (filling.firm, identity.digest[:16])
    assert lines["Reference period"] == "March"


def test_deadline_is_said_in_local_time(filling: Filling) -> None:
    filling.case.wave.closes_at = datetime(2026, 3, 31, 15, 59, tzinfo=UTC)
    lines = dict(form_lines(again(filling), new_identity(filling, "en")))
    assert lines["Please answer by"] == "31 March 2026, 23:59"


def test_duty_to_answer_is_said_either_way(filling: Filling) -> None:
    said = []
    for filling.case.wave.survey.is_mandatory in (True, False):
        said.append(dict(notice_lines(again(filling)))["Must we answer?"])
    assert said == ["Answering is mandatory by law.", "Answering is voluntary."]


def test_files_are_spoken_of_where_the_questionnaire_asks_for_one(
    filling: Filling, version_without_file: Filling
) -> None:
    asks = [any("ask for a file" in step for step in steps(each)) for each in (filling, version_without_file)]
    assert asks == [True, False]


@pytest.fixture
def version_without_file(filling: Filling) -> Filling:
    """The same firm with a questionnaire of the first page alone, which asks for no file."""
    content = filling.questionnaire
    first = replace(content.sections[0], pages=content.sections[0].pages[:1])
    return replace(filling, questionnaire=replace(content, sections=(first,)))
