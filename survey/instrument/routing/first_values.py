"""What ``once()`` has calculated first, written into the document from the first saved page on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from survey.instrument.routing.route import Facts, is_calculated_once, route_of
from survey.instrument.schema import Questionnaire


def calculated_once(questionnaire: Questionnaire) -> list[str]:
    """The items whose first value stays."""
    return [item.code for item in questionnaire.items.values() if is_calculated_once(item.calculation)]


def first_values(questionnaire: Questionnaire, answers: Mapping[str, Any], facts: Facts, today: date) -> dict[str, Any]:
    """The values of ``once()`` that are on the route and not in the document yet, by item."""
    lacking = [code for code in calculated_once(questionnaire) if code not in answers]
    if not lacking:
        return {}
    on_route = route_of(questionnaire, answers, facts, today).answers
    return {code: on_route[code] for code in lacking if code in on_route}
