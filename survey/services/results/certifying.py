"""The certificate of a cut: what is cleared with it, and what is cleared again by it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from survey.methods.certificate.certified import Certified, clear_certified
from survey.methods.clearing.differences import EarlierCut
from survey.methods.production import Prepared
from survey.methods.tables.vocabulary import Vocabulary
from survey.services.results.side_by_side import in_processes

SEED_DIGITS = 12
"""Hexadecimal digits of the digest that make a seed: what JSON keeps as a whole number."""


def cleared_with_certificate(
    prepared: Prepared,
    words: Vocabulary,
    *,
    source_digest: str,
    before: Sequence[EarlierCut] = (),
    earlier_hold: bool,
    processes: int = 1,
) -> Certified:
    """The cleared figures of a wave with their certificate; ``earlier_hold`` says that those of all cuts before do.

    Its chance comes from the digest of what the cut is made from: the same cut has the same certificate, and nobody
    chooses a seed by which it holds. In how many ``processes`` it is searched changes nothing in it.
    """
    seed = int(source_digest[:SEED_DIGITS], 16)
    side_by_side = in_processes(processes)
    rng = np.random.default_rng(seed)
    found = clear_certified(prepared, words, rng, seed=seed, before=before, side_by_side=side_by_side)
    return replace(found, certificate=replace(found.certificate, left_proved=earlier_hold))
