"""Withheld figures, and above all those of several items, such as themes: how far they lie apart in worlds of any item
that moves them.

With the answers to all other items as they were, a theme hardly moves: most firms are in it by more than one answer. So
worlds of every item of it count, and where these do not suffice its items change in turn, each from where the one
before came to: all that is told stays as it is throughout.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from survey.methods.arrays import Bools, Ints
from survey.methods.certificate.adds import Derive
from survey.methods.certificate.answered import Answered, answered_items
from survey.methods.certificate.intervals import reaches
from survey.methods.certificate.item_question import ItemQuestion
from survey.methods.certificate.item_questions import column_of, item_questions
from survey.methods.certificate.known_figures import View
from survey.methods.certificate.tempered import TemperedWalk
from survey.methods.extract import Extract
from survey.methods.tables.vocabulary import Vocabulary

TURNS = 3
"""How often all items of a theme change one after another, for either end of a figure."""
ROUNDS = 40
"""Of the walk of an item at its turn."""

Place = tuple[str, str]
"""A statistic and a group, as a certificate names them."""


class SeenFigures:
    """What worlds of any item have shown of withheld figures."""

    def __init__(self, view: View, words: Vocabulary, derive: Derive) -> None:
        self.view, self.words, self.derive = view, words, derive
        self.items = _items_of(view, list(answered_items(view.extract, words)))
        self.seen: dict[Place, tuple[float, float]] = {}

    def take(self, question: ItemQuestion, worlds: Ints) -> None:
        """Remember how far the worlds (W, n) of a question lead withheld figures."""
        low, high = reaches(question, worlds)
        for m, d in np.argwhere(question.to_keep).tolist():
            least, most = self.seen.get(_place(question, m, d), (np.inf, -np.inf))
            self.seen[_place(question, m, d)] = min(least, float(low[m, d])), max(most, float(high[m, d]))

    def still_tight(self, question: ItemQuestion, tight: Bools) -> Bools:
        """(M, D + 1) which of the ``tight`` figures keep too little in all worlds that were seen."""
        found = tight.copy()
        for m, d in np.argwhere(tight).tolist():
            found[m, d] = self.width(_place(question, m, d)) < question.keeps[m, d]
        return found

    def opened(self, question: ItemQuestion, tight: Bools, rng: np.random.Generator, *, quick: bool = False) -> Bools:
        """(M, D + 1) which of the ``tight`` figures keep too little after the items that move them have changed in
        turn as well; when ``quick`` no further than to the first of them."""
        for m, d in np.argwhere(self.still_tight(question, tight)).tolist():
            place, keeps = _place(question, m, d), float(question.keeps[m, d])
            # Those before it may have opened it on their way.
            is_open = self.width(place) >= keeps
            if not (is_open or self.led(place, keeps, self.items.get(place[0], (question.item,)), rng)) and quick:
                break
        return self.still_tight(question, tight)

    def width(self, place: Place) -> float:
        """How far a figure lies apart in the worlds that were seen; below 0 where there were none."""
        low, high = self.seen.get(place, (np.inf, -np.inf))
        return high - low

    def led(self, place: Place, keeps: float, items: Sequence[str], rng: np.random.Generator) -> bool:
        """Whether worlds are seen in which a figure is as far from others as it ``keeps``, in the end: its items change
        in turn, each with what is missing to that as if it were told."""
        for sign in (-1.0, 1.0):
            extract = self.view.extract
            for item in (items[k] for _ in range(TURNS) for k in rng.permutation(len(items))):
                # As it stands by now: worlds on the way are seen as well.
                low, high = self.seen.get(place, (np.inf, -np.inf))
                goal = high - keeps if sign < 0 else low + keeps
                extract = self.nearer(item, extract, place, sign, goal, rng)
                if self.width(place) >= keeps:
                    return True
        return False

    def nearer(
        self, item: str, extract: Extract, place: Place, sign: float, goal: float, rng: np.random.Generator
    ) -> Extract:
        """The extract with other answers to an item, by which all is as told and a figure nearest to its goal."""
        [question] = item_questions(replace(self.view, extract=extract), self.words, self.derive, only=[item])
        m, d = question.names[0].index(place[0]), question.names[1].index(place[1])
        low, high = question.low.copy(), question.high.copy()
        # Nothing is told of it, so that the goal alone bounds it.
        (high if sign < 0 else low)[m, d] = goal
        walk = TemperedWalk(replace(question, low=low, high=high), rng)
        inside = question.movable[(question.place[question.movable] == d).any(axis=1)]
        nearest, best = np.inf, question.truth
        for answers in walk.rounds(ROUNDS, inside):
            worlds = answers[question.holds(answers)]
            if not len(worlds):
                continue
            self.take(question, worlds)
            above, below = (each[:, m, d] for each in question.sums(worlds))
            off = sign * (goal - above / below)
            if off.min() < nearest:
                nearest, best = float(off.min()), worlds[int(off.argmin())]
            if nearest <= 0:
                break
        # As the answers are numbered now: which there are depends on what the firms said. Groups stay as they are.
        answered = next(one for one in answered_items(extract, self.words) if one.item == item)
        return replace(self.derive(answered.given(extract, best)), domains=extract.domains)


def _place(question: ItemQuestion, m: int, d: int) -> Place:
    return question.names[0][m], question.names[1][d]


def _items_of(view: View, answered: Sequence[Answered]) -> dict[str, tuple[str, ...]]:
    """By statistic the items that move it, where these are several."""
    found = {}
    for ones in view.by_statistic():
        column = column_of(ones[0].asked)
        items = tuple(one.item for one in answered if column in {*one.columns, *one.follow})
        if len(items) > 1:
            found[ones[0].statistic] = items
    return found
