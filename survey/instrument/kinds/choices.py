"""The options of closed items whose scale is the same everywhere, and the labels of codes."""

from survey.instrument.schema import Item, Option, Text
from survey.terms import ItemType, Missing, Severity

YES, NO = "yes", "no"
MISSING_TEXTS = {
    Missing.NOT_APPLICABLE: Text("不适用", Missing.NOT_APPLICABLE.label),
    Missing.DONT_KNOW: Text("不清楚", Missing.DONT_KNOW.label),
    Missing.REFUSED: Text("不愿回答", Missing.REFUSED.label),
}
SEVERITY_TEXTS = {
    Severity.NONE: Text("没有问题", Severity.NONE.label),
    Severity.SLIGHT: Text("轻微", Severity.SLIGHT.label),
    Severity.MODERATE: Text("中等", Severity.MODERATE.label),
    Severity.SERIOUS: Text("严重", Severity.SERIOUS.label),
    Severity.VERY_SERIOUS: Text("非常严重", Severity.VERY_SERIOUS.label),
}
STANDARD_OPTIONS: dict[ItemType, tuple[Option, ...]] = {
    ItemType.YES_NO: (Option(YES, Text("是", "Yes")), Option(NO, Text("否", "No"))),
    ItemType.SEVERITY: tuple(Option(step.value, text) for step, text in SEVERITY_TEXTS.items()),
}
CLOSED = frozenset(
    {
        ItemType.SEVERITY,
        ItemType.YES_NO,
        ItemType.SINGLE,
        ItemType.MULTIPLE,
        ItemType.RANKING,
        ItemType.INDUSTRY,
        ItemType.DISTRICT,
    }
)
"""Types whose Missing codes stand among the choices; the other types post them in a field of their own."""


def options_of(item: Item) -> tuple[Option, ...]:
    """The item's own options, or the standard ones of its type."""
    return item.options or STANDARD_OPTIONS.get(item.type, ())


def rows_of(item: Item) -> tuple[Option, ...]:
    """The rows of shares or of a table of numbers; shares may list them as options."""
    return item.rows or (item.options if item.type is ItemType.SHARES else ())


def label_of(item: Item, code: str) -> Text:
    """The label of a code of an item, Missing codes included; the code itself where it has none."""
    for option in options_of(item):
        if option.code == code:
            return option.text
    return MISSING_TEXTS[Missing(code)] if code in set(Missing) else Text(code, code)
