import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from survey.methods.arrays import Ints
from survey.methods.certificate.answered import answered_items
from survey.methods.certificate.certificate import Certificate, Failure, Proof, Rung
from survey.methods.certificate.certify import certify, prove
from survey.methods.certificate.item_questions import item_questions
from survey.methods.certificate.tempered import TemperedWalk
from survey.methods.certificate.worlds import Effort, walk_of
from survey.methods.clearing.clearing import clear
from survey.methods.estimates.statistics import CodedStatistic
from survey.methods.extract import Coded
from survey.methods.production import prepare
from tests.methods.certificate.wave_and_question import cleared_view, derive, rng, yes_or_no
from tests.methods.clearing.surveyed import STEPS, WORDS, collected, prepared

FIRMS = np.full((4, 2), 25)
EFFORT = Effort(chains=32, sweeps=8, looks=2, returns=2, rounds=20)


def test_the_sums_of_a_question_are_the_estimates_of_production() -> None:
    made = prepared(FIRMS)
    view = cleared_view(made)
    question = next(item_questions(view, WORDS, derive))
    above, below = question.sums(question.truth[None, :])
    everybody = question.names[1].index("all")
    marked = question.names[0].index("B1:share:4+5")
    share = above[0, marked, everybody] / below[0, marked, everybody]
    given = made.extract.items["B1"].codes
    assert np.isclose(share, np.average(given >= 3, weights=made.extract.weight))


def test_clearing_a_world_gives_the_same_figures_and_decisions() -> None:
    view = cleared_view(prepared(FIRMS))
    question = next(item_questions(view, WORDS, derive))
    cleared = clear(prepared(FIRMS), WORDS)
    effort = Effort(chains=3, looks=1)
    for world in walk_of(question, effort, rng()).first(effort):
        items = {**collected(FIRMS).items, "B1": Coded(world.astype(np.int16), STEPS)}
        changed = clear(prepare(collected(FIRMS, items=items), WORDS), WORDS)
        assert (world != question.truth).any()
        assert changed.to_dict() == cleared.to_dict()


def test_nearly_every_answer_of_a_cleared_wave_could_have_been_another() -> None:
    certificate = certify(cleared_view(prepared(FIRMS)), WORDS, derive, rng(), seed=1, effort=EFFORT)
    assert certificate.answers == 400
    assert sum(one.served for one in certificate.items) >= 399
    assert certificate.holds == (sum(one.served for one in certificate.items) == 400)
    assert all(one.ratio < certificate.limit for one in certificate.items)


def test_exact_figures_are_not_certified() -> None:
    view = cleared_view(prepared(FIRMS))
    extract = replace(view.extract, weight=rng().uniform(1, 3, view.extract.rows))
    told_exactly = []
    for one in view.figures:
        inside = np.all([extract.domains[v].codes == extract.domains[v].labels.index(x) for v, x in one.domain], axis=0)
        if isinstance(one.asked, CodedStatistic) and one.asked.item == "B1":
            points = one.asked.by_label(extract.items["B1"].labels)[extract.items["B1"].codes]
            base = inside & ~np.isnan(points)
            share = float(np.average(points[base], weights=extract.weight[base]))
            told_exactly.append(replace(one, low=share, high=share))
    found = certify(replace(view, extract=extract, figures=told_exactly), WORDS, derive, rng(), seed=1, effort=EFFORT)
    assert not found.holds


def test_what_everybody_said_is_not_certified() -> None:
    proved = prove(yes_or_no([1] * 12, [0.95], [1.0]), EFFORT, rng())
    (failure,) = proved.failures
    assert (failure.proof, failure.number) == (Proof.WORLD, 12)


def test_what_will_be_tightened_anyway_is_not_searched_further() -> None:
    proved = prove(yes_or_no([1] * 12, [0.95], [1.0]), EFFORT, rng(), 0.5, quick=True)
    assert [failure.proof for failure in proved.failures] == [Proof.ODDS]


@pytest.mark.parametrize(("stuck", "quick", "runs"), [(6, True, 2), (4, True, 4), (6, False, 4), (8, True, 1)])
def test_walks_go_on_where_few_firms_are_left_or_fewer_and_fewer(
    monkeypatch: pytest.MonkeyPatch, stuck: int, quick: bool, runs: int
) -> None:
    """Of 200 firms some have weights of which only those that said yes make the share that is told."""
    taken, run = [], TemperedWalk.run

    def counted(walk: TemperedWalk, rounds: int, left: Ints) -> Ints:
        taken.append(left.tolist())
        return run(walk, rounds, left)

    monkeypatch.setattr(TemperedWalk, "run", counted)
    weight = [*[2.0**k for k in range(stuck)], *[1.0] * (200 - stuck)]
    truth = [1, 0] * 100
    told = np.average(truth[:stuck], weights=weight[:stuck])
    place = np.repeat([1, 0], [stuck, 200 - stuck])[:, None]
    question = yes_or_no(truth, [0.0, told], [1.0, told], place=place, weight=weight)
    prove(question, Effort(chains=32, looks=8, returns=4, rounds=5, halves=0, aims=0), rng(), quick=quick)
    assert taken == [list(range(stuck))] * runs


def test_what_the_first_walks_leave_out_others_look_for_that_may_leave_what_is_told() -> None:
    """A firm of weight 3 said yes and six of weight 1 no: it answers otherwise only where three others do at once."""
    question = yes_or_no([1, *[0] * 6], [0.28], [0.39], weight=[3.0, *[1.0] * 6])
    effort = Effort(chains=8, looks=1, returns=0, halves=0, aims=0, rounds=200)
    assert [failure.number for failure in prove(question, effort, rng(), np.inf).failures] == [7]
    # The others are left: to the heavy firm, which knows that it said yes, they said no.
    aimed = replace(effort, aims=8)
    assert [failure.number for failure in prove(question, aimed, rng(), np.inf).failures] == [6]


def test_what_is_searched_to_its_end_names_every_proof_that_failed() -> None:
    everybody = yes_or_no([1] * 12, [0.95], [1.0])
    assert [failure.proof for failure in prove(everybody, EFFORT, rng(), 0.5).failures] == [Proof.WORLD, Proof.ODDS]
    assert [failure.proof for failure in prove(everybody, EFFORT, rng(), quick=True).failures] == [Proof.WORLD]


def test_answers_of_every_part_are_proved_or_taken_to_be_known() -> None:
    """Of twelve firms all could have answered otherwise, in either of two parts; two gave no answer."""
    question = yes_or_no([1, 0] * 6 + [-1] * 2, [0.0], [1.0])
    proof = prove(replace(question, parts=("q__a", "q__b"), codes=np.array([[0, 1], [1, 0]])), EFFORT, rng()).proof
    assert (proof.answers, proof.served, proof.assumed) == (24, 24, 0)


def test_a_truth_that_is_not_what_is_told_is_no_proof() -> None:
    asked = yes_or_no([1] * 12, [0.0], [0.5])
    proved = prove(replace(asked, parts=("q__a", "q__b"), codes=np.array([[0, 1], [1, 0]])), EFFORT, rng())
    assert [(failure.proof, failure.number) for failure in proved.failures] == [(Proof.COVERED, 24)]
    assert (proved.proof.answers, proved.proof.served, proved.proof.worlds) == (24, 0, 0)


def test_a_certificate_is_read_as_it_was_written() -> None:
    failure = Failure(proof=Proof.WORLD, item="q", part="q__a", number=3, tables=("one",))
    made = Certificate(firms=3, cuts=1, seed=1, limit=20.0, effort=Effort(), items=(), failures=(failure,),
                       coarser={"q": Rung(steps=2, heaviest=0.2, width=0.5, apart=4.0, sizes=True)})  # fmt: skip
    assert Certificate.from_dict(json.loads(json.dumps(made.to_dict()))) == made


def test_first_rung_tells_no_less() -> None:
    assert Rung() == Rung(steps=0, heaviest=1.0, width=0.0, apart=None, sizes=False)


def test_rungs_of_certificates_of_before_are_a_number_of_steps_or_lack_what_came_later() -> None:
    assert Rung.from_json(3) == Rung(steps=3)
    assert Rung.from_json({"steps": 2, "heaviest": 0.2}) == Rung(steps=2, heaviest=0.2)


def test_certificate_of_before_tells_of_no_search_that_came_later() -> None:
    made = Certificate(firms=3, cuts=1, seed=1, limit=20.0, effort=Effort(), items=(), failures=()).to_dict()
    made["effort"] = {"chains": 64, "sweeps": 16.0, "looks": 4, "returns": 4, "repairs": 400, "attempts": 4}
    assert Certificate.from_dict(made).effort == Effort(returns=4, rounds=0, halves=0, aims=0)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (Rung(steps=1, heaviest=0.2), Rung(steps=2, heaviest=0.5), Rung(steps=2, heaviest=0.2)),
        (Rung(width=0.5), Rung(width=1.0, apart=4.0), Rung(width=1.0, apart=4.0)),
        (Rung(apart=2.0), Rung(apart=4.0), Rung(apart=2.0)),
        (Rung(apart=2.0), Rung(apart=4.0, sizes=True), Rung(apart=2.0, sizes=True)),
    ],
)
def test_two_rungs_together_tell_no_more_than_either(one: Rung, other: Rung, both: Rung) -> None:
    assert one.with_other(other) == other.with_other(one) == both


def test_the_answers_to_an_item_put_back_are_the_extract() -> None:
    extract = prepared(FIRMS).extract
    answered = next(answered_items(extract, WORDS))
    assert (answered.given(extract, answered.truth).items["B1"].codes == extract.items["B1"].codes).all()


@pytest.mark.parametrize(("left", "proved", "holds"), [(0, False, True), (3, False, False), (3, True, True)])
def test_figures_left_to_earlier_cuts_need_the_certificates_of_those(left: int, proved: bool, holds: bool) -> None:
    made = Certificate(
        firms=3, cuts=1, seed=1, limit=20.0, effort=Effort(), items=(), failures=(), left=left, left_proved=proved
    )
    assert made.holds is holds


def test_whoever_proves_nothing_loads_no_compiler() -> None:
    """Every web process imports certificates; Numba would cost each some fifty megabytes."""
    code = "import sys, survey.methods.certificate.certified; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
