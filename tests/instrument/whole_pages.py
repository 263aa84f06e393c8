"""What tests do with whole documents of answers: type them again, and keep what is on the route."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from survey.instrument.raw_answers import to_raw
from survey.instrument.routing.route import route_of
from survey.instrument.schema import Page, Questionnaire


def page_to_raw(page: Page, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """The form fields of every item of a page."""
    return {name: values for item in page.items for name, values in to_raw(item, answers).items()}


def prune(
    questionnaire: Questionnaire, answers: Mapping[str, Any], facts: Mapping[str, Any], today: date
) -> dict[str, Any]:
    """The answers on the route, in order of asking, with calculated values."""
    return dict(route_of(questionnaire, answers, facts, today).answers)
