import pandas as pd
import pytest

from survey.methods.domain_protection import count_domains, protect_domains
from survey.methods.errors import MissingValue, UnknownColumn
from survey.methods.tables import domain_of

FIRMS = pd.DataFrame({"industry": list("CCCDD"), "size": list("LSSSS")})


def test_every_combination_of_filters_is_counted():
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


def test_counts_need_every_value():
    with pytest.raises(MissingValue):
        count_domains(pd.DataFrame({"size": ["L", None]}), ["size"])
    with pytest.raises(UnknownColumn):
        count_domains(FIRMS, ["district"])


def test_small_domain_and_its_smallest_neighbour_are_withheld():
    counts = {(): 100, domain_of(size="L"): 4, domain_of(size="M"): 30, domain_of(size="S"): 66}
    assert protect_domains(counts) == {domain_of(size="L"): "primary", domain_of(size="M"): "secondary"}


def test_crossed_domains_protect_each_other_both_ways():
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


def test_nothing_is_withheld_where_every_domain_is_large():
    counts = {(): 100, domain_of(size="L"): 40, domain_of(size="S"): 60}
    assert protect_domains(counts) == {}
