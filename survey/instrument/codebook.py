"""The codebook: what each variable of a questionnaire's data means.

Variables are named as the columns of the extract: ``ITEM``; ``ITEM__OPTION`` for each option of a multiple choice or a
ranking (1 chosen, 0 not); ``ITEM__ROW`` and ``ITEM__ROW__COLUMN``; ``ITEM__other``; ``ITEM__estimated``.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from survey.instrument.kinds.choices import MISSING_TEXTS, options_of, rows_of
from survey.instrument.routing.pruning import ESTIMATED, NUMBERS, OTHER
from survey.instrument.schema import Item, Option, Page, Questionnaire, Section, Text
from survey.terms import ItemType

SPSS_NAME_BYTES = 64
SPSS_RESERVED = frozenset(["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"])
CHOSEN_CODES = (("0", Text("未选", "Not chosen")), ("1", Text("选中", "Chosen")))
ESTIMATED_TEXT = Text("估计值", "estimated")
SEPARATOR = " · "


class Kind(StrEnum):
    """What the values of a variable are."""

    CODE = "code"
    CHOSEN = "chosen"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Variable:
    """One row of the codebook.

    ``codes`` are the values with their labels, ``missing`` the non-answers among them; ``base`` is the condition under
    which the item is asked, empty for every firm; ``spss_name`` is unique without regard to case.
    """

    name: str
    spss_name: str
    item: str
    label: Text
    kind: Kind
    codes: tuple[tuple[str, Text], ...]
    missing: tuple[tuple[str, Text], ...]
    unit: Text
    base: str
    section: str
    page: str
    concept: str


def codebook_of(questionnaire: Questionnaire) -> tuple[Variable, ...]:
    """The variables in the order of asking; information texts have none."""
    drafts = [draft for section, page, item in questionnaire.walk() for draft in _variables(item, section, page)]
    names = spss_names(draft.name for draft in drafts)
    return tuple(_named(draft, name) for draft, name in zip(drafts, names, strict=True))


def base_of(section: Section, page: Page, item: Item) -> str:
    """The condition under which an item is asked, as one expression; empty when it always is."""
    rules = [rule for rule in (section.relevant, page.relevant, item.relevant) if rule]
    return rules[0] if len(rules) == 1 else " and ".join(f"({rule})" for rule in rules)


def spss_names(names: Iterable[str]) -> list[str]:
    """Names that SPSS takes: ASCII letters, digits and _, a letter first, at most 64 bytes, not reserved, unique."""
    taken: set[str] = set()
    safe = []
    for name in names:
        plain = re.sub(r"[^A-Za-z0-9_]", "_", name).rstrip("_") or "v"
        plain = plain if plain[0].isalpha() and plain.lower() not in SPSS_RESERVED else f"v_{plain}"
        safe.append(_untaken(plain[:SPSS_NAME_BYTES], taken))
        taken.add(safe[-1].lower())
    return safe


def _untaken(name: str, taken: set[str]) -> str:
    number, candidate = 1, name
    while candidate.lower() in taken:
        number += 1
        candidate = f"{name[: SPSS_NAME_BYTES - len(str(number)) - 1]}_{number}"
    return candidate


@dataclass(frozen=True, slots=True)
class _Draft:
    name: str
    label: Text
    kind: Kind
    codes: tuple[tuple[str, Text], ...]
    item: Item
    section: Section
    page: Page


def _named(draft: _Draft, spss_name: str) -> Variable:
    item = draft.item
    missing = tuple((code.value, MISSING_TEXTS[code]) for code in item.missing)
    return Variable(
        name=draft.name,
        spss_name=spss_name,
        item=item.code,
        label=draft.label,
        kind=draft.kind,
        codes=draft.codes,
        missing=missing if draft.name == item.code else (),
        unit=item.unit,
        base=base_of(draft.section, draft.page, item),
        section=draft.section.code,
        page=draft.page.code,
        concept=item.concept,
    )


Part = tuple[str, Text, Kind, tuple[tuple[str, Text], ...]]


def _variables(item: Item, section: Section, page: Page) -> Iterator[_Draft]:
    for name, label, kind, codes in (*_PARTS[item.type](item), *_companions(item)):
        yield _Draft(name, label, kind, codes, item, section, page)


def _companions(item: Item) -> Iterator[Part]:
    for option in options_of(item):
        if option.specify:
            yield item.code + OTHER, joined(item.text, option.text), Kind.TEXT, ()
            break
    if item.can_estimate and item.type in NUMBERS:
        yield item.code + ESTIMATED, joined(item.text, ESTIMATED_TEXT), Kind.CHOSEN, CHOSEN_CODES


def joined(*texts: Text) -> Text:
    """Wordings one behind the other in each language."""
    return Text(SEPARATOR.join(text.of("zh") for text in texts), SEPARATOR.join(text.of("en") for text in texts))


def _coded(item: Item) -> list[Part]:
    return [(item.code, item.text, Kind.CODE, tuple((option.code, option.text) for option in options_of(item)))]


def _chosen(item: Item) -> list[Part]:
    return [
        (f"{item.code}__{option.code}", joined(item.text, option.text), Kind.CHOSEN, CHOSEN_CODES)
        for option in options_of(item)
    ]


def _rows(item: Item) -> list[Part]:
    return [(f"{item.code}__{row.code}", joined(item.text, row.text), Kind.NUMBER, ()) for row in rows_of(item)]


def _cells(item: Item) -> list[Part]:
    return [_cell(item, row, column) for row in rows_of(item) for column in options_of(item)]


def _cell(item: Item, row: Option, column: Option) -> Part:
    name = f"{item.code}__{row.code}__{column.code}"
    return name, joined(item.text, row.text, column.text), Kind.NUMBER, ()


def _plain(kind: Kind) -> Callable[[Item], list[Part]]:
    return lambda item: [(item.code, item.text, kind, ())]


_PARTS: dict[ItemType, Callable[[Item], list[Part]]] = {
    ItemType.SEVERITY: _coded,
    ItemType.YES_NO: _coded,
    ItemType.SINGLE: _coded,
    ItemType.INDUSTRY: _coded,
    ItemType.DISTRICT: _coded,
    ItemType.MULTIPLE: _chosen,
    ItemType.RANKING: _chosen,
    ItemType.INTEGER: _plain(Kind.NUMBER),
    ItemType.DECIMAL: _plain(Kind.NUMBER),
    ItemType.PERCENTAGE: _plain(Kind.NUMBER),
    ItemType.MONEY: _plain(Kind.NUMBER),
    ItemType.CALCULATION: _plain(Kind.NUMBER),
    ItemType.SHARES: _rows,
    ItemType.NUMBER_TABLE: _cells,
    ItemType.DATE: _plain(Kind.DATE),
    ItemType.YEAR_MONTH: _plain(Kind.DATE),
    ItemType.TEXT: _plain(Kind.TEXT),
    ItemType.LONG_TEXT: _plain(Kind.TEXT),
    ItemType.EMAIL: _plain(Kind.TEXT),
    ItemType.PHONE: _plain(Kind.TEXT),
    ItemType.CREDIT_CODE: _plain(Kind.TEXT),
    ItemType.FILE: _plain(Kind.TEXT),
    ItemType.NOTE: lambda item: [],
}
