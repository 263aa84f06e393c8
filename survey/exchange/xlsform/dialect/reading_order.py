"""Calculations where rules can read them: XLSForm lets them stand anywhere, here rules read what stands before them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from survey.exchange.xlsform.dialect.expressions import both_hold
from survey.exchange.xlsform.dialect.names import item_code
from survey.instrument.expressions.errors import ExpressionError
from survey.instrument.expressions.evaluation import names_in
from survey.instrument.kinds.registry import kind_of
from survey.instrument.lint.expressions import expressions_of, item_of
from survey.instrument.lint.piping import wordings_of
from survey.instrument.routing.piping import piped_names
from survey.instrument.schema import Item, Page, Questionnaire, Section

NAME_SIGN = "${"
ROUNDS = 200
"""Moves at most; each brings one calculation to its place."""


def in_reading_order(content: Questionnaire) -> tuple[Questionnaire, tuple[str, ...]]:
    """The questionnaire with each calculation behind what it reads and before what reads it, and the codes moved.

    Where no place on a page has the same condition, or none at all, the calculation gets a section of its own, which is
    never shown. Where there is no such place at all it stays, and lint names the rule.
    """
    moved: dict[str, None] = {}
    # A code that stands twice: no position would be certain. Lint names it.
    if len(content.items) < len(list(content.walk())):
        return content, ()
    for _ in range(ROUNDS):
        readers = list(_readers(content))
        # Anew after each move, which changes what stands before what.
        stray = _stray(content, readers)
        # The first that has a better place: one that has none may get one by the move of another.
        found = next(((code, other) for code in stray if (other := _moved(content, code, readers))), None)
        if found is None:
            break
        code, content = found
        moved[code] = None
    return content, tuple(moved)


@dataclass(frozen=True, kw_only=True)
class _Reader:
    """What reads names, and how many items stand before it; ``rule_of`` is the item whose rule it is, "" for others."""

    names: frozenset[str]
    items_before: int
    rule_of: str = ""


def _readers(content: Questionnaire) -> Iterator[_Reader]:
    """Rules and wordings that name something; a wording shows what it names."""
    for rule in expressions_of(content):
        if names := _names(rule.expression):
            own = rule.place[1] if rule.place[0] == "item" else ""
            yield _Reader(names=names, items_before=rule.items_before, rule_of=own)
    for wording in wordings_of(content):
        if names := frozenset(name for text in wording.text.to_dict().values() for name in _piped(text)):
            yield _Reader(names=names, items_before=wording.items_before)


def _piped(text: str) -> Iterable[str]:
    # Thousands of choices name nothing; looking for the sign is a hundred times faster than parsing them.
    return piped_names(text) if NAME_SIGN in text else ()


def _stray(content: Questionnaire, readers: Sequence[_Reader]) -> list[str]:
    """The calculations that read a later item, or that are read before they stand."""
    position = {code: number for number, code in enumerate(content.items)}
    stray: dict[str, None] = {}
    for reader in readers:
        later = [code for name in reader.names if (code := item_of(name, position))]
        concerned = [code for code in later if position[code] >= reader.items_before]
        for code in (*concerned, *([reader.rule_of] if concerned and reader.rule_of else ())):
            if kind_of(content.items[code]).is_calculated:
                stray[code] = None
    return list(stray)


@dataclass(frozen=True, kw_only=True)
class _Spot:
    """A place among the items: the page, and how many items of the page stand before it."""

    section: Section
    page: Page
    index: int

    @property
    def conditions(self) -> tuple[str, str]:
        return self.section.relevant, self.page.relevant


def _moved(content: Questionnaire, code: str, readers: Sequence[_Reader]) -> Questionnaire | None:
    """The questionnaire with one calculation moved; None where it stands well or has no better place."""
    here = next(spot for spot, item in _spots(content) if item.code == code)
    item = content.items[code]
    index = list(content.items).index(code)
    rest = _without(content, code)
    if any(code in _names(condition) for condition in here.conditions):
        return _before_its_section(content, item, here)
    # As places among the others: without the item those behind it stand one place further up.
    limits = [reader.items_before - (reader.items_before > index) for reader in readers if code in reader.names]
    lowest, highest = _bounds(rest, item, limits)
    if lowest <= index <= highest or lowest > highest:
        return None
    for spot in _candidates(rest, lowest if index < lowest else highest):
        # Under the same conditions it is worked out exactly when it was before.
        if spot.conditions == here.conditions:
            return _with(rest, item, spot)
        # Where the new place is always asked, the conditions of the old one go with the calculation.
        if spot.conditions == ("", ""):
            return _with(rest, replace(item, relevant=both_hold(both_hold(*here.conditions), item.relevant)), spot)
    return _between_sections(rest, item, here, lowest, highest)


def _before_its_section(content: Questionnaire, item: Item, here: _Spot) -> Questionnaire | None:
    """With the calculation in a section of its own, before the one whose condition reads it; that condition is lifted.

    None where the calculation reads something of its own section. XForms works out both together.
    """
    own = {part.code for page in here.section.pages for part in page.items}
    # In front of the section it would read answers that are not given yet.
    if own & (_names(item.calculation) | _names(item.relevant)):
        return None
    others = [condition for condition in here.conditions if item.code not in _names(condition)]
    rest = _without(content, item.code)
    at = [section.code for section in rest.sections].index(here.section.code)
    moved = replace(item, relevant=both_hold("".join(others), item.relevant))
    return _with_section(rest, moved, here, at)


def _between_sections(rest: Questionnaire, item: Item, here: _Spot, lowest: int, highest: int) -> Questionnaire | None:
    """With the calculation in a section of its own, at the first end of a section where it stands well."""
    count = 0
    for at, section in enumerate(rest.sections, start=1):
        count += sum(len(page.items) for page in section.pages)
        if lowest <= count <= highest:
            moved = replace(item, relevant=both_hold(both_hold(*here.conditions), item.relevant))
            return _with_section(rest, moved, here, at)
    return None


def _with_section(rest: Questionnaire, item: Item, here: _Spot, at: int) -> Questionnaire:
    """With a section of this one calculation in front of the section at a place; it is never shown."""
    codes = {section.code for section in rest.sections}
    pages = {page.code for section in rest.sections for page in section.pages}
    code = item_code(f"{here.section.code}_values", codes)
    page = Page(code=item_code(code, pages), title=here.section.title, items=(item,))
    made = Section(code=code, title=here.section.title, pages=(page,))
    return replace(rest, sections=(*rest.sections[:at], made, *rest.sections[at:]))


def _bounds(rest: Questionnaire, item: Item, limits: Sequence[int]) -> tuple[int, int]:
    """Behind how many items the calculation must stand at least, and may stand at most to be read at ``limits``."""
    position = {code: number for number, code in enumerate(rest.items)}
    inputs = _names(item.calculation) | _names(item.relevant)
    read = [position[code] + 1 for name in inputs if (code := item_of(name, position))]
    # One that nothing reads may stand at the end, one that reads nothing at the beginning.
    return max(read, default=0), min(limits, default=len(position))


@lru_cache(maxsize=65_536)
def _names(expression: str) -> frozenset[str]:
    # Parsing is what costs here: most conditions of long forms name nothing.
    if NAME_SIGN not in expression:
        return frozenset()
    try:
        return names_in(expression)
    except ExpressionError:
        return frozenset()


def _spots(content: Questionnaire) -> Iterator[tuple[_Spot, Item]]:
    for section in content.sections:
        for page in section.pages:
            for index, item in enumerate(page.items):
                yield _Spot(section=section, page=page, index=index), item


def _candidates(rest: Questionnaire, place: int) -> Iterator[_Spot]:
    """Behind the item before the place, or before the item behind it."""
    spots = [spot for spot, _ in _spots(rest)]
    if place > 0:
        before = spots[place - 1]
        yield replace(before, index=before.index + 1)
    if place < len(spots) and (place == 0 or spots[place].index > 0):
        yield spots[place]


def _without(content: Questionnaire, code: str) -> Questionnaire:
    return _changed(content, lambda page: tuple(item for item in page.items if item.code != code))


def _with(rest: Questionnaire, item: Item, spot: _Spot) -> Questionnaire:
    def items(page: Page) -> tuple[Item, ...]:
        return (
            (*page.items[: spot.index], item, *page.items[spot.index :]) if page.code == spot.page.code else page.items
        )

    return _changed(rest, items)


def _changed(content: Questionnaire, items: Callable[[Page], tuple[Item, ...]]) -> Questionnaire:
    """The questionnaire with other items on its pages."""
    sections = (
        replace(section, pages=tuple(replace(page, items=items(page)) for page in section.pages))
        for section in content.sections
    )
    return replace(content, sections=tuple(sections))
