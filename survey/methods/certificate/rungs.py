"""How much less is told of an item where its certificate fails: rungs, one after another, and clearing by them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from survey.methods.arrays import Floats
from survey.methods.certificate.amount_proof import columns_of_numbers
from survey.methods.certificate.certificate import Rung
from survey.methods.certificate.outstanding import Evened, evened, shares_in_groups
from survey.methods.clearing.clearing import Clearing, as_reported, clearable_tables, cleared_cube, clearing_of
from survey.methods.clearing.content import ClearedCube
from survey.methods.clearing.cube import Cube
from survey.methods.clearing.decisions import Decision
from survey.methods.clearing.differences import EarlierCut
from survey.methods.clearing.steps import LADDER, Coarser, coarser_step
from survey.methods.clearing.subjects import Subject, subjects_of
from survey.methods.coding import first_choice
from survey.methods.production import Prepared
from survey.methods.tables.domain import ALL_FIRMS
from survey.methods.tables.vocabulary import Vocabulary

ALONE = len(LADDER)
"""Rungs past the last step: an item is told of all firms alone."""
RUNGS: tuple[Rung, ...] = (
    Rung(apart=1.4, sizes=True),
    Rung(apart=1.2, sizes=True),
    Rung(apart=1.0, sizes=True),
    Rung(apart=0.7, sizes=True),
    Rung(apart=0.5, sizes=True),
    Rung(steps=1, apart=0.5, sizes=True),
    Rung(steps=2, apart=0.25, sizes=True),
    Rung(steps=ALONE),
)
"""How much less is told of an item, one rung after another. Few firms fail that do not stand out in their groups, so
that groups of such firms are told in coarser steps, or go, before the figures of all become coarser."""

AMOUNT_RUNGS: tuple[Rung, ...] = (
    Rung(digits=1),
    Rung(digits=1, leading=5),
    Rung(digits=1, leading=2),
    Rung(digits=1, apart=2.8, largest=0.6),
    Rung(digits=1, leading=5, apart=2.0, largest=0.5),
    Rung(digits=1, apart=1.0, largest=0.4),
    Rung(digits=1, apart=0.25, largest=0.3),
    Rung(digits=1, steps=ALONE),
    Rung(digits=2, steps=ALONE),
)
"""The same of amounts: steps that tell less of errors and of the ends of medians, without which hardly a column holds,
and others that tell as much, where an error lies at the end of what a step tells of it; then no groups of firms that
stand out, and none in which two firms have much of an amount, which by its nature rests on the amounts themselves."""


AMOUNT_RUNGS_ALIKE = 3
"""The first rungs of amounts tell as much as one another."""


def ladder_of(words: Vocabulary, item: str) -> tuple[Rung, ...]:
    """The rungs of an item, the one after another of which less is told."""
    return AMOUNT_RUNGS if item in columns_of_numbers(words) else RUNGS


def cleared_again(
    prepared: Prepared, words: Vocabulary, coarser: Mapping[str, Rung], *, before: Sequence[EarlierCut] = ()
) -> ClearedCube:
    """What `clear_certified` gave, without its search: by the rungs that its certificate names."""
    return cleared_cube(tightened(clearing_of(prepared, words, before), words, coarser))


def is_told_less(first: Clearing, clearing: Clearing, words: Vocabulary, item: str) -> bool:
    """Whether anything is told otherwise of an item than by clearing alone: the same without its rung as well."""
    pairs = [(first.decisions[one], clearing.decisions[one]) for one in subjects_of_item(first.decisions, words, item)]
    # Nothing is told of groups in which nobody answered, whether they count as withheld or not.
    return any(_told_of(before) != _told_of(now) for before, now in pairs)


def _told_of(decision: Decision) -> tuple[list[float], set[int], Coarser]:
    someone = np.flatnonzero(decision.firms > 0)
    return decision.steps[someone].tolist(), set(someone.tolist()) - decision.withheld, decision.coarser


Told = tuple[str, bytes, frozenset[int], Coarser]
"""A subject with its steps, the groups that are withheld, and how much coarser its amounts are."""


def steps_of_item(clearing: Clearing, words: Vocabulary, item: str) -> tuple[Told, ...]:
    """In which steps and of which groups all is told that an item moves."""
    decisions = clearing.decisions
    return tuple(
        (subject, decisions[subject].steps.tobytes(), decisions[subject].withheld, decisions[subject].coarser)
        for subject in subjects_of_item(decisions, words, item)
    )


def tightened(clearing: Clearing, words: Vocabulary, coarser: Mapping[str, Rung]) -> Clearing:
    """The clearing with items told as their rungs say, in every group: which groups these withhold rests on weights
    alone."""
    rungs: dict[str, Rung] = {}
    for item, rung in coarser.items():
        for subject in subjects_of_item(clearing.decisions, words, item):
            rungs[subject] = rung.with_other(rungs.get(subject, Rung()))
    everybody, groups = clearing.cube.number[ALL_FIRMS], _Groups.of(clearing, words)
    coarser_by_code = {
        code: _coarser(decision, rungs[code], everybody) if code in rungs else decision
        for code, decision in clearing.decisions.items()
    }
    decisions = {
        code: _evened(coarser_by_code, groups, code, rungs[code]) if code in rungs else decision
        for code, decision in coarser_by_code.items()
    }
    return replace(clearing, decisions={code: _with_parts(decisions, groups, code) for code in decisions})


def _with_parts(decisions: Mapping[str, Decision], groups: "_Groups", code: str) -> Decision:
    """The decision on an index where less is told of a part: no more than of that, or the part would follow from it."""
    own = decisions[code]
    for part in groups.subjects[code].parts:
        one = decisions[part]
        gone = one.withheld - own.withheld
        own = replace(
            own,
            steps=np.maximum(own.steps, one.steps),
            withheld=own.withheld | gone,
            relieved=own.relieved | (one.relieved & gone),
            before=own.steps if own.before is None else own.before,
        )
    return own


def subjects_of_item(subjects: Collection[str], words: Vocabulary, item: str) -> list[str]:
    """What is told of an item: itself, its first choices, indicators, themes and indices, by firms and by their
    size."""
    themes = {code for code, theme in words.themes.items() if item in theme.items}
    counted = {code for code, one in words.indicators.items() if one.item == item}
    # A ratio is told as one of what stands above its line.
    counted |= {one.item for one in words.indicators.values() if one.denominator == item}
    indices = {code for code, one in words.indicators.items() if counted & {part.indicator for part in one.parts}}
    # All that an answer to it moves: told less by the item alone, the answer would still follow from its theme.
    own = {item, first_choice(item), *themes, *counted, *indices}
    # Rows and cells of an item with several numbers are told of together.
    columns = columns_of_numbers(words)
    own |= {columns[item].code} if item in columns else set()
    return [subject for subject in subjects if subject.split("@")[0] in own]


def _coarser(decision: Decision, rung: Rung, everybody: int) -> Decision:
    steps = decision.steps
    for _ in range(rung.steps):
        # A hair above the step, so that the least step which is not finer is the next of the ladder.
        steps = np.array([coarser_step(step * (1 + 1e-9), 0.0) for step in steps.tolist()])
    heavy = (rung.width * decision.heaviest).tolist()
    steps = np.array([coarser_step(*pair) for pair in zip(steps.tolist(), heavy, strict=True)])
    most = float("inf") if rung.largest is None else rung.largest
    gone = np.flatnonzero((decision.heaviest > rung.heaviest) | (rung.steps >= ALONE))
    gone = np.union1d(gone, np.array(sorted(decision.above(most)), np.intp))
    # All firms together stay told, or an item would have no figure; what clearing itself withholds has an interval to
    # keep.
    relieved = frozenset(set(gone.tolist()) - {everybody} - decision.withheld)
    withheld = decision.withheld | relieved
    return replace(
        decision,
        steps=steps,
        withheld=withheld,
        relieved=relieved,
        before=decision.steps,
        coarser=Coarser(rung.digits, rung.leading),
        most=most,
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class _Groups:
    """The groups of a wave with the subjects whose firms are in them; what was `made` of the same firms is kept."""

    cube: Cube
    subjects: Mapping[str, Subject]
    weight: Floats
    made: dict[tuple[bytes, bytes, frozenset[int], float], Evened] = field(default_factory=dict)

    @classmethod
    def of(cls, clearing: Clearing, words: Vocabulary) -> "_Groups":
        reported = as_reported(clearing.estimates.prepared)
        subjects = subjects_of(reported, clearable_tables(words), words.is_quantity)
        return cls(cube=clearing.cube, subjects=subjects, weight=np.abs(reported.weight))

    def evened(self, decision: Decision, subject: Subject, limit: float) -> Evened:
        """The steps of a subject by which no firm stands out further than the limit."""
        key = subject.answered.tobytes(), decision.steps.tobytes(), decision.withheld, limit
        if key not in self.made:
            told = np.ones(len(decision.steps), bool)
            told[list(decision.withheld)] = False
            shares = shares_in_groups(self.cube, subject.answered, self.weight)
            self.made[key] = evened(shares, decision.steps, told, limit, self.cube.number[ALL_FIRMS])
        return self.made[key]


def _evened(decisions: Mapping[str, Decision], groups: _Groups, code: str, rung: Rung) -> Decision:
    decision, by_size = decisions[code], bool(groups.subjects[code].size)
    # Counted by their size few firms carry much nearly everywhere, which the rules of dominance are there for. But what
    # is told of the same answers by size goes where it is told no more by firms, or it would tell of these again.
    if rung.apart is None or (by_size and not rung.sizes):
        return decision
    by_firms = code.split("@")[0]
    found = groups.evened(decisions[by_firms], groups.subjects[by_firms], rung.apart)
    gone = found.gone - decision.withheld
    steps = np.maximum(decision.steps, found.steps)
    return replace(decision, steps=steps, withheld=decision.withheld | gone, relieved=decision.relieved | gone)
