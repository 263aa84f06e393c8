"""Any condition, constraint and calculation about earlier items, beside what it means in Python, for Hypothesis."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from hypothesis import strategies as st

from survey.instrument.kinds.choices import options_of
from survey.instrument.kinds.registry import KINDS
from survey.instrument.schema import Item
from survey.terms import ItemType, Missing

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
