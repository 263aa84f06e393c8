"""What of the tables of a page follows from columns that have not changed is taken over from its last making.

After one corrected answer that is nearly everything: only the tables that its item stands in are estimated and ranked
again. Each result is known by a digest of all that it follows from, so that none outlives it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from survey.methods.asking import state_name
from survey.methods.collected import Collected, Weighted
from survey.methods.comparison.ranking import Ranked
from survey.methods.estimates.statistics import Key, columns_of
from survey.methods.extract import Extract
from survey.methods.remembered import Remembered, column_digest, digest_of, survey_digest
from survey.methods.tables.domain import Domain
from survey.methods.tables.narrowed import of_all
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.second_interval import Limits
from survey.methods.tables.table import Table
from survey.methods.tables.vocabulary import Vocabulary

Value = TypeVar("Value")
Code = tuple[str, str]
"""Of a row and of a column."""
Ranks = Mapping[str, Ranked]
"""By the codes of the rows of a table, in order of rank."""


@dataclass(eq=False, kw_only=True)
class TakenOver:
    """Results of the last making of a page by the digests of what they follow from: its graded tables, the ranks of
    those that are ranked, and the leading figures of those by group."""

    graded: Remembered[Table] = field(default_factory=Remembered)
    ranks: Remembered[Ranks] = field(default_factory=Remembered)
    leading: Remembered[Sequence[Code]] = field(default_factory=Remembered)

    def for_next(self) -> "TakenOver":
        """What the next making takes over: whatever this one asked for."""
        return TakenOver(
            graded=Remembered(before=self.graded.asked),
            ranks=Remembered(before=self.ranks.asked),
            leading=Remembered(before=self.leading.asked),
        )

    @classmethod
    def of_all(cls, several: Iterable["TakenOver"]) -> "TakenOver":
        """What was made of several parts of a page, for the next of them."""
        parts = list(several)
        return cls(
            graded=Remembered(before=_joined(one.graded.before for one in parts)),
            ranks=Remembered(before=_joined(one.ranks.before for one in parts)),
            leading=Remembered(before=_joined(one.leading.before for one in parts)),
        )


def _joined(several: Iterable[Mapping[bytes, Value]]) -> dict[bytes, Value]:
    return {name: found for one in several for name, found in one.items()}


@dataclass(frozen=True, eq=False, kw_only=True)
class Origin:
    """What the tables of a page are made from; `filled` and the sample come with `weighted` and `collected`."""

    extract: Extract
    collected: Collected
    weighted: Weighted
    second: Limits
    words: Vocabulary
    domain: Domain

    def digests(self, planned: Sequence[PlannedTable]) -> list[bytes]:
        """For each table one of all that its figures, their errors and their grades follow from."""
        survey = self._of_all_tables()
        return [digest_of(survey, self._in_words(one), *self._columns(one)) for one in planned]

    def _of_all_tables(self) -> bytes:
        sample, words = self.collected.fieldwork, self.words
        return digest_of(
            survey_digest(self.extract),
            (sample.design_weight, sample.respondents, dict(sample.numbers), dict(self.collected.domains)),
            self.weighted.weights.eligibility.share,
            self.weighted.filled,
            sorted((*key, *limits) for key, limits in self.second.items()),
            # Of the words what decides which amounts are quantities, and how groups and rows are called.
            (words.questionnaire.digest, words.plan.digest, words.language, words.asks),
            self.domain,
        )

    def _in_words(self, planned: PlannedTable) -> str:
        """All that a planned table says: written out once for its words."""
        written: str = self.words.once(f"{WRITTEN} {planned.code}", lambda: repr((planned.spec, planned.asked)))
        return written

    def _columns(self, planned: PlannedTable) -> list[bytes]:
        """Of the answers that a table is about, with those of all firms beside them, and who left them open."""
        asked = [one for each in planned.asked.values() for one in (each, of_all(each)) if one is not None]
        names = dict.fromkeys(name for one in asked for name in columns_of(one) if name)
        return [column_digest(self.extract, name) for each in names for name in (each, state_name(each))]


WRITTEN = "written out"


def with_shared_figures(places: Sequence[int], planned: Sequence[PlannedTable]) -> list[int]:
    """These places with those of all tables that share a figure with one of them, and so on, in the order of the plan.

    A figure that stands in two tables comes from one of them: made apart it could differ from itself in the last digit.
    """
    keys = [_keys(one) for one in planned]
    found, figures = set(places), {key for place in places for key in keys[place]}
    while more := {place for place, each in enumerate(keys) if place not in found and not figures.isdisjoint(each)}:
        found |= more
        figures |= {key for place in more for key in keys[place]}
    return sorted(found)


def _keys(planned: PlannedTable) -> set[Key]:
    return {one.key for one in planned.asked.values()}


def made_by(
    taken: Remembered[Table],
    names: Sequence[bytes],
    planned: Sequence[PlannedTable],
    make: Callable[[list[PlannedTable]], Sequence[Table]],
) -> list[Table]:
    """The planned tables under these names; those that are not known are made together with all that they share a
    figure with."""

    def new(places: list[int]) -> list[Table]:
        together = with_shared_figures(places, planned)
        tables = dict(zip(together, make([planned[place] for place in together]), strict=True))
        return [tables[place] for place in places]

    return taken.each(names, new)
