"""Worlds against insiders: of every firm one in which it answered otherwise and another, which knows its own answer, as
it did; with it all firms of its enterprise group, whose answers it knows.

Where all firms may change, hardly any world leaves the whole answer of one of them as it was, least of all an answer
of many options. So walks follow in which half of the firms stand still, and after them walks that begin where one firm
has answered otherwise already and stays so, while the others come back to what is told.
"""

from collections.abc import Iterator

import numpy as np

from survey.methods.arrays import Bools, Ints
from survey.methods.certificate.item_question import ItemQuestion
from survey.methods.certificate.served import Unserved
from survey.methods.certificate.tempered import NO_FIRM, TemperedWalk
from survey.methods.certificate.worlds import Effort

HALVED, AIMED = 4, 10
"""Parts of the rounds of a walk that looks for odds: so many rounds has one in which half of the firms stand still, and
one that is about a single firm."""


def against_insiders(
    question: ItemQuestion, worlds: Ints, effort: Effort, rng: np.random.Generator, *, quick: bool = False
) -> Ints:
    """(W, n) worlds, all of them checked, that serve what the ``worlds`` (V, n) leave out; when ``quick`` no further
    than to the first answer that cannot be served."""
    unserved = Unserved(question, worlds)
    found: list[Ints] = [np.empty((0, question.firms), np.intp)]
    found += _halved(question, unserved, effort, rng)
    found += _aimed(question, unserved, effort, rng, quick=quick)
    return np.concatenate(found)


def _halved(question: ItemQuestion, unserved: Unserved, effort: Effort, rng: np.random.Generator) -> Iterator[Ints]:
    few = ONE_BY_ONE if effort.aims else 0
    for _ in range(effort.halves):
        half = question.knowing.alike(rng.random(question.firms) < 0.5)
        for free in (half, ~half):
            if len(unserved.part) <= few:
                return
            walk = TemperedWalk(question, rng, free)
            for worlds in walk.found(-(-effort.rounds // HALVED), unserved.firms(), PORTION):
                yield unserved.take(worlds)
                if len(unserved.part) <= few:
                    return


def _aimed(
    question: ItemQuestion, unserved: Unserved, effort: Effort, rng: np.random.Generator, *, quick: bool
) -> Iterator[Ints]:
    # Those that lack the fewest first: worlds that are found for them may serve others too.
    lost = 0
    for part, firm in unserved.rows():
        for attempt in range(effort.aims):
            insiders = unserved.insiders(part, firm)
            if not insiders.any():
                break
            still = question.knowing.alike(rng.random(question.firms) < 0.5)
            # All that are left at once, where these are few enough to leave others to make up for it.
            if attempt % 2 == 0 and insiders.sum() <= FEW:
                still |= insiders
            # On few rungs most are found in half of the time; who is not is looked for on all of them.
            apart = FAR if attempt < effort.aims // 2 else 1
            for worlds in _otherwise(question, part, firm, still, effort, rng, apart):
                yield unserved.take(worlds)
                # A firm is mostly served by the first world that is found: hardly anybody else moves in it.
                if not unserved.insiders(part, firm).any():
                    break
        lost += int(unserved.insiders(part, firm).any())
        # The item fails with the first of them; some more say how far it is from holding.
        if lost >= (1 if quick else MOST_LOST):
            return


ONE_BY_ONE = 20
"""Answers that are served sooner one by one than by walks in which half of the firms stand still."""
PORTION, SINGLE = 5, 2
"""Rounds after which it is seen whom their worlds serve, and of walks about a single firm."""
FAR = 2
"""So many times as far apart are rungs of walks about a single firm: one world is enough, and not all alike."""
FEW = 20
"""Insiders that may all stand still at once: others are left to make up for the firm that answers otherwise."""
MOST_LOST = 25
"""Answers that could not be served, after which others are not looked for one by one."""


def _otherwise(
    question: ItemQuestion, part: int, firm: int, still: Bools, effort: Effort, rng: np.random.Generator, apart: int
) -> Iterator[Ints]:
    """Worlds in which a firm differs in a part of its answer, and those that stand `still` (n,) in nothing; by walks on
    rungs so far `apart`."""
    answer = _another(question, part, firm, rng)
    if answer is None:
        return
    free = ~still
    # The firm stays as it is put: a step that led it back would mend everything and prove nothing.
    free[firm] = False
    walk = TemperedWalk(question, rng, free, apart=apart)
    walk.put(firm, answer)
    yield from walk.found(-(-effort.rounds // AIMED), NO_FIRM, SINGLE)


def _another(question: ItemQuestion, part: int, firm: int, rng: np.random.Generator) -> int | None:
    """An answer of a firm that differs in a part, in the same bases; None where there is none."""
    truth, codes = question.truth[firm], question.codes[part]
    possible = question.alike[question.kind[firm], truth] & (codes != codes[truth])
    if not possible.any():
        return None
    # One that differs in little else first, since all else has to be made up for as well.
    order = np.where(possible, question.distance[truth] + 2 * rng.random(possible.shape), np.inf)
    return int(order.argmin())
