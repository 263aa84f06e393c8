"""All questions of a questionnaire for reading and printing, whether or not the route asks them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from typing import Any

from survey.forms.page.wording import Wording
from survey.instrument.edits.condition_words import condition_words, question_numbers
from survey.instrument.kinds.cells import cell_of
from survey.instrument.kinds.choices import options_of, rows_of
from survey.instrument.kinds.missing import MISSING_TEXTS
from survey.instrument.kinds.open_cells import marked_column
from survey.instrument.kinds.ranking import ranks_of
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import NO_TEXT, Item, Option, Questionnaire
from survey.selectors.said import said as _
from survey.selectors.said import said_many as ngettext
from survey.terms import ItemType


class Space(Enum):
    """What a question leaves room for on paper."""

    CHOICES = auto()
    LINE = auto()
    LINES = auto()
    GRID = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """The room for an answer, and what the web shows by its fields and paper has to say."""

    space: Space = Space.LINE
    how: Callable[[Item], str] = lambda item: ""


def printed_sections(questionnaire: Questionnaire, words: Wording) -> list[dict[str, Any]]:
    """Sections with their pages and items; numbered in order, in the wording's language."""
    # The numbers of the web, so that a firm on the telephone and an officer speak of the same question.
    numbers = question_numbers(questionnaire)
    sections = []
    for section in questionnaire.sections:
        items = []
        for page in section.pages:
            for item in page.items:
                # Nobody writes a calculated value down, and on paper it could not follow.
                if kind_of(item).is_calculated:
                    continue
                conditions = (section.relevant, page.relevant, item.relevant)
                condition = condition_words(conditions, questionnaire, numbers, words.language)
                printed = printed_item(item, numbers.get(item.code), words, is_conditional=any(conditions))
                items.append({**printed, "condition": condition})
        sections.append({"title": words.of(section.title), "intro": words.of(section.intro), "items": items})
    return sections


def printed_item(item: Item, number: int | None, words: Wording, *, is_conditional: bool) -> dict[str, Any]:
    """One question with what can be chosen, or a line to write on."""
    kind, on_paper = kind_of(item), PAPER[item.type]
    # Lists of a thousand industries are not printed; there is a line to write on.
    options = [words.of(option.text) for option in options_of(item)] if on_paper.space is Space.CHOICES else []
    missing = [MISSING_TEXTS[code].of(words.language) for code in item.missing]
    return {
        "number": number,
        "text": words.of(item.text),
        "hint": words.of(item.hint),
        "how": on_paper.how(item),
        "unit": words.of(kind.unit_of(item)),
        "choices": [*options, *missing],
        "rows": [words.of(row.text) for row in rows_of(item)] if on_paper.space is Space.GRID else [],
        "columns": [_column(item, column, words) for column in item.options] if kind.has_columns else [""],
        "adds_up": kind.total is not None,
        "has_line": not options and on_paper.space not in (Space.NOTHING, Space.GRID),
        "is_tall": on_paper.space is Space.LINES,
        # Longer ones would break in the middle where several stand on a line of a printed page.
        "is_stacked": any(len(option) > 16 for option in options),
        "is_conditional": is_conditional,
        "is_optional": kind.has_value and not item.required,
    }


def _column(item: Item, column: Option, words: Wording) -> str:
    """The head of a column: its words, and what its cells are chosen from or how they are written."""
    cell = cell_of(item, Option(code="", text=NO_TEXT), column)
    offered = " / ".join(words.of(choice.text) for choice in options_of(cell))
    written = offered or (_by_example(cell) if column.type and kind_of(cell).example else "")
    head = words.of(marked_column(item, column))
    return f"{head} ({written})" if written else head


def _by_example(item: Item) -> str:
    return _("For example %(example)s") % {"example": kind_of(item).example}


def _at_most(item: Item) -> str:
    limit = item.max_choices
    if not limit:
        return ""
    return ngettext("Choose at most %(limit)s answer.", "Choose at most %(limit)s answers.", limit) % {"limit": limit}


def _in_order(item: Item) -> str:
    limit = ranks_of(item)
    return ngettext(
        "Mark the most important answer with 1.",
        "Number the most important answers from 1 to %(limit)s, the most important one first.",
        limit,
    ) % {"limit": limit}


PAPER: Mapping[ItemType, PaperKind] = MappingProxyType(
    {
        ItemType.SEVERITY: PaperKind(space=Space.CHOICES),
        ItemType.YES_NO: PaperKind(space=Space.CHOICES),
        ItemType.SINGLE: PaperKind(space=Space.CHOICES),
        ItemType.MULTIPLE: PaperKind(space=Space.CHOICES, how=_at_most),
        ItemType.RANKING: PaperKind(space=Space.CHOICES, how=_in_order),
        ItemType.INTEGER: PaperKind(),
        ItemType.DECIMAL: PaperKind(),
        ItemType.PERCENTAGE: PaperKind(),
        ItemType.MONEY: PaperKind(),
        ItemType.SHARES: PaperKind(space=Space.GRID),
        ItemType.NUMBER_TABLE: PaperKind(space=Space.GRID),
        ItemType.TABLE: PaperKind(space=Space.GRID),
        ItemType.DATE: PaperKind(how=_by_example),
        ItemType.YEAR_MONTH: PaperKind(how=_by_example),
        ItemType.TIME: PaperKind(how=_by_example),
        ItemType.TEXT: PaperKind(),
        ItemType.LONG_TEXT: PaperKind(space=Space.LINES),
        ItemType.EMAIL: PaperKind(),
        ItemType.PHONE: PaperKind(),
        ItemType.CREDIT_CODE: PaperKind(),
        ItemType.INDUSTRY: PaperKind(),
        ItemType.DISTRICT: PaperKind(),
        ItemType.FILE: PaperKind(),
        ItemType.CALCULATION: PaperKind(space=Space.NOTHING),
        ItemType.NOTE: PaperKind(space=Space.NOTHING),
    }
)
"""The one table of the printed questionnaire."""
