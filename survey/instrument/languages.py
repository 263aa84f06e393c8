"""In which languages the texts of a questionnaire are."""

from collections.abc import Iterator
from typing import Any

from survey.instrument.schema import Questionnaire, Text

LANGUAGES_READ = (("zh", "Chinese"), ("en", "English"))
"""Those in which a page can be read: a text that lacks one is a finding before publishing. With what it is called."""


def further_languages(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Codes of the languages besides Chinese and English in which any text is, sorted."""
    return tuple(sorted({language for text in texts_of(questionnaire) for language, _ in text.others}))


def texts_of(part: Any) -> Iterator[Text]:
    """Every text of a part of the questionnaire with all below it, empty ones too, in order."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from texts_of(one)
    # By the fields themselves: a text that is added to the schema later is found without a word here.
    elif hasattr(part, "__dataclass_fields__"):
        for name in part.__dataclass_fields__:
            yield from texts_of(getattr(part, name))
