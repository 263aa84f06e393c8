"""The route through a questionnaire: which sections, pages, items and options are asked, derived and never stored.

Rules read forward only: a rule sees the answers of the items before it that are themselves on the route, so one pass
from the first item to the last decides everything and always ends. A rule that names a later item reads it as
unanswered (lint reports it). What the pass leaves behind are the pruned answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from survey.instrument.expressions.chance import in_drawn_order
from survey.instrument.expressions.evaluation import Scope, evaluate, holds, parse
from survey.instrument.expressions.tree import Call, walk
from survey.instrument.expressions.values import Value, finite, is_blank, to_text
from survey.instrument.kinds.choices import label_of, options_of
from survey.instrument.kinds.registry import kind_of
from survey.instrument.routing.pruning import UNREAD, kept_answers
from survey.instrument.schema import Item, Option, Page, Questionnaire, Section

Answers = Mapping[str, Any]
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteItem:
    """An item that is asked, the options that it offers (columns of a table), and whether an answer is required."""

    item: Item
    options: tuple[Option, ...]
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutePage:
    """A page with the items that are asked on it; calculations are not shown."""

    page: Page
    section: Section
    items: tuple[RouteItem, ...]


@dataclass(frozen=True, slots=True)
class RouteSection:
    """A section with its pages on the route."""

    section: Section
    pages: tuple[RoutePage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What is asked given the answers and facts, and ``answers``: those on the route, with calculated values.

    ``unread`` are asked items with a text that could not be read, which stands in ``answers`` as little as anywhere.
    """

    sections: tuple[RouteSection, ...]
    answers: Answers
    unread: frozenset[str] = frozenset()

    @property
    def pages(self) -> tuple[RoutePage, ...]:
        """The pages in order."""
        return tuple(page for section in self.sections for page in section.pages)

    @property
    def items(self) -> dict[str, RouteItem]:
        """The asked items by code, in order."""
        return {asked.item.code: asked for page in self.pages for asked in page.items}

    def page(self, code: str) -> RoutePage | None:
        """The page of this code, or None when it is not on the route."""
        return next((page for page in self.pages if page.page.code == code), None)

    def page_after(self, code: str) -> RoutePage | None:
        """The page that follows in order of asking, or None behind the last one. ``code`` may be off the route."""
        return next(iter(self._beside(code)[1]), None)

    def page_before(self, code: str) -> RoutePage | None:
        """The page that precedes in order of asking, or None before the first one."""
        return next(reversed(self._beside(code)[0]), None)

    def _beside(self, code: str) -> tuple[list[RoutePage], list[RoutePage]]:
        codes = [page.page.code for page in self.pages]
        if code not in codes:
            # A page off the route has no place on it: from there one goes on at the beginning.
            return [], list(self.pages)
        index = codes.index(code)
        return list(self.pages[:index]), list(self.pages[index + 1 :])


def route_of(questionnaire: Questionnaire, answers: Answers, facts: Facts, today: date) -> Route:
    """The route; of ``answers`` only what is on it counts. Raises ExpressionError on a rule that cannot be read."""
    walker = _Walker(questionnaire, answers, facts, today)
    sections = [walker.section(section) for section in questionnaire.sections]
    # A section of which nothing is asked would stand on the hub as complete.
    asked = tuple(section for section in sections if section.pages)
    # Read-only, since everything that was decided on the way rests on these answers.
    return Route(sections=asked, answers=MappingProxyType(walker.kept), unread=frozenset(walker.unread))


class _Walker:
    """One pass from the first item to the last; ``kept`` grows by the answers that are on the route."""

    def __init__(self, questionnaire: Questionnaire, answers: Answers, facts: Facts, today: date) -> None:
        self.questionnaire = questionnaire
        self.answers = answers
        self.kept: dict[str, Any] = {}
        self.unread: set[str] = set()
        self.scope = Scope(answers=self.kept, facts=facts, today=today, own=None, choice_name=self.choice_name)

    def section(self, section: Section) -> RouteSection:
        if not self.holds(section.relevant, section.code):
            return RouteSection(section, ())
        pages = [self.page(page, section) for page in section.pages]
        return RouteSection(section, tuple(page for page in pages if page.items))

    def page(self, page: Page, section: Section) -> RoutePage:
        if not self.holds(page.relevant, page.code):
            return RoutePage(page=page, section=section, items=())
        asked = [self.item(item) for item in page.items]
        return RoutePage(page=page, section=section, items=tuple(item for item in asked if item))

    def holds(self, condition: str, place: str) -> bool:
        """Whether the rule of a part holds; most parts have none, and then not even a scope is made for it."""
        return not condition or holds(condition, self.scope.at(place))

    def item(self, item: Item) -> RouteItem | None:
        if not self.holds(item.relevant, item.code):
            return None
        if kind_of(item).is_calculated:
            # Later rules read a calculated value as they read an answer; nobody is asked, so it is on no page.
            self.calculate(item, self.scope.at(item.code))
            return None
        options = self.offered(item)
        required = bool(item.required) and self.holds(item.required, item.code)
        # Added last: neither the item's conditions nor those of its options see its answer; later rules see it pruned.
        if item.code in self.answers:
            self.kept.update(kept_answers(item, options, self.answers))
        if item.code + UNREAD in self.answers:
            self.unread.add(item.code)
        return RouteItem(item=item, options=options, required=required)

    def offered(self, item: Item) -> tuple[Option, ...]:
        """The options that the firm sees, in the order in which it sees them."""
        options = options_of(item)
        if item.code in self.questionnaire.items_with_conditional_options:
            scope = self.scope.at(item.code)
            options = tuple(option for option in options if holds(option.relevant, scope))
        # Drawn from firm and item, not from a clock: a firm that comes back finds the same order.
        return in_drawn_order(options, self.scope.firm, item.code) if item.shuffled else options

    def calculate(self, item: Item, scope: Scope) -> None:
        value = self.answers.get(item.code)
        # once() keeps what it drew first, such as a random number, though its operands change.
        if value is None or not is_calculated_once(item.calculation):
            value = stored_value(calculated(item.calculation, scope))
        if value is not None:
            self.kept[item.code] = value

    def choice_name(self, item_code: str, code: str) -> str:
        item = self.questionnaire.items.get(item_code)
        # A calculated value is stored: it must not depend on the language in which the page is read.
        return label_of(item, code).of("zh-hans") if item else code


def calculated(calculation: str, scope: Scope) -> Value:
    """The value of a calculation; an empty one has none."""
    return evaluate(parse(calculation), scope) if calculation else None


@lru_cache(maxsize=2048)
def is_calculated_once(calculation: str) -> bool:
    """Whether ``once()`` stands in a calculation, so that its first value stays."""
    return bool(calculation) and any(
        isinstance(node, Call) and node.function == "once" for node in walk(parse(calculation))
    )


def stored_value(value: Value) -> Any:
    """A computed value as it is stored: None, bool, whole numbers as int, other numbers as float, text."""
    if is_blank(value):
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        # A double holds whole numbers exactly to 2^53, about 9e15; 1e15 keeps well clear of it.
        number = finite(value)
        return None if number is None else int(number) if number.is_integer() and abs(number) < 1e15 else number
    return to_text(value)


def prefilled(item: Item, scope: Scope) -> Any:
    """The value that an unanswered item starts from: a fact by its bare name, or an expression; None without one."""
    if not item.prefill:
        return None
    written = item.prefill if "{" in item.prefill or "(" in item.prefill else f"${{{item.prefill}}}"
    return stored_value(evaluate(parse(written), scope.at(item.code)))
