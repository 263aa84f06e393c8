"""All questions of a questionnaire for reading and printing, whether or not the route asks them."""

from typing import Any

from survey.forms.wording import Wording
from survey.instrument.choices import MISSING_TEXTS, options_of, rows_of
from survey.instrument.condition_words import condition_words, question_numbers
from survey.instrument.schema import Item, Questionnaire
from survey.terms import ItemType

WITH_OPTIONS = {ItemType.SEVERITY, ItemType.YES_NO, ItemType.SINGLE, ItemType.MULTIPLE, ItemType.RANKING}
WITH_ROWS = {ItemType.SHARES, ItemType.NUMBER_TABLE}


def printed_sections(questionnaire: Questionnaire, words: Wording) -> list[dict[str, Any]]:
    """Sections with their pages and items; numbered in order, in the wording's language."""
    numbers = question_numbers(questionnaire)
    sections = []
    for section in questionnaire.sections:
        items = []
        for page in section.pages:
            for item in page.items:
                if item.type is ItemType.CALCULATION:
                    continue
                conditions = (section.relevant, page.relevant, item.relevant)
                condition = condition_words(conditions, questionnaire, numbers, words.language)
                printed = printed_item(item, numbers.get(item.code), words, is_conditional=any(conditions))
                items.append({**printed, "condition": condition})
        sections.append({"title": words.of(section.title), "intro": words.of(section.intro), "items": items})
    return sections


def printed_item(item: Item, number: int | None, words: Wording, *, is_conditional: bool) -> dict[str, Any]:
    """One question with what can be chosen, or a line to write on."""
    options = [words.of(option.text) for option in options_of(item)] if item.type in WITH_OPTIONS else []
    missing = [MISSING_TEXTS[code].of(words.language) for code in item.missing]
    return {
        "number": number,
        "text": words.of(item.text),
        "hint": words.of(item.hint),
        "unit": words.of(item.unit),
        "choices": [*options, *missing],
        "rows": [words.of(row.text) for row in rows_of(item)] if item.type in WITH_ROWS else [],
        "has_line": not options and item.type not in {ItemType.NOTE, *WITH_ROWS},
        "is_tall": item.type is ItemType.LONG_TEXT,
        "is_stacked": any(len(option) > 16 for option in options),
        "is_conditional": is_conditional,
        "at_most": item.max_choices,
    }
