"""Counts and totals of the frame beside their estimates before and after calibration."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from survey.methods.arrays import Floats, sums_by
from survey.methods.calibrated.to_frame import Category, Joined


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRow:
    """One count or total of the frame against its estimate before and after calibration; `category` is empty for a
    total. Joined categories stand before their members ("C+D"), which `within` says of these: they were not met alone.
    """

    variable: str
    category: str
    frame: float
    before: float
    after: float
    within: str = ""

    @property
    def gap(self) -> float:
        """(after - frame) / frame; nan for a frame value of 0."""
        return (self.after - self.frame) / self.frame if self.frame else np.nan


def against_frame(
    before: Floats,
    after: Floats,
    categories: Mapping[str, Category],
    numeric: Mapping[str, tuple[Floats, float]],
    joined: Sequence[Joined] = (),
) -> tuple[FrameRow, ...]:
    """Every count and total that the frame has beside its estimates, in the order of the frame; categories that were
    joined as one row, then each."""
    rows: list[FrameRow] = []
    for name, one in categories.items():
        # A firm without a category is in none of the counts.
        known = one.codes >= 0
        sums = [sums_by(one.codes[known], w[known], len(one.labels)) for w in (before, after)]
        single = [
            FrameRow(
                variable=name,
                category=label,
                frame=one.counts.get(label, 0.0),
                before=float(sums[0][k]),
                after=float(sums[1][k]),
            )
            for k, label in enumerate(one.labels)
        ]
        rows += _with_joined(single, [each.members for each in joined if each.margin == name])
    for name, (values, total) in numeric.items():
        # A firm without a value adds nothing to a total.
        given = np.where(np.isnan(values), 0.0, values)
        rows.append(
            FrameRow(variable=name, category="", frame=total, before=float(before @ given), after=float(after @ given))
        )
    return tuple(rows)


def _with_joined(rows: Sequence[FrameRow], groups: Sequence[tuple[str, ...]]) -> Iterator[FrameRow]:
    """The rows of a variable with those of joined categories behind the row of their sum."""
    group_of = {member: members for members in groups for member in members}
    for row in rows:
        members = group_of.get(row.category)
        if members is None:
            yield row
        # At the place of the first member, so that the others do not repeat the sum.
        elif row.category == members[0]:
            inside = [each for each in rows if each.category in members]
            label = "+".join(members)
            sums = {name: sum(getattr(each, name) for each in inside) for name in ("frame", "before", "after")}
            yield FrameRow(variable=row.variable, category=label, **sums)
            yield from (replace(each, within=label) for each in inside)
