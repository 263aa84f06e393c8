"""The chapters of a page of results: which table stands in which, and which others must be made for its sake."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from survey.instrument.plan.plan import PlannedBlock
from survey.methods.tables.plan import PlannedTable
from survey.terms import Chapter, Presentation

OF_PRESENTATION: Mapping[Presentation, Chapter] = {
    Presentation.HEADLINE: Chapter.OVERVIEW,
    Presentation.RANKING: Chapter.RANKING,
    Presentation.DISTRIBUTION: Chapter.DISTRIBUTIONS,
    Presentation.APART: Chapter.DISTRIBUTIONS,
    Presentation.HEAT_MAP: Chapter.GROUPS,
    Presentation.INDICATORS: Chapter.INDICATORS,
    Presentation.REFERENCE: Chapter.INDICATORS,
    Presentation.CHOICES: Chapter.DEMANDS,
}
"""Where a table without a split stands."""
ALWAYS = (Chapter.OVERVIEW, Chapter.RESPONSE, Chapter.METHOD, Chapter.ALL)
"""Chapters that have something to say whatever is planned."""


def chapter_of(block: PlannedBlock) -> Chapter:
    """The chapter of a table by itself."""
    return Chapter.GROUPS if block.split else OF_PRESENTATION[block.presentation]


def chapters_by_code(page: Sequence[PlannedTable]) -> dict[str, Chapter]:
    """The chapter of each table of a page; one that is drawn beside another stands in the chapter of that one."""
    by_code = {one.code: chapter_of(one.block) for one in page}
    return {one.code: by_code.get(one.block.beside, by_code[one.code]) for one in page}


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What is asked of a page: a chapter, or one table by its code."""

    chapter: Chapter = Chapter.ALL
    table: str = ""

    @property
    def name(self) -> tuple[str, str]:
        """Tells portions apart."""
        return self.chapter.value, self.table

    def is_of(self, chapter: Chapter) -> bool:
        """Whether all that this chapter says is asked for."""
        return not self.table and self.chapter in (chapter, Chapter.ALL)

    def shown(self, page: Sequence[PlannedTable]) -> list[str]:
        """The codes of the planned tables that are asked for, in the order of the page."""
        if self.table:
            return [one.code for one in page if one.code == self.table]
        return [code for code, chapter in chapters_by_code(page).items() if self.is_of(chapter)]

    def shows_change(self, change_code: str, presentation: Presentation) -> bool:
        """Whether a table of change is asked for, which is of a table of this presentation; changes of headline figures
        stand below these."""
        if self.table:
            return self.table == change_code
        return self.is_of(Chapter.OVERVIEW if presentation is Presentation.HEADLINE else Chapter.CHANGE)


WHOLE_PAGE = Portion()


def tables_to_make(page: Sequence[PlannedTable], codes: Collection[str]) -> list[PlannedTable]:
    """The tables of the page with these codes and those that order their rows, in the order of the page."""
    wanted = {*codes, *(one.ordered_by for one in page if one.code in codes)}
    return [one for one in page if one.code in wanted]


def contents(page: Sequence[PlannedTable], *, has_change: bool) -> list[Chapter]:
    """The chapters that have something to show, in the order of the contents."""
    found = {*ALWAYS, *chapters_by_code(page).values(), *([Chapter.CHANGE] if has_change else [])}
    return [chapter for chapter in Chapter if chapter in found]
