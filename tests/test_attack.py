"""The adversary of `benchmarks.attack` against a small survey: it does not win against what was cleared, and could."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.attacked import certified_cuts
from benchmarks.attacked.certified_cuts import CertifiedCuts, Kept, digest_of
from benchmarks.attacked.claims import Claim, claims_of_set, surest
from benchmarks.attacked.frames import made_survey
from benchmarks.attacked.puzzle import Puzzle, told_bounds
from benchmarks.attacked.releases import cleared_attack, cut_of_first_rung, working_attack
from benchmarks.attacked.scoring import Score, by_holm, score, scores
from survey.methods.certificate.rungs import RUNGS
from survey.methods.clearing.clearing import clear, cleared_cube, states_of
from survey.methods.clearing.differences import EarlierCut
from survey.methods.production import prepare

QUICK = ("subset sums", "before and after", "sibling subtraction", "status and coarsening", "group disclosure", "quantile matching",
         "holdings", "insiders", "made differences")  # fmt: skip


def test_no_route_wins_against_what_was_cleared() -> None:
    assert [one.route for one in scores(cleared_attack(made_survey(800)), QUICK) if one.wins] == []


def test_firms_that_tell_one_another_do_not_win_against_what_a_certified_cut_may_tell() -> None:
    attack = cleared_attack(made_survey(800), cutting=cut_of_first_rung)
    assert [one.wins for one in scores(attack, ("holdings", "insiders"))] == [False, False]


def test_cut_is_made_again_from_the_rungs_that_were_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the search, and told less of the one item that the file names."""
    surveyed = made_survey(800)
    prepared = prepare(surveyed.early, surveyed.words)
    kept = Kept(holds=True, failures=0, left=0, rungs={"severity_a": RUNGS[3]})
    path = tmp_path / f"{digest_of(prepared, surveyed.words, ())}.json"
    path.write_text(json.dumps(kept.to_json()))
    monkeypatch.setattr(certified_cuts, "clear_certified", None)
    clearing, cube = CertifiedCuts(folder=tmp_path)(prepared, surveyed.words, ())
    plain = clear(prepared, surveyed.words)
    assert cube.to_dict() == cleared_cube(clearing).to_dict() != plain.to_dict()
    assert Kept.from_json(json.loads(path.read_text())) == kept


def test_cut_of_other_answers_or_after_another_cut_has_another_file() -> None:
    surveyed = made_survey(800)
    early, late = (prepare(one, surveyed.words) for one in (surveyed.early, surveyed.late))
    before = EarlierCut(cube=clear(early, surveyed.words), states=states_of(early, surveyed.words))
    found = [digest_of(*one) for one in ((early, surveyed.words, ()), (late, surveyed.words, ()))]
    found.append(digest_of(late, surveyed.words, [before]))
    assert len(set(found)) == 3
    assert digest_of(prepare(surveyed.early, surveyed.words), surveyed.words, ()) == found[0]


def test_exact_pages_are_beaten() -> None:
    found = {one.route: one for one in scores(working_attack(made_survey(800)), ("before and after", "holdings"))}
    assert found["before and after"].wins
    assert found["holdings"].wins


def claim(right: bool, guessed: bool, confidence: float = 0.9, firm: int = 1) -> Claim:
    return Claim(place=("q", firm), confidence=confidence, right=right, guessed=guessed)


def test_ten_claims_that_are_right_where_the_guess_is_not_have_the_chance_of_ten_heads() -> None:
    assert score("route", [claim(True, False)] * 10).p == pytest.approx(0.5**10)


def test_claims_that_a_guess_makes_as_well_are_no_proof() -> None:
    assert score("route", [claim(True, True)] * 50).p == 1.0


def test_holm_multiplies_the_smallest_by_the_number_of_routes() -> None:
    found = [
        Score(route=name, claims=9, right=9, guessed=0, p=p) for name, p in (("a", 0.04), ("b", 0.01), ("c", 0.03))
    ]
    assert [round(one.holm, 12) for one in by_holm(found)] == [0.06, 0.03, 0.06]
    assert [one.wins for one in by_holm(found)] == [False, True, False]


def test_the_surest_claim_of_a_firm_stands() -> None:
    claims = [claim(True, True, 0.6), claim(False, True, 0.8), claim(True, True, 0.7, firm=2)]
    found = surest(iter(claims), 2, np.random.default_rng(1))
    assert [(one.place[1], one.confidence) for one in found] == [(1, 0.8), (2, 0.7)]


def test_a_known_sum_of_known_weights_tells_who_said_yes() -> None:
    found = claims_of_set(three_firms(), np.arange(3), 5.0, 5.0, 0)
    assert [(one.confidence, one.right) for one in found] == [(1.0, True)] * 3


def test_the_best_guess_leaves_the_firm_out() -> None:
    found = list(claims_of_set(three_firms(), np.arange(3), 5.0, 5.0, 0))
    assert [one.guessed for one in found] == [True, False, False]


def three_firms() -> Puzzle:
    """Firms that count 1, 2 and 4, of which the first and the last say yes."""
    return Puzzle(
        name="q",
        domains=((),),
        firms=np.arange(3),
        weight=np.array([1.0, 2.0, 4.0]),
        inside=np.ones((1, 3), bool),
        low=np.array([5 / 7]),
        high=np.array([5 / 7]),
        withheld=np.zeros(1, bool),
        truth=np.array([True, False, True]),
        step=np.zeros(1),
        edge=np.zeros(1),
    )


def test_shares_are_told_as_clearing_tells_them() -> None:
    low, high = told_bounds(
        np.array([0.1, 0.33, 0.9, 0.33]), np.array([0.1, 0.1, 0.1, 0.0]), np.array([0.15, 0.15, 0.15, 0])
    )
    assert low.round(12).tolist() == [0.0, 0.25, 0.85, 0.33]
    assert high.round(12).tolist() == [0.15, 0.35, 1.0, 0.33]
