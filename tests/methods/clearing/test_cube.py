"""Every group of the frame and the planned crossings, by hand: three firms and one out of scope."""

from dataclasses import replace

import numpy as np

from survey.methods.clearing.cube import cube_of
from survey.methods.extract import Coded, Extract
from survey.methods.tables.domain import ALL_FIRMS, domain_of
from tests.methods.clearing.surveyed import WORDS

WORDS_CROSSED = replace(WORDS, plan=replace(WORDS.plan, crossings=(("size", "industry"),)))
EXTRACT = Extract(
    stratum=np.zeros(4, int),
    strata=("all",),
    weight=np.ones(4),
    domains={
        "industry": Coded(np.array([0, 0, 1, -1]), ("B", "C")),
        "size": Coded(np.array([0, 1, -1, -1]), ("small", "large")),
    },
    respondents=3,
)


def test_firms_are_counted_in_every_domain_that_they_are_in_and_those_out_of_scope_in_none() -> None:
    cube = cube_of(EXTRACT, WORDS_CROSSED)
    assert cube.domains == (
        ALL_FIRMS,
        domain_of(industry="B"), domain_of(industry="C"), domain_of(size="small"), domain_of(size="large"),
        domain_of(industry="B", size="small"), domain_of(industry="B", size="large"),
        domain_of(industry="C", size="small"), domain_of(industry="C", size="large"),
    )  # fmt: skip
    assert {grouping: place.tolist() for grouping, place in cube.places.items()} == {
        (): [0, 0, 0, -1],
        ("industry",): [1, 1, 2, -1],
        ("size",): [3, 4, -1, -1],
        ("industry", "size"): [5, 6, -1, -1],
    }
