"""The words of a page in the reader's language."""

from collections.abc import Callable
from dataclasses import dataclass

from survey.instrument.schema import Text


def unchanged(text: Text) -> Text:
    """A text without earlier answers in it."""
    return text


@dataclass(frozen=True, slots=True)
class Wording:
    """``language`` is that of the reader; ``pipe`` puts earlier answers and frame data into a text."""

    language: str
    pipe: Callable[[Text], Text] = unchanged

    def of(self, text: Text) -> str:
        """The text as the reader sees it."""
        return self.pipe(text).of(self.language)
