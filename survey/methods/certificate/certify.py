"""From what is told to a certificate: for each item worlds, the intervals that they leave, and odds."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.certificate.adds import Derive
from survey.methods.certificate.certificate import Certificate, Failure, ItemProof, Proof
from survey.methods.certificate.insiders import against_insiders
from survey.methods.certificate.intervals import NarrowFigure, narrow_figures
from survey.methods.certificate.item_question import ItemQuestion
from survey.methods.certificate.item_questions import item_questions, uncovered
from survey.methods.certificate.known_figures import View
from survey.methods.certificate.odds import odds_ratios, settled
from survey.methods.certificate.served import served
from survey.methods.certificate.tempered import TemperedWalk
from survey.methods.certificate.together import SeenFigures
from survey.methods.certificate.worlds import Effort, walk_of
from survey.methods.tables.vocabulary import Vocabulary

LIMIT = 20.0
"""Odds of what is known to odds of what is guessed without the firm: from even odds to 19 in 20."""

HOPELESS = (0.12, 0.03)
"""Of the firms that could answer otherwise: where the first walks raise the odds on more of them, or those that may
leave what is told after their first rounds, they go no further."""
FALLING, FEW = 0.8, 4
"""Of the firms of the rounds before: where more than these are left, and more than a few, what raises their odds is no
longer the search, and walks go no further either."""


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
    together = SeenFigures(view, words, derive)
    for question in item_questions(view, words, derive, only=only):
        # A generator for each item: the chance of one does not hang on how long that of another took.
        found = prove(question, spent, rng.spawn(1)[0], limit, quick=quick, together=together)
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
        outside=tuple(sorted(one.statistic for one in uncovered(view, words, derive))),
        left=view.left,
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class Proved:
    """The proof of one item, where it failed, and its worlds (W, n)."""

    proof: ItemProof
    failures: list[Failure]
    worlds: Ints


def prove(
    question: ItemQuestion,
    effort: Effort,
    rng: np.random.Generator,
    limit: float = LIMIT,
    *,
    quick: bool = False,
    together: SeenFigures | None = None,
) -> Proved:
    """Search worlds of a question and see what they prove; when `quick`, no further than to odds that are too high.

    With what is seen `together`, worlds of other items count for figures of several.
    """
    if not question.holds(question.truth[None, :]).all():
        # The truth is not what is told: another cut, or a figure that was made in another way.
        return _untold(question)
    sensitive = _sensitive(question)
    walked = _walked(question, sensitive, effort, rng, limit, quick=quick)
    ratios = np.where(sensitive, odds_ratios(question, settled(walked)), 1.0)
    if quick and (ratios > limit).any():
        fine = served(question, walked) | ~sensitive
        proof = _proof(question, walked, fine, sensitive, ratios, [])
        return Proved(proof=proof, failures=list(_raised(question, ratios, limit)), worlds=walked)
    worlds = np.concatenate([walked, against_insiders(question, walked, effort, rng, quick=quick)])
    # What could not be another answer in the same bases is assumed to be known, and needs no world.
    fine = served(question, worlds) | ~sensitive
    failures = [*_unserved(question, fine), *_raised(question, ratios, limit)]
    # What fails already is told in coarser steps, whatever its withheld figures keep.
    narrow = [] if failures else _narrow(question, worlds, rng, together, quick=quick)
    failures += _intervals(question, narrow)
    proof = _proof(question, worlds, fine, sensitive, ratios, narrow)
    return Proved(proof=proof, failures=failures, worlds=worlds)


def _narrow(
    question: ItemQuestion, worlds: Ints, rng: np.random.Generator, together: SeenFigures | None, *, quick: bool
) -> list[NarrowFigure]:
    if not question.to_keep.any():
        return []
    if together is None:
        return narrow_figures(question, worlds, quick=quick)
    together.take(question, worlds)

    def opened(tight: Bools) -> Bools:
        return together.opened(question, tight, rng, quick=quick)

    return narrow_figures(question, worlds, quick=quick, opened=opened)


def _walked(
    question: ItemQuestion, sensitive: Bools, effort: Effort, rng: np.random.Generator, limit: float, *, quick: bool
) -> Ints:
    """(W, n) the worlds of walks, which go on while the odds on firms are too high."""
    worlds, before = walk_of(question, effort, rng).first(effort), np.inf
    tempered = TemperedWalk(question, rng)
    for turn in range(effort.returns):
        raised = (sensitive & (odds_ratios(question, settled(worlds)) > limit)).any(axis=0)
        # Of a cut that will be tightened anyway so many are a matter of what is told, not of the search.
        if quick and raised.sum() > min(HOPELESS[min(turn, 1)] * len(question.movable), before):
            break
        if not raised.any():
            break
        worlds = np.concatenate([worlds, tempered.run(effort.rounds, np.flatnonzero(raised))])
        before = np.inf if turn == 0 else max(FALLING * raised.sum(), FEW)
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
