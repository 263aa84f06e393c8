"""The table that may leave: made by clearing alone, and the same after it was stored."""

import json
from dataclasses import replace

import numpy as np
import pytest

from survey.methods.clearing.cleared import ClearedTable, cleared_from_dict, cleared_to_dict
from survey.methods.clearing.clearing import clear
from survey.methods.clearing.content import ClearedCube
from survey.methods.errors import UnknownColumn
from survey.methods.extract import Coded
from survey.methods.production import prepare
from survey.methods.tables.domain import ALL_FIRMS, domain_of
from survey.methods.tables.table import Cell
from survey.terms import CellStatus
from tests.methods.clearing.surveyed import STEPS, WORDS, collected, prepared

FIRMS = [[20, 20], [20, 20], [20, 20], [20, 4]]
CROSSED = replace(WORDS, plan=replace(WORDS.plan, crossings=(("industry", "size"),)))
CUBE = clear(prepared(FIRMS), WORDS)


def test_cleared_table_is_not_made_by_hand() -> None:
    table = CUBE.tables[ALL_FIRMS]["ranking"]
    with pytest.raises(TypeError):
        ClearedTable(spec=table.spec, cells=table.cells)


def test_cut_is_the_same_after_it_was_stored() -> None:
    stored = ClearedCube.from_dict(json.loads(json.dumps(CUBE.to_dict())), WORDS)
    assert stored.tables == CUBE.tables
    assert stored.n == CUBE.n


def test_cut_has_every_group_of_the_frame_and_the_planned_crossings() -> None:
    assert {tuple(variable for variable, _value in domain) for domain in CUBE.tables} == {
        (), ("industry",), ("size",), ("sector",), ("sector", "size"),
    }  # fmt: skip


def test_nothing_exact_stands_in_a_cleared_cell() -> None:
    for tables in CUBE.tables.values():
        for table in tables.values():
            for _row, _column, cell in table.walk():
                assert (cell.contributions, cell.enumerated, cell.unanimous) == (None, False, False)
                assert cell.weighted_count is None
                assert (cell.n or 0) % 5 == 0


def test_withheld_cell_has_one_status_and_the_nearest_coarser_group() -> None:
    """Eight firms of H are too few, and G would be services less H; of services both are shown together."""
    few = clear(prepared([[20, 20], [20, 20], [20, 20], [5, 3]]), WORDS)
    cells = [few.tables[domain_of(industry=code)]["ranking"].cell("B1", "4+5") for code in ("H", "G")]
    assert cells == [Cell(n=None, status=CellStatus.WITHHELD, coarser=domain_of(sector="services"))] * 2
    assert few.tables[domain_of(sector="services")]["ranking"].cell("B1", "4+5").estimate is not None
    assert few.n[domain_of(industry="H")] is None


def test_that_nobody_answered_is_withheld_and_what_cannot_be_is_empty() -> None:
    """All firms of H left the question out, which a filter may have told them; there is no small firm of H at all."""
    wave = collected([[20, 20], [20, 20], [20, 20], [0, 20]])
    codes = np.where(wave.domains["industry"].codes == 3, -1, wave.items["B1"].codes)
    cube = clear(prepare(replace(wave, items={**wave.items, "B1": Coded(codes, STEPS)}), CROSSED), CROSSED)
    silent, nobody = (
        cube.tables[domain]["ranking"].cell("B1", "4+5")
        for domain in (domain_of(industry="H"), domain_of(industry="H", size="small"))
    )
    assert silent == Cell(n=None, status=CellStatus.WITHHELD, coarser=domain_of(sector="services"))
    assert nobody == Cell(n=0, status=CellStatus.EMPTY)


def test_table_that_the_plan_no_longer_has_is_left_out_of_a_stored_cut() -> None:
    blocks = tuple(one for one in WORDS.plan.blocks if one.code != "means")
    stored = ClearedCube.from_dict(CUBE.to_dict(), replace(WORDS, plan=replace(WORDS.plan, blocks=blocks)))
    assert stored.tables == {
        domain: {code: table for code, table in tables.items() if code != "means"}
        for domain, tables in CUBE.tables.items()
    }


def test_cell_of_a_stored_cut_is_read_as_it_was_meant_when_it_was_written() -> None:
    """What is not written of a cell is what it had then, whatever new cells have."""
    table = CUBE.tables[ALL_FIRMS]["ranking"]
    plain = {"n": 40, "estimate": 0.25, "status": "caution"}
    stored = {**cleared_to_dict(table), "cells": [[plain]] * len(table.cells)}
    assert cleared_from_dict(stored, table.spec).cells[0][0] == Cell(
        n=40, estimate=0.25, status=CellStatus.CAUTION, decimals=1, leads=False, quality="", rank=None, band=None
    )


def test_row_that_the_plan_no_longer_has_is_named() -> None:
    table = CUBE.tables[ALL_FIRMS]["ranking"]
    spec = replace(table.spec, rows=replace(table.rows, headings=table.rows.headings[:1]))
    with pytest.raises(UnknownColumn, match=f"'{table.rows.codes[1]}'"):
        cleared_from_dict(cleared_to_dict(table), spec)
