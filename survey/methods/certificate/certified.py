"""Clearing with its certificate: where this fails the rule is tightened for the whole of an item, and clearing is run
again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from survey.methods.certificate.amount_proof import columns_together, proved_statistics
from survey.methods.certificate.answered import answered_items
from survey.methods.certificate.certificate import Certificate
from survey.methods.certificate.certify import certify
from survey.methods.certificate.climbing import Climb, SideBySide, deriving, items_together, one_after_another
from survey.methods.certificate.from_clearing import figures_shown_otherwise, view_of
from survey.methods.certificate.rungs import RUNGS, is_told_less, ladder_of, tightened
from survey.methods.certificate.worlds import Effort
from survey.methods.clearing.clearing import cleared_cube, clearing_of
from survey.methods.clearing.content import ClearedCube
from survey.methods.clearing.differences import EarlierCut
from survey.methods.production import Prepared
from survey.methods.tables.vocabulary import Vocabulary


@dataclass(frozen=True, eq=False, kw_only=True)
class Certified:
    """A cube with its certificate."""

    cube: ClearedCube
    certificate: Certificate


def clear_certified(
    prepared: Prepared,
    words: Vocabulary,
    rng: np.random.Generator,
    *,
    seed: int,
    before: Sequence[EarlierCut] = (),
    effort: Effort | None = None,
    rounds: int = 2 * len(RUNGS),
    side_by_side: SideBySide = one_after_another,
) -> Certified:
    """Clear a wave so that its certificate holds, or comes as near to it as so many rounds get.

    Items that move no figure together climb each by itself, so that these may do so ``side_by_side``; with what chance
    is settled before, by their order in the questionnaire.
    """
    # Once: tightening changes decisions, never the estimates, which take most of the time.
    first = clearing_of(prepared, words, before)
    answered = {one.item: one for one in answered_items(prepared.extract, words)}
    amounts = columns_together(first, words)
    together = [*items_together(answered.values()), *amounts]
    tasks = list(zip(together, rng.spawn(len(together)), strict=True))
    # What takes long first, items of many options, so that nothing long is left when all else is done.
    size = {item: len(one.columns) for item, one in answered.items()}
    order = sorted(range(len(tasks)), key=lambda k: -sum(size.get(item, FEW_OPTIONS) for item in together[k]))
    climb = Climb(first=first, words=words, seed=seed, effort=effort, rounds=rounds)
    climbed = dict(zip(order, side_by_side(climb, [tasks[k] for k in order]), strict=True))
    rungs = {item: ladder_of(words, item)[rung] for k in range(len(tasks)) for item, rung in climbed[k].rungs.items()}
    clearing = tightened(first, words, rungs)
    told = {item: rung for item, rung in rungs.items() if is_told_less(first, clearing, words, item)}
    cube = cleared_cube(clearing)
    # Of what is told in the end: a figure that stayed finer than its item is told now is left only since then.
    view = view_of(clearing, cube)
    found = certify(view, words, deriving(clearing, words), rng, seed=seed, effort=effort, only=())
    proved = {one.item: one for each in climbed.values() for one in each.certificate.items}
    certificate = replace(
        found,
        items=tuple(proved[item] for item in (*answered, *(one for part in amounts for one in part)) if item in proved),
        failures=tuple(one for k in range(len(tasks)) for one in climbed[k].certificate.failures),
        outside=tuple(one for one in found.outside if one not in proved_statistics(first, words)),
        coarser=told,
        left=view.left + figures_shown_otherwise(cube, [one.cube for one in before]),
    )
    return Certified(cube=cube, certificate=certificate)


FEW_OPTIONS = 10
"""As long as an item of so many options a column of amounts takes."""
