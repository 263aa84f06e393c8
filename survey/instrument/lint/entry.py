"""The three weights of what lint finds."""

from survey.complaints import Entry, Weight


def error(message: str, repair: str) -> Entry:
    """What has to be mended before publishing."""
    return Entry(message, repair)


def warning(message: str, repair: str) -> Entry:
    """What is pointed out only."""
    return Entry(message, repair, Weight.WARNING)


def note(message: str, repair: str) -> Entry:
    """What may well be left as it is."""
    return Entry(message, repair, Weight.NOTE)
