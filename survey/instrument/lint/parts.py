"""The parts of a questionnaire in the order of reading, which the checks of texts and of rules walk through."""

from collections.abc import Iterator
from dataclasses import dataclass

from survey.instrument.schema import EditRule, Item, Page, Questionnaire, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPart:
    """A section, page, item or edit rule: where it stands, and how many items are answered before it is read."""

    place: tuple[str, str]
    part: Section | Page | Item | EditRule
    items_before: int


def parts_of(questionnaire: Questionnaire) -> Iterator[ReadPart]:
    """Every part in the order of reading; edit rules come last and see every item."""
    count = 0
    for section in questionnaire.sections:
        yield ReadPart(place=("section", section.code), part=section, items_before=count)
        for page in section.pages:
            yield ReadPart(place=("page", page.code), part=page, items_before=count)
            for item in page.items:
                yield ReadPart(place=("item", item.code), part=item, items_before=count)
                count += 1
    for rule in questionnaire.edit_rules:
        yield ReadPart(place=("rule", rule.code), part=rule, items_before=count)
