"""Any item, any questionnaire, any answers and any post, for Hypothesis."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from survey.instrument.kinds.choices import options_of, rows_of
from survey.instrument.schema import Item, Option, Page, Questionnaire, Section, Text
from survey.terms import ItemType, Missing

CODES = ("a", "b", "c", "d")
ALWAYS = st.just("")
TYPED = st.one_of(
    st.integers(-(10**16), 10**16).map(str),
    st.decimals(-(10**6), 10**6, places=2).map(str),
    st.sampled_from(
        ["", " ", "1,234", "１２．５", "3,5", "nan", "-inf", "1e999", "50%", "2026-03-05", "2026年3月", "9:30", "下午2点半", "a@b.cn", "0755-1234567",
         "91110000600037341L", "C39", "440305", "refused", "yes", "1", "5", "a", "b", "\x00", "\ud800", "x\ny", "9" * 300],
    ),
    st.sampled_from(CODES),
    st.sampled_from([member.value for member in Missing]),
    st.text(st.characters(codec=None, categories=None), max_size=12),
)  # fmt: skip


@st.composite
def option_lists(draw: Any) -> Any:
    chosen = draw(st.lists(st.sampled_from(CODES), unique=True, min_size=1))
    return tuple(
        Option(code=code, text=Text(code, code), exclusive=draw(st.booleans()), specify=draw(st.booleans()))
        for code in chosen
    )


@st.composite
def columns(draw: Any, kind: Any) -> Any:
    """Columns; those of a table of any answers with a kind each, some with one that does not fit."""
    listed = draw(option_lists())
    if kind is not ItemType.TABLE:
        return listed
    types = [draw(st.sampled_from([None, *ItemType])) for _ in listed]
    return tuple(
        replace(column, type=type_, choices=draw(option_lists()) if type_ is ItemType.SINGLE else ())
        for column, type_ in zip(listed, types, strict=True)
    )


@st.composite
def items(draw: Any, code: Any, relevant: Any = ALWAYS) -> Item:
    kind = draw(st.sampled_from(ItemType))
    listed = kind in (ItemType.SINGLE, ItemType.MULTIPLE, ItemType.RANKING, ItemType.NUMBER_TABLE, ItemType.TABLE)
    return Item(
        code=code,
        type=kind,
        text=Text(code, code),
        options=draw(columns(kind)) if listed else (),
        rows=draw(option_lists()) if kind in (ItemType.SHARES, ItemType.NUMBER_TABLE, ItemType.TABLE) else (),
        missing=tuple(draw(st.lists(st.sampled_from(Missing), unique=True))),
        required=draw(st.sampled_from(["", "true()"])),
        relevant=draw(relevant),
        calculation=draw(relevant) if kind is ItemType.CALCULATION else "",
        max_choices=draw(st.sampled_from([None, 1, 2])),
        decimals=draw(st.sampled_from([None, 1])),
        can_estimate=draw(st.booleans()),
        shuffled=draw(st.booleans()),
    )


@st.composite
def raw_inputs(draw: Any, item: Any) -> Any:
    fields = [item.code, *(item.code + name for name in ("__missing", "__other", "__estimated", "__1", "__2"))]
    fields += [f"{item.code}__{row.code}" for row in rows_of(item)]
    fields += [f"{item.code}__{row.code}__{column.code}" for row in rows_of(item) for column in options_of(item)]
    return draw(st.dictionaries(st.sampled_from(fields), st.lists(TYPED, max_size=3)))


CONDITIONS = st.one_of(
    st.just(""),
    st.tuples(
        st.sampled_from(
            [f"${{i{index}}}" for index in range(8)] + ["${frame_revenue}", "today()", "sum(${i0}, ${i1})"]
        ),
        st.sampled_from(["=", "!=", ">", "<", "+"]),
        st.sampled_from(["'a'", "'yes'", "3", "''", "'refused'", "${i1}", "count-selected(${i2})"]),
    ).map(" ".join),
    st.sampled_from(["selected(${i1}, 'a')", "not(${i0} = 1)", "once(${i0} + 1)", "once(${i0}) + 1", "random() < 0.5"]),
)


@st.composite
def questionnaires(draw: Any) -> Questionnaire:
    count = draw(st.integers(1, 8))
    listed = [draw(items(f"i{index}", CONDITIONS)) for index in range(count)]
    cut = draw(st.integers(0, count))
    pages = [
        Page(code=f"p{place}", title=Text(), relevant=draw(CONDITIONS), items=tuple(part))
        for place, part in enumerate((listed[:cut], listed[cut:]))
    ]
    sections = tuple(
        Section(code=f"s{place}", title=Text(), relevant=draw(CONDITIONS), pages=(part,))
        for place, part in enumerate(pages)
    )
    return Questionnaire(code="any", title=Text(), sections=sections)


@st.composite
def documents(draw: Any, questionnaire: Any) -> Any:
    """Answers of any shape under the keys of a questionnaire and some others."""
    values = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-5, 5),
        st.floats(allow_nan=False, allow_infinity=False),
        st.sampled_from([*CODES, "yes", "1", "refused", "", "2026-03-05"]),
        st.lists(st.sampled_from(CODES), max_size=3),
        st.dictionaries(st.sampled_from(CODES), st.floats(0, 100), max_size=2),
    )
    keys = [f"{code}{tail}" for code in questionnaire.items for tail in ("", "__other", "__estimated")]
    return draw(st.dictionaries(st.sampled_from([*keys, "stray"]), values))
