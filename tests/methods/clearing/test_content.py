"""What is written of a cut, and under which words it is read again."""

import json
from dataclasses import replace

from survey.methods.clearing.clearing import clear
from survey.methods.clearing.content import (
    ClearedCube,
    kept_from_dict,
    kept_to_dict,
    page_from_dict,
    page_to_dict,
    specs_of,
)
from survey.methods.tables.domain import ALL_FIRMS, domain_of
from tests.methods.clearing.surveyed import WORDS, prepared

CUBE = clear(prepared([[20, 20], [20, 20], [20, 20], [5, 3]]), WORDS)


def test_groups_that_keep_their_figures_are_written_in_one_order() -> None:
    """A set has none of its own, and the digest of a cut is of what is written."""
    industries = [domain_of(industry=code) for code in "GFEDCBA"]
    kept = {"B1": frozenset({domain_of(industry="B", size="large"), ALL_FIRMS, *industries})}
    written = kept_to_dict(kept)
    assert written["B1"][:4] == [[], [["industry", "A"]], [["industry", "B"]], [["industry", "B"], ["size", "large"]]]
    assert [code for ((_group, code),) in written["B1"][4:]] == [*"CDEFG"]
    assert kept_from_dict(json.loads(json.dumps(written))) == kept


def test_every_group_is_a_page_with_its_firms_and_tables() -> None:
    content = CUBE.to_dict()
    assert [tuple(map(tuple, page["domain"])) for page in content["pages"]] == list(CUBE.tables)
    assert {page["n"] for page in content["pages"] if ["industry", "H"] in page["domain"]} == {None}
    assert [set(page["tables"]) for page in content["pages"]] == [set(tables) for tables in CUBE.tables.values()]


def test_cut_without_a_group_that_stays_keeps_nothing() -> None:
    stored = ClearedCube.from_dict(replace(CUBE, kept={}).to_dict(), WORDS)
    assert (stored.kept, stored.n, stored.tables) == ({}, CUBE.n, CUBE.tables)


def test_tables_of_a_cut_are_the_planned_ones_and_that_of_response() -> None:
    assert set(specs_of(WORDS)) == {block.code for block in WORDS.plan.blocks} | {"response"}
    assert set(specs_of(WORDS)) == set(CUBE.tables[ALL_FIRMS])


def test_table_that_the_plan_no_longer_has_is_left_out_of_its_page() -> None:
    group = domain_of(industry="B")
    specs = {code: spec for code, spec in specs_of(WORDS).items() if code != "means"}
    left = {code: table for code, table in CUBE.tables[group].items() if code != "means"}
    assert page_from_dict(page_to_dict(group, 40, CUBE.tables[group]), specs) == (group, 40, left)
