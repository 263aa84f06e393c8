"""Any questionnaire with any answers, as a workbook and back."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.exchange.offline.form import offline_form
from survey.exchange.offline.reading import read_offline_form
from survey.instrument.answers import parse_item
from survey.instrument.kinds.cells import cells_by_place
from survey.instrument.kinds.choices import options_of, rows_of
from survey.instrument.kinds.ranking import ranks_of
from survey.models import Case, Response
from survey.selectors.respondent.session import Filling
from survey.services.answers.offline_returns import new_identity, parsed_pages
from survey.terms import ItemType
from tests.exchange import resaved_forms as resaved
from tests.instrument.strategies import questionnaires, raw_inputs

pytestmark = pytest.mark.django_db
NOT_IN_THE_FORM = (ItemType.FILE, ItemType.CALCULATION, ItemType.NOTE)


LISTED = {ItemType.INDUSTRY: (), ItemType.DISTRICT: ("440305", "440306")}
"""Those of the frame that the case was drawn from."""
NUMBER = st.one_of(st.integers(-(10**9), 10**9).map(str), st.decimals(-(10**6), 10**6, places=1).map(str))
WORDS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=40)
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
FITTING = {
    ItemType.INTEGER: st.integers(-(10**15) + 1, 10**15 - 1).map(str),
    **dict.fromkeys((ItemType.DECIMAL, ItemType.PERCENTAGE, ItemType.MONEY), NUMBER),
    ItemType.DATE: st.dates(date(1900, 3, 1), date(2100, 12, 31)).map(str),
    ItemType.YEAR_MONTH: st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: f"{day:%Y-%m}"),
    ItemType.TIME: st.times().map(lambda moment: f"{moment:%H:%M}"),
    ItemType.TEXT: WORDS,
    ItemType.LONG_TEXT: LINES,
    ItemType.EMAIL: st.just("a@b.cn"),
    ItemType.PHONE: st.sampled_from(["0755-1234567", "13800000000", "+86 755 1234567"]),
    ItemType.CREDIT_CODE: st.just("91110000600037341L"),
    ItemType.DISTRICT: st.just("440305"),
}


@st.composite
def fitting_inputs(draw: Any, item: Any) -> Any:
    """What a person may well post for an item: in most cases it is taken."""
    codes = [option.code for option in options_of(item)]
    posted = {item.code: st.sampled_from(codes).map(lambda code: [code])} if codes else {}
    if item.type is ItemType.MULTIPLE:
        posted = {item.code: st.lists(st.sampled_from(codes), unique=True, min_size=1, max_size=item.max_choices)}
    if item.type is ItemType.RANKING:
        places = range(1, ranks_of(item) + 1)
        ranked = draw(st.lists(st.sampled_from(codes), unique=True, min_size=1, max_size=len(places)))
        return {f"{item.code}__{place}": [code] for place, code in zip(places, ranked, strict=False)}
    if item.type in (ItemType.SHARES, ItemType.NUMBER_TABLE):
        tails = [row.code for row in rows_of(item)]
        if item.type is ItemType.NUMBER_TABLE:
            tails = [f"{row}__{code}" for row in tails for code in codes]
        posted = {f"{item.code}__{tail}": NUMBER.map(lambda number: [number]) for tail in tails}
    if item.type is ItemType.TABLE:
        return {
            name: posted
            for _row, _column, cell in cells_by_place(item)
            if draw(st.booleans())
            for name, posted in draw(fitting_inputs(cell)).items()
        }
    if item.type in FITTING:
        posted = {item.code: FITTING[item.type].map(lambda value: [value])}
    more = {f"{item.code}__other": WORDS.map(lambda words: [words]), f"{item.code}__estimated": st.just(["on"])}
    return draw(st.fixed_dictionaries(posted, optional=more))


@st.composite
def answered(draw: Any) -> Any:
    """A questionnaire and answers that it took."""
    content = draw(questionnaires())
    asked = [item for item in content.items.values() if item.type not in NOT_IN_THE_FORM]
    kinds = st.sampled_from([fitting_inputs, fitting_inputs, raw_inputs])
    parsed = [parse_item(item, draw(draw(kinds)(item)), LISTED) for item in asked]
    return content, {key: value for part in parsed for key, value in part.answers.items()}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(made=answered(), language=st.sampled_from(["zh-hans", "en"]), is_shared=st.booleans())
def test_any_answers_come_back_identical(
    case: Case, tmp_path: Path, made: tuple[Any, ...], language: str, is_shared: bool
) -> None:
    content, answers = made
    filling = Filling(
        case=case, response=Response(case=case, answers=answers, revision=3), questionnaire=content, now=timezone.now()
    )
    path = tmp_path / "form.xlsx"
    path.write_bytes(offline_form(filling, new_identity(filling, language)))
    resaved.rewritten(path, *([resaved.shared_strings] if is_shared else []))
    form = read_offline_form(path, filling).form
    back = [parsed for _page, parsed in parsed_pages(filling, form)]
    assert [error for parsed in back for error in parsed.errors] == []
    assert {key: value for parsed in back for key, value in parsed.answers.items()} == answers
