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
    return Item(code, kind, text(code), **parts)


def options(*codes: Any, **parts: Any) -> Any:
    return tuple(Option(code, text(code), **parts) for code in codes)


def page(code: str, *items: Item, **parts: Any) -> Page:
    return Page(code, text(code), items=items, **parts)


def one_page(*items: Item, rules: Any = ()) -> Questionnaire:
    return questionnaire(page("page", *items), rules=rules)


def questionnaire(*pages: Page, rules: Sequence[EditRule] = ()) -> Questionnaire:
    return Questionnaire("tiny", text("tiny"), (Section("section", text("section"), pages=pages),), tuple(rules))


def rule(code: Any, condition: Any, *items: Any, level: Any = EditLevel.HARD) -> EditRule:
    return EditRule(code, level, items, condition, text(code))
