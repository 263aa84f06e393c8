"""How much the shipped questionnaire asks of a firm: `python -m benchmarks.effort` counts taps, pages and seconds.

The firm is asked everything there is (`benchmarks/longest_route.json` holds its answers), is in the register with a
contact, and has not answered before. Nothing is timed: the counts follow from questionnaire and answers, and
``tests/test_effort.py`` holds them.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from survey.instrument.expected_time import expected_time
from survey.instrument.kinds.registry import kind_of
from survey.instrument.raw_answers import to_raw
from survey.instrument.routing.route import RouteItem, route_of
from survey.instrument.schema import Questionnaire

ROOT = Path(__file__).parents[1]
QUESTIONNAIRE, ANSWERS = ROOT / "fixtures/survey_questionnaire.json", Path(__file__).parent / "longest_route.json"
ANY_DAY = date(2026, 3, 31)
BEGINNING_AND_END = 3
"""To begin, to go on from the review, and to submit."""
NAMES = {"is_exclusive": "exclusive", "asks_to_specify": "specify"}
PLACES = ("position", "questionnaire", "section", "page", "item", "is_row", "survey")


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What one firm does: taps and keys, pages that it sees, questions, and expected minutes with every question."""

    taps: int
    pages: int
    questions: int
    minutes: float


def effort(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> Effort:
    """The effort of a firm that gives these answers; what the register has filled in costs nothing."""
    route = route_of(questionnaire, answers, {}, ANY_DAY)
    asked = [part for page in route.pages for part in page.items if kind_of(part.item).is_asked]
    return Effort(
        taps=BEGINNING_AND_END + len(route.pages) + sum(taps_of(part, answers) for part in asked),
        pages=len(route.pages),
        questions=len(asked),
        minutes=expected_time(questionnaire).minutes,
    )


def taps_of(asked: RouteItem, answers: Mapping[str, Any]) -> int:
    """One for each choice, and for each place of a ranking; a tap into a field and one for each character else."""
    item = asked.item
    # Shown filled in already; the one tap that confirms them is that of the page.
    if item.prefill or item.code not in answers:
        return 0
    values = [value for part in to_raw(item, answers).values() for value in part]
    return len(values) if kind_of(item).is_closed else sum(1 + len(value) for value in values)


def shipped_questionnaire(path: Path = QUESTIONNAIRE) -> Questionnaire:
    """The questionnaire of the fixtures, read without a database."""
    below: Below = defaultdict(list)
    for row in json.loads(path.read_text("utf-8")):
        fields = row["fields"]
        above: list[str] = next((fields[name] for name in (*_BELOW, "item") if name in fields), [])
        below[row["model"].removeprefix("survey."), *above].append(fields)
    (top,) = below[("questionnaire",)]
    rules = [{**_content(rule), "items": rule["items"]} for rule in _placed(below["editrule", top["code"]])]
    return Questionnaire.from_dict({**_part(top, "questionnaire", [top["code"]], below), "edit_rules": rules})


Below = dict[tuple[str, ...], list[dict[str, Any]]]
_BELOW = {
    "questionnaire": ("sections", "section"),
    "section": ("pages", "page"),
    "page": ("items", "item"),
    "item": ("options", "option"),
}


def _part(row: dict[str, Any], model: str, key: list[str], below: Below) -> dict[str, Any]:
    content = _content(row)
    if model in _BELOW:
        name, part = _BELOW[model]
        listed = _placed(below.get((part, *key), []))
        content[name] = [_part(each, part, [*key, each["code"]], below) for each in listed]
    return content


def _content(row: dict[str, Any]) -> dict[str, Any]:
    content = {NAMES.get(name, name): value for name, value in row.items() if name not in PLACES}
    # A pain point is named by its natural key, which is its code.
    return content | ({"pain_point": row["pain_point"][0]} if "pain_point" in row else {})


def _placed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: row.get("position", 0))


def main() -> None:
    """Print the counts."""
    found = effort(shipped_questionnaire(), json.loads(ANSWERS.read_text("utf-8")))
    print(f"{found.taps} taps and keys, {found.pages} pages, {found.questions} questions, {found.minutes:.1f} minutes")


if __name__ == "__main__":
    main()
