"""From what is told to a certificate: for each item worlds, the intervals that they leave, and odds."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.certificate.certificate import Certificate, Failure, ItemProof, Proof
from survey.methods.certificate.intervals import NarrowFigure, narrow_figures
from survey.methods.certificate.item_question import ItemQuestion
from survey.methods.certificate.item_questions import Derive, item_questions, uncovered
from survey.methods.certificate.known_figures import View
from survey.methods.certificate.odds import odds_ratios, settled
from survey.methods.certificate.repairing import repaired
from survey.methods.certificate.served import served
from survey.methods.certificate.tempered import TemperedWalk
from survey.methods.certificate.worlds import Effort, walk_of
from survey.methods.tables.vocabulary import Vocabulary

LIMIT = 20.0
"""Odds of what is known to odds of what is guessed without the firm: from even odds to 19 in 20."""

HOPELESS = 0.05
"""Of the firms that could answer otherwise: where walks raise the odds on more of them, they go no further."""


def certify(
    view: View,
    words: Vocabulary,
    derive: Derive,
    rng: np.random.Generator,
    *,
    seed: int,
    effort: Effort | None = None,
    limit: float = LIMIT,
    only: Collection[str] | None = None,
    quick: bool = False,
) -> Certificate:
    """The certificate of all that a view tells of closed items, or of some `only`; `rng` was made from the `seed`.

    When `quick`, an item whose odds are too high is not looked at further: for a cut that will be tightened anyway.
    """
    spent = effort or Effort()
    items, failures = [], []
    for question in item_questions(view, words, derive, only=only):
        # A generator for each item: the proof of one does not hang on how long that of another took.
        found = prove(question, spent, rng.spawn(1)[0], limit, quick=quick)
        items.append(found.proof)
        failures += found.failures
    return Certificate(
        firms=int(view.extract.in_scope.sum()),
        cuts=view.cuts,
        seed=seed,
        limit=limit,
        effort=spent,
        items=tuple(items),
        failures=tuple(failures),
        outside=tuple(sorted(one.statistic for one in uncovered(view))),
        left=view.left,
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class Proved:
    """The proof of one item, where it failed, and its worlds (W, n)."""

    proof: ItemProof
    failures: list[Failure]
    worlds: Ints


def prove(
    question: ItemQuestion, effort: Effort, rng: np.random.Generator, limit: float = LIMIT, *, quick: bool = False
) -> Proved:
    """Search worlds of a question and see what they prove; when `quick`, no further than to odds that are too high."""
    if not question.holds(question.truth[None, :]).all():
        # The truth is not what is told: another cut, or a figure that was made in another way.
        return _untold(question)
    sensitive = _sensitive(question)
    walked = _walked(question, sensitive, effort, rng, limit, quick=quick)
    # What could not be another answer in the same bases is assumed to be known, and needs no world.
    fine = served(question, walked) | ~sensitive
    ratios = np.where(sensitive, odds_ratios(question, settled(walked)), 1.0)
    if quick and (ratios > limit).any():
        proof = _proof(question, walked, fine, sensitive, ratios, [])
        return Proved(proof=proof, failures=list(_raised(question, ratios, limit)), worlds=walked)
    worlds = np.concatenate([walked, repaired(question, ~fine, effort, rng)])
    fine = served(question, worlds) | ~sensitive
    failures = [*_unserved(question, fine), *_raised(question, ratios, limit)]
    # What fails already is told in coarser steps, whatever its withheld figures keep.
    narrow = [] if failures else narrow_figures(question, worlds, rng, quick=quick)
    failures += _intervals(question, narrow)
    proof = _proof(question, worlds, fine, sensitive, ratios, narrow)
    return Proved(proof=proof, failures=failures, worlds=worlds)


def _walked(
    question: ItemQuestion, sensitive: Bools, effort: Effort, rng: np.random.Generator, limit: float, *, quick: bool
) -> Ints:
    """(W, n) the worlds of walks, which go on while firms are left out or their odds are too high."""
    worlds = walk_of(question, effort, rng).first(effort)
    tempered = TemperedWalk(question, rng)
    for _ in range(effort.returns):
        raised = sensitive & (odds_ratios(question, settled(worlds)) > limit)
        # Of a cut that will be tightened anyway so many are a matter of what is told, not of the search.
        if quick and raised.any(axis=0).sum() > HOPELESS * len(question.movable):
            break
        left = np.flatnonzero((raised | (sensitive & ~served(question, worlds))).any(axis=0))
        if not len(left):
            break
        worlds = np.concatenate([worlds, tempered.run(effort.rounds, left)])
    return worlds


def _sensitive(question: ItemQuestion) -> Bools:
    """(A, n) the parts of answers that could have been others in the same bases."""
    found = np.zeros((len(question.parts), question.firms), bool)
    found[:, question.movable] = True
    return found


def _proof(
    question: ItemQuestion, worlds: Ints, fine: Bools, sensitive: Bools, ratios: Floats, narrow: Sequence[NarrowFigure]
) -> ItemProof:
    withheld = int(question.to_keep.sum())
    given = int((question.truth >= 0).sum())
    return ItemProof(
        item=question.item,
        answers=int(sensitive.sum()),
        served=int((fine & sensitive).sum()),
        assumed=given * len(question.parts) - int(sensitive.sum()),
        worlds=len(worlds),
        withheld=withheld,
        kept=withheld - len(narrow),
        ratio=float(np.round(ratios.max(initial=1.0), 3)),
    )


def _unserved(question: ItemQuestion, fine: Bools) -> Iterator[Failure]:
    tables = tuple(dict.fromkeys(table for one in question.tables for table in one))
    for part, name in enumerate(question.parts):
        if missing := int((~fine[part]).sum()):
            yield Failure(proof=Proof.WORLD, item=question.item, part=name, number=missing, tables=tables)


def _raised(question: ItemQuestion, ratios: Floats, limit: float) -> Iterator[Failure]:
    tables = tuple(dict.fromkeys(table for one in question.tables for table in one))
    for part, name in enumerate(question.parts):
        if above := int((ratios[part] > limit).sum()):
            yield Failure(proof=Proof.ODDS, item=question.item, part=name, number=above, tables=tables)


def _intervals(question: ItemQuestion, narrow: Sequence[NarrowFigure]) -> Iterator[Failure]:
    for one in narrow:
        yield Failure(proof=Proof.INTERVAL, item=question.item, part=one.statistic, group=one.group, tables=one.tables)


def _untold(question: ItemQuestion) -> Proved:
    given = int((question.truth >= 0).sum()) * len(question.parts)
    proof = ItemProof(item=question.item, answers=given, served=0, assumed=0, worlds=0,
                      withheld=int(question.to_keep.sum()), kept=0, ratio=1.0)  # fmt: skip
    failure = Failure(proof=Proof.COVERED, item=question.item, number=given)
    return Proved(proof=proof, failures=[failure], worlds=np.empty((0, question.firms), np.intp))
