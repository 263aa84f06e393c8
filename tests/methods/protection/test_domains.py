from typing import Any

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from survey.methods.errors import MissingValue, UnknownColumn
from survey.methods.protection.audit import determined_figures, thin_differences
from survey.methods.protection.disclosure import DisclosureRule, protect
from survey.methods.protection.domains import count_domains, protect_domains
from survey.methods.tables.table import domain_of
from tests.methods.protection.test_audit import sampled, survey_tables

FIRMS = pd.DataFrame({"industry": list("CCCDD"), "size": list("LSSSS")})


def test_every_combination_of_filters_is_counted() -> None:
    assert count_domains(FIRMS, ["size", "industry"]) == {
        (): 5,
        domain_of(industry="C"): 3,
        domain_of(industry="D"): 2,
        domain_of(size="L"): 1,
        domain_of(size="S"): 4,
        domain_of(industry="C", size="L"): 1,
        domain_of(industry="C", size="S"): 2,
        domain_of(industry="D", size="S"): 2,
    }


def test_counts_need_every_value() -> None:
    with pytest.raises(MissingValue):
        count_domains(pd.DataFrame({"size": ["L", None]}), ["size"])
    with pytest.raises(UnknownColumn):
        count_domains(FIRMS, ["district"])


def test_small_domain_and_its_smallest_neighbour_are_withheld() -> None:
    counts = {(): 100, domain_of(size="L"): 4, domain_of(size="M"): 30, domain_of(size="S"): 66}
    assert protect_domains(counts) == {domain_of(size="L"): "primary", domain_of(size="M"): "secondary"}


def test_crossed_domains_protect_each_other_both_ways() -> None:
    firms = pd.DataFrame(
        [
            {"industry": i, "size": s}
            for i, s, n in [("C", "L", 4), ("C", "S", 40), ("D", "L", 30), ("D", "S", 50)]
            for _ in range(n)
        ]
    )
    withheld = protect_domains(count_domains(firms, ["industry", "size"]))
    assert withheld == {
        domain_of(industry="C", size="L"): "primary",
        domain_of(industry="C", size="S"): "secondary",
        domain_of(industry="D", size="L"): "secondary",
        domain_of(industry="D", size="S"): "secondary",
    }


def test_nothing_is_withheld_where_every_domain_is_large() -> None:
    counts = {(): 100, domain_of(size="L"): 40, domain_of(size="S"): 60}
    assert protect_domains(counts) == {}


@settings(max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate])
@given(st.integers(0, 10**6), st.integers(30, 300))
def test_pages_protected_one_by_one_give_nothing_away_together(seed: Any, rows: Any) -> None:
    firms = sampled(seed, rows, 4, 3)
    known = {"": protect_domains(count_domains(firms, ["industry", "size"]))}
    tables = survey_tables(firms)
    pages = [page for table in tables for page in protect([table], known=known)]
    assert determined_figures(pages) == ()
    assert thin_differences(tables, pages, DisclosureRule()) == ()
