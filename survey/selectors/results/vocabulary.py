"""What the tables of a wave can be about, in the language of the reader."""

from collections.abc import Iterable

from django.utils.translation import gettext, override

from survey.instrument.kinds.choices import options_of
from survey.instrument.kinds.missing import MISSING_TEXTS
from survey.instrument.kinds.registry import kind_of
from survey.instrument.kinds.severity import SEVERITY_TEXTS
from survey.instrument.schema import Item, Questionnaire, Text
from survey.methods.collected import Collected
from survey.methods.tables.plan import (
    CORE_THEMES,
    EVERYBODY,
    ChoiceItem,
    NumberItem,
    SeverityItem,
    Vocabulary,
    group_headings,
)
from survey.methods.tables.table import Heading
from survey.models import District, Industry, PainPoint
from survey.selectors.results.extract import DISTRICT, INDUSTRY, SIZE
from survey.terms import Missing, SizeClass


def vocabulary(questionnaire: Questionnaire, collected: Collected, language: str) -> Vocabulary:
    """The items of the questionnaire that are analysed, and the groups that the sample has. Three queries."""
    points = {point.code: point for point in PainPoint.objects.all()}
    items = [item for item in questionnaire.items.values() if item.pain_point or kind_of(item).is_ranked]
    with override(language):
        themes = {code: gettext(title) for code, title in CORE_THEMES.items()}
        everybody = Heading(EVERYBODY.code, gettext(EVERYBODY.label))
        sizes = {size.value: gettext(size.label) for size in SizeClass}
    return Vocabulary(
        severity=tuple(_severity(item, points, language) for item in items if kind_of(item).is_ordered),
        numbers=tuple(_number(item, language) for item in items if kind_of(item).is_figure),
        choices=tuple(_choice(item, language) for item in items if kind_of(item).is_choice),
        themes=themes,
        steps=tuple(Heading(step.value, text.of(language)) for step, text in SEVERITY_TEXTS.items()),
        not_applicable=MISSING_TEXTS[Missing.NOT_APPLICABLE].of(language),
        everybody=everybody,
        groups={
            INDUSTRY: _groups(INDUSTRY, collected, _names(Industry.objects.filter(parent=None), language)),
            SIZE: _groups(SIZE, collected, sizes),
            DISTRICT: _groups(DISTRICT, collected, _names(District.objects.all(), language)),
        },
    )


def _severity(item: Item, points: dict[str, PainPoint], language: str) -> SeverityItem:
    point = points.get(item.pain_point)
    label = Text(point.name_zh, point.name_en).of(language) if point else item.text.of(language)
    return SeverityItem(item.code, label, point.core_theme if point else "", Missing.NOT_APPLICABLE in item.missing)


def _number(item: Item, language: str) -> NumberItem:
    return NumberItem(item.code, item.text.of(language), item.unit.of(language), kind_of(item).is_quantity)


def _choice(item: Item, language: str) -> ChoiceItem:
    options = tuple(Heading(option.code, option.text.of(language)) for option in options_of(item))
    return ChoiceItem(item.code, item.text.of(language), item.type, options)


def _groups(variable: str, collected: Collected, names: dict[str, str]) -> tuple[Heading, ...]:
    return group_headings(variable, {code: names.get(code, code) for code in collected.domains[variable].labels})


def _names(rows: Iterable[Industry | District], language: str) -> dict[str, str]:
    return {row.code: Text(row.name_zh, row.name_en).of(language) for row in rows}
