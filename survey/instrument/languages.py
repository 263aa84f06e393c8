"""In which languages the texts of a questionnaire are."""

from collections.abc import Iterator
from typing import Any

from survey.instrument.schema import Questionnaire, Text


def further_languages(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Codes of the languages besides Chinese and English in which any text is, sorted."""
    return tuple(sorted({language for text in _texts(questionnaire) for language, _ in text.others}))


def _texts(part: Any) -> Iterator[Text]:
    if isinstance(part, Text):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _texts(one)
    elif hasattr(part, "__dataclass_fields__"):
        for name in part.__dataclass_fields__:
            yield from _texts(getattr(part, name))
