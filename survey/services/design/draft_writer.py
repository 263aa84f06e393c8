"""The rows of a questionnaire's draft: written anew, or changed where a row of the same code is there.

A row that stays keeps its history, which says who changed what; only what differs is saved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model
from simple_history.utils import bulk_create_with_history

from survey import models
from survey.instrument.kinds.choice_lines import lines_of_choices
from survey.instrument.schema import Item, Option, Page, Questionnaire, Section
from survey.selectors.design.questionnaire import OptionsByType, read_look_ups
from survey.services.design.edit_rules import store_edit_rule

M = TypeVar("M", bound=Model)


@dataclass(kw_only=True)
class DraftWriter:
    """Writes the parts below a questionnaire, each with its position; ``pain_points`` by their codes."""

    questionnaire: models.Questionnaire
    pain_points: Mapping[str, models.PainPoint]
    look_ups: OptionsByType = field(default_factory=read_look_ups)

    def store(self, content: Questionnaire) -> None:
        """Make the draft say ``content``; rows that it does not name are deleted."""
        put(self.questionnaire, title=content.title)
        # All of them, not those of a section: what moved to another section keeps its row and history.
        self.pages = list(models.Page.objects.filter(section__questionnaire=self.questionnaire))
        items = models.Item.objects.filter(page__section__questionnaire=self.questionnaire)
        self.items = list(items.prefetch_related("options"))
        sections = {row.code: row for row in self.questionnaire.sections.all()}
        for position, section in enumerate(content.sections, start=1):
            row = sections.pop(section.code, None) or models.Section(
                questionnaire=self.questionnaire, code=section.code
            )
            self.section(put(row, position=position, **_heading(section)), section)
        # Last, because parts may have moved out of what is deleted.
        for rest in (self.items, self.pages, list(sections.values())):
            _delete(rest)
        self.edit_rules(content)

    def section(self, row: models.Section, section: Section) -> None:
        for position, page in enumerate(section.pages, start=1):
            known = _taken(self.pages, page.code, "section_id", row.pk) or models.Page(code=page.code)
            page_row = put(known, section_id=row.pk, position=position, **_heading(page))
            for order, item in enumerate(page.items, start=1):
                self.item(page_row, item, order)

    def item(self, page: models.Page, item: Item, position: int) -> None:
        known = _taken(self.items, item.code, "page_id", page.pk)
        options = {(option.is_row, option.code): option for option in known.options.all()} if known else {}
        point = self.pain_points.get(item.pain_point)
        row = put(
            known or models.Item(code=item.code),
            page_id=page.pk,
            position=position,
            pain_point_id=point.pk if point else None,
            **_fields(item),
        )
        # Industries and districts have a table of their own; stored as options they would no longer follow it.
        is_look_up = item.options == self.look_ups.get(item.type)
        self.options(row, options, () if is_look_up else item.options, is_row=False)
        self.options(row, options, item.rows, is_row=True)
        _delete(options.values())

    def options(
        self,
        item: models.Item,
        known: dict[tuple[bool, str], models.Option],
        options: Iterable[Option],
        *,
        is_row: bool,
    ) -> None:
        """The options or rows of an item; those that stay are taken out of ``known``."""
        new = []
        for position, option in enumerate(options, start=1):
            fields = _option(option, position)
            row = known.pop((is_row, option.code), None)
            if row is None:
                new.append(models.Option(item=item, code=option.code, is_row=is_row, **fields))
            else:
                put(row, **fields)
        # Django's own bulk_create sends no signals, and the history would lack these rows.
        bulk_create_with_history(new, models.Option)

    def edit_rules(self, content: Questionnaire) -> None:
        known = {row.code: row for row in self.questionnaire.edit_rules.all()}
        for position, rule in enumerate(content.edit_rules, start=1):
            row = known.pop(rule.code, None)
            if row is None:
                store_edit_rule(self.questionnaire, rule, position)
                continue
            put(
                row,
                position=position,
                level=rule.level.value,
                items=list(rule.items),
                condition=rule.condition,
                message=rule.message,
            )
        _delete(known.values())


def put(row: M, **fields: Any) -> M:
    """The row with these fields, saved where it is new or one of them differs."""
    different = {name: value for name, value in fields.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    if row.pk is None or different:
        row.save()
    return row


def _taken(rows: list[Any], code: str, parent: str, key: int) -> Any:
    """The row with the code, taken out of ``rows``: that below the parent first, else one that moves there."""
    # Codes of pages need not be unique over sections; the one in the same place is the likelier to be meant.
    found = sorted((row for row in rows if row.code == code), key=lambda row: getattr(row, parent) != key)
    if not found:
        return None
    rows.remove(found[0])
    return found[0]


def _delete(rows: Iterable[Model]) -> None:
    # One by one, since a deletion in bulk writes no history.
    for row in rows:
        row.delete()


def _heading(part: Section | Page) -> dict[str, Any]:
    return {"title": part.title, "intro": part.intro, "relevant": part.relevant}


SAME = (
    *("text", "hint", "unit", "constraint_message", "required_message"),
    *("concept", "required", "relevant", "constraint", "calculation", "appearance", "prefill"),
    *("minimum", "maximum", "decimals", "max_choices", "max_length", "can_estimate", "magnitude", "max_megabytes"),
    *("shuffled", "beside_last", "largest_change"),
)
"""Fields with the same name and value in the value and in the row."""


def _fields(item: Item) -> dict[str, Any]:
    same = {name: getattr(item, name) for name in SAME}
    missing, file_types = [word.value for word in item.missing], list(item.file_types)
    return {"type": item.type.value, "missing": missing, "file_types": file_types, **same}


def _option(option: Option, position: int) -> dict[str, Any]:
    return {
        "position": position,
        "text": option.text,
        "is_exclusive": option.exclusive,
        "asks_to_specify": option.specify,
        "relevant": option.relevant,
        "type": option.type.value if option.type else "",
        "choices": lines_of_choices(option.choices),
        "is_required": option.required,
    }
