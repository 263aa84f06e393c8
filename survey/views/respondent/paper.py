"""All questions of a questionnaire for reading and printing, whether or not the route asks them."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.forms.page.wording import Wording
from survey.instrument.edits.condition_words import condition_words, question_numbers
from survey.instrument.kinds.choices import MISSING_TEXTS, options_of, rows_of
from survey.instrument.kinds.choices_made import ranks_of
from survey.instrument.schema import Item, Questionnaire
from survey.terms import ItemType

WITH_OPTIONS = {ItemType.SEVERITY, ItemType.YES_NO, ItemType.SINGLE, ItemType.MULTIPLE, ItemType.RANKING}
WITH_ROWS = {ItemType.SHARES, ItemType.NUMBER_TABLE}
PER_CENT = {ItemType.PERCENTAGE, ItemType.SHARES}
EXAMPLES = {ItemType.DATE: "2026-03-31", ItemType.YEAR_MONTH: "2026-03"}


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
        "how": how_to_answer(item),
        "unit": words.of(item.unit) or ("%" if item.type in PER_CENT else ""),
        "choices": [*options, *missing],
        "rows": [words.of(row.text) for row in rows_of(item)] if item.type in WITH_ROWS else [],
        "columns": [words.of(column.text) for column in item.options] if item.type is ItemType.NUMBER_TABLE else [""],
        "adds_up": item.type is ItemType.SHARES,
        "has_line": not options and item.type not in {ItemType.NOTE, *WITH_ROWS},
        "is_tall": item.type is ItemType.LONG_TEXT,
        "is_stacked": any(len(option) > 16 for option in options),
        "is_conditional": is_conditional,
    }


def how_to_answer(item: Item) -> str:
    """What the web shows by its fields and paper has to say."""
    if item.type is ItemType.RANKING:
        limit = ranks_of(item)
        return ngettext(
            "Mark the most important answer with 1.",
            "Number the most important answers from 1 to %(limit)s, the most important one first.",
            limit,
        ) % {"limit": limit}
    if item.type is ItemType.MULTIPLE and item.max_choices:
        limit = item.max_choices
        return ngettext("Choose at most %(limit)s answer.", "Choose at most %(limit)s answers.", limit) % {
            "limit": limit
        }
    return _("For example %(example)s") % {"example": EXAMPLES[item.type]} if item.type in EXAMPLES else ""
