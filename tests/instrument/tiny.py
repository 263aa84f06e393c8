"""The smallest questionnaires that show one feature each."""

from datetime import date

from survey.instrument.schema import EditRule, Item, Option, Page, Questionnaire, Section, Text
from survey.terms import EditLevel, ItemType

TODAY = date(2026, 3, 31)


def text(wording):
    return Text(f"{wording}（中）", wording)


def item(code, kind=ItemType.INTEGER, **parts):
    return Item(code, kind, text(code), **parts)


def options(*codes, **parts):
    return tuple(Option(code, text(code), **parts) for code in codes)


def page(code, *items, **parts):
    return Page(code, text(code), items=items, **parts)


def one_page(*items, rules=()):
    return questionnaire(page("page", *items), rules=rules)


def questionnaire(*pages, rules=()):
    return Questionnaire("tiny", text("tiny"), (Section("section", text("section"), pages=pages),), tuple(rules))


def rule(code, condition, *items, level=EditLevel.HARD):
    return EditRule(code, level, items, condition, text(code))
