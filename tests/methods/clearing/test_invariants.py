"""What holds of cuts whatever firms answer."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from survey.methods.clearing.clearing import clear, states_of
from survey.methods.clearing.content import ClearedCube
from survey.methods.clearing.differences import EarlierCut
from survey.methods.extract import Coded
from survey.methods.production import prepare
from tests.methods.clearing.surveyed import STEPS, WORDS, collected

FIRMS = [[14, 13], [25, 9], [11, 17], [12, 8]]
WAVE = collected(FIRMS)
MADE = prepare(WAVE, WORDS)
FIRST = EarlierCut(cube=clear(MADE, WORDS), states=states_of(MADE, WORDS))


@settings(max_examples=5, deadline=None)
@given(st.lists(st.integers(0, WAVE.sampled - 1), max_size=9), st.sampled_from(["B1", "B2"]), st.integers(0, 4))
def test_cut_after_fewer_than_ten_changes_shows_the_old_figures(rows: list[int], item: str, code: int) -> None:
    codes = WAVE.items[item].codes.copy()
    codes[rows] = code
    changed = prepare(replace(WAVE, items={**WAVE.items, item: Coded(codes, STEPS)}), WORDS)
    assert clear(changed, WORDS, before=[FIRST]).tables == FIRST.cube.tables


def told_whatever(cube: ClearedCube) -> set[object]:
    """Of every cell what may not hang on answers: whether it is withheld, what stands for it, its n and decimals."""
    return {
        (domain, code, row.code, column.code, cell.is_withheld, cell.coarser, cell.n, cell.decimals)
        for domain, tables in cube.tables.items()
        for code, table in tables.items()
        for row, column, cell in table.walk()
    }


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_whatever_is_answered_the_same_is_withheld(seed: int) -> None:
    """Other answers of the same firms, but for amounts, whose dominance counts."""
    other = collected(FIRMS, seed=seed, values=WAVE.values)
    assert told_whatever(clear(prepare(other, WORDS), WORDS)) == told_whatever(FIRST.cube)
