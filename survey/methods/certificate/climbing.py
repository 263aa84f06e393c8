"""From a rung to the next, until what is told of items can be proved: items that move no figure together climb each by
itself."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from survey.methods.certificate.adds import Derive
from survey.methods.certificate.amount_proof import columns_of_numbers, prove_amounts, tied_with
from survey.methods.certificate.amount_worlds import AmountEffort
from survey.methods.certificate.answered import Answered, answered_items
from survey.methods.certificate.certificate import Certificate, Proof
from survey.methods.certificate.certify import LIMIT, certify
from survey.methods.certificate.from_clearing import view_of
from survey.methods.certificate.item_questions import column_of
from survey.methods.certificate.rungs import AMOUNT_RUNGS_ALIKE, ladder_of, steps_of_item, tightened
from survey.methods.certificate.worlds import Effort
from survey.methods.clearing.clearing import Clearing, cleared_cube
from survey.methods.tables.derived import with_derived
from survey.methods.tables.narrowed import with_shares_of_all
from survey.methods.tables.vocabulary import Vocabulary


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
        certificate = self._proved(clearing, items, rungs, rng, quick=self.rounds > 0)
        known = {one.item: steps_of_item(clearing, self.words, one.item) for one in certificate.items}
        tied = {item: tied_with(clearing, self.words, item) for item in known}
        for number in range(self.rounds):
            failed = [one for one in failing_items(certificate) if rungs[one] < len(ladder_of(self.words, one)) - 1]
            rungs.update({item: rungs[item] + 1 for item in failed})
            rungs.update(going_along(rungs, failed, columns_of_numbers(self.words)))
            clearing = self._told(rungs)
            now = {item: steps_of_item(clearing, self.words, item) for item in known}
            changed = [item for item in known if item in failed or now[item] != known[item]]
            # Of columns that are tied one question is asked, of all that is told of any.
            changed = [item for item in known if not tied[item].isdisjoint(changed)]
            if not changed:
                break
            # In the last round nothing is tightened any more, so that every proof is looked at to its end.
            again = self._proved(clearing, changed, rungs, rng, quick=number + 1 < self.rounds)
            certificate, known = joined(certificate, again, changed), {**known, **{one: now[one] for one in changed}}
        return Climbed(rungs=rungs, certificate=certificate)

    def _told(self, rungs: Mapping[str, int]) -> Clearing:
        return tightened(self.first, self.words, {one: ladder_of(self.words, one)[rung] for one, rung in rungs.items()})

    def _proved(
        self,
        clearing: Clearing,
        items: Collection[str],
        rungs: Mapping[str, int],
        rng: np.random.Generator,
        *,
        quick: bool,
    ) -> Certificate:
        if columns_of_numbers(self.words).keys() & set(items):
            # The next rung tells as much: to try it costs less than to search on.
            hurried = quick and any(rungs[item] < AMOUNT_RUNGS_ALIKE - 1 for item in items)
            return self._amounts_proved(clearing, items, rng, quick=quick, hurried=hurried)
        part = telling_of(clearing, self.words, items)
        view, derive = view_of(part, cleared_cube(part)), deriving(part, self.words)
        return certify(view, self.words, derive, rng, seed=self.seed, effort=self.effort, only=items, quick=quick)

    def _amounts_proved(
        self, clearing: Clearing, columns: Collection[str], rng: np.random.Generator, *, quick: bool, hurried: bool
    ) -> Certificate:
        spent = self.effort or Effort()
        effort = AmountEffort.of(spent, hurried=hurried)
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


def going_along(rungs: Mapping[str, int], failed: Collection[str], columns: Collection[str]) -> dict[str, int]:
    """The rungs that columns of amounts climb to since others of their part ``failed`` and are on these, where they
    tell as much as one another: told in other steps both would be told in powers of ten, which failed already."""
    most = max((rungs[one] for one in failed if one in columns), default=0)
    return {one: max(rung, most) for one, rung in rungs.items() if most < AMOUNT_RUNGS_ALIKE}


def deriving(clearing: Clearing, words: Vocabulary) -> Derive:
    """How production derives the columns of a cut."""
    return lambda extract: with_shares_of_all(with_derived(extract, words), clearing.planned, words)


def failing_items(certificate: Certificate) -> list[str]:
    """The items of which something was not proved that would be if less were told, in order."""
    return list(dict.fromkeys(one.item for one in certificate.failures if one.proof is not Proof.COVERED))


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
