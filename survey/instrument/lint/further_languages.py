"""Languages besides Chinese and English: what a reader of them would meet in another language.

A survey may keep them for some firms only, and a text in English is better than none: hence notes, one for each part
of the questionnaire and language, since a questionnaire has many hundred texts.
"""

from collections.abc import Collection, Iterator

from survey.complaints import Complaint
from survey.instrument.kinds.registry import kind_of
from survey.instrument.languages import further_languages, texts_of
from survey.instrument.lint.catalogue import finding
from survey.instrument.schema import Item, Option, Questionnaire, Text

Place = tuple[str, str]
Texts = list[tuple[str, Text]]
"""Texts by the name of their field, an option's as ``options.CODE``."""


def language_findings(questionnaire: Questionnaire, listed: Collection[str]) -> Iterator[Complaint]:
    """What is missing in the languages that the survey lists or in which any text is."""
    written = further_languages(questionnaire)
    for language in sorted({*listed} - {*written}):
        yield finding("language_unwritten", ("questionnaire", questionnaire.code), "", "", {"further": language})
    for place, texts in _parts(questionnaire):
        for language in written:
            # One note for a part and language, with the first field: the count says how many there are.
            missing = [field for field, text in texts if text and not dict(text.others).get(language)]
            if missing:
                yield finding("further_language", place, missing[0], "", {"further": language, "count": len(missing)})


def _parts(questionnaire: Questionnaire) -> Iterator[tuple[Place, Texts]]:
    yield ("questionnaire", questionnaire.code), [("title", questionnaire.title)]
    for section in questionnaire.sections:
        yield ("section", section.code), [("title", section.title), ("intro", section.intro)]
        for page in section.pages:
            yield ("page", page.code), [("title", page.title), ("intro", page.intro)]
            yield from ((("item", item.code), _of_item(item)) for item in page.items if not kind_of(item).is_calculated)
    for rule in questionnaire.edit_rules:
        yield ("rule", rule.code), [("message", rule.message)]


def _of_item(item: Item) -> Texts:
    own = [
        (field, getattr(item, field)) for field in ("text", "hint", "unit", "constraint_message", "required_message")
    ]
    return [*own, *_of_options("options", item.options), *_of_options("rows", item.rows)]


def _of_options(part: str, options: tuple[Option, ...]) -> Texts:
    return [(f"{part}.{option.code}", text) for option in options for text in texts_of(option)]
