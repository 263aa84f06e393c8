"""Which subjects may be shown of which domains, decided once for a whole cut.

Everything but the dominance of amounts rests on the frame and on who answered what, never on an answer, so that the
decision tells nothing about one. Companions go by numbers of firms alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.clearing.behind import Behind, Together, Units, behind
from survey.methods.clearing.cube import Cube
from survey.methods.clearing.required import required_steps
from survey.methods.clearing.steps import AS_BORNE, MOST_HEAVY, Coarser
from survey.methods.clearing.subjects import FIRMS_THEMSELVES, Subject
from survey.methods.clearing.thin import thin_differences, thin_relations
from survey.methods.clearing.worth import Worth, worth_of
from survey.methods.extract import Extract
from survey.methods.protection.disclosure import DisclosureRule
from survey.methods.protection.suppression import Relation, complete_suppression


@dataclass(frozen=True, eq=False, kw_only=True)
class Decision:
    """What is withheld of one subject, by number of domain; and of every domain the firms that answered (D,), what the
    two heaviest of them carry of all weights (D,), the step of its shares (D,), and what its answers are worth.

    Where less is told so that answers can be proved, some of those withheld could be shown by themselves and are
    `relieved`, and the others keep the steps of `before`, not those that are coarser now. Amounts are then told so many
    steps `coarser` than their errors bear, and of no domain in which the two largest have more than `most` of them;
    `concentrated` (D,) is what these have (None: it has no amounts). `remainders` says of domains that were
    looked at together, since a whole that is shown leaves them, whether few have most of an amount in them.
    """

    withheld: frozenset[int]
    firms: Ints
    heaviest: Floats
    steps: Floats
    worth: Worth
    relieved: frozenset[int] = frozenset()
    before: Floats | None = None
    coarser: Coarser = AS_BORNE
    most: float = float("inf")
    concentrated: Floats | None = None
    remainders: Mapping[tuple[int, ...], bool] = field(default_factory=dict)

    def above(self, most: float) -> frozenset[int]:
        """The domains in which the two largest have more than this of an amount."""
        found = np.zeros(0, bool) if self.concentrated is None else self.concentrated > most
        return frozenset(np.flatnonzero(found).tolist())

    def keeps(self, domain: int) -> float:
        """How wide a withheld share of a domain is to stay open, as a fraction; 0 where it has nothing to keep."""
        steps = self.steps if self.before is None else self.before
        return 0.0 if domain in self.relieved else float(steps[domain])


def decide(
    extract: Extract, subjects: Mapping[str, Subject], cube: Cube, units: Units, rule: DisclosureRule
) -> dict[str, Decision]:
    """The decision on each subject. An index is withheld wherever a part of it is, since the part would follow from it
    and the others."""
    made: dict[tuple[bytes, tuple[str, ...], str], Decision] = {}
    found: dict[str, Decision] = {}
    for code, subject in subjects.items():
        # Items that the same firms answered share one decision: a questionnaire has many of these.
        key = (np.packbits(subject.answered).tobytes(), subject.amounts, subject.size)
        if key not in made:
            made[key] = _decide(extract, subject, cube, units, rule)
        found[code] = made[key]
    return {code: _with_parts(found, code, subjects[code].parts) for code in found}


def _with_parts(found: Mapping[str, Decision], code: str, parts: Sequence[str]) -> Decision:
    own = found[code]
    # Where not even the number of responses may be told, nothing is told that rests on them.
    together = own.withheld.union(found[FIRMS_THEMSELVES].withheld, *(found[part].withheld for part in parts))
    heaviest = np.max([own.heaviest, *(found[part].heaviest for part in parts)], axis=0)
    firms = np.min([own.firms, *(found[part].firms for part in parts)], axis=0)
    worth = Worth(
        answers=np.min([own.worth.answers, *(found[part].worth.answers for part in parts)], axis=0),
        kish=np.min([own.worth.kish, *(found[part].worth.kish for part in parts)], axis=0),
        df=np.min([own.worth.df, *(found[part].worth.df for part in parts)], axis=0),
    )
    steps = np.max([own.steps, *(found[part].steps for part in parts)], axis=0)
    return replace(own, withheld=together, firms=firms, heaviest=heaviest, steps=steps, worth=worth)


def _decide(extract: Extract, subject: Subject, cube: Cube, units: Units, rule: DisclosureRule) -> Decision:
    counts = _counts(extract, subject)
    counting = behind(cube, units, subject.answered, counts, counts)
    with np.errstate(invalid="ignore", divide="ignore"):
        heaviest = np.nan_to_num(counting.largest[:, :2].sum(axis=1) / counting.total)
    amounts = [_amounts(extract, subject, column, cube, units) for column in subject.amounts]
    sensitive = (counting.units < rule.threshold) | (heaviest > MOST_HEAVY)
    for one in amounts:
        sensitive |= dominated(one, rule)
    primary = set(np.flatnonzero(sensitive & (counting.units > 0) & (counting.guarded > 0)).tolist())
    firms = _firms(cube, subject.answered)
    thin = thin_differences(cube, subject.answered, rule.threshold, unit=units.unit)
    start = len(cube.domains)
    few = {start + number for number, one in enumerate(thin) if one.firms}
    few_beyond = [one.firms for one in thin]
    together = Together(cube=cube, units=units, answered=subject.answered, each=counting.units)
    rest = _Remainder(together=together, amounts=amounts, thin=few_beyond, rule=rule)
    extra = complete_suppression(
        [*firms.tolist(), *(one.firms for one in thin)],
        primary | few,
        [*cube.relations, *thin_relations(thin, start)],
        rest.is_safe,
    )
    withheld = frozenset(number for number in primary | extra if number < start)
    worth = worth_of(extract, cube, subject.answered, counts)
    # A share under unequal weights is that of few firms, and takes their coarser step.
    steps = required_steps(cube.relations, withheld, np.minimum(firms, worth.kish), counting)
    parts = [concentration(one) for one in amounts]
    concentrated = np.max(parts, axis=0) if parts else None
    return Decision(
        withheld=withheld,
        firms=firms,
        heaviest=heaviest,
        steps=steps,
        worth=worth,
        concentrated=concentrated,
        remainders=rest.seen,
    )


def concentration(amounts: Behind) -> Floats:
    """(D,) what the two largest have of all that is there; nothing where there is nothing."""
    two = amounts.largest[..., :2].sum(axis=-1)
    return np.asarray(np.divide(two, amounts.total, out=np.zeros_like(two), where=amounts.total > 0))


def _firms(cube: Cube, answered: Bools) -> Ints:
    places = np.concatenate([place[answered] for place in cube.places.values()])
    return np.bincount(places[places >= 0], minlength=len(cube.domains))


def _counts(extract: Extract, subject: Subject) -> Floats:
    """By what firms count in a share: their weight, or their weight times their employees or revenue."""
    size = np.nan_to_num(extract.values[subject.size]) if subject.size else np.ones(extract.rows)
    return np.abs(extract.weight * size)


def _amounts(extract: Extract, subject: Subject, column: str, cube: Cube, units: Units) -> Behind:
    # Dominance is about the amounts of single firms as reported, so these are not weighted; the total is.
    values = np.abs(np.nan_to_num(extract.values[column]))
    return behind(cube, units, subject.answered, values, values * np.abs(extract.weight))


def dominated(amounts: Behind, rule: DisclosureRule) -> Bools:
    """(D,) where few units make up so much of a quantity that one of them could be estimated closely: the (n, k) and
    p % rules (ESSNet Handbook on Statistical Disclosure Control), for those that did not consent."""
    return is_dominated(amounts.total, amounts.largest, amounts.largest_guarded, rule)


def is_dominated(total: Floats, largest: Floats, guarded: Floats, rule: DisclosureRule) -> Bools:
    """(...) the same of totals, the largest amounts of all units (..., k), and those of units that did not consent."""
    first = guarded[..., 0]
    # The second of the p % rule is who looks: the largest of all others, whether it consented or not.
    second = np.where(largest[..., 0] > first, largest[..., 0], largest[..., 1])
    # A total of nothing tells of each that it has nothing.
    nothing = (total <= 0) & (largest[..., 0] <= 0)
    many = guarded[..., : rule.dominant].sum(axis=-1) > rule.dominance * total
    return np.asarray(nothing | many | (total - first - second < rule.p * first), bool)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Remainder:
    """Whether what shown figures leave of a whole, its withheld parts together, could itself be shown; `seen` are the
    parts of which amounts were looked at, and whether few have most of them."""

    together: Together
    amounts: Sequence[Behind]
    thin: Sequence[int]
    rule: DisclosureRule
    seen: dict[tuple[int, ...], bool] = field(default_factory=dict)

    def is_safe(self, relation: Relation, parts: Sequence[int]) -> bool:
        start = len(self.together.each)
        domains = [part for part in parts if part < start]
        beyond = sum(self.thin[part - start] for part in parts if part >= start)
        if self.together.count(domains) + beyond < self.rule.threshold:
            return False
        if len(domains) < len(parts):
            return True
        key = tuple(domains)
        if key not in self.seen:
            self.seen[key] = any(bool(dominated_together(one, key, self.rule)) for one in self.amounts)
        return not self.seen[key]


def dominated_together(amounts: Behind, domains: Sequence[int], rule: DisclosureRule) -> Bools:
    """(...) whether few units have most of what there is in these domains, without a firm in common, together; of
    amounts (..., D)."""
    total = np.asarray(amounts.total[..., list(domains)].sum(axis=-1))
    tables = [one[..., list(domains), :] for one in (amounts.largest, amounts.largest_guarded)]
    largest, guarded = (-np.sort(-one.reshape(*total.shape, -1)) for one in tables)
    return is_dominated(total, largest, guarded, rule)
