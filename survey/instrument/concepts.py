"""The concept map: which items of successive versions measure the same thing, and where the measure breaks.

An item measures its ``concept``, or what its own code says where it has none. Wording may change without a break, and
so may the options or rows as far as some stay: those are compared. A change of type, unit or base is a break, and so is
an item whose concept became another.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from survey.instrument.codebook import condition_of
from survey.instrument.kinds.choices import options_of, rows_of
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item, Option, Questionnaire


class BreakKind(StrEnum):
    """What makes two measures of a concept differ."""

    TYPE = "type"
    UNIT = "unit"
    SCALE = "scale"
    ROWS = "rows"
    BASE = "base"
    CONCEPT = "concept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Between the version at ``index - 1`` and the one at ``index``: what changed, from what, to what."""

    index: int
    kind: BreakKind
    old: str
    new: str

    @property
    def ends_comparison(self) -> bool:
        """Whether nothing can be compared across it; of options or rows those that both versions have can."""
        # Written out with spaces, which no code has, so that the codes can be taken apart again.
        return self.kind not in (BreakKind.SCALE, BreakKind.ROWS) or not set(self.old.split()) & set(self.new.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptLine:
    """One concept through the versions: its item in each, None where it is not asked, and the breaks."""

    concept: str
    items: tuple[str | None, ...]
    breaks: tuple[Break, ...]

    def is_comparable(self, first: int, second: int) -> bool:
        """Whether two versions both ask it and no break that ends comparison lies between them."""
        asked = self.items[first] is not None and self.items[second] is not None
        return asked and not any(found.ends_comparison for found in self.breaks_between(first, second))

    def breaks_between(self, first: int, second: int) -> list[Break]:
        """The breaks from one version to another."""
        low, high = sorted((first, second))
        return [found for found in self.breaks if low < found.index <= high]


def concept_of(item: Item) -> str:
    """What an item measures."""
    return item.concept or item.code


def concept_map(versions: Sequence[Questionnaire]) -> tuple[ConceptLine, ...]:
    """A line for each concept, in the order of the newest version; concepts no longer asked come last."""
    listed = [_by_concept(version) for version in versions]
    # The newest version first: its order is the one that readers know.
    concepts = dict.fromkeys(concept for version in reversed(listed) for concept in version)
    return tuple(_line(concept, versions, listed) for concept in concepts)


def same_for_a_firm(old: Questionnaire, new: Questionnaire) -> dict[str, str]:
    """The code of the newer item by that of the older one, where one firm's two answers can be set side by side.

    Type and unit must be the same; who else is asked does not matter to a firm.
    """
    return {
        before: after
        for line in concept_map((old, new))
        for before, after in (line.items,)
        if before
        and after
        and not any(found.ends_comparison and found.kind is not BreakKind.BASE for found in line.breaks)
    }


def _by_concept(version: Questionnaire) -> dict[str, Item]:
    return {concept_of(item): item for item in version.items.values() if kind_of(item).has_value}


def _line(concept: str, versions: Sequence[Questionnaire], listed: Sequence[dict[str, Item]]) -> ConceptLine:
    items = [version.get(concept) for version in listed]
    return ConceptLine(
        concept=concept,
        items=tuple(item.code if item else None for item in items),
        breaks=tuple(_breaks(concept, versions, items)),
    )


def _breaks(concept: str, versions: Sequence[Questionnaire], items: Sequence[Item | None]) -> Iterator[Break]:
    last: tuple[Questionnaire, Item] | None = None
    for index, item in enumerate(items):
        if item is None:
            continue
        if last:
            old = (measured(*last), measured(versions[index], item))
            yield from (
                Break(index=index, kind=kind, old=old[0][kind], new=old[1][kind])
                for kind in old[0]
                if old[0][kind] != old[1][kind]
            )
        # The same code with another concept: readers would take it for the same measure, so the break is told.
        elif index and (before := versions[index - 1].items.get(item.code)):
            yield Break(index=index, kind=BreakKind.CONCEPT, old=concept_of(before), new=concept)
        last = (versions[index], item)


def measured(questionnaire: Questionnaire, item: Item) -> dict[BreakKind, str]:
    """What decides whether two measures are the same, by kind, written out."""
    return {kind: write(questionnaire, item) for kind, write in _MEASURED.items()}


def _codes(options: tuple[Option, ...]) -> str:
    # A column that holds other answers than before is another column.
    return " ".join(f"{option.code}:{option.type.value}" if option.type else option.code for option in options)


def _base(questionnaire: Questionnaire, item: Item) -> str:
    page = questionnaire.page_of_item[item.code]
    return condition_of(questionnaire.section_of_page[page.code], page, item)


_MEASURED: dict[BreakKind, Callable[[Questionnaire, Item], str]] = {
    BreakKind.TYPE: lambda questionnaire, item: item.type.value,
    BreakKind.UNIT: lambda questionnaire, item: f"{item.unit.zh} / {item.unit.en}" if item.unit else "",
    BreakKind.SCALE: lambda questionnaire, item: _codes(options_of(item)),
    BreakKind.ROWS: lambda questionnaire, item: _codes(rows_of(item)),
    BreakKind.BASE: _base,
}
