"""Scales that have no order or do not fit their items, and themes that gather what cannot be gathered."""

from collections import Counter
from collections.abc import Iterator

from survey.instrument.kinds.choices import options_of
from survey.instrument.lint.catalogue import Finding
from survey.instrument.plan.known import Known
from survey.instrument.plan.plan import Scale, Theme

FEWEST_STEPS = 2


def scale_findings(known: Known) -> Iterator[Finding]:
    """Findings about scales, in order."""
    for scale in known.plan.scales:
        place = ("scale", scale.code)
        if len(scale.steps) < FEWEST_STEPS:
            yield Finding("scale_without_order", place, "steps", str(len(scale.steps)))
        for code, count in Counter(scale.codes).items():
            if count > 1:
                yield Finding("plan_code_twice", place, "steps", code)
        yield from _marked(scale)
        yield from _items(known, scale)


def _marked(scale: Scale) -> Iterator[Finding]:
    place = ("scale", scale.code)
    for code in scale.marked:
        if code not in scale.codes:
            yield Finding("marked_unknown", place, "marked", code)
    if scale.marked and not scale.marked_text:
        yield Finding("marked_without_words", place, "marked_text")


def _items(known: Known, scale: Scale) -> Iterator[Finding]:
    place = ("scale", scale.code)
    if not scale.items:
        yield Finding("scale_unused", place, "items")
    for code in scale.items:
        if code not in known.items:
            yield Finding("plan_unknown_item", place, "items", code)
            continue
        options = tuple(option.code for option in options_of(known.items[code]))
        if set(options) != set(scale.codes):
            yield Finding("scale_other_options", place, "items", code, {"options": ", ".join(options) or "–"})
        other = known.scale_of[code]
        if other.code != scale.code:
            yield Finding("scale_item_twice", place, "items", code, {"other": other.code})


def theme_findings(known: Known) -> Iterator[Finding]:
    """Findings about themes, in order."""
    for theme in known.plan.themes:
        place = ("theme", theme.code)
        scale = known.scales.get(theme.scale)
        if scale is None:
            yield Finding("plan_unknown_scale", place, "scale", theme.scale)
        elif not scale.marked:
            yield Finding("theme_without_mark", place, "scale", theme.scale)
        if not theme.items:
            yield Finding("theme_empty", place, "items")
        yield from _gathered(known, theme, scale)


def _gathered(known: Known, theme: Theme, scale: Scale | None) -> Iterator[Finding]:
    place = ("theme", theme.code)
    for code in theme.items:
        if code not in known.items:
            yield Finding("plan_unknown_item", place, "items", code)
        elif scale is not None and code not in scale.items:
            yield Finding("theme_off_scale", place, "items", code)
