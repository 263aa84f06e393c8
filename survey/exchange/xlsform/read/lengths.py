"""Codes and wordings that are longer than the product keeps."""

from collections.abc import Iterator

from django.db.models import Model

from survey import models
from survey.instrument.schema import Item, Option, Questionnaire, Text

Measured = tuple[str, str, str, int, int]
"""(kind, code, field, length, limit)."""


def overlong(content: Questionnaire) -> Iterator[Measured]:
    """Every text that is too long for its column."""
    yield from _part("questionnaire", models.Questionnaire, content.code, {"title": content.title})
    for section in content.sections:
        yield from _part("section", models.Section, section.code, {"title": section.title})
        for page in section.pages:
            yield from _part("page", models.Page, page.code, {"title": page.title})
    for item in content.items.values():
        yield from _item(item)
    for rule in content.edit_rules:
        yield from _part("rule", models.EditRule, rule.code, {})


def _part(kind: str, model: type[Model], code: str, texts: dict[str, Text]) -> Iterator[Measured]:
    yield from _measured(kind, model, code, "code", "code", code)
    for field, text in texts.items():
        for wording in text.to_dict().values():
            yield from _measured(kind, model, code, field, field, wording)


def _item(item: Item) -> Iterator[Measured]:
    yield from _part("item", models.Item, item.code, {"unit": item.unit})
    for field in ("prefill", "concept", "appearance"):
        yield from _measured("item", models.Item, item.code, field, field, getattr(item, field))
    for option in (*item.options, *item.rows):
        yield from _option(item, option)


def _option(item: Item, option: Option) -> Iterator[Measured]:
    wordings = (("text", wording) for wording in option.text.to_dict().values())
    for column, written in (("code", option.code), *wordings):
        yield from _measured("item", models.Option, item.code, "option", column, written)


def _measured(kind: str, model: type[Model], code: str, field: str, column: str, written: str) -> Iterator[Measured]:
    # From the table itself: a limit written here a second time would part from it one day.
    limit = getattr(model._meta.get_field(column), "max_length", None)
    if limit is not None and len(written) > limit:
        yield kind, code, field, len(written), limit
