"""Clearing with its certificate: where this fails the rule is tightened for the whole of an item, and clearing is run
again."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from survey.methods.arrays import Floats
from survey.methods.certificate.amount_proof import (
    columns_of_numbers,
    columns_together,
    prove_amounts,
    proved_statistics,
)
from survey.methods.certificate.amount_worlds import AmountEffort
from survey.methods.certificate.answered import Answered, answered_items
from survey.methods.certificate.certificate import Certificate, Proof, Rung
from survey.methods.certificate.certify import LIMIT, certify
from survey.methods.certificate.from_clearing import figures_shown_otherwise, view_of
from survey.methods.certificate.item_questions import Derive, column_of
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
from survey.methods.production import Prepared
from survey.methods.tables.derived import with_derived
from survey.methods.tables.domain import ALL_FIRMS
from survey.methods.tables.narrowed import with_shares_of_all
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
    Rung(),
    Rung(digits=1),
    Rung(digits=1, apart=4.0, largest=0.6),
    Rung(digits=1, apart=2.8, largest=0.6),
    Rung(digits=1, apart=2.0, largest=0.5),
    Rung(digits=1, apart=1.0, largest=0.4),
    Rung(digits=1, apart=0.25, largest=0.3),
    Rung(digits=1, steps=ALONE),
    Rung(digits=2, steps=ALONE),
)
"""The same of amounts: steps that tell less of errors and of the ends of medians, then no groups of firms that stand
out, and none in which two firms have much of an amount, which by its nature rests on the amounts themselves."""


def ladder_of(words: Vocabulary, item: str) -> tuple[Rung, ...]:
    """The rungs of an item, the one after another of which less is told."""
    return AMOUNT_RUNGS if item in columns_of_numbers(words) else RUNGS


@dataclass(frozen=True, eq=False, kw_only=True)
class Certified:
    """A cube with its certificate."""

    cube: ClearedCube
    certificate: Certificate


@dataclass(frozen=True, eq=False, kw_only=True)
class Climbed:
    """How less is told of items that move the same figures until their proofs hold: the rung of each by its number, and
    what was proved of them in the end."""

    rungs: Mapping[str, int]
    certificate: Certificate


Task = tuple[tuple[str, ...], np.random.Generator]
"""Items that move the same figures, and the chance by which they are proved."""
SideBySide = Callable[["Climb", Sequence[Task]], Sequence[Climbed]]
"""What gives each of the tasks to a climb, one after another or side by side: the results in the order of the tasks."""


def one_after_another(climb: "Climb", tasks: Sequence[Task]) -> list[Climbed]:
    """Every task in this process."""
    return [climb(task) for task in tasks]


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
    told = {item: rung for item, rung in rungs.items() if _is_told_less(first, clearing, words, item)}
    cube = cleared_cube(clearing)
    # Of what is told in the end: a figure that stayed finer than its item is told now is left only since then.
    view = view_of(clearing, cube)
    found = certify(view, words, _derive(clearing, words), rng, seed=seed, effort=effort, only=())
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


FEW_OPTIONS = 5
"""As long as an item of so many options a column of amounts takes."""


def items_together(answered: Iterable[Answered]) -> list[tuple[str, ...]]:
    """The closed items in parts, in order: two that move one column, such as a theme of both, are in one part."""
    parts: list[tuple[list[str], set[str]]] = []
    for one in answered:
        columns = {*one.columns, *one.follow}
        joining = [part for part in parts if part[1] & columns]
        items = [item for part in joining for item in part[0]]
        parts = [part for part in parts if part not in joining]
        parts.append(([*items, one.item], columns.union(*(part[1] for part in joining))))
    return [tuple(items) for items, _columns in parts]


@dataclass(frozen=True, eq=False, kw_only=True)
class Climb:
    """From a rung to the next, until what is told of items can be proved.

    Only items that failed, or of which another thing is told since they were proved, are proved again: a theme is told
    less where any of its items is, and steps are no parts of one another, so that a world of the finer one may not be
    one of the coarser.
    """

    first: Clearing
    words: Vocabulary
    seed: int
    effort: Effort | None
    rounds: int

    def __call__(self, task: Task) -> Climbed:
        items, rng = task
        rungs = dict.fromkeys(items, 0)
        clearing = self._told(rungs)
        certificate = self._proved(clearing, items, rng, quick=self.rounds > 0)
        known = {one.item: steps_of_item(clearing, self.words, one.item) for one in certificate.items}
        for number in range(self.rounds):
            failed = [one for one in failing_items(certificate) if rungs[one] < len(ladder_of(self.words, one)) - 1]
            rungs.update({item: rungs[item] + 1 for item in failed})
            clearing = self._told(rungs)
            now = {item: steps_of_item(clearing, self.words, item) for item in known}
            changed = [item for item in known if item in failed or now[item] != known[item]]
            if not changed:
                break
            # In the last round nothing is tightened any more, so that every proof is looked at to its end.
            again = self._proved(clearing, changed, rng, quick=number + 1 < self.rounds)
            certificate, known = joined(certificate, again, changed), {**known, **{one: now[one] for one in changed}}
        return Climbed(rungs=rungs, certificate=certificate)

    def _told(self, rungs: Mapping[str, int]) -> Clearing:
        return tightened(self.first, self.words, {one: ladder_of(self.words, one)[rung] for one, rung in rungs.items()})

    def _proved(
        self, clearing: Clearing, items: Collection[str], rng: np.random.Generator, *, quick: bool
    ) -> Certificate:
        if columns_of_numbers(self.words).keys() & set(items):
            return self._amounts_proved(clearing, items, rng, quick=quick)
        part = telling_of(clearing, self.words, items)
        view, derive = view_of(part, cleared_cube(part)), _derive(part, self.words)
        return certify(view, self.words, derive, rng, seed=self.seed, effort=self.effort, only=items, quick=quick)

    def _amounts_proved(
        self, clearing: Clearing, columns: Collection[str], rng: np.random.Generator, *, quick: bool
    ) -> Certificate:
        spent = self.effort or Effort()
        effort = AmountEffort.of(spent)
        found = prove_amounts(clearing, self.words, rng, effort=effort, only=columns, quick=quick)
        return Certificate(
            firms=clearing.estimates.prepared.collected.answered,
            cuts=1,
            seed=self.seed,
            limit=LIMIT,
            effort=spent,
            items=tuple(found.items),
            failures=tuple(found.failures),
        )


def _derive(clearing: Clearing, words: Vocabulary) -> Derive:
    return lambda extract: with_shares_of_all(with_derived(extract, words), clearing.planned, words)


def _is_told_less(first: Clearing, clearing: Clearing, words: Vocabulary, item: str) -> bool:
    """Whether anything is told otherwise of an item than by clearing alone: the same without its rung as well."""
    pairs = [(first.decisions[one], clearing.decisions[one]) for one in subjects_of_item(first.decisions, words, item)]
    # Nothing is told of groups in which nobody answered, whether they count as withheld or not.
    return any(_told_of(before) != _told_of(now) for before, now in pairs)


def _told_of(decision: Decision) -> tuple[list[float], set[int], int]:
    someone = np.flatnonzero(decision.firms > 0)
    return decision.steps[someone].tolist(), set(someone.tolist()) - decision.withheld, decision.coarser


Told = tuple[str, bytes, frozenset[int], int]
"""A subject with its steps, the groups that are withheld, and how much coarser its amounts are."""


def steps_of_item(clearing: Clearing, words: Vocabulary, item: str) -> tuple[Told, ...]:
    """In which steps and of which groups all is told that an item moves."""
    decisions = clearing.decisions
    return tuple(
        (subject, decisions[subject].steps.tobytes(), decisions[subject].withheld, decisions[subject].coarser)
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
    # A ratio is told as one of what stands above its line.
    counted |= {one.item for one in words.indicators.values() if one.denominator == item}
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
        coarser=rung.digits,
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
