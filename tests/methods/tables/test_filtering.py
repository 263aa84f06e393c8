"""Which firms a filter takes in: four firms of two sizes, the last out of scope."""

from dataclasses import replace

import numpy as np
import pytest

from survey.methods.errors import UnknownColumn
from survey.methods.estimates.statistics import QuantileStatistic, share_of
from survey.methods.extract import Coded, Extract
from survey.methods.moments.finest import FEWEST_FIRMS, finest_of
from survey.methods.tables.domain import ALL_FIRMS, Domain, domain_of
from survey.methods.tables.filtering import FILTERED, Filter, firms_within

FIRMS = Extract(
    stratum=np.zeros(4, int),
    strata=("all",),
    weight=np.ones(4),
    domains={
        "size": Coded(np.array([0, 1, 1, 1]), ("small", "large")),
        "industry": Coded(np.array([0, 0, -1, 0]), ("C",)),
    },
    respondents=3,
)


def test_firms_in_scope_of_every_value_are_within() -> None:
    domains = (ALL_FIRMS, domain_of(size="large"), domain_of(size="large", industry="C"), domain_of(size="medium"))
    assert [np.flatnonzero(firms_within(FIRMS, domain)).tolist() for domain in domains] == [[0, 1, 2], [1, 2], [1], []]


def test_group_that_the_wave_has_not_is_named() -> None:
    with pytest.raises(UnknownColumn, match="'district'"):
        firms_within(FIRMS, domain_of(district="1"))


def test_firms_outside_a_filter_are_in_no_group_of_a_split() -> None:
    filter_ = Filter(extract=FIRMS, domain=domain_of(size="large"))
    within = filter_.within(("industry",))
    assert {name: one.codes.tolist() for name, one in within.domains.items()} == {
        FILTERED: [-1, 0, 0, -1], "industry": [-1, 0, -1, -1],
    }  # fmt: skip
    assert filter_.within(("industry",)) is within
    assert set(filter_.within().domains) == {FILTERED}


def test_numbers_are_put_in_order_once_for_the_quantiles_that_are_asked() -> None:
    extract = replace(FIRMS, values={"cost": np.array([3.0, 9, 1, 0]), "other": np.arange(4.0)})
    filter_ = Filter(extract=extract, domain=ALL_FIRMS)
    orders = filter_.orders([share_of("x", ["a"], ["a", "b"]), QuantileStatistic("cost")])
    assert {item: rows.tolist() for item, rows in orders.items()} == {"cost": [2, 0, 1]}
    assert filter_.orders([QuantileStatistic("cost", 0.25)])["cost"] is orders["cost"]


@pytest.mark.parametrize(("domain", "splits", "read"), [
    (domain_of(size="large"), (), "cells"), (ALL_FIRMS, ("size",), "cells"),
    (domain_of(industry="C"), (), "firms"), (domain_of(size="large"), ("industry",), "firms"),
])  # fmt: skip
def test_firms_are_read_where_the_finest_cells_do_not_tell_their_groups(
    domain: Domain, splits: tuple[str, ...], read: str
) -> None:
    """The cells are told by their weights here, which are twice those of the firms."""
    times = FEWEST_FIRMS // 4
    extract = Extract(
        stratum=np.zeros(4 * times, int), strata=("all",), weight=np.ones(4 * times),
        items={"x": Coded(np.tile([0, 1, 1, 0], times), ("a", "b"))},
        domains={name: Coded(np.tile(one.codes, times), one.labels) for name, one in FIRMS.domains.items()},
    )  # fmt: skip
    cells = finest_of(extract, ["x"], [], ["size"])
    assert cells is not None
    twice = replace(cells, columns={**cells.columns, "w": 2 * cells.columns["w"]})
    asked = [share_of("x", ["a"], ["a", "b"])]
    (found, plain) = (
        Filter(extract=extract, domain=domain, finest=finest).moments(asked, splits).items["x"].linear["w"]
        for finest in (twice, None)
    )
    assert (found == plain * (2 if read == "cells" else 1)).all()
