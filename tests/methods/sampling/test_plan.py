import numpy as np
import pandas as pd
import pytest

from survey.methods.errors import Infeasible
from survey.methods.sampling.plan import permanent_random_numbers, plan_strata, size_strata, smallest_of_frame
from survey.methods.sampling.precision import PlannedDomain, cv_target


def firms(**counts: int) -> pd.DataFrame:
    """Firms per stratum, ``C_large=3``; the i-th firm of a stratum has revenue (10 i)^2."""
    rows = [(*key.split("_"), (10.0 * i) ** 2) for key, count in counts.items() for i in range(count)]
    return pd.DataFrame(rows, columns=["industry_section", "size_class", "revenue"])


def sizes(plan: pd.DataFrame) -> dict[str, int]:
    return dict(zip(plan["industry_section"] + "_" + plan["size_class"], plan["sample_size"].tolist(), strict=True))


def test_plan_takes_all_large_firms_and_shares_the_rest_in_proportion() -> None:
    plan = plan_strata(firms(C_large=5, C_small=60, C_micro=30), size=20, method="proportional")
    assert sizes(plan) == {"C_large": 5, "C_small": 10, "C_micro": 5}


def test_plan_takes_two_of_each_stratum_and_all_where_there_is_one() -> None:
    plan = plan_strata(firms(C_small=96, C_micro=3, I_small=1), size=10, method="proportional")
    assert sizes(plan) == {"C_small": 7, "C_micro": 2, "I_small": 1}


def test_neyman_plan_follows_the_spread_of_the_root_of_revenue() -> None:
    frame = pd.concat([firms(C_small=40), firms(C_micro=40).assign(revenue=lambda f: f["revenue"] / 9)])
    assert sizes(plan_strata(frame, size=16, method="neyman")) == {"C_small": 12, "C_micro": 4}


def test_plan_flags_strata_that_are_taken_completely() -> None:
    plan = plan_strata(firms(C_large=5, C_small=60, I_micro=2), size=20, method="proportional")
    assert plan["is_take_all"].tolist() == [True, False, True]


def test_plan_lists_strata_by_section_and_from_large_to_micro() -> None:
    plan = plan_strata(firms(I_micro=9, C_micro=9, C_large=2, C_medium=9), size=12, method="equal")
    assert list(sizes(plan)) == ["C_large", "C_medium", "C_micro", "I_micro"]


def test_plan_adds_up_to_the_size_for_every_size() -> None:
    frame = firms(C_large=3, C_medium=11, C_small=47, I_small=13, I_micro=101)
    totals = [plan_strata(frame, size=n, method="neyman")["sample_size"].sum() for n in range(11, 176)]
    assert totals == list(range(11, 176))


def test_smallest_sample_is_where_the_plan_begins_to_be_possible() -> None:
    frame = firms(C_large=3, C_small=47, I_micro=1)
    least = smallest_of_frame(frame, 2)
    with pytest.raises(Infeasible):
        plan_strata(frame, size=least - 1, method="proportional")
    assert (least, plan_strata(frame, size=least, method="proportional")["sample_size"].sum()) == (6, 6)


def test_random_numbers_depend_on_the_unit_and_the_seed_alone() -> None:
    many, few = permanent_random_numbers(["a", "b", "c"], 7), permanent_random_numbers(["c", "a"], 7)
    assert (many[2], many[0]) == (few[0], few[1])


def test_random_numbers_of_another_seed_differ() -> None:
    assert permanent_random_numbers(["a"], 7)[0] != permanent_random_numbers(["a"], 8)[0]


def test_random_numbers_are_uniform_on_the_unit_interval() -> None:
    numbers = permanent_random_numbers(map(str, range(20_000)), 1)
    counts = np.histogram(numbers, bins=20, range=(0, 1))[0]
    assert counts.sum() == 20_000
    assert ((counts - 1000) ** 2 / 1000).sum() < 43.8  # 0.999 quantile of chi-squared with 19 degrees of freedom


def test_wanted_error_of_an_amount_that_a_section_has_nothing_of_asks_nothing_of_it() -> None:
    frame = pd.DataFrame(
        {
            "industry_section": ["C"] * 60 + ["M"] * 40,
            "size_class": "small",
            "employees": [10.0, 30.0] * 50,
            "revenue": [5.0, 15.0] * 30 + [0.0] * 40,
        }
    )
    domains = [PlannedDomain(group="section", code=code, members=frozenset({f"{code}-small"})) for code in "CM"]
    sized = size_strata(frame, [cv_target("revenue", 0.1, domain) for domain in domains], minimum=2, response=1.0)
    # S/M = 0.504 of 60 firms: n = 60 / (1 + 60 (0.1 / 0.504)^2).
    assert sizes(sized) == {"C_small": 18, "M_small": 2}
