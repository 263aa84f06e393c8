"""A designed questionnaire, read from its rows as the value that is compiled, checked and asked."""

from collections.abc import Mapping

from django.db.models import Prefetch

from survey import models
from survey.instrument.kinds.choice_lines import choices_on_lines
from survey.instrument.kinds.kind import LookUp
from survey.instrument.kinds.registry import KINDS
from survey.instrument.schema import EditRule, Item, Option, Page, Questionnaire, Section
from survey.selectors.design.classifications import read_classifications
from survey.terms import EditLevel, ItemType, Missing

OptionsByType = Mapping[str, tuple[Option, ...]]


def read_questionnaire(pk: int) -> Questionnaire:
    """The questionnaire as it is designed now, in nine queries whatever its length.

    District and industry items without options of their own get the classification as it stands, so that a version
    holds everything it asks. Raises ``models.Questionnaire.DoesNotExist``, and ValueError on an item type, level or
    non-answer that the vocabulary does not know.
    """
    # Fetched with their options: a questionnaire of a hundred items would otherwise ask a hundred times.
    items = models.Item.objects.select_related("pain_point").prefetch_related("options")
    row = models.Questionnaire.objects.prefetch_related(
        Prefetch("sections__pages__items", queryset=items), "edit_rules"
    ).get(pk=pk)
    look_ups = read_look_ups()
    return Questionnaire(
        code=row.code,
        title=row.title,
        sections=tuple(_section(section, look_ups) for section in row.sections.all()),
        edit_rules=tuple(_edit_rule(rule) for rule in row.edit_rules.all()),
    )


def read_look_ups() -> OptionsByType:
    """The options that industry and district items have by default, by item type."""
    lists = read_classifications()
    listed = {
        LookUp.DISTRICTS: tuple(Option(code=code, text=name) for code, name in lists.districts.items()),
        LookUp.INDUSTRIES: tuple(Option(code=code, text=name) for code, (_, name) in lists.divisions.items()),
    }
    return {type_: listed[kind.looks_up] for type_, kind in KINDS.items() if kind.looks_up}


def _section(row: models.Section, look_ups: OptionsByType) -> Section:
    return Section(
        code=row.code,
        title=row.title,
        intro=row.intro,
        relevant=row.relevant,
        pages=tuple(_page(page, look_ups) for page in row.pages.all()),
    )


def _page(row: models.Page, look_ups: OptionsByType) -> Page:
    return Page(
        code=row.code,
        title=row.title,
        intro=row.intro,
        relevant=row.relevant,
        items=tuple(_item(item, look_ups) for item in row.items.all()),
    )


def _item(row: models.Item, look_ups: OptionsByType) -> Item:
    choices = row.options.all()
    own = tuple(_option(option) for option in choices if not option.is_row)
    return Item(
        code=row.code,
        type=ItemType(row.type),
        text=row.text,
        hint=row.hint,
        concept=row.concept,
        pain_point=row.pain_point.code if row.pain_point else "",
        # Own options first: a designer may offer a part of the districts, which the classification must not widen.
        options=own or look_ups.get(row.type, ()),
        rows=tuple(_option(option) for option in choices if option.is_row),
        missing=tuple(Missing(code) for code in row.missing),
        required=row.required,
        relevant=row.relevant,
        constraint=row.constraint,
        constraint_message=row.constraint_message,
        required_message=row.required_message,
        calculation=row.calculation,
        appearance=row.appearance,
        unit=row.unit,
        minimum=row.minimum,
        maximum=row.maximum,
        decimals=row.decimals,
        max_choices=row.max_choices,
        max_length=row.max_length,
        can_estimate=row.can_estimate,
        magnitude=row.magnitude,
        prefill=row.prefill,
        file_types=tuple(row.file_types),
        max_megabytes=row.max_megabytes,
        shuffled=row.shuffled,
        beside_last=row.beside_last,
        largest_change=row.largest_change,
    )


def _option(row: models.Option) -> Option:
    return Option(
        code=row.code,
        text=row.text,
        exclusive=row.is_exclusive,
        specify=row.asks_to_specify,
        relevant=row.relevant,
        type=ItemType(row.type) if row.type else None,
        choices=choices_on_lines(row.choices),
        required=row.is_required,
    )


def _edit_rule(row: models.EditRule) -> EditRule:
    return EditRule(
        code=row.code,
        level=EditLevel(row.level),
        items=tuple(row.items),
        condition=row.condition,
        message=row.message,
    )
