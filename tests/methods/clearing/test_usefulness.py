"""What clearing leaves: of a small frame, by the benchmark's own measure."""

from benchmarks.usefulness import LEAST_SHOWN, MOST_DISTANCE, made_wave, usefulness
from survey.methods.clearing.clearing import clear


def test_most_figures_are_shown_and_near_the_exact_ones() -> None:
    prepared, words = made_wave(2_000)
    found = usefulness(prepared, words, clear(prepared, words))
    assert found.part >= LEAST_SHOWN
    assert found.distance <= MOST_DISTANCE * found.error
