"""Sections, pages, items and options that no answers can bring onto the route."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from survey.complaints import Complaint
from survey.instrument.expressions.evaluation import parse
from survey.instrument.expressions.tree import Expression, Name, walk
from survey.instrument.kinds.choices import options_of
from survey.instrument.lint.catalogue import finding
from survey.instrument.lint.satisfiability import Values, can_hold, literals_in, usable_values
from survey.instrument.schema import Item, Option, Page, Questionnaire, Section

UNANSWERED: list[Any] = [None]


def reach_findings(questionnaire: Questionnaire) -> Iterator[Complaint]:
    """One finding for each part that is never asked, and none for what stands inside it."""
    walker = _Walker(questionnaire)
    for section in questionnaire.sections:
        yield from walker.section(section)


class _Walker:
    """One pass forward; ``reached`` grows by the items that can be asked, with the options that can be offered."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.items = questionnaire.items
        self.reached: dict[str, Item] = {}

    def section(self, section: Section) -> Iterator[Complaint]:
        conditions = self.conditions((), section.relevant)
        if not self.can_be_met(conditions):
            yield finding("unreachable", ("section", section.code), "relevant", section.relevant[:80])
            return
        for page in section.pages:
            yield from self.page(page, conditions)

    def page(self, page: Page, above: tuple[Expression, ...]) -> Iterator[Complaint]:
        conditions = self.conditions(above, page.relevant)
        if not self.can_be_met(conditions):
            yield finding("unreachable", ("page", page.code), "relevant", page.relevant[:80])
            return
        for item in page.items:
            yield from self.item(item, conditions)

    def item(self, item: Item, above: tuple[Expression, ...]) -> Iterator[Complaint]:
        conditions = self.conditions(above, item.relevant)
        if not self.can_be_met(conditions):
            yield finding("unreachable", ("item", item.code), "relevant", item.relevant[:80])
            return
        for option in options_of(item):
            yield from self.option(item, option, conditions)
        # Only now: a rule reads the items before it, as the route does.
        self.reached[item.code] = item

    def option(self, item: Item, option: Option, above: tuple[Expression, ...]) -> Iterator[Complaint]:
        if option.relevant and not self.can_be_met(self.conditions(above, option.relevant)):
            yield finding("option_unusable", ("item", item.code), f"options.{option.code}.relevant", option.code)

    def conditions(self, above: tuple[Expression, ...], relevant: str) -> tuple[Expression, ...]:
        return (*above, parse(relevant)) if relevant else above

    def can_be_met(self, conditions: Sequence[Expression]) -> bool:
        return can_hold(conditions, answer_domains(conditions, self.items, self.reached))


def answer_domains(
    conditions: Sequence[Expression], items: Mapping[str, Item], reached: Mapping[str, Item]
) -> dict[str, Values]:
    """What each name in conditions can be: no answer, a non-answer, or a usable one; items not reached have none."""
    literals = literals_in(conditions)
    names = {node.name for condition in conditions for node in walk(condition) if isinstance(node, Name)}
    return {name: _domain(name, items, reached, literals) for name in names}


def _domain(
    name: str, items: Mapping[str, Item], reached: Mapping[str, Item], literals: Sequence[float | str]
) -> Values:
    if name in items and name not in reached:
        # Rules read forward, so an item further on is unanswered whenever this one is decided.
        return UNANSWERED
    item = reached.get(name)
    missing = [code.value for code in item.missing] if item else []
    usable = usable_values(item, literals)
    return None if usable is None else [*UNANSWERED, *missing, *usable]
