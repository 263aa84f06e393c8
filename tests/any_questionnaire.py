"""Any questionnaire that can be published, for Hypothesis.

Every condition and calculation stands beside what it means in Python, so that a test can tell on its own which items
are asked, which answers hold, and what is calculated: ``any_questionnaires()`` draws a ``Designed``. The answers of a
firm to it are drawn by ``any_answers.answers_to``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

from hypothesis import strategies as st

from survey.instrument.kinds.cells import IN_CELLS
from survey.instrument.kinds.choices import options_of
from survey.instrument.schema import EditRule, Item, Option, Page, Questionnaire, Section, Text
from survey.terms import EditLevel, ItemType, Missing
from tests.any_condition import (
    CELLS,
    CODES,
    NUMBER,
    NUMBERS,
    SEVERAL,
    WORDS,
    Answers,
    Condition,
    Meaning,
    calculations,
    conditions,
    constraints,
)


@dataclass(frozen=True)
class Designed:
    """A questionnaire, and by item: whether it is asked, whether its answer holds, and what is calculated."""

    questionnaire: Questionnaire
    asked: Mapping[str, tuple[Condition, ...]]
    offered: Mapping[tuple[str, str], Condition]
    constraints: Mapping[str, Condition]
    calculations: Mapping[str, Meaning]

    def is_asked(self, item: str, answers: Answers) -> bool:
        """Whether the item is asked after these answers."""
        return all(condition.holds(answers) for condition in self.asked[item])

    def options(self, item: Item, answers: Answers) -> tuple[Option, ...]:
        """The options that the item offers after these answers."""
        always = Condition()
        return tuple(
            option for option in options_of(item) if self.offered.get((item.code, option.code), always).holds(answers)
        )


def _text(code: str) -> Text:
    return Text(f"题{code}", f"Item {code}")


@st.composite
def option_lists(draw: st.DrawFn, prefix: str = "", *, least: int = 2) -> tuple[Option, ...]:
    codes = draw(st.lists(st.sampled_from(CODES), unique=True, min_size=least, max_size=len(CODES)))
    return tuple(
        Option(
            code=prefix + code,
            text=_text(prefix + code),
            exclusive=code == codes[-1] and draw(st.booleans()),
            specify=draw(st.integers(0, 3)) == 2,
        )
        for code in codes
    )


def plain(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """Rows and columns, which are neither exclusive nor specified."""
    return tuple(Option(code=option.code, text=option.text) for option in options)


@st.composite
def _column(draw: st.DrawFn, option: Option) -> Option:
    kind = draw(st.sampled_from(list(IN_CELLS)))
    choices = plain(draw(option_lists("x"))) if kind is ItemType.SINGLE else ()
    return replace(option, type=kind, choices=choices)


@st.composite
def any_item(draw: st.DrawFn, code: str, kind: ItemType, earlier: list[Item]) -> tuple[Item, Condition]:
    """An item of a type with whatever that type can have; its constraint beside it."""
    constraint = draw(constraints(kind, code))
    options: tuple[Option, ...] = ()
    if kind in (ItemType.SINGLE, *SEVERAL) or (kind in (ItemType.INDUSTRY, ItemType.DISTRICT) and draw(st.booleans())):
        options = draw(option_lists())
        options = plain(options) if kind not in (ItemType.SINGLE, ItemType.MULTIPLE) else options
    if kind in (ItemType.NUMBER_TABLE, ItemType.TABLE):
        options = plain(draw(option_lists("k", least=1)))
    if kind is ItemType.TABLE:
        options = tuple(draw(_column(option)) for option in options)
    silent = kind in (ItemType.NOTE, ItemType.CALCULATION)
    return Item(
        code=code,
        type=kind,
        text=_text(code),
        hint=draw(st.sampled_from([Text(), Text("提示 ${frame_name}", "Hint for ${frame_name}")])),
        concept=draw(st.sampled_from(["", f"concept_{code}"])),
        options=options,
        rows=plain(draw(option_lists("r", least=1))) if kind in (*CELLS, ItemType.TABLE) else (),
        missing=() if silent else tuple(draw(st.lists(st.sampled_from(Missing), unique=True))),
        required="" if silent else draw(st.sampled_from(["", "true()", "1 = 2"])),
        constraint=constraint.text,
        constraint_message=Text("不对", "Not so") if constraint.text else Text(),
        unit=Text("万元", "10,000 yuan") if kind is ItemType.MONEY else Text(),
        decimals=draw(st.sampled_from([None, 2])) if kind in NUMBERS - {ItemType.INTEGER} else None,
        max_choices=draw(st.sampled_from([None, 2, 1])) if kind in SEVERAL else None,
        max_length=draw(st.sampled_from([None, 60])) if kind in WORDS else None,
        can_estimate=kind in NUMBERS and draw(st.booleans()),
        file_types=("pdf",) if kind is ItemType.FILE else (),
    ), constraint


DRAWN = [*ItemType, *SEVERAL, *SEVERAL, ItemType.SINGLE, ItemType.CALCULATION]
"""Every type, and those more often that have most to go wrong."""


@st.composite
def any_questionnaires(draw: st.DrawFn, most: int = 10) -> Designed:
    """Items of different types in sections and pages; every condition reads back only."""
    count, seed = draw(st.integers(5, most)), draw(st.integers(0, 2**32))
    kinds = Random(seed).sample(DRAWN, count)
    draft = _Draft(draw)
    for number, kind in enumerate(kinds):
        draft.add(f"q{number}", kind, draw(st.integers(0, 3)))
    return draft.finished()


class _Draft:
    """A questionnaire while it grows, item by item."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.items: list[Item] = []
        self.sections: list[tuple[Condition, list[tuple[Condition, list[Item]]]]] = []
        self.asked: dict[str, tuple[Condition, ...]] = {}
        self.offered: dict[tuple[str, str], Condition] = {}
        self.constraints: dict[str, Condition] = {}
        self.calculations: dict[str, Meaning] = {}

    def add(self, code: str, kind: ItemType, cut: int) -> None:
        """The next item, behind a new section (cut 0) or a new page (cut 1) or on the last page."""
        if cut == 0 or not self.sections:
            self.sections.append((self.draw(conditions(self.items)), []))
        section, pages = self.sections[-1]
        if cut == 1 or not pages:
            pages.append((self.draw(conditions(self.items)), []))
        page, items = pages[-1]
        relevant = self.draw(conditions(self.items))
        item, self.constraints[code] = self.draw(any_item(code, kind, self.items))
        self.asked[code] = (section, page, relevant)
        items.append(self._completed(item, relevant))
        self.items.append(items[-1])

    def _completed(self, item: Item, relevant: Condition) -> Item:
        item = replace(item, relevant=relevant.text)
        if item.type is ItemType.CALCULATION:
            calculation, self.calculations[item.code] = self.draw(calculations(self.items))
            return replace(item, calculation=calculation)
        if item.type is ItemType.SINGLE:
            options = tuple(self._option(item, place, option) for place, option in enumerate(item.options))
            return replace(item, options=options)
        return item

    def _option(self, item: Item, place: int, option: Option) -> Option:
        """The first option is always offered, so that a required item can be answered."""
        condition = self.draw(conditions(self.items)) if place else Condition()
        self.offered[item.code, option.code] = condition
        return Option(
            code=option.code,
            text=option.text,
            exclusive=option.exclusive,
            specify=option.specify,
            relevant=condition.text,
        )

    def finished(self) -> Designed:
        sections = tuple(
            Section(
                code=f"s{number}",
                title=_text(f"s{number}"),
                relevant=condition.text,
                pages=tuple(_pages(number, pages)),
            )
            for number, (condition, pages) in enumerate(self.sections)
        )
        rules = tuple(
            EditRule(
                code=f"v_{item.code}",
                level=EditLevel.VERIFY,
                items=(item.code,),
                condition=f"${{{item.code}}} < 90",
                message=_text(item.code),
            )
            for item in self.items
            if item.type in NUMBER
        )
        questionnaire = Questionnaire(
            code="anyone", title=Text("问卷", "Questionnaire"), sections=sections, edit_rules=rules
        )
        return Designed(questionnaire, self.asked, self.offered, self.constraints, self.calculations)


def _pages(section: int, pages: list[tuple[Condition, list[Item]]]) -> list[Page]:
    return [
        Page(code=f"s{section}p{number}", title=_text(f"p{number}"), relevant=condition.text, items=tuple(items))
        for number, (condition, items) in enumerate(pages)
    ]
