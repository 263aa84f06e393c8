"""Clearing with its certificate: where this fails the rule is tightened for the whole of an item, and clearing is run
again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from survey.methods.arrays import Floats
from survey.methods.certificate.answered import answered_items
from survey.methods.certificate.certificate import Certificate, Proof, Rung
from survey.methods.certificate.certify import certify
from survey.methods.certificate.from_clearing import figures_shown_otherwise, view_of
from survey.methods.certificate.item_questions import column_of
from survey.methods.certificate.outstanding import Evened, evened, shares_in_groups
from survey.methods.certificate.worlds import Effort
from survey.methods.clearing.clearing import Clearing, as_reported, clearable_tables, cleared_cube, clearing_of
from survey.methods.clearing.content import ClearedCube
from survey.methods.clearing.cube import Cube
from survey.methods.clearing.decisions import Decision
from survey.methods.clearing.differences import EarlierCut
from survey.methods.clearing.steps import LADDER, coarser_step
from survey.methods.clearing.subjects import Subject, subjects_of
from survey.methods.coding import first_choice
from survey.methods.extract import Extract
from survey.methods.production import Prepared
from survey.methods.tables.derived import with_derived
from survey.methods.tables.domain import ALL_FIRMS
from survey.methods.tables.narrowed import with_shares_of_all
from survey.methods.tables.vocabulary import Vocabulary

ALONE = len(LADDER)
"""Rungs past the last step: an item is told of all firms alone."""
RUNGS: tuple[Rung, ...] = (
    Rung(),
    Rung(apart=2.0, sizes=True),
    Rung(apart=1.4, sizes=True),
    Rung(apart=1.0, sizes=True),
    Rung(apart=0.7, sizes=True),
    Rung(apart=0.5, sizes=True),
    Rung(steps=1, apart=0.5, sizes=True),
    Rung(steps=2, apart=0.25, sizes=True),
    Rung(steps=ALONE),
)
"""How much less is told of an item, one rung after another. Few firms fail that do not stand out in their groups, so
that groups of such firms are told in coarser steps, or go, before the figures of all become coarser."""


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
) -> Certified:
    """Clear a wave so that its certificate holds, or comes as near to it as so many rounds get.

    Only items that failed, or of which another thing is told since they were proved, are proved again: a theme is told
    less where any of its items is, and steps are no parts of one another, so that a world of the finer one may not be
    one of the coarser.
    """
    # Once: tightening changes decisions, never the estimates, which take most of the time.
    first = clearing_of(prepared, words, before)
    rungs: dict[str, int] = {}
    clearing, certificate = first, _certificate(first, words, rng, seed, effort, quick=rounds > 0)
    proved = {one.item: steps_of_item(first, words, one.item) for one in certificate.items}
    for number in range(rounds):
        failed = [item for item in failing_items(certificate) if rungs.get(item, 0) < len(RUNGS) - 1]
        rungs.update({item: rungs.get(item, 0) + 1 for item in failed})
        clearing = tightened(first, words, {item: RUNGS[rung] for item, rung in rungs.items()})
        now = {item: steps_of_item(clearing, words, item) for item in proved}
        changed = [item for item in proved if item in failed or now[item] != proved[item]]
        if not changed:
            break
        # In the last round nothing is tightened any more, so that every proof is looked at to its end.
        quick = number + 1 < rounds
        again = _certificate(clearing, words, rng, seed, effort, changed, quick=quick)
        certificate, proved = joined(certificate, again, changed), {**proved, **{item: now[item] for item in changed}}
    told, cube = {item: RUNGS[rung] for item, rung in rungs.items()}, cleared_cube(clearing)
    # Of what is told in the end: a figure that stayed finer than its item is told now is left only since then.
    left = view_of(clearing, cube).left + figures_shown_otherwise(cube, [one.cube for one in before])
    return Certified(cube=cube, certificate=replace(certificate, coarser=told, left=left))


def steps_of_item(clearing: Clearing, words: Vocabulary, item: str) -> tuple[tuple[str, bytes, frozenset[int]], ...]:
    """In which steps and of which groups all is told that an item moves."""
    decisions = clearing.decisions
    return tuple(
        (subject, decisions[subject].steps.tobytes(), decisions[subject].withheld)
        for subject in subjects_of_item(decisions, words, item)
    )


def failing_items(certificate: Certificate) -> list[str]:
    """The items of which something was not proved that would be if less were told, in order."""
    return list(dict.fromkeys(one.item for one in certificate.failures if one.proof is not Proof.COVERED))


def cleared_again(
    prepared: Prepared, words: Vocabulary, coarser: Mapping[str, Rung], *, before: Sequence[EarlierCut] = ()
) -> ClearedCube:
    """What `clear_certified` gave, without its search: by the rungs that its certificate names."""
    return cleared_cube(tightened(clearing_of(prepared, words, before), words, coarser))


def _certificate(
    clearing: Clearing,
    words: Vocabulary,
    rng: np.random.Generator,
    seed: int,
    effort: Effort | None,
    only: Collection[str] | None = None,
    *,
    quick: bool = False,
) -> Certificate:
    def derive(extract: Extract) -> Extract:
        return with_shares_of_all(with_derived(extract, words), clearing.planned, words)

    part = clearing if only is None else telling_of(clearing, words, only)
    view = view_of(part, cleared_cube(part))
    return certify(view, words, derive, rng, seed=seed, effort=effort, only=only, quick=quick)


def telling_of(clearing: Clearing, words: Vocabulary, items: Collection[str]) -> Clearing:
    """The clearing with those tables alone that tell anything of these items, or of others that move what they do: to
    change those as well, all that is told of them has to be known."""
    answered = list(answered_items(clearing.estimates.prepared.extract, words))
    follow = {column for one in answered if one.item in items for column in one.follow}
    about = [one for one in answered if one.item in items or one.follow & follow]
    columns = {column for one in about for column in (*one.columns, *one.follow)}
    # Estimating the tables of other items again would take most of the time and prove nothing.
    planned = [plan for plan in clearing.planned if columns & set(map(column_of, plan.asked.values()))]
    return replace(clearing, planned=planned)


def joined(first: Certificate, again: Certificate, items: Collection[str]) -> Certificate:
    """The first certificate with what was proved again of some items in its place."""
    new = {one.item: one for one in again.items}
    kept = tuple(one for one in first.failures if one.item not in items)
    return replace(
        first,
        items=tuple(new.get(one.item, one) for one in first.items),
        failures=(*kept, *(one for one in again.failures if one.item in items)),
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
    return replace(clearing, decisions=decisions)


def subjects_of_item(subjects: Collection[str], words: Vocabulary, item: str) -> list[str]:
    """What is told of an item: itself, its first choices, indicators and themes, by firms and by their size."""
    themes = {code for code, theme in words.themes.items() if item in theme.items}
    counted = {code for code, one in words.indicators.items() if one.item == item}
    # All that an answer to it moves: told less by the item alone, the answer would still follow from its theme.
    own = {item, first_choice(item), *themes, *counted}
    return [subject for subject in subjects if subject.split("@")[0] in own]


def _coarser(decision: Decision, rung: Rung, everybody: int) -> Decision:
    steps = decision.steps
    for _ in range(rung.steps):
        # A hair above the step, so that the least step which is not finer is the next of the ladder.
        steps = np.array([coarser_step(step * (1 + 1e-9), 0.0) for step in steps.tolist()])
    heavy = (rung.width * decision.heaviest).tolist()
    steps = np.array([coarser_step(*pair) for pair in zip(steps.tolist(), heavy, strict=True)])
    gone = np.flatnonzero((decision.heaviest > rung.heaviest) | (rung.steps >= ALONE))
    # All firms together stay told, or an item would have no figure; what clearing itself withholds has an interval to
    # keep.
    relieved = frozenset(set(gone.tolist()) - {everybody} - decision.withheld)
    withheld = decision.withheld | relieved
    return replace(decision, steps=steps, withheld=withheld, relieved=relieved, before=decision.steps)


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
