"""The rows of the offline form: one for each section, page and question, and one for each field that takes an answer.

The rows follow from the questionnaire alone, so that a returned form can be compared with what was handed out. Fields
are those that the web posts (see ``instrument/answers.py``).
"""

from collections.abc import Iterator, Mapping

from survey.exchange.offline.form_row import TICK, FormWording, OfflineRow, RowKind
from survey.exchange.offline.kinds import OFFLINE
from survey.exchange.offline.parts import by_label, part
from survey.instrument.answers import has_missing_field
from survey.instrument.edits.condition_words import condition_words, question_numbers
from survey.instrument.kinds.choices import options_of
from survey.instrument.kinds.missing import MISSING_TEXTS
from survey.instrument.kinds.registry import kind_of
from survey.instrument.routing.pruning import ESTIMATED, MISSING, OTHER
from survey.instrument.schema import Item, Page, Questionnaire, Section
from survey.selectors.said import said as gettext


def offline_rows(questionnaire: Questionnaire, words: FormWording) -> tuple[OfflineRow, ...]:
    """Every row in the order of asking."""
    return tuple(_walk(questionnaire, words))


def _walk(questionnaire: Questionnaire, words: FormWording) -> Iterator[OfflineRow]:
    numbers = question_numbers(questionnaire)
    for section in questionnaire.sections:
        yield OfflineRow(kind=RowKind.SECTION, name=f"section:{section.code}", text=words.of(section.title))
        for page in section.pages:
            yield OfflineRow(
                kind=RowKind.PAGE, name=f"page:{page.code}", text=words.of(page.title), guide=words.of(page.intro)
            )
            for item in page.items:
                # What is calculated follows from the other answers once the form is back.
                if not kind_of(item).is_calculated:
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
    # A condition that no words were found for is said to exist: without it everybody would fill the row in.
    return gettext("(only of some firms)") if any(conditions) else ""


def _item_rows(item: Item, number: str, condition: str, words: FormWording) -> Iterator[OfflineRow]:
    optional = gettext("(optional)") if kind_of(item).has_value and not item.required else ""
    text = " ".join(part for part in (words.of(item.text), optional, condition) if part)
    choices = labels_to_codes(item, words)
    offline = OFFLINE[item.type]
    yield OfflineRow(
        kind=RowKind.QUESTION,
        # A prefix of its own: a section, a page and a question may bear one code, and names of rows must differ.
        name=f"item:{item.code}",
        text=text,
        number=number,
        guide=_guide(item, words),
        item=item,
        field=item.code if offline.has_cell else "",
        choices=choices,
        is_typed=offline.has_cell and not choices,
    )
    yield from offline.parts(item, words)
    yield from _companions(item, words)


def _guide(item: Item, words: FormWording) -> str:
    """Unit, limits, the way to answer and the hint of a question."""
    said_unit = words.of(kind_of(item).unit_of(item))
    unit = gettext("Unit: %(unit)s") % {"unit": said_unit} if said_unit else ""
    limit = gettext("at most %(limit)s") % {"limit": item.max_choices} if item.max_choices else ""
    said = OFFLINE[item.type].guide(item)
    return " · ".join(part for part in (unit, limit, said, words.of(item.hint)) if part)


def labels_to_codes(item: Item, words: FormWording) -> dict[str, str]:
    """Label and code of the answers of which one is chosen; labels that occur twice carry their code."""
    kind = kind_of(item)
    # Several answers have a cell each, which is ticked; there is no one label to choose.
    if not kind.is_closed or kind.takes_several:
        return {}
    pairs = [
        (option.code, words.of(option.text)) for option in kind.options_of(item) or words.look_ups.get(item.type, ())
    ]
    return by_label([*pairs, *((code.value, MISSING_TEXTS[code].of(words.language)) for code in item.missing)])


def _companions(item: Item, words: FormWording) -> Iterator[OfflineRow]:
    if any(option.specify for option in options_of(item)):
        yield part(item, item.code + OTHER, gettext("Other, please specify"))
    if item.can_estimate:
        yield part(item, item.code + ESTIMATED, gettext("This is an estimate"), tick="on", choices={TICK: "on"})
    if has_missing_field(item):
        missing = by_label([(code.value, MISSING_TEXTS[code].of(words.language)) for code in item.missing])
        yield part(item, item.code + MISSING, gettext("If there is no answer: why"), choices=missing)
