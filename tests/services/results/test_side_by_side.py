"""Proofs in processes of their own: what they find does not hang on how many there are."""

import numpy as np

from survey.methods.certificate.certified import clear_certified
from survey.methods.certificate.climbing import one_after_another
from survey.methods.certificate.worlds import Effort
from survey.services.results.side_by_side import in_processes
from tests.methods.clearing.surveyed import WORDS, prepared

PREPARED = prepared(np.full((1, 1), 12))
LITTLE = Effort(chains=4, sweeps=1.0, looks=1, returns=0, rounds=0, halves=0, aims=0)


def test_one_process_is_this_one() -> None:
    assert in_processes(1) is in_processes(0) is one_after_another


def test_the_same_is_proved_in_two_processes() -> None:
    alone, beside = (
        clear_certified(
            PREPARED,
            WORDS,
            np.random.default_rng(7),
            seed=7,
            effort=LITTLE,
            rounds=1,
            side_by_side=in_processes(number),
        )
        for number in (1, 2)
    )
    assert beside.certificate.to_dict() == alone.certificate.to_dict()
    assert beside.cube.to_dict() == alone.cube.to_dict()
    assert alone.certificate.worlds > 0
