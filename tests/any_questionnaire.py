"""Any questionnaire that can be published, and any answers that fit it, for Hypothesis.

Every condition and calculation stands beside what it means in Python, so that a test can tell on its own which items
are asked, which answers hold, and what is calculated. ``any_questionnaires()`` draws a ``Designed``; ``answers_to`` draws
the stored answer of one item, with its companions, such as a firm could give.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from random import Random
from typing import Any

from hypothesis import strategies as st
from stdnum.cn import uscc

from survey.instrument.kinds.choices import options_of, rows_of
from survey.instrument.kinds.ranking import ranks_of
from survey.instrument.kinds.registry import KINDS
from survey.instrument.routing.pruning import ESTIMATED, OTHER
from survey.instrument.routing.route import RouteItem
from survey.instrument.schema import EditRule, Item, Option, Page, Questionnaire, Section, Text
from survey.terms import EditLevel, ItemType, Missing

Answers = Mapping[str, Any]
Meaning = Callable[[Answers], Any]
MISSING = frozenset(code.value for code in Missing)
ONE = (ItemType.SEVERITY, ItemType.YES_NO, ItemType.SINGLE, ItemType.INDUSTRY, ItemType.DISTRICT)
SEVERAL = (ItemType.MULTIPLE, ItemType.RANKING)
NUMBER = (ItemType.INTEGER, ItemType.DECIMAL, ItemType.PERCENTAGE, ItemType.MONEY)
CELLS = (ItemType.SHARES, ItemType.NUMBER_TABLE)
WORDS = (ItemType.TEXT, ItemType.LONG_TEXT)
NUMBERS = frozenset(type_ for type_, kind in KINDS.items() if kind.is_numeric)
CODES = ("a", "b", "c", "d", "e")


@dataclass(frozen=True)
class Condition:
    """An expression and what it means for the answers kept so far, and for the answer itself where it is about one."""

    text: str = ""
    holds: Meaning = field(default=lambda answers: True, compare=False)


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


def usable(answers: Answers, code: str) -> Any:
    """An answer that can be reckoned with; None for none, for an empty one and for a non-answer."""
    value = answers.get(code)
    return None if value is None or value in ("", [], {}) or (isinstance(value, str) and value in MISSING) else value


def numbers_of(value: Any) -> list[float]:
    """The numbers of an answer with all its cells."""
    if isinstance(value, dict):
        return [number for part in value.values() for number in numbers_of(part)]
    return [] if value is None else [float(value)]


def conditions_about(item: Item) -> list[Condition]:
    """What a later condition can ask of an item."""
    code = item.code
    found = [
        Condition(f"${{{code}}} != ''", lambda answers: usable(answers, code) is not None),
        Condition(f"${{{code}}} = ''", lambda answers: usable(answers, code) is None),
    ]
    if item.type in (*ONE, *SEVERAL) and options_of(item):
        first = options_of(item)[0].code
        found.append(Condition(f"selected(${{{code}}}, '{first}')", partial(_is_chosen, code, first)))
    if item.type in SEVERAL:
        found.append(
            Condition(f"count-selected(${{{code}}}) >= 2", lambda answers: len(usable(answers, code) or ()) > 1)
        )
    if item.type in NUMBER:
        found.append(Condition(f"${{{code}}} > 50", lambda answers: (usable(answers, code) or 0) > 50))
    if item.type in CELLS:
        found.append(
            Condition(f"sum(${{{code}}}) >= 100", lambda answers: sum(numbers_of(usable(answers, code))) >= 100)
        )
    if item.missing:
        chosen = item.missing[0].value
        found.append(Condition(f"${{{code}}} = '{chosen}'", lambda answers: answers.get(code) == chosen))
    return found


def _is_chosen(code: str, option: str, answers: Answers) -> bool:
    value = usable(answers, code)
    return option in value if isinstance(value, list) else value == option


@st.composite
def conditions(draw: st.DrawFn, earlier: list[Item]) -> Condition:
    """Nothing, or up to two conditions about earlier items, joined or turned round."""
    known = [condition for item in earlier for condition in conditions_about(item)]
    if not known or draw(st.integers(0, 2)) == 1:
        return Condition()
    one, other = draw(st.sampled_from(known)), draw(st.sampled_from(known))
    return draw(
        st.sampled_from(
            [
                one,
                Condition(f"not({one.text})", lambda answers: not one.holds(answers)),
                Condition(f"{one.text} or {other.text}", lambda answers: one.holds(answers) or other.holds(answers)),
            ]
        )
    )


CONSTRAINTS: dict[ItemType, tuple[tuple[str, Callable[[Any], bool]], ...]] = {
    **dict.fromkeys(NUMBER, ((". >= 0", lambda value: value >= 0), (". != 13", lambda value: value != 13))),
    **dict.fromkeys(SEVERAL, (("count-selected(.) <= 3", lambda value: len(value) <= 3),)),
    **dict.fromkeys(CELLS, (("sum(.) < 100000", lambda value: sum(numbers_of(value)) < 100_000),)),
    **dict.fromkeys(WORDS, (("string-length(.) < 40", lambda value: len(value) < 40),)),
    ItemType.DATE: ((". <= today()", lambda value: value <= "2026-12-31"),),
}
"""Constraints by type, with what they mean; no generated date lies between the years 2027 and 2099."""


@st.composite
def constraints(draw: st.DrawFn, kind: ItemType, code: str) -> Condition:
    text, holds = draw(st.sampled_from([("", lambda value: True), *CONSTRAINTS.get(kind, ())]))
    return Condition(text, lambda answers: usable(answers, code) is None or holds(answers[code]))


@st.composite
def calculations(draw: st.DrawFn, earlier: list[Item]) -> tuple[str, Meaning]:
    """A calculation from earlier items, and its value as it is stored."""
    found: list[tuple[str, Meaning]] = [("1 + 1", lambda answers: 2), ("2 div 0", lambda answers: None)]
    for item in earlier:
        code = item.code
        if item.type in NUMBER:
            found.append((f"coalesce(${{{code}}}, 0) * 2", partial(_doubled, code)))
            found.append((f"${{{code}}} - ${{{code}}}", partial(_nothing_left, code)))
        if item.type in CELLS:
            found.append((f"sum(${{{code}}})", partial(_total, code)))
        if item.type in SEVERAL:
            found.append((f"count-selected(${{{code}}})", partial(_count, code)))
        found.append((f"if(${{{code}}} = '', 'none', 'some')", partial(_whether, code)))
    return draw(st.sampled_from(found))


def _doubled(code: str, answers: Answers) -> Any:
    return _stored((usable(answers, code) or 0) * 2.0)


def _nothing_left(code: str, answers: Answers) -> Any:
    return None if usable(answers, code) is None else 0


def _total(code: str, answers: Answers) -> Any:
    numbers = numbers_of(usable(answers, code))
    return _stored(sum(numbers)) if numbers else None


def _count(code: str, answers: Answers) -> Any:
    return len(usable(answers, code) or ())


def _whether(code: str, answers: Answers) -> Any:
    return "none" if usable(answers, code) is None else "some"


def _stored(number: float) -> int | float:
    return int(number) if float(number).is_integer() and abs(number) < 1e15 else number


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
def any_item(draw: st.DrawFn, code: str, kind: ItemType, earlier: list[Item]) -> tuple[Item, Condition]:
    """An item of a type with whatever that type can have; its constraint beside it."""
    constraint = draw(constraints(kind, code))
    options: tuple[Option, ...] = ()
    if kind in (ItemType.SINGLE, *SEVERAL) or (kind in (ItemType.INDUSTRY, ItemType.DISTRICT) and draw(st.booleans())):
        options = draw(option_lists())
        options = plain(options) if kind not in (ItemType.SINGLE, ItemType.MULTIPLE) else options
    if kind is ItemType.NUMBER_TABLE:
        options = plain(draw(option_lists("k", least=1)))
    silent = kind in (ItemType.NOTE, ItemType.CALCULATION)
    return Item(
        code=code,
        type=kind,
        text=_text(code),
        hint=draw(st.sampled_from([Text(), Text("提示 ${frame_name}", "Hint for ${frame_name}")])),
        concept=draw(st.sampled_from(["", f"concept_{code}"])),
        options=options,
        rows=plain(draw(option_lists("r", least=1))) if kind in CELLS else (),
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


LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z", "M"))
WORDING = (
    st.text(LETTERS | st.sampled_from(" =<>&'\"$"), min_size=1, max_size=50)
    .map(lambda text: unicodedata.normalize("NFC", " ".join(text.split())))
    .filter(lambda text: 0 < len(text) <= 50 and text not in MISSING)
)
"""Words on one line, as they are stored."""


def _credit_code(digits: str) -> str:
    return digits + uscc.calc_check_digit(digits)


def _number(item: Item, low: float = 0.0, high: float = 100.0) -> st.SearchStrategy[Any]:
    if item.type is ItemType.INTEGER:
        return st.integers(-20, 120)
    scale = 2 if item.decimals is None else item.decimals
    return st.integers(int(low * 10**scale), int(high * 10**scale)).map(lambda number: number / 10**scale)


@st.composite
def _shares(draw: st.DrawFn, asked: RouteItem) -> dict[str, float]:
    codes, left, shares = [row.code for row in rows_of(asked.item)], 100, {}
    for code in codes[:-1]:
        shares[code] = float(draw(st.integers(0, left)))
        left -= int(shares[code])
    return {**shares, codes[-1]: float(left)}


@st.composite
def _table(draw: st.DrawFn, asked: RouteItem) -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = {}
    for row in rows_of(asked.item):
        for column in asked.options:
            if not table or draw(st.booleans()):
                table.setdefault(row.code, {})[column.code] = draw(_number(asked.item, -10, 1000))
    return table


@st.composite
def _several(draw: st.DrawFn, asked: RouteItem) -> list[str]:
    most = min(asked.item.max_choices or len(asked.options), len(asked.options))
    least = draw(st.integers(1, most))
    codes = draw(st.lists(st.sampled_from(asked.options), unique=True, min_size=least, max_size=most))
    alone = [option for option in codes if option.exclusive]
    chosen = {option.code for option in alone[:1] or codes}
    return [option.code for option in asked.options if option.code in chosen]


@st.composite
def _ranked(draw: st.DrawFn, asked: RouteItem) -> list[str]:
    codes, most = [option.code for option in asked.options], ranks_of(asked.item)
    return draw(st.lists(st.sampled_from(codes), unique=True, min_size=draw(st.integers(1, most)), max_size=most))


def _one(asked: RouteItem) -> st.SearchStrategy[str]:
    codes = [option.code for option in asked.options]
    look_up = {ItemType.INDUSTRY: ["C39", "65", "I"], ItemType.DISTRICT: ["440305", "110101"]}
    return st.sampled_from(codes or look_up[asked.item.type])


DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2025, 12, 31))
ANSWERS: dict[ItemType, Callable[[RouteItem], st.SearchStrategy[Any]]] = {
    **dict.fromkeys(ONE, _one),
    ItemType.MULTIPLE: _several,
    ItemType.RANKING: _ranked,
    **dict.fromkeys(NUMBER, lambda asked: _number(asked.item)),
    ItemType.SHARES: _shares,
    ItemType.NUMBER_TABLE: _table,
    ItemType.DATE: lambda asked: DAYS.map(lambda day: day.isoformat()),
    ItemType.YEAR_MONTH: lambda asked: DAYS.map(lambda day: day.isoformat()[:7]),
    ItemType.TIME: lambda asked: st.times().map(lambda moment: f"{moment:%H:%M}"),
    ItemType.TEXT: lambda asked: WORDING,
    ItemType.LONG_TEXT: lambda asked: st.lists(WORDING, min_size=1, max_size=2).map("\n".join),
    ItemType.EMAIL: lambda asked: st.sampled_from(["a.b@example.org", "office+1@mail.example.cn"]),
    ItemType.PHONE: lambda asked: st.sampled_from(["0755-1234567", "+86 (755) 1234567 转 12"]),
    ItemType.CREDIT_CODE: lambda asked: st.sampled_from(["91440300MA5000001", "52110000500003715"]).map(_credit_code),
    ItemType.FILE: lambda asked: st.just("0123456789abcdef.pdf"),
}
"""What can be stored for an item on the route, by type."""


@st.composite
def answers_to(draw: st.DrawFn, asked: RouteItem) -> dict[str, Any]:
    """The stored answer of an item with its companions: a value, a non-answer, or nothing where none is required."""
    item = asked.item
    if item.type not in ANSWERS or (not asked.required and draw(st.integers(0, 5)) == 4):
        return {}
    if item.missing and draw(st.integers(0, 5)) == 4:
        return {item.code: draw(st.sampled_from(item.missing)).value}
    found: dict[str, Any] = {item.code: draw(ANSWERS[item.type](asked))}
    chosen = found[item.code] if isinstance(found[item.code], list) else [found[item.code]]
    if any(option.specify and option.code in chosen for option in options_of(item)):
        found[item.code + OTHER] = draw(WORDING)
    if item.can_estimate and draw(st.booleans()):
        found[item.code + ESTIMATED] = True
    return found
