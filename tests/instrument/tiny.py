"""The smallest questionnaires that show one feature each."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from survey.instrument.schema import EditRule, Item, Option, Page, Questionnaire, Section, Text
from survey.terms import EditLevel, ItemType

TODAY = date(2026, 3, 31)


def text(wording: str) -> Text:
    return Text(f"{wording}（中）", wording)


def item(code: Any, kind: Any = ItemType.INTEGER, **parts: Any) -> Item:
    return Item(code=code, type=kind, text=text(code), **parts)


def options(*codes: Any, **parts: Any) -> Any:
    return tuple(Option(code=code, text=text(code), **parts) for code in codes)


def page(code: str, *items: Item, **parts: Any) -> Page:
    return Page(code=code, title=text(code), items=items, **parts)


def one_page(*items: Item, rules: Any = ()) -> Questionnaire:
    return questionnaire(page("page", *items), rules=rules)


def questionnaire(*pages: Page, rules: Sequence[EditRule] = ()) -> Questionnaire:
    return Questionnaire(
        code="tiny",
        title=text("tiny"),
        sections=(Section(code="section", title=text("section"), pages=pages),),
        edit_rules=tuple(rules),
    )


def rule(code: Any, condition: Any, *items: Any, level: Any = EditLevel.HARD) -> EditRule:
    return EditRule(code=code, level=level, items=items, condition=condition, message=text(code))
