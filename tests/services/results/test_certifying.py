"""The chance of a certificate comes from what its cut is made from."""

import numpy as np

from survey.services.results.certifying import cleared_with_certificate
from tests.methods.clearing.surveyed import WORDS, prepared

PREPARED = prepared(np.full((1, 1), 3))


def test_the_digest_of_the_cut_is_the_seed_and_what_holds_of_earlier_cuts_is_kept() -> None:
    digests = ("0000000000ff" + "a" * 52, "00000000000f" + "a" * 52)
    made = [
        cleared_with_certificate(PREPARED, WORDS, source_digest=digest, earlier_hold=holds).certificate
        for digest, holds in zip(digests, (True, False), strict=True)
    ]
    assert [(one.seed, one.left_proved) for one in made] == [(255, True), (15, False)]
