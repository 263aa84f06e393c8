"""Any answers that fit an item on the route, such as a firm could give, for Hypothesis."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st
from stdnum.cn import uscc

from survey.instrument.kinds.cells import cells_by_place
from survey.instrument.kinds.choices import options_of, rows_of
from survey.instrument.kinds.ranking import ranks_of
from survey.instrument.routing.pruning import ESTIMATED, OTHER
from survey.instrument.routing.route import RouteItem
from survey.instrument.schema import Item
from survey.terms import ItemType
from tests.any_condition import MISSING, NUMBER, ONE

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
def _cells(draw: st.DrawFn, asked: RouteItem) -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = {}
    for row, column, cell in cells_by_place(asked.item):
        if not table or draw(st.booleans()):
            of_cell = replace(asked, item=cell, options=options_of(cell))
            table.setdefault(row.code, {})[column.code] = draw(ANSWERS[cell.type](of_cell))
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
    ItemType.TABLE: _cells,
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
