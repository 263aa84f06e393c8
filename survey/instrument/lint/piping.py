"""Names in texts that nothing bears, that are asked later, or that are not closed: a firm would read an ellipsis."""

from collections.abc import Iterator
from dataclasses import dataclass

from survey.complaints import Complaint
from survey.instrument.lint.catalogue import finding
from survey.instrument.lint.expressions import name_findings, positions_of
from survey.instrument.lint.parts import parts_of
from survey.instrument.routing.piping import piped_names
from survey.instrument.schema import EditRule, Item, Page, Questionnaire, Section, Text

TEXTS = ("title", "intro", "text", "hint", "required_message", "constraint_message", "message")
ABOUT_THE_ANSWER = frozenset({"constraint_message"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedText:
    """One text of a questionnaire: where it stands, and how many items are answered before it is read."""

    place: tuple[str, str]
    field: str
    text: Text
    items_before: int


def wordings_of(questionnaire: Questionnaire) -> Iterator[PlacedText]:
    """Every text that names are put into, in the order of reading; only what is said of an answer knows it."""
    for read in parts_of(questionnaire):
        for field, text in texts_of(read.part):
            # What is said of an answer is read after it and may name it.
            yield PlacedText(
                place=read.place, field=field, text=text, items_before=read.items_before + (field in ABOUT_THE_ANSWER)
            )


def texts_of(part: Section | Page | Item | EditRule) -> Iterator[tuple[str, Text]]:
    """The texts of a part by the names of their fields; those of an item with the texts of its options and rows."""
    for name in TEXTS:
        if (text := getattr(part, name, None)) is not None:
            yield name, text
    if isinstance(part, Item):
        for name, options in (("options", part.options), ("rows", part.rows)):
            yield from ((f"{name}.{option.code}", option.text) for option in options)


def piping_findings(questionnaire: Questionnaire) -> Iterator[Complaint]:
    """Findings about each name in each text, in each language."""
    position = positions_of(questionnaire)
    for wording in wordings_of(questionnaire):
        for language in ("zh", "en"):
            field = f"{wording.field}.{language}"
            for name in piped_names(getattr(wording.text, language)):
                if name:
                    yield from name_findings(name, wording.place, field, wording.items_before, position)
                else:
                    yield finding("name_unclosed", wording.place, field)
