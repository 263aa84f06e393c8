"""The amounts of one column, or of several that a rule ties, as a question to walks: which answers firms could have
given, and all that is told of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.certificate.amount_answers import AmountAnswers
from survey.methods.certificate.amount_board import AmountBoard, AmountWorlds, MedianBoard
from survey.methods.certificate.amount_column import ColumnBoard, column_board
from survey.methods.certificate.amount_figures import Amounts, AmountsTold, worlds_of
from survey.methods.certificate.amount_levels import AmountLevels
from survey.methods.certificate.item_question import UNBOUNDED
from survey.methods.certificate.knowing import Knowing

PARTS = ("more", "less")
"""What is sensitive of an amount: that it is not more, and not less."""


@dataclass(frozen=True, eq=False, kw_only=True)
class AmountColumn:
    """A column with all that is told of it, and the amounts that firms could have reported to it."""

    told: AmountsTold
    levels: AmountLevels


@dataclass(frozen=True, eq=False, kw_only=True)
class AmountQuestion:
    """C columns with all that is told of them, the `given` answers of firms, and as a walk reads it; `plain` (D + 1, M)
    sums have 1 below the line."""

    amounts: Amounts
    columns: tuple[AmountColumn, ...]
    given: AmountAnswers
    board: AmountBoard
    order: Ints
    plain: Bools

    @property
    def firms(self) -> int:
        """Rows of the extract."""
        return len(self.given.possible)

    @cached_property
    def knowing(self) -> Knowing:
        """Who knows whose amounts."""
        return Knowing(self.amounts.units.unit)

    @cached_property
    def asked(self) -> Bools:
        """(n,) the firms that answered any of the columns."""
        return np.asarray(np.any([one.levels.asked for one in self.columns], axis=0))

    @property
    def truth(self) -> Ints:
        """(n,) the answer of each firm in truth, -1 = it gave none."""
        return np.where(self.asked, 0, -1)

    @property
    def movable(self) -> Bools:
        """(n,) the firms that could have answered otherwise."""
        return np.asarray(self.asked & self.given.possible[:, 1:].any(axis=1))

    @cached_property
    def sensitive(self) -> Bools:
        """(2 C, n) the firms that could have answered more, and less, to each column."""
        signs = self.given.signs[:, :-1]
        can = self.given.possible.T[None]
        return np.concatenate([((signs == side) & can).any(axis=1)[:, None] for side in (1, -1)], axis=1).reshape(
            -1, self.firms
        )

    def worlds(self, free: Bools) -> AmountWorlds:
        """Worlds that are the truth, in which some firms are `free` (T, n) to answer otherwise."""
        from survey.methods.certificate.amount_stepping import count_off

        board, number = self.board, len(free)
        above, below = np.zeros((2, *board.low.shape))
        for table, side in ((above, board.above), (below, board.below)):
            for p, place in enumerate(board.place.T):
                # In the domains of rows that were filled in from a firm these rows stand by themselves.
                np.add.at(table, place, side[:, 0] * board.part[:, p, 1:])
        below[self.plain] = 1.0
        worlds = AmountWorlds(
            answers=np.zeros((number, self.firms), np.intp),
            levels=np.zeros((number, len(board.place)), np.intp),
            above=np.repeat(above[None], number, axis=0),
            below=np.repeat(below[None], number, axis=0),
            order=np.repeat(self.order[None, :], number, axis=0),
            off=np.zeros((number, len(board.low))),
            free=np.ascontiguousarray(free & self.movable),
            tried=np.zeros((number, len(self.columns) * board.place.shape[1])),
        )
        count_off(board, worlds)
        return worlds

    def answers(self, worlds: AmountWorlds) -> Ints:
        """(T, n) the answers of firms in worlds, -1 of those that gave none."""
        return np.where(self.asked, worlds.answers, -1)

    def reported(self, answers: Ints) -> dict[str, Floats]:
        """By column the amounts (W, n) of worlds in which firms gave these answers (W, n); nan of those without."""
        levels = self.given.joint[answers]
        return {
            one.told.column: worlds_of(one.levels.values, np.where(one.levels.asked, levels[:, :, c], -1))
            for c, one in enumerate(self.columns)
        }


def amount_question(amounts: Amounts, columns: Sequence[AmountColumn], given: AmountAnswers) -> AmountQuestion:
    """The question about columns whose answers are these."""
    boards = [column_board(amounts, one.told, one.levels) for one in columns]
    size, rows = len(amounts.clearing.cube.domains), len(given.possible)
    errors, at = _sums_in_common(boards)
    above, below = (
        np.concatenate([_widened(getattr(one, side), at[c], len(errors), 0.0) for c, one in enumerate(boards)])
        for side in ("above", "below")
    )
    low, high, plain = (
        _by_domain([_widened(getattr(one, side), at[c], len(errors), none) for c, one in enumerate(boards)], none)
        for side, none in (("low", -UNBOUNDED), ("high", UNBOUNDED), ("plains", 1.0))
    )
    wide = max(one.place.shape[1] for one in boards)
    start = np.cumsum([0, *(len(one.order) for one in boards)])
    board = AmountBoard(
        joint=np.ascontiguousarray(given.joint),
        possible=np.ascontiguousarray(given.possible),
        values=np.ascontiguousarray(np.hstack([one.values for one in boards])),
        place=np.ascontiguousarray(
            np.concatenate([_places(one, c, size, len(boards), wide) for c, one in enumerate(boards)])
        ),
        weight=np.concatenate([one.weight for one in boards]),
        part=np.ascontiguousarray(np.concatenate([_filled_up(one.part, wide) for one in boards])),
        errors=errors.astype(np.intp),
        above=np.ascontiguousarray(above),
        below=np.ascontiguousarray(below),
        low=np.ascontiguousarray(low),
        high=np.ascontiguousarray(high),
        width=_widths(low, high),
        first=np.append(np.concatenate([one.first[:-1] + start[c] for c, one in enumerate(boards)]), start[-1]),
        rows=np.append(np.concatenate([one.rows[:-1] for one in boards]), 0),
        whole=np.append(np.concatenate([one.whole[:-1] for one in boards]), 0.0),
        medians=_medians_of([one.medians for one in boards]),
    )
    order = np.ascontiguousarray(np.concatenate([one.order + c * rows for c, one in enumerate(boards)]))
    return AmountQuestion(
        amounts=amounts, columns=tuple(columns), given=given, board=board, order=order, plain=plain > 0
    )


def _sums_in_common(boards: Sequence[ColumnBoard]) -> tuple[Bools, list[Ints]]:
    """(M,) which sums are those of errors, and where the sums of each board are among them: figures first."""
    figures = [int((~one.errors).sum()) for one in boards]
    most, others = max(figures), max(len(one.errors) - count for one, count in zip(boards, figures, strict=True))
    at: list[Ints] = []
    for one, count in zip(boards, figures, strict=True):
        at.append(np.append(np.arange(count), most + np.arange(len(one.errors) - count)))
    return np.arange(most + others) >= most, at


def _widened(table: Floats, at: Ints, sums: int, none: float) -> Floats:
    """The table (..., m) with its sums in their places among so many."""
    found = np.full((*table.shape[:-1], sums), none)
    found[..., at] = table
    return found


def _by_domain(tables: Sequence[Floats], none: float) -> Floats:
    """(C D + 1, M) the domains of all columns one behind another, that of rows in none at last."""
    last = np.full((1, tables[0].shape[1]), none)
    return np.concatenate([*(one[:-1] for one in tables), last])


def _places(board: ColumnBoard, number: int, size: int, columns: int, wide: int) -> Ints:
    """(n, wide) the domains of the rows of a column among those of all columns."""
    found = np.full((len(board.place), wide), columns * size)
    found[:, : board.place.shape[1]] = np.where(board.place < size, board.place + number * size, columns * size)
    return found


def _filled_up(part: Floats, wide: int) -> Floats:
    return np.concatenate([part, np.zeros((len(part), wide - part.shape[1], 2))], axis=1)


def _medians_of(boards: Sequence[MedianBoard]) -> MedianBoard:
    parts = [np.concatenate([*(one[..., :-1] for one in each), each[-1][..., -1:]], axis=-1)
             for each in zip(*boards, strict=True)]  # fmt: skip
    return MedianBoard(*map(np.ascontiguousarray, parts))


def _widths(low: Floats, high: Floats) -> Floats:
    """(D + 1, M) what counts as one step away from where a figure is told to lie: as far as it is wide, or 1."""
    width = high - low
    return np.where((width > 0) & (width < UNBOUNDED), width, 1.0)
