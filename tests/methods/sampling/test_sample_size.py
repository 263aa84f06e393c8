import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from survey.methods.errors import MissingValue, OutOfRange, UnknownColumn, WrongShape
from survey.methods.sampling.sample_size import CvTarget, StratumMoments, achieved_cv, smallest_sample

GOLDEN = Path(__file__).parents[2] / "reference" / "golden"


def moments(population: Any, mean: Any, deviation: Any) -> StratumMoments:
    codes = tuple(f"h{k}" for k in range(len(population)))
    return StratumMoments(
        codes=codes,
        population=np.array(population, float),
        mean={"y": np.array(mean)},
        deviation={"y": np.array(deviation)},
    )


@pytest.mark.parametrize("case", ["one_domain", "two_domains"])
def test_smallest_sample_meets_the_reference(case: str) -> None:
    rows = pd.read_csv(GOLDEN / "bethel_strata.csv", dtype={"STRATO": str, "DOM1": str, "DOM2": str})
    expected = json.loads((GOLDEN / "bethel_expected.json").read_text("utf-8"))["cases"][case]
    strata = StratumMoments(
        codes=tuple(rows["STRATO"]),
        population=rows["N"].to_numpy(float),
        mean={v: rows[f"M{v}"].to_numpy(float) for v in "123"},
        deviation={v: rows[f"S{v}"].to_numpy(float) for v in "123"},
    )
    targets = [
        CvTarget(variable=v, cv=errors[f"CV{v}"], members=frozenset(group["STRATO"]))
        for errors in expected["errors"]
        for _, group in rows.groupby(errors["DOM"])
        for v in "123"
    ]
    found = smallest_sample(strata, targets)
    assert found.total <= expected["n_total"] * 1.01
    assert all(cv <= target.cv * (1 + 1e-6) for cv, target in zip(found.cvs, targets, strict=True))
    assert (found.exact >= np.minimum(2, strata.population) - 1e-9).all()
    assert (found.exact <= strata.population).all()


def test_one_stratum_worked_by_hand() -> None:
    # N^2 S^2 (1/n - 1/N) = (0.1 N M)^2 with N = 100, S = 5, M = 10 gives 1/n = 0.04 + 0.01
    found = smallest_sample(moments([100], [10.0], [5.0]), [CvTarget(variable="y", cv=0.1)])
    assert found.exact[0] == pytest.approx(20, rel=1e-6)
    assert found.size.tolist() == [20]


def test_one_variable_gives_neyman_allocation() -> None:
    found = smallest_sample(moments([1000, 1000], [10.0, 10.0], [2.0, 6.0]), [CvTarget(variable="y", cv=0.02)])
    assert found.exact[1] / found.exact[0] == pytest.approx(3, rel=1e-4)


def test_dear_strata_get_fewer_units() -> None:
    found = smallest_sample(
        moments([1000, 1000], [10.0, 10.0], [5.0, 5.0]), [CvTarget(variable="y", cv=0.02)], cost=[4.0, 1.0]
    )
    assert found.exact[1] / found.exact[0] == pytest.approx(2, rel=1e-4)


def test_without_variance_the_minimum_is_enough() -> None:
    assert smallest_sample(
        moments([1, 50], [1.0, 1.0], [0.0, 0.0]), [CvTarget(variable="y", cv=0.1)]
    ).size.tolist() == [1, 2]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 8), st.floats(0.005, 0.2))
@example(525, 2, 0.015625)
def test_every_target_is_met_and_rounding_up_keeps_it(seed: Any, count: Any, cv: Any) -> None:
    draw = np.random.default_rng(seed)
    strata = moments(draw.integers(1, 3000, count), draw.uniform(1, 100, count), draw.uniform(0, 200, count))
    targets = [CvTarget(variable="y", cv=cv), CvTarget(variable="y", cv=2 * cv, members=frozenset(strata.codes[:1]))]
    found = smallest_sample(strata, targets)
    size = found.size.astype(float)
    assert all(achieved_cv(strata, size, target) <= target.cv * (1 + 1e-6) for target in targets)
    assert (found.size <= strata.population).all()


@pytest.mark.parametrize(
    ("error", "call"),
    [
        (OutOfRange, lambda: smallest_sample(moments([9], [1.0], [1.0]), [CvTarget(variable="y", cv=0.0)])),
        (OutOfRange, lambda: smallest_sample(moments([9], [0.0], [1.0]), [CvTarget(variable="y", cv=0.1)])),
        (OutOfRange, lambda: smallest_sample(moments([9], [1.0], [1.0]), [CvTarget(variable="y", cv=0.1)], cost=[0.0])),
        (UnknownColumn, lambda: smallest_sample(moments([9], [1.0], [1.0]), [CvTarget(variable="x", cv=0.1)])),
        (
            UnknownColumn,
            lambda: smallest_sample(
                moments([9], [1.0], [1.0]), [CvTarget(variable="y", cv=0.1, members=frozenset("z"))]
            ),
        ),
        (WrongShape, lambda: moments([9, 9], [1.0], [1.0])),
        (MissingValue, lambda: moments([9], [np.nan], [1.0])),
        (OutOfRange, lambda: moments([9], [1.0], [-1.0])),
        (OutOfRange, lambda: moments([0, 9], [1.0, 1.0], [1.0, 1.0])),
    ],
)
def test_sample_size_names_what_is_wrong(error: type[Any], call: Callable[..., Any]) -> None:
    with pytest.raises(error):
        call()
