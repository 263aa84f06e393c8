from itertools import combinations
from typing import Any

import pandas as pd
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from survey.methods.protection.disclosure import DisclosureRule, protect
from survey.methods.protection.domains import protect_domains
from survey.methods.tables.domain import Domain, domain_of
from tests.methods.protection.audit import determined_figures, thin_differences
from tests.methods.protection.test_audit import sampled, survey_tables


def count_domains(firms: pd.DataFrame, variables: list[str]) -> dict[Domain, int]:
    """Number of firms in every non-empty domain of the variables: alone, crossed, and all together."""
    counts: dict[Domain, int] = {(): len(firms)}
    for size in range(1, len(variables) + 1):
        for names in combinations(sorted(variables), size):
            for key, count in firms.groupby(list(names)).size().items():
                values = key if isinstance(key, tuple) else (key,)
                counts[tuple(zip(names, map(str, values), strict=True))] = int(count)
    return counts


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
