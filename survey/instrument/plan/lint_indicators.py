"""Indicators that cannot be computed from what the questionnaire asks, and indices whose parts do not make a whole."""

from collections.abc import Callable, Iterator, Mapping
from math import fsum

from survey.complaints import Complaint
from survey.instrument.lint.catalogue import finding
from survey.instrument.plan.frame_numbers import KINDS_OF_SHARES
from survey.instrument.plan.known import Known
from survey.instrument.plan.plan import Indicator
from survey.terms import IndicatorKind

WEIGHT_TOLERANCE = 0.0005
"""Thirds are written with three decimals."""
PART_KINDS = frozenset({IndicatorKind.SHARE, IndicatorKind.BALANCE, IndicatorKind.DIFFUSION})
Findings = Iterator[Complaint]


def indicator_findings(known: Known) -> Findings:
    """Findings about indicators, in order."""
    for indicator in known.plan.indicators:
        yield from OF_KIND[indicator.kind](known, indicator)
        reference = indicator.reference
        if reference is not None and not reference.source:
            yield finding("reference_without_source", _place(indicator), "reference", f"{reference.value:g}")


def _place(indicator: Indicator) -> tuple[str, str]:
    return "indicator", indicator.code


def _item(known: Known, indicator: Indicator, field: str = "item") -> Findings:
    """Whether the item that a field names is there."""
    code = getattr(indicator, field)
    if not code:
        yield finding("indicator_without_item", _place(indicator), field)
    # Numbers of the frame and parts of a table are no items, and may be named all the same.
    elif code not in known.items and code not in known.numbers:
        yield finding("plan_unknown_item", _place(indicator), field, code)


def _share(known: Known, indicator: Indicator) -> Findings:
    yield from _item(known, indicator)
    if not indicator.options:
        yield finding("indicator_without_options", _place(indicator), "options")
    if indicator.item in known.items and not known.is_closed(indicator.item):
        yield finding("indicator_not_closed", _place(indicator), "item", indicator.item)
    elif indicator.item in known.items:
        yield from _options(known, indicator)
    # Without a base every answer counts below the line, and nothing can lie outside it.
    for code in indicator.options if indicator.base else ():
        if code not in indicator.base:
            yield finding("indicator_outside_base", _place(indicator), "base", code)


def _options(known: Known, indicator: Indicator) -> Findings:
    offered = known.answers(indicator.item)
    for field in ("options", "base"):
        for code in getattr(indicator, field):
            if code not in offered:
                yield finding("plan_unknown_option", _place(indicator), field, code, {"item": indicator.item})


def _number(known: Known, indicator: Indicator, field: str = "item") -> Findings:
    yield from _item(known, indicator, field)
    code = getattr(indicator, field)
    if code in known.items and code not in known.numbers:
        yield finding("indicator_not_a_number", _place(indicator), field, code)


def _ratio(known: Known, indicator: Indicator) -> Findings:
    yield from _number(known, indicator)
    if not indicator.denominator:
        yield finding("indicator_without_denominator", _place(indicator), "denominator")
    else:
        yield from _number(known, indicator, "denominator")


def _scored(known: Known, indicator: Indicator) -> Findings:
    yield from _item(known, indicator)
    if indicator.item not in known.items:
        return
    scale = known.scale_of.get(indicator.item)
    if scale is None:
        yield finding("indicator_without_scale", _place(indicator), "item", indicator.item)
    elif any(step.score is None for step in scale.steps):
        yield finding("scale_without_scores", _place(indicator), "item", scale.code)


def _index(known: Known, indicator: Indicator) -> Findings:
    """The weights of an index are shares of it: above zero and together one, as its reference value supposes."""
    place = _place(indicator)
    if not indicator.parts:
        yield finding("index_without_parts", place, "parts")
        return
    kinds: set[IndicatorKind] = set()
    for part in indicator.parts:
        made_of = known.indicators.get(part.indicator)
        if made_of is None:
            yield finding("plan_unknown_indicator", place, "parts", part.indicator)
        elif made_of.kind not in PART_KINDS:
            yield finding("index_part_kind", place, "parts", part.indicator)
        else:
            kinds.add(made_of.kind)
        # A balance runs from -100 to 100: its inverse is -x, and 100 - x would leave the range of the index.
        if made_of is not None and made_of.kind is IndicatorKind.BALANCE and part.inverted:
            yield finding("index_balance_inverted", place, "parts", part.indicator)
        if part.weight <= 0:
            yield finding("index_weight", place, "parts", f"{part.weight:g}", {"part": part.indicator})
    # fsum, since ten weights of 0.1 add up to less than 1 otherwise.
    total = fsum(part.weight for part in indicator.parts)
    if abs(total - 1) > WEIGHT_TOLERANCE:
        yield finding("index_weights", place, "parts", f"{total:.4g}")
    # Balances and shares have different ranges, so their weighted sum has none.
    if IndicatorKind.BALANCE in kinds and len(kinds) > 1:
        yield finding("index_mixed", place, "parts")


OF_KIND: Mapping[IndicatorKind, Callable[[Known, Indicator], Findings]] = {
    **dict.fromkeys(KINDS_OF_SHARES, _share),
    IndicatorKind.MEAN: _number,
    IndicatorKind.MEDIAN: _number,
    IndicatorKind.TOTAL: _number,
    IndicatorKind.RATIO: _ratio,
    IndicatorKind.BALANCE: _scored,
    IndicatorKind.DIFFUSION: _scored,
    IndicatorKind.INDEX: _index,
}
