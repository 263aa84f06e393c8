"""A share of all firms tells how many were asked, which is a figure of the filter question."""

from dataclasses import replace

import numpy as np
import pytest

from survey.methods.extract import Coded
from survey.methods.production import prepare
from survey.methods.protection.disclosure import DisclosureRule, DomainProtection
from survey.methods.protection.of_all import without_telling_filters
from survey.methods.tables.beside import Whole
from survey.methods.tables.domain import ALL_FIRMS
from survey.methods.tables.plan import planned_tables
from survey.methods.tables.table import Cell, Table
from survey.terms import CellStatus
from tests.methods.tables.test_narrowed import NAMED, answered

PLANNED = planned_tables(NAMED)
EXTRACT = prepare(answered(60, 40), NAMED).extract


def is_told(has: list[int], *, asked: int = 60, known: dict[str, DomainProtection] | None = None) -> bool:
    """Whether the share of all 100 firms stands beside that of those asked; `has` of them gave each answer."""
    codes = np.repeat(np.arange(len(has)), has).astype(np.int16)
    extract = replace(EXTRACT, items={**EXTRACT.items, "has": Coded(codes, ("yes", "no", "refused")[: len(has)])})
    whole = Whole(estimate=0.4, se=None, ci_low=None, ci_high=None, n=100)
    cells = tuple((Cell(n=asked, estimate=0.5, of_all=whole),) for _ in PLANNED[0].spec.rows.headings)
    rule = DisclosureRule(threshold=10)
    table = Table(spec=PLANNED[0].spec, cells=cells)
    (made,) = without_telling_filters([table], PLANNED, NAMED, extract, known or {}, rule, ALL_FIRMS)
    found = {cell.of_all for _row, _column, cell in made.walk()}
    assert found in ({whole}, {None})
    return found == {whole}


def test_share_of_all_firms_stands_where_ten_answered_either_way() -> None:
    assert is_told([60, 40])
    assert is_told([90, 10], asked=90)


@pytest.mark.parametrize("has", [[91, 9], [60, 31, 9]])
def test_share_of_all_firms_is_left_out_where_few_gave_an_answer_to_the_filter(has: list[int]) -> None:
    assert not is_told(has)


def test_answer_to_the_filter_that_nobody_gave_tells_of_nobody() -> None:
    assert is_told([60, 40, 0])


def test_share_of_all_firms_is_left_out_where_few_were_not_asked() -> None:
    assert (is_told([60, 40], asked=90), is_told([60, 40], asked=91)) == (True, False)


def test_share_of_all_firms_is_left_out_where_the_filter_is_withheld() -> None:
    assert not is_told([60, 40], known={"has": {ALL_FIRMS: CellStatus.PRIMARY}})
