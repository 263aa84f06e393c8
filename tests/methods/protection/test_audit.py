import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from survey.methods.protection.disclosure import DisclosureRule, protect
from survey.methods.protection.figures import addresses_of
from survey.methods.tables.domain import domain_of
from survey.methods.tables.table import Axis, Base, Cell, Dimension, Heading, Statistic, Table, TableKind, TableSpec
from tests.methods.protection.audit import Narrow, determined_figures, narrow_figures, thin_differences

FIVE = (*tuple(Heading(code=code) for code in "12345"), Heading(code="45", parts=("4", "5")))
RULE = DisclosureRule()


def survey_tables(firms: Any) -> Any:
    """Every table that a dashboard with two filters can show of one five-step item."""
    tables = []
    for fixed, free in (({}, "industry"), ({}, "size"), ("size", "industry"), ("industry", "size")):
        values: list[dict[str, Any]] = (
            [{}] if fixed == {} else [{fixed: value} for value in sorted(firms[fixed].unique())]  # type: ignore[dict-item]
        )
        tables += [crossed(firms, chosen, free) for chosen in values]
    return tables


def crossed(firms: Any, chosen: Any, free: Any) -> Table:
    base = firms[np.logical_and.reduce([np.ones(len(firms), bool), *(firms[k] == v for k, v in chosen.items())])]
    groups = [Heading(code="all")]
    groups += [Heading(code=value, domain=domain_of(**{free: value})) for value in sorted(firms[free].unique())]
    spec = TableSpec(
        code="t", title="T", kind=TableKind.DISTRIBUTION, rows=Dimension(code="options", axis=Axis.OPTION, headings=FIVE, exclusive=True),
        columns=Dimension(code=free, axis=Axis.DOMAIN, headings=tuple(groups)), statistic=Statistic.SHARE, item="q1",
    )  # fmt: skip
    members = [base if not group.domain else base[base[free] == group.code] for group in groups]
    cells = tuple(
        tuple(
            Cell(
                n=len(rows),
                estimate=float(rows["q1"].isin(option.parts or (option.code,)).mean()) if len(rows) else None,
            )
            for rows in members
        )
        for option in FIVE
    )
    return Table(spec=spec, cells=cells, base=Base(domain=domain_of(**chosen), n=len(base)))


def sampled(seed: Any, rows: Any, industries: Any, sizes: Any) -> Any:
    draw = np.random.default_rng(seed)
    columns = {"industry": "CDEFG"[:industries], "size": "LMST"[:sizes], "q1": "12345"}
    return pd.DataFrame(
        {name: draw.choice(list(codes), rows, p=draw.dirichlet(np.ones(len(codes)))) for name, codes in columns.items()}
    )


def audit(firms: Any) -> Any:
    """What the three audits find in every table that a dashboard can show of these firms."""
    tables = survey_tables(firms)
    protected = protect(tables)
    withheld = [cell for each in protected for _, _, cell in each.walk() if cell.is_withheld]
    assert all(cell == Cell(n=None, status=cell.status) for cell in withheld)
    return determined_figures(protected), thin_differences(tables, protected, RULE), narrow_figures(tables, protected)


@settings(max_examples=12, deadline=None, derandomize=True, phases=[Phase.generate])
@given(st.integers(0, 10**6), st.integers(12, 150), st.integers(2, 4), st.integers(2, 3))
def test_nothing_withheld_follows_from_the_tables_of_a_dashboard(
    seed: Any, rows: Any, industries: Any, sizes: Any
) -> None:
    assert audit(sampled(seed, rows, industries, sizes)) == ((), (), ())


@pytest.mark.parametrize("case", [(70, 150, 3, 3), (70, 74, 3, 2)])
def test_shares_of_zero_fix_no_other_share(case: tuple[int, int, int, int]) -> None:
    assert audit(sampled(*case)) == ((), (), ())


def test_protection_is_the_same_every_time() -> None:
    tables = survey_tables(sampled(1, 80, 3, 3))
    assert protect(tables) == protect(tables)


def shares_by_industry(firms: Any, shares: Any) -> Table:
    headings = tuple(Heading(code=code or "all", domain=domain_of(industry=code) if code else ()) for code in firms)
    spec = TableSpec(code="t", title="T", kind=TableKind.HEAT_MAP, rows=Dimension(code="items", axis=Axis.ITEM, headings=(Heading(code="q1"),)),
                     columns=Dimension(code="industry", axis=Axis.DOMAIN, headings=headings), statistic=Statistic.SHARE)  # fmt: skip
    return Table(
        spec=spec, cells=(tuple(Cell(n=n, estimate=share) for n, share in zip(firms.values(), shares, strict=True)),)
    )


def leaking(before: Any, *codes: Any) -> Any:
    """The protected table with some withheld cells put back."""
    (protected,) = protect([before])
    cells = tuple(
        before.cell("q1", code) if code in codes else cell
        for code, cell in zip(before.columns.codes, protected.cells[0], strict=True)
    )
    leak = pickle.loads(pickle.dumps(protected))
    object.__setattr__(leak, "cells", (cells,))
    return leak


def test_audit_finds_a_figure_that_follows() -> None:
    before = shares_by_industry({"": 100, "C": 60, "D": 31, "E": 9}, [0.5, 0.5, 0.5, 0.5])
    leak = leaking(before, "D")
    assert [address.domain for address in determined_figures([leak])] == [domain_of(industry="E")]
    assert [address.domain for address in thin_differences([before], [leak], RULE)] == [()]


def test_audit_finds_a_figure_bounded_to_a_point() -> None:
    before = shares_by_industry({"": 100, "C": 60, "D": 31, "E": 9}, [0.5, 40 / 60, 1 / 31, 1.0])
    assert narrow_figures([before], protect([before])) == ()
    (found,) = narrow_figures([before], [leaking(before, "E")])
    assert found == Narrow(
        address=[one for row in addresses_of(before) for one in row][2],
        low=pytest.approx(1 / 31),  # type: ignore[arg-type]
        high=pytest.approx(1 / 31),  # type: ignore[arg-type]
    )


def test_withheld_counts_of_zero_are_no_bounded_figures() -> None:
    """That nobody is left behind two withheld parts is what `implied` looks for."""
    shares = shares_by_industry({"": 100, "C": 60, "D": 31, "E": 9}, [7.0, 7.0, 0.0, 0.0])
    before = replace(shares, spec=replace(shares.spec, statistic=Statistic.COUNT))
    protected = protect([before])
    assert [cell.is_withheld for _row, _column, cell in protected[0].walk()] == [False, False, True, True]
    assert narrow_figures([before], protected) == ()
