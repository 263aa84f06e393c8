"""``once()`` keeps what it gave at the first saved page."""

from datetime import date
from pathlib import Path

from survey.exchange.xlsform import read_xlsform
from survey.instrument.answers import parse_page
from survey.instrument.document.merging import merge_page
from survey.instrument.routing.first_values import first_values
from survey.instrument.routing.route import route_of
from survey.instrument.schema import Questionnaire
from tests.every_type import EVERY_TYPE

FORM = Path(__file__).parents[2] / "cases" / "once_in_a_draft.xlsx"
MONDAY, TUESDAY = date(2026, 3, 30), date(2026, 3, 31)


def form() -> Questionnaire:
    questionnaire = read_xlsform(FORM).questionnaire
    assert questionnaire is not None
    return questionnaire


def test_first_value_is_written_down() -> None:
    assert first_values(form(), {"n": 3}, {}, MONDAY) == {"begun": "2026-03-30"}
    assert first_values(form(), {"n": 3, "begun": "2026-03-30"}, {}, TUESDAY) == {}


def test_first_value_stays_on_another_day_and_when_its_page_is_saved_again() -> None:
    questionnaire = form()
    page = next(iter(questionnaire.pages.values()))
    stored = {"n": 3, "begun": "2026-03-30"}
    saved = merge_page(stored, page, parse_page(page, {"n": ["4"]}), base={"n": 3}, is_stale=False).answers
    assert dict(route_of(questionnaire, saved, {}, TUESDAY).answers) == {"n": 4, "begun": "2026-03-30"}


def test_questionnaire_without_once_has_no_first_values() -> None:
    assert first_values(EVERY_TYPE, {}, {}, MONDAY) == {}
