"""What stands beside a trial: the route, the rules that fired, and the values that they saw."""

import json
from collections.abc import Iterator
from typing import Any

from survey.forms.page.form import named
from survey.instrument.edits.rules import EditFailure, check_all
from survey.instrument.kinds.registry import kind_of
from survey.instrument.messages import worded
from survey.selectors.said import said as _
from survey.views.design.trial import Trial
from survey.views.respondent.page_showing import wording_for


def trace_of(trial: Trial, here: str = "") -> dict[str, Any]:
    """Route, fired rules and values; ``here`` is the page that is shown."""
    report = check_all(trial.questionnaire, trial.answers, trial.facts, trial.reasons, trial.today, route=trial.route)
    # Settled ones too: the designer wants to see that a rule fired, also where a reason was given.
    failures = (*report.failures, *report.settled)
    # A question that is still open is no rule that fired; those are listed by themselves.
    fired = [failure for failure in failures if failure.code != "required"]
    asked = trial.route.answers
    open_items = [failure.items[0] for failure in failures if failure.code == "required"]
    return {
        "route": [section_line(trial, section.code, here) for section in trial.questionnaire.sections],
        "fired": [fired_line(trial, failure) for failure in fired],
        "open_items": open_items,
        "blocking": len(report.blocking),
        "values": [(name, written(value)) for name, value in asked.items()],
        "off_route": [(name, written(value)) for name, value in trial.answers.items() if name not in asked],
        "facts": [(name, written(value)) for name, value in trial.facts.items()],
    }  # fmt: skip


def section_line(trial: Trial, code: str, here: str) -> dict[str, Any]:
    """A section with its pages: on the route with the items not asked, or off it with the condition that is not met."""
    words = wording_for(trial)
    section = next(part for part in trial.questionnaire.sections if part.code == code)
    return {
        "title": words.of(section.title),
        "condition": section.relevant,
        "pages": [
            {
                "code": page.code,
                "title": words.of(page.title),
                "is_here": page.code == here,
                "is_asked": trial.route.page(page.code) is not None,
                "is_saved": page.code in trial.visited,
                "condition": page.relevant,
                "not_asked": list(not_asked(trial, page.code)),
            }
            for page in section.pages
        ],
    }


def not_asked(trial: Trial, page: str) -> Iterator[tuple[str, str]]:
    """Code and condition of the items that the route leaves out on a page."""
    for item in trial.questionnaire.pages[page].items:
        if not kind_of(item).is_calculated and item.code not in trial.route.items:
            yield item.code, item.relevant


def fired_line(trial: Trial, failure: EditFailure) -> dict[str, Any]:
    """A rule that fired: its code and level, what it says, the values it judged, the reason that settled it."""
    words = wording_for(trial)
    item = trial.questionnaire.items[failure.items[0]] if failure.items else None
    label = named(item, words) if item else failure.rule
    parameters = trial.piping.parameters({**failure.parameters, "label": label})
    return {
        "rule": failure.rule,
        "level": _(failure.level.label),
        "message": worded(failure.code, parameters, words.language, _),
        "values": [(name, written(value)) for name, value in failure.values.items()],
        "reason": failure.reason,
        "page": trial.questionnaire.page_of_item[item.code].code if item else "",
    }


def written(value: Any) -> str:
    """A stored value as it is stored."""
    # As JSON, so that a number and a text of digits are told apart, by which a condition may fail.
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
