"""Names in texts that nothing bears, that are asked later, or that are not closed: a firm would read an ellipsis."""

from collections.abc import Iterator
from dataclasses import dataclass

from survey.instrument.lint_catalogue import Finding
from survey.instrument.lint_expressions import name_findings, positions_of
from survey.instrument.piping import piped_names
from survey.instrument.schema import Item, Questionnaire, Text


@dataclass(frozen=True, slots=True)
class Wording:
    """One text of a questionnaire: where it stands, and how many items are answered before it is read."""

    place: tuple[str, str]
    field: str
    text: Text
    items_before: int


def wordings_of(questionnaire: Questionnaire) -> Iterator[Wording]:
    """Every text that names are put into, in the order of reading; messages of edit rules see every item."""
    count = 0
    for section in questionnaire.sections:
        yield Wording(("section", section.code), "title", section.title, count)
        yield Wording(("section", section.code), "intro", section.intro, count)
        for page in section.pages:
            yield Wording(("page", page.code), "title", page.title, count)
            yield Wording(("page", page.code), "intro", page.intro, count)
            for item in page.items:
                yield from _item_wordings(item, count)
                count += 1
    for rule in questionnaire.edit_rules:
        yield Wording(("rule", rule.code), "message", rule.message, count)


def _item_wordings(item: Item, count: int) -> Iterator[Wording]:
    place = ("item", item.code)
    yield Wording(place, "text", item.text, count)
    yield Wording(place, "hint", item.hint, count)
    for field, options in (("options", item.options), ("rows", item.rows)):
        for option in options:
            yield Wording(place, f"{field}.{option.code}", option.text, count)
    yield Wording(place, "constraint_message", item.constraint_message, count + 1)


def piping_findings(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Findings about each name in each text, in each language."""
    position = positions_of(questionnaire)
    for wording in wordings_of(questionnaire):
        for language in ("zh", "en"):
            field = f"{wording.field}.{language}"
            for name in piped_names(getattr(wording.text, language)):
                if name:
                    yield from name_findings(name, wording.place, field, wording.items_before, position)
                else:
                    yield Finding("name_unclosed", wording.place, field)
