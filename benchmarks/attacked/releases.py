"""What leaves the office of a made survey, as the adversary gets it: cleared cuts, or today's working pages."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, product

import numpy as np

from benchmarks.attacked.frames import Surveyed
from benchmarks.attacked.medians import ToldMedian, told_medians
from benchmarks.attacked.puzzle import Puzzle, puzzles_of
from benchmarks.attacked.routes import Attack
from survey.methods.certificate.answered import answered_items
from survey.methods.certificate.from_clearing import view_of
from survey.methods.certificate.known_figures import KnownFigure, View
from survey.methods.certificate.rungs import RUNGS, tightened
from survey.methods.clearing.clearing import Clearing, cleared_cube, clearing_of, states_of
from survey.methods.clearing.content import ClearedCube
from survey.methods.clearing.differences import EarlierCut
from survey.methods.collected import Collected
from survey.methods.production import Prepared, prepare
from survey.methods.protection.disclosure import protect
from survey.methods.tables.domain import Domain, within
from survey.methods.tables.filtering import Filter
from survey.methods.tables.making import make_tables
from survey.methods.tables.plan import PlannedTable, planned_tables
from survey.methods.tables.table import ProtectedTable
from survey.methods.tables.vocabulary import Vocabulary

Cutting = Callable[[Prepared, Vocabulary, Sequence[EarlierCut]], tuple[Clearing, ClearedCube]]
"""How a cut after others is made: what was decided, and what it tells."""


def plain_cut(prepared: Prepared, words: Vocabulary, before: Sequence[EarlierCut]) -> tuple[Clearing, ClearedCube]:
    """A cut as clearing alone makes it."""
    clearing = clearing_of(prepared, words, before)
    return clearing, cleared_cube(clearing)


def cut_of_first_rung(
    prepared: Prepared, words: Vocabulary, before: Sequence[EarlierCut]
) -> tuple[Clearing, ClearedCube]:
    """The most that a certified cut may tell: every item as on the first rung, whether its proof would hold or not."""
    items = [one.item for one in answered_items(prepared.extract, words)]
    told = tightened(clearing_of(prepared, words, before), words, dict.fromkeys(items, RUNGS[0]))
    return told, cleared_cube(told)


def cleared_attack(
    surveyed: Surveyed, seed: int = 1, other: Collected | None = None, cutting: Cutting = plain_cut
) -> Attack:
    """Two cuts of a wave as they were cleared, the second after the first, and a cut of another wave."""
    words = surveyed.words
    number: dict[str, int] = {}
    early = prepare(surveyed.early, words)
    told_first, first = cutting(early, words, ())
    before = [EarlierCut(cube=first, states=states_of(early, words))]
    late = prepare(surveyed.late, words)
    told_second, second = cutting(late, words, before)
    told_late = view_of(told_second, second)
    old = _puzzles(view_of(told_first, first), surveyed.early, number)
    return Attack(
        # Where too few firms answered since, the second cut shows the figures of the first.
        puzzles=[*_puzzles(told_late, surveyed.late, number), *old],
        before=old,
        medians=_medians(told_late, surveyed.late, number),
        other=_other(other, words, number, cutting),
        rng=np.random.default_rng(seed),
    )


def _other(other: Collected | None, words: Vocabulary, number: dict[str, int], cutting: Cutting) -> list[Puzzle]:
    if other is None:
        return []
    return _puzzles(view_of(*cutting(prepare(other, words), words, ())), other, number)


def working_attack(surveyed: Surveyed, seed: int = 1) -> Attack:
    """The same wave at the same dates by pages as they were before clearing: exact, under every pair of filters."""
    number: dict[str, int] = {}
    early, late = (prepare(one, surveyed.words) for one in (surveyed.early, surveyed.late))
    view = working_view(late, surveyed.words)
    return Attack(
        puzzles=_puzzles(view, surveyed.late, number),
        before=_puzzles(working_view(early, surveyed.words), surveyed.early, number),
        medians=_medians(view, surveyed.late, number),
        rng=np.random.default_rng(seed),
    )


def working_view(prepared: Prepared, words: Vocabulary) -> View:
    """Every share of every page, exact where it is shown."""
    found: dict[tuple[tuple[str, str, str], Domain], KnownFigure] = {}
    planned = planned_tables(words)
    for domain in _filters(words):
        for plan, table in _pages(prepared, words, planned, domain):
            for row, column, cell in table.walk():
                asked = plan.asked.get((row.code, column.code))
                if asked is not None and (cell.is_withheld or cell.estimate is not None):
                    exact = 0.0 if cell.estimate is None else cell.estimate
                    place = within(domain, column.domain)
                    one = KnownFigure(asked=asked, domain=place, low=exact, high=exact, shown=not cell.is_withheld)
                    found.setdefault((asked.key, place), one)
    return View(extract=prepared.extract, figures=tuple(found.values()))


def _pages(
    prepared: Prepared, words: Vocabulary, planned: Sequence[PlannedTable], domain: Domain
) -> list[tuple[PlannedTable, ProtectedTable]]:
    """The tables of a page, estimated and protected as production does it; ranks tell nothing beyond exact figures."""
    if prepared.hides(domain):
        return []
    filter_ = Filter(extract=prepared.extract, domain=domain)
    made = make_tables(filter_, planned, is_quantity=words.is_quantity)
    rule = prepared.parameters.protection
    return list(zip(planned, protect(made, rule, known=prepared.known, nesting=words.nesting), strict=True))


def _filters(words: Vocabulary) -> Iterator[Domain]:
    """All firms, every group, and every pair of groups of two variables."""
    yield ()
    groups = {code: [heading.domain for heading in headings] for code, headings in words.filters.items()}
    for domains in groups.values():
        yield from domains
    for one, two in combinations(groups, 2):
        yield from (within(first, second) for first, second in product(groups[one], groups[two]))


def _medians(view: View, collected: Collected, number: dict[str, int]) -> list[ToldMedian]:
    if "employees" not in collected.numbers or collected.identity is None:
        return []
    return list(told_medians(view, collected.firms, number, collected.numbers["employees"][collected.respondents]))


def _puzzles(view: View, collected: Collected, number: dict[str, int]) -> list[Puzzle]:
    key = collected.firms or list(map(str, collected.respondents.tolist()))
    # Behind the respondents stand the firms out of scope, which nobody asks about.
    spare = tuple(f"out of scope {row}" for row in range(view.extract.rows - len(key)))
    return list(puzzles_of(view, (*key, *spare), number))
