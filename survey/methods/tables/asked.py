"""What to estimate for a row of a table: from items, themes and indicators of the plan to statistics."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from survey.instrument.kinds.choices import number_columns, options_of, rows_of
from survey.instrument.kinds.kind import Columns
from survey.instrument.kinds.registry import kind_of
from survey.instrument.plan.frame_numbers import FRAME_NUMBERS, KINDS_OF_SHARES, SIZE_OF_KIND
from survey.instrument.plan.plan import Indicator, PlannedBlock, Scale
from survey.instrument.schema import Item
from survey.methods.coding import CHOSEN, NOT_CHOSEN, first_choice, part_name
from survey.methods.estimates.economy import SizeShare, size_share_of
from survey.methods.estimates.statistics import (
    Asked,
    CodedStatistic,
    IndexStatistic,
    NumericStatistic,
    QuantileStatistic,
    share_of,
)
from survey.methods.tables.table import Heading
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import IndicatorKind

CHOSEN_OR_NOT = (NOT_CHOSEN, CHOSEN)
POINTS = {
    IndicatorKind.BALANCE: lambda score: 100 * score,
    IndicatorKind.DIFFUSION: lambda score: 50 * (1 + score),
    IndicatorKind.MEAN: lambda score: score,
}
"""Points of a step with this score (1 up, 0 same, -1 down): OECD 2003, Business Tendency Surveys, par. 97 and 103."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of a table before its columns: its heading, and what to estimate of the firms of a column."""

    heading: Heading
    asked: Asked


def asked_figure(words: Vocabulary, block: PlannedBlock, code: str) -> Figure | None:
    """The row of a block with this code; None where the questionnaire does not ask for it."""
    if code in words.indicators:
        return _of_indicator(words, words.indicators[code])
    if code in words.themes:
        # A theme is a column of its own by then (see `derived`): whether anything of it is marked.
        held = share_of(code, [CHOSEN], CHOSEN_OR_NOT, CHOSEN)
        return Figure(Heading(code=code, label=words.read(words.themes[code].text)), weighed(held, block.statistic))
    asked = OF_ITEM[block.statistic](words, code, block.scale)
    return Figure(Heading(code=code, label=words.label(code), base=words.base(code)), asked) if asked else None


def part_figures(words: Vocabulary, block: PlannedBlock) -> list[Figure]:
    """The rows of a block about one item: its options, or its rows of numbers."""
    item = words.item(block.item)
    if item is None:
        return []
    if kind_of(item).has_rows:
        firms = words.base(item.code)
        return [
            Figure(Heading(code=code, label=label, base=firms), NumericStatistic(item=code, name="mean"))
            for code, label in _cells(words, item)
        ]
    base = [option.code for option in options_of(item)]
    firms = words.base(item.code)
    column = first_choice(item.code) if block.first_only else item.code
    # Of several options each has its own column 0/1; of a single one they share a column and add up to 1.
    several = takes_several(item) and not block.first_only
    return [
        Figure(
            Heading(code=option.code, label=words.read(option.text), base=firms),
            weighed(
                share_of(part_name(item.code, option.code), [CHOSEN], CHOSEN_OR_NOT, option.code)
                if several
                else share_of(column, [option.code], base, option.code),
                block.statistic,
            ),
        )
        for option in options_of(item)
    ]


def _cells(words: Vocabulary, item: Item) -> list[tuple[str, str]]:
    """(column of the extract, label) of every number of an answer."""
    rows = [(row.code, words.read(row.text)) for row in rows_of(item)]
    if not kind_of(item).has_columns:
        return [(part_name(item.code, code), label) for code, label in rows]
    return [
        (part_name(item.code, part_name(code, column.code)), f"{label} · {words.read(column.text)}")
        for code, label in rows
        for column in number_columns(item)
    ]


def offered_steps(words: Vocabulary, item: str, scale: Scale) -> list[str]:
    """The steps of the scale that an item offers."""
    asked = words.item(item)
    offered = {option.code for option in options_of(asked)} if asked else set()
    # Steps that this item lacks are not in its base: a share is of what could be chosen.
    return [code for code in scale.codes if code in offered]


def marked_share(words: Vocabulary, item: str, scale: str = "") -> CodedStatistic | None:
    """Share of the marked steps among the answers on the scale."""
    found = words.scale_of(item, scale)
    if found is None or not found.marked or words.item(item) is None:
        return None
    base = offered_steps(words, item, found)
    return (
        share_of(item, [code for code in found.marked if code in base], base, "+".join(found.marked)) if base else None
    )


def weighed(asked: CodedStatistic, kind: IndicatorKind) -> CodedStatistic | SizeShare:
    """A share of firms, or by its kind the same of their employees or revenue."""
    return size_share_of(asked, SIZE_OF_KIND[kind]) if kind in SIZE_OF_KIND else asked


def _share_of_item(kind: IndicatorKind) -> Callable[[Vocabulary, str, str], Asked | None]:
    def asked(words: Vocabulary, item: str, scale: str) -> Asked | None:
        found = marked_share(words, item, scale)
        return weighed(found, kind) if found else None

    return asked


def _scored(kind: IndicatorKind, words: Vocabulary, item: str, scale: str) -> CodedStatistic | None:
    """Mean of the points of an item's steps; steps without a score are outside the base."""
    found = words.scale_of(item, scale)
    base = offered_steps(words, item, found) if found and words.item(item) else []
    scores = {step.code: step.score for step in found.steps if step.code in base} if found else {}
    # A step without a score ("hard to say") says nothing about the direction: it leaves the base (OECD 2003).
    points = {code: POINTS[kind](score) for code, score in scores.items() if score is not None}
    return CodedStatistic(item=item, name=kind.value, level=found.code, points=points) if found and points else None


def _mean(words: Vocabulary, item: str, scale: str) -> Asked | None:
    """Of a number its mean, of an item on a scale that of the scores."""
    return _number(words, item, "mean") or _scored(IndicatorKind.MEAN, words, item, scale)


def _number(words: Vocabulary, item: str, name: str) -> NumericStatistic | None:
    return NumericStatistic(item=item, name=name, total=name == "total") if names_a_number(words, item) else None


def names_a_number(words: Vocabulary, code: str) -> bool:
    """Whether a code is that of an item answered with a number, or of a number of the frame."""
    asked = words.item(code)
    return _is_number(asked) if asked else code in FRAME_NUMBERS


def _is_number(item: Item) -> bool:
    return kind_of(item).columns is Columns.NUMBER


def takes_several(item: Item) -> bool:
    """Whether a firm may choose several options, so that each has a base of all that answered."""
    return kind_of(item).columns is Columns.CHOSEN


def _median(words: Vocabulary, item: str, scale: str) -> Asked | None:
    return QuantileStatistic(item) if _number(words, item, "mean") else None


OF_ITEM: Mapping[IndicatorKind, Callable[[Vocabulary, str, str], Asked | None]] = {
    **{kind: _share_of_item(kind) for kind in KINDS_OF_SHARES},
    IndicatorKind.MEAN: _mean,
    IndicatorKind.MEDIAN: _median,
    IndicatorKind.TOTAL: lambda words, item, scale: _number(words, item, "total"),
    IndicatorKind.BALANCE: lambda words, item, scale: _scored(IndicatorKind.BALANCE, words, item, scale),
    IndicatorKind.DIFFUSION: lambda words, item, scale: _scored(IndicatorKind.DIFFUSION, words, item, scale),
    IndicatorKind.RATIO: lambda words, item, scale: None,
    IndicatorKind.INDEX: lambda words, item, scale: None,
}
"""The statistic of an item as a row; ratios and indices are indicators only."""


def _of_indicator(words: Vocabulary, one: Indicator) -> Figure | None:
    asked = indicator_statistic(words, one)
    about = "" if one.kind is IndicatorKind.INDEX else one.item
    heading = Heading(
        code=one.code,
        label=words.read(one.text),
        item=about,
        decimals=one.decimals,
        times=one.times,
        base=words.base(about),
    )
    return Figure(heading, asked) if asked else None


def indicator_statistic(words: Vocabulary, one: Indicator) -> Asked | None:
    """What an indicator estimates; None where the questionnaire does not ask for all that it needs."""
    return OF_INDICATOR.get(one.kind, _as_of_item)(words, one)


def _as_of_item(words: Vocabulary, one: Indicator) -> Asked | None:
    return OF_ITEM[one.kind](words, one.item, "")


def _share(words: Vocabulary, one: Indicator) -> Asked | None:
    found = _share_of_firms(words, one)
    return weighed(found, one.kind) if found else None


def _share_of_firms(words: Vocabulary, one: Indicator) -> CodedStatistic | None:
    """Of a multiple choice by its derived column; without options that of the marked steps."""
    item = words.item(one.item)
    if item is None or not one.options:
        return marked_share(words, one.item)
    if takes_several(item):
        return share_of(one.code, [CHOSEN], CHOSEN_OR_NOT, one.code)
    offered = [option.code for option in options_of(item)]
    # A base may name options that the item no longer offers.
    base = [code for code in one.base or offered if code in offered]
    return share_of(one.item, [code for code in one.options if code in base], base, one.code) if base else None


def _ratio(words: Vocabulary, one: Indicator) -> Asked | None:
    both = _number(words, one.item, "mean") and _number(words, one.denominator, "mean")
    return NumericStatistic(item=one.item, name="ratio", denominator=one.denominator) if both else None


def _index(words: Vocabulary, one: Indicator) -> Asked | None:
    """Parts count in points: shares times 100, inverted ones as 100 less their value. All of them must be asked."""
    parts: list[tuple[CodedStatistic, float]] = []
    for part in one.parts:
        indicator = words.indicators.get(part.indicator)
        asked = indicator_statistic(words, indicator) if indicator and indicator.kind in IN_AN_INDEX else None
        # An index with a part that nobody was asked would be another index under the same name.
        if not isinstance(asked, CodedStatistic):
            return None
        # 100 - x as a constant less x: the index stays linear in its parts, and so does its error.
        sign = -1.0 if part.inverted else 1.0
        parts.append((asked, sign * part.weight * (100.0 if asked.proportion else 1.0)))
    constant = sum(100.0 * part.weight for part in one.parts if part.inverted)
    return IndexStatistic(item=one.code, parts=tuple(parts), constant=constant) if parts else None


IN_AN_INDEX = (IndicatorKind.SHARE, IndicatorKind.BALANCE, IndicatorKind.DIFFUSION)
OF_INDICATOR: Mapping[IndicatorKind, Callable[[Vocabulary, Indicator], Asked | None]] = {
    **dict.fromkeys(KINDS_OF_SHARES, _share),
    IndicatorKind.RATIO: _ratio,
    IndicatorKind.INDEX: _index,
}
"""Indicators that are more than a row about one item."""


def quantities_of(asked: NumericStatistic) -> tuple[str, ...]:
    """The amounts that a figure is made from."""
    return (asked.item, asked.denominator) if asked.denominator else (asked.item,)
