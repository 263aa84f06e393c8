"""Scales that have no order or do not fit their items, and themes that gather what cannot be gathered."""

from collections import Counter
from collections.abc import Iterator

from survey.complaints import Complaint
from survey.instrument.kinds.choices import options_of
from survey.instrument.lint.catalogue import finding
from survey.instrument.plan.known import Known
from survey.instrument.plan.plan import Scale, Theme

FEWEST_STEPS = 2


def scale_findings(known: Known) -> Iterator[Complaint]:
    """Findings about scales, in order."""
    for scale in known.plan.scales:
        place = ("scale", scale.code)
        if len(scale.steps) < FEWEST_STEPS:
            yield finding("scale_without_order", place, "steps", str(len(scale.steps)))
        for code, count in Counter(scale.codes).items():
            if count > 1:
                yield finding("plan_code_twice", place, "steps", code)
        yield from _marked(scale)
        yield from _items(known, scale)


def _marked(scale: Scale) -> Iterator[Complaint]:
    place = ("scale", scale.code)
    for code in scale.marked:
        if code not in scale.codes:
            yield finding("marked_unknown", place, "marked", code)
    if scale.marked and not scale.marked_text:
        yield finding("marked_without_words", place, "marked_text")


def _items(known: Known, scale: Scale) -> Iterator[Complaint]:
    place = ("scale", scale.code)
    if not scale.items:
        yield finding("scale_unused", place, "items")
    for code in scale.items:
        if code not in known.items:
            yield finding("plan_unknown_item", place, "items", code)
            continue
        options = tuple(option.code for option in options_of(known.items[code]))
        # Sets: an item may offer the steps in another order; the scale's own counts.
        if set(options) != set(scale.codes):
            yield finding("scale_other_options", place, "items", code, {"options": ", ".join(options) or "–"})
        # On two scales an item would have two balances, and tables could not tell which is meant.
        other = known.scale_of[code]
        if other.code != scale.code:
            yield finding("scale_item_twice", place, "items", code, {"other": other.code})


def theme_findings(known: Known) -> Iterator[Complaint]:
    """Findings about themes, in order."""
    for theme in known.plan.themes:
        place = ("theme", theme.code)
        scale = known.scales.get(theme.scale)
        if scale is None:
            yield finding("plan_unknown_scale", place, "scale", theme.scale)
        # A firm has a theme where a step is marked: without one no firm has it.
        elif not scale.marked:
            yield finding("theme_without_mark", place, "scale", theme.scale)
        if not theme.items:
            yield finding("theme_empty", place, "items")
        yield from _gathered(known, theme, scale)


def _gathered(known: Known, theme: Theme, scale: Scale | None) -> Iterator[Complaint]:
    place = ("theme", theme.code)
    for code in theme.items:
        if code not in known.items:
            yield finding("plan_unknown_item", place, "items", code)
        elif scale is not None and code not in scale.items:
            yield finding("theme_off_scale", place, "items", code)
