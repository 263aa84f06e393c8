"""What addresses of figures say: of which wave, and which chapter; with the addresses of the other chapters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from survey.models import Wave
from survey.selectors.said import said as _
from survey.terms import Chapter, gettext_noop

ALONE = "none"
"""In the address: compared with no other wave."""
HOLDS: Mapping[Chapter, str] = {
    Chapter.RANKING: gettext_noop("What is named most, with the ranks that each may truly have"),
    Chapter.DISTRIBUTIONS: gettext_noop("Every step of each scale, and who it does not apply to"),
    Chapter.GROUPS: gettext_noop("The same figures by group, side by side"),
    Chapter.INDICATORS: gettext_noop("Numbers, indices, and figures against a reference"),
    Chapter.DEMANDS: gettext_noop("What was chosen in each closed question, and by how many"),
    Chapter.CHANGE: gettext_noop("What rose and fell since the earlier wave, with tests"),
    Chapter.RESPONSE: gettext_noop("Who answered, how answers are weighted, and what the marks mean"),
    Chapter.METHOD: gettext_noop("How to read these figures"),
    Chapter.ALL: gettext_noop("Every chapter below one another, for print"),
}
"""What each chapter but the overview holds, in a line of the overview."""


WITHOUT_CHARTS = (Chapter.OVERVIEW, Chapter.METHOD)
"""Chapters that need no script to draw anything."""


class UnknownAddressError(Exception):
    """An address that asks for what is not there; its text says what."""


def unknown_code(waves: Sequence[Wave], code: str) -> str:
    """What is wrong with the code of a wave in an address; empty where it is known or not given."""
    if not code or any(wave.code == code for wave in waves):
        return ""
    return _("There are no results of a wave “%(code)s”. Choose a wave from the list.") % {"code": code}


def chapter_in(query: QueryDict) -> Chapter:
    """The chapter that an address asks for, without one the overview. Raises `UnknownAddressError`."""
    code = query.get("chapter", "") or Chapter.OVERVIEW.value
    if code not in set(Chapter):
        told = _("There is no chapter “%(code)s”. Open the overview, and choose one from its contents.")
        raise UnknownAddressError(told % {"code": code})
    return Chapter(code)


def with_chapter(query: str, chapter: Chapter) -> str:
    """The query of the same figures in this chapter."""
    return query if chapter is Chapter.OVERVIEW else f"{query}&chapter={chapter.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterLink:
    """A line of the contents: the name of a chapter, what it holds, its address, and whether it is shown now."""

    code: str
    label: str
    holds: str
    address: str
    is_current: bool


def chapter_links(chapters: Sequence[Chapter], current: Chapter, query: str) -> list[ChapterLink]:
    """The contents of a page whose figures are asked for by this query."""
    return [
        ChapterLink(
            code=chapter.value,
            label=_(chapter.label),
            holds=_(HOLDS[chapter]) if chapter in HOLDS else "",
            address="?" + with_chapter(query, chapter),
            is_current=chapter is current,
        )
        for chapter in chapters
    ]
