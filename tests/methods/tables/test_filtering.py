"""Which firms a filter takes in: four firms of two sizes, the last out of scope."""

import numpy as np
import pytest

from survey.methods.errors import UnknownColumn
from survey.methods.extract import Coded, Extract
from survey.methods.tables.domain import ALL_FIRMS, domain_of
from survey.methods.tables.filtering import firms_within

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
