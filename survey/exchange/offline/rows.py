"""The rows of the offline form: one for each section, page and question, and one for each field that takes an answer.

The rows follow from the questionnaire alone, so that a returned form can be compared with what was handed out. Fields
are those that the web posts (see ``instrument/answers.py``).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from enum import Enum, auto
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from survey.instrument.answers import has_missing_field
from survey.instrument.edits.condition_words import condition_words, question_numbers
from survey.instrument.kinds.choices import MISSING_TEXTS, options_of, rows_of
from survey.instrument.kinds.choices_made import ranks_of
from survey.instrument.routing.piping import Piping
from survey.instrument.routing.pruning import ESTIMATED, MISSING, OTHER
from survey.instrument.schema import Item, Option, Page, Questionnaire, Section, Text
from survey.terms import ItemType

TICK = "✓"
LookUps = Mapping[ItemType, tuple[Option, ...]]


class RowKind(Enum):
    """What a row shows."""

    SECTION = auto()
    PAGE = auto()
    QUESTION = auto()
    PART = auto()


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row. ``name`` says what it is; ``field`` is what its answer is posted as, "" where it takes none.

    ``tick`` is the code that a tick in the row stands for; ``choices`` are the labels to choose from with their codes;
    ``item`` is the question that the row belongs to, ``is_typed`` says that its own kind of value is written there.
    """

    kind: RowKind
    name: str
    text: str
    number: str = ""
    guide: str = ""
    item: Item | None = None
    field: str = ""
    tick: str = ""
    choices: Mapping[str, str] = made_by(default_factory=dict)
    is_typed: bool = False


@dataclass(frozen=True)
class FormWording:
    """In which language, with which earlier answers and which lists the rows are written."""

    language: str
    piping: Piping
    look_ups: LookUps

    def of(self, text: Text) -> str:
        return self.piping.text(text).of(self.language)


def form_rows(questionnaire: Questionnaire, words: FormWording) -> tuple[FormRow, ...]:
    """Every row in the order of asking."""
    return tuple(_walk(questionnaire, words))


def _walk(questionnaire: Questionnaire, words: FormWording) -> Iterator[FormRow]:
    numbers = question_numbers(questionnaire)
    for section in questionnaire.sections:
        yield FormRow(RowKind.SECTION, f"section:{section.code}", words.of(section.title))
        for page in section.pages:
            yield FormRow(RowKind.PAGE, f"page:{page.code}", words.of(page.title), guide=words.of(page.intro))
            for item in page.items:
                if item.type is not ItemType.CALCULATION:
                    number = str(numbers.get(item.code, ""))
                    condition = _condition(questionnaire, section, page, item, numbers, words)
                    yield from _item_rows(item, number, condition, words)


def _condition(
    questionnaire: Questionnaire,
    section: Section,
    page: Page,
    item: Item,
    numbers: Mapping[str, int],
    words: FormWording,
) -> str:
    conditions = (section.relevant, page.relevant, item.relevant)
    said = condition_words(conditions, questionnaire, numbers, words.language)
    if said:
        return gettext("(only if %(condition)s)") % {"condition": said}
    return gettext("(only of some firms)") if any(conditions) else ""


def _item_rows(item: Item, number: str, condition: str, words: FormWording) -> Iterator[FormRow]:
    optional = gettext("(optional)") if item.type is not ItemType.NOTE and not item.required else ""
    text = " ".join(part for part in (words.of(item.text), optional, condition) if part)
    choices = one_of(item, words)
    is_one = item.type not in _PARTS and item.type not in (ItemType.NOTE, ItemType.FILE)
    yield FormRow(
        RowKind.QUESTION,
        f"item:{item.code}",
        text,
        number=number,
        guide=_guide(item, words),
        item=item,
        field=item.code if is_one else "",
        choices=choices,
        is_typed=is_one and not choices,
    )
    yield from _PARTS.get(item.type, lambda item, words: ())(item, words)
    yield from _companions(item, words)


def _guide(item: Item, words: FormWording) -> str:
    """Unit, limits, the way to answer and the hint of a question."""
    said_unit = words.of(item.unit) or ("%" if item.type in (ItemType.PERCENTAGE, ItemType.SHARES) else "")
    unit = gettext("Unit: %(unit)s") % {"unit": said_unit} if said_unit else ""
    limit = gettext("at most %(limit)s") % {"limit": item.max_choices} if item.max_choices else ""
    said = gettext(_GUIDES[item.type]) if item.type in _GUIDES else ""
    return " · ".join(part for part in (unit, limit, said, words.of(item.hint)) if part)


def one_of(item: Item, words: FormWording) -> dict[str, str]:
    """Label and code of the answers of which one is chosen; labels that occur twice carry their code."""
    if item.type not in ONE_OF:
        return {}
    pairs = [(option.code, words.of(option.text)) for option in options_of(item) or words.look_ups.get(item.type, ())]
    return by_label([*pairs, *((code.value, MISSING_TEXTS[code].of(words.language)) for code in item.missing)])


def by_label(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Codes by label, each label once."""
    labels = [" ".join(label.split()) for _code, label in pairs]
    return {
        label if labels.count(label) == 1 else f"{label} [{code}]": code
        for (code, _label), label in zip(pairs, labels, strict=True)
    }


def _part(item: Item, name: str, text: str, **more: Any) -> FormRow:
    return FormRow(RowKind.PART, f"field:{name}", text, item=item, field=name, **more)


def _ticks(item: Item, words: FormWording) -> Iterator[FormRow]:
    options = [(option.code, words.of(option.text)) for option in options_of(item)]
    for code, label in [*options, *((code.value, MISSING_TEXTS[code].of(words.language)) for code in item.missing)]:
        yield FormRow(
            RowKind.PART, f"tick:{item.code}:{code}", label, item=item, field=item.code, tick=code, choices={TICK: code}
        )


def _ranks(item: Item, words: FormWording) -> Iterator[FormRow]:
    choices = by_label([(option.code, words.of(option.text)) for option in options_of(item)])
    for place in range(1, ranks_of(item) + 1):
        yield _part(item, f"{item.code}__{place}", gettext("Choice %(place)s") % {"place": place}, choices=choices)


def _shares(item: Item, words: FormWording) -> Iterator[FormRow]:
    for row in rows_of(item):
        yield _part(item, f"{item.code}__{row.code}", words.of(row.text), is_typed=True)


def _table(item: Item, words: FormWording) -> Iterator[FormRow]:
    for row in rows_of(item):
        for column in options_of(item):
            text = f"{words.of(row.text)}, {words.of(column.text)}"
            yield _part(item, f"{item.code}__{row.code}__{column.code}", text, is_typed=True)


def _companions(item: Item, words: FormWording) -> Iterator[FormRow]:
    if any(option.specify for option in options_of(item)):
        yield _part(item, item.code + OTHER, gettext("Other, please specify"))
    if item.can_estimate:
        yield _part(item, item.code + ESTIMATED, gettext("This is an estimate"), tick="on", choices={TICK: "on"})
    if has_missing_field(item):
        missing = by_label([(code.value, MISSING_TEXTS[code].of(words.language)) for code in item.missing])
        yield _part(item, item.code + MISSING, gettext("If there is no answer: why"), choices=missing)


ONE_OF = frozenset({ItemType.SEVERITY, ItemType.YES_NO, ItemType.SINGLE, ItemType.INDUSTRY, ItemType.DISTRICT})
_PARTS: dict[ItemType, Callable[[Item, FormWording], Iterator[FormRow]]] = {
    ItemType.MULTIPLE: _ticks,
    ItemType.RANKING: _ranks,
    ItemType.SHARES: _shares,
    ItemType.NUMBER_TABLE: _table,
}
_GUIDES = {
    **dict.fromkeys(ONE_OF | {ItemType.RANKING}, _("Choose from the list.")),
    ItemType.MULTIPLE: _("Tick what applies."),
    ItemType.SHARES: _("The shares add to 100."),
    ItemType.DATE: _("For example 2026-03-31"),
    ItemType.YEAR_MONTH: _("For example 2026-03"),
    ItemType.FILE: _("A workbook cannot hold a file: attach it on the web page where you upload this workbook."),
}
