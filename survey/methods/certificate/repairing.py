"""Worlds for firms that a walk left out: one answers otherwise, and others follow until all is as told again."""

import numpy as np

from survey.methods.arrays import Bools, Ints
from survey.methods.certificate.board import NEARLY, REPAIR_CHANCES
from survey.methods.certificate.item_question import ItemQuestion
from survey.methods.certificate.worlds import Effort, Walk, checked

MOST = 512
"""Worlds that are repaired side by side."""


def repaired(question: ItemQuestion, wanted: Bools, effort: Effort, rng: np.random.Generator) -> Ints:
    """(W, n) worlds in which firms differ in a part of their answer, for the `wanted` (A, n) of them.

    Each is tried with the firms halved in two ways, so that both halves of the others keep their answers once.
    """
    found: list[Ints] = [np.empty((0, question.firms), np.intp)]
    part, firm = np.nonzero(wanted)
    for start in range(0, len(firm), MOST):
        parts, firms = part[start : start + MOST], firm[start : start + MOST]
        for _ in range(effort.attempts):
            half = rng.random((len(firms), question.firms)) < 0.5
            found += [_attempt(question, parts, firms, free, effort, rng) for free in (half, ~half)]
    return np.concatenate(found)


def _attempt(
    question: ItemQuestion, parts: Ints, firms: Ints, free: Bools, effort: Effort, rng: np.random.Generator
) -> Ints:
    from survey.methods.certificate.stepping import put, repair

    # The firm that answered otherwise stays so: a step that led it back would mend everything and prove nothing.
    free[np.arange(len(firms)), firms] = False
    walk = Walk(question, free, rng)
    left = np.full(len(firms), np.inf)
    for w, (firm, then) in enumerate(zip(firms, _otherwise(question, parts, firms, rng), strict=True)):
        if then >= 0:
            left[w] = put(walk.board, walk.worlds, w, firm, then)
    left[left < NEARLY] = 0.0
    has = question.codes[parts] == question.codes[parts, question.truth[firms]][:, None]
    repair(walk.board, walk.worlds, firms, has, left, rng.random((len(firms), effort.repairs, REPAIR_CHANCES)))
    return checked(question, walk.worlds.answers[left <= 0])


def _otherwise(question: ItemQuestion, parts: Ints, firms: Ints, rng: np.random.Generator) -> Ints:
    """(T,) an answer of each firm that differs in a part, in the same bases; -1 where there is none."""
    truth, kind = question.truth[firms], question.kind[firms]
    possible = question.alike[kind, truth] & (question.codes[parts] != question.codes[parts, truth][:, None])
    # One that differs in little else first, since all else has to be made up for as well.
    order = np.where(possible, question.distance[truth] + 2 * rng.random(possible.shape), np.inf)
    return np.asarray(np.where(possible.any(axis=1), order.argmin(axis=1), -1))
