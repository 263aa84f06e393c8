"""One kind of finding, as the catalogue lists it."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """An error keeps a questionnaire from being published; a warning is pointed out."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of finding."""

    level: Level
    message: str
    repair: str


def error(message: str, repair: str) -> Entry:
    """What has to be mended before publishing."""
    return Entry(Level.ERROR, message, repair)


def warning(message: str, repair: str) -> Entry:
    """What is pointed out only."""
    return Entry(Level.WARNING, message, repair)
