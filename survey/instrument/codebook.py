"""The codebook: what each variable of a questionnaire's data means.

The variables of each kind of item stand in ``kinds/variables.py``; ``ITEM__other`` and ``ITEM__estimated`` come behind
them here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from survey.instrument.kinds.choices import options_of
from survey.instrument.kinds.missing import MISSING_TEXTS
from survey.instrument.kinds.registry import kind_of
from survey.instrument.kinds.variables import (
    ItemVariable,
    Measure,
    SpssType,
    ValueKind,
    chosen_variable,
    joined_wordings,
    text_variable,
)
from survey.instrument.routing.pruning import ESTIMATED, OTHER
from survey.instrument.schema import Item, Page, Questionnaire, Section, Text

SPSS_NAME_BYTES = 64
"""What SPSS Statistics takes of the name of a variable."""
# Words of the command language of SPSS, which would read a variable so named as an operator.
SPSS_RESERVED = frozenset(["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"])
ESTIMATED_TEXT = Text("估计值", "estimated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One row of the codebook.

    ``codes`` are the values with their labels, ``missing`` the non-answers among them; ``base`` is the condition under
    which the item is asked, empty for every firm; ``spss_name`` is unique without regard to case,
    ``spss_type`` and ``measure`` are what an SPSS file says of it.
    """

    name: str
    spss_name: str
    spss_type: SpssType
    measure: Measure
    item: str
    label: Text
    kind: ValueKind
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
    names = spss_names(draft.variable.name for draft in drafts)
    return tuple(_named(draft, name) for draft, name in zip(drafts, names, strict=True))


def condition_of(section: Section, page: Page, item: Item) -> str:
    """The condition under which an item is asked, as one expression; empty when it always is."""
    rules = [rule for rule in (section.relevant, page.relevant, item.relevant) if rule]
    # In brackets, since a rule may hold an `or`, which binds less than the `and` between them.
    return rules[0] if len(rules) == 1 else " and ".join(f"({rule})" for rule in rules)


def spss_names(names: Iterable[str]) -> list[str]:
    """Names that SPSS takes: ASCII letters, digits and _, a letter first, at most 64 bytes, not reserved, unique."""
    taken: set[str] = set()
    safe = []
    for name in names:
        # SPSS takes more signs than these in a name; other programs that read its files do not. Names that end in _ are
        # those that its procedures make.
        plain = re.sub(r"[^A-Za-z0-9_]", "_", name).rstrip("_") or "v"
        plain = plain if plain[0].isalpha() and plain.lower() not in SPSS_RESERVED else f"v_{plain}"
        safe.append(_untaken(plain[:SPSS_NAME_BYTES], taken))
        taken.add(safe[-1].lower())
    return safe


def _untaken(name: str, taken: set[str]) -> str:
    number, candidate = 1, name
    # SPSS tells names apart without regard to case.
    while candidate.lower() in taken:
        number += 1
        candidate = f"{name[: SPSS_NAME_BYTES - len(str(number)) - 1]}_{number}"
    return candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    variable: ItemVariable
    item: Item
    section: Section
    page: Page


def _named(draft: _Draft, spss_name: str) -> Variable:
    item, variable = draft.item, draft.variable
    missing = tuple((code.value, MISSING_TEXTS[code]) for code in item.missing)
    return Variable(
        name=variable.name,
        spss_name=spss_name,
        spss_type=variable.spss,
        measure=variable.measure,
        item=item.code,
        label=variable.label,
        kind=variable.kind,
        codes=variable.codes,
        # A non-answer is the value of the item; 0/1 columns of its options are empty then.
        missing=missing if variable.name == item.code else (),
        unit=item.unit,
        base=condition_of(draft.section, draft.page, item),
        section=draft.section.code,
        page=draft.page.code,
        concept=item.concept,
    )


def _variables(item: Item, section: Section, page: Page) -> Iterator[_Draft]:
    kind = kind_of(item)
    for variable in (*kind.variables(kind, item), *_companions(item)):
        yield _Draft(variable=variable, item=item, section=section, page=page)


def _companions(item: Item) -> Iterator[ItemVariable]:
    asking = next((option for option in options_of(item) if option.specify), None)
    if asking:
        yield text_variable(item.code + OTHER, joined_wordings(item.text, asking.text))
    if item.can_estimate and kind_of(item).is_numeric:
        yield chosen_variable(item.code + ESTIMATED, joined_wordings(item.text, ESTIMATED_TEXT))
