"""Lines over equal steps as a picture with numbers on both axes; the pages draw it as SVG."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from survey.methods.clearing.steps import next_nice, nice_step

WIDTH, HEIGHT = 640, 180
LEFT, BELOW, AROUND = 56, 40, 10
"""Room for the numbers of both axes, and around the lines."""
STEPS, NAMED = 5, 7
"""At most so many steps up, and so many names along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A place on an axis, in units of the picture, and what is written there."""

    at: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """``lines`` are (class of the style sheet, points); ``target`` is the height of a level line, None without one.

    ``across`` and ``upright`` name the axes, ``box`` is the ``viewBox``, and the lines fill ``width`` by ``height``.
    """

    lines: list[tuple[str, str]]
    up: list[Tick]
    along: list[Tick]
    across: str
    upright: str
    target: float | None = None
    width: int = WIDTH
    middle: int = WIDTH // 2
    height: int = HEIGHT
    box: str = f"{-LEFT} {-AROUND - 14} {WIDTH + LEFT + 2 * AROUND} {HEIGHT + BELOW + AROUND + 14}"


def line_chart(
    lines: dict[str, Sequence[float]],
    names: Sequence[str],
    *,
    across: str,
    upright: str,
    target: float | None = None,
    least_step: float = 0.0,
) -> LineChart:
    """Lines by class of the style sheet over the places that ``names`` has, the first at the left edge.

    Values are zero or more; a line may end before the last place. ``target`` is a value that stands as a level line.
    Numbers up the side are ``least_step`` apart at least: 1 where halves mean nothing.
    """
    highest = max([target or 0.0, *(value for line in lines.values() for value in line)])
    step = max(_step(highest), least_step)
    # Less a hair: a highest value that lies on a step by rounding must not get one step more above it.
    count = max(1, math.ceil(highest / step - 1e-9))
    top, wide = count * step, WIDTH / max(1, len(names) - 1)

    def height(value: float) -> float:
        return round(HEIGHT * (1 - value / top), 1)

    return LineChart(
        lines=[
            (name, " ".join(f"{wide * place:.1f},{height(value):.1f}" for place, value in enumerate(line)))
            for name, line in lines.items()
        ],
        up=[Tick(at=height(step * number), text=f"{step * number:,.10g}") for number in range(count + 1)],
        along=[Tick(at=round(wide * place, 1), text=names[place]) for place in _named(len(names))],
        across=across,
        upright=upright,
        target=None if target is None else height(target),
    )


def _step(highest: float) -> float:
    """1, 2 or 5 times a power of ten, of which ``STEPS`` reach ``highest``."""
    if highest <= 0:
        return 1.0
    step = nice_step(highest / STEPS)
    return step if step * STEPS >= highest else next_nice(step)


def _named(count: int) -> list[int]:
    """Places with their names, at equal distances from the first; all where there are few."""
    # Rounded up, so that never more than ``NAMED`` names stand along the axis.
    return list(range(0, count, max(1, -(-(count - 1) // (NAMED - 1)))))
