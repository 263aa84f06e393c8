"""Products of two waves with what is taken off are sums over the firms in common."""

import numpy as np
import pytest

from survey.methods.change.in_common import Against, Common, Respondents, TakenOff, off_products
from survey.methods.extract import Extract
from tests.methods.surveys import random_extract

ROWS = np.arange(40)
PART = np.linspace(0.5, 1.5, 40)


def firms(seed: int) -> tuple[Extract, Common, TakenOff]:
    """Forty firms of a wave, with made-up coefficients of two figures."""
    extract = random_extract(seed, calibrated="linear", numeric=True)
    wave = Respondents(design=extract.design, inside=extract.domains["size"].codes == 0)
    rng = np.random.default_rng(seed)
    off = TakenOff(
        level=rng.normal(size=(2, wave.patterns)),
        slope=rng.normal(size=(2, wave.numeric.shape[1])),
        means=rng.normal(size=(2, len(extract.strata))),
    )
    return extract, Common.of(wave, ROWS), off


def taken(one: Common, off: TakenOff, figure: int) -> np.ndarray:
    explained = off.level[figure, one.pattern] + one.numeric @ off.slope[figure]
    return np.asarray(one.spread * explained + off.means[figure, one.stratum])


def test_what_is_taken_off_in_both_waves_is_multiplied_firm_by_firm() -> None:
    (_, one, off), (_, two, other) = firms(1), firms(2)
    found = off.coefficients @ off_products(one, two, PART) @ other.coefficients.T
    expected = [[(PART * taken(one, off, k) * taken(two, other, j)).sum() for j in (0, 1)] for k in (0, 1)]
    assert found.ravel() == pytest.approx(np.array(expected).ravel(), rel=1e-10)


def test_scores_by_code_and_by_firm_are_set_against_what_the_other_wave_takes_off() -> None:
    (extract, one, _off), (_, two, other) = firms(1), firms(2)
    assert len(set(one.inside.tolist())) == 2
    codes = extract.items["q0"].codes[ROWS]
    tables = np.random.default_rng(3).normal(size=(2, len(extract.items["q0"].labels)))
    scores = np.hstack([np.zeros((2, 1)), tables])[:, codes + 1]
    expected = [(PART * one.spread * one.inside * scores[k] * taken(two, other, k)).sum() for k in (0, 1)]
    against = Against.of(one, two, PART)
    assert against.coded(other, codes, tables).tolist() == pytest.approx(expected, rel=1e-10)
    found = [against.scored(other.part([k]), scores[k]) for k in (0, 1)]
    assert np.concatenate(found).tolist() == pytest.approx(expected, rel=1e-10)
