"""The content of a release, put together from tables and words: JSON values that its digest stands for."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from survey.methods.clearing.cleared import ClearedTable, cleared_to_dict
from survey.methods.released.publication import CONTENT_FORMAT, CoverFacts, PrintedTable
from survey.methods.released.table import Frozen, frozen_spec, frozen_words
from survey.methods.tables.domain import Domain
from survey.methods.tables.table import TableSpec
from survey.terms import AskedUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of one table of one group of firms in one language: its finding, what it measures, whom it is of."""

    title: str
    measure: str
    firms: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReleaseWording:
    """All that a release says in one language. `tables` are those of its figures, with labels in this language, and
    `said` what is said of them, both by group of firms and code; `groups` are the labels of the groups."""

    facts: CoverFacts
    groups: Mapping[Domain, str]
    tables: Mapping[Domain, Mapping[str, ClearedTable]]
    said: Mapping[Domain, Mapping[str, Said]]
    notes: Sequence[tuple[str, str]]
    account: Sequence[PrintedTable]
    codebook: PrintedTable
    reason: str = ""


def frozen_release(
    wave: str, wordings: Mapping[str, ReleaseWording], *, adverse: Mapping[str, bool], origin: Mapping[str, Any]
) -> Frozen:
    """The content of a release. `wordings` are by language; their figures are the same, so the first one's are kept.

    `adverse` says by table whether high steps of its scale are bad; `origin` is what the figures were made from.
    """
    first = next(iter(wordings.values()))
    specs = {
        # High steps are bad where nobody says otherwise: the scales of a survey of difficulties rise that way.
        code: {**frozen_spec(alike), "is_adverse": adverse.get(code, True)}
        for code, alike in _specs(first).items()
    }
    return {
        "format": CONTENT_FORMAT,
        "wave": wave,
        **origin,
        # Not every database keeps the order of the parts of a document.
        "spoken": list(wordings),
        "order": list(specs),
        "specs": specs,
        # A list, since JSON has texts alone as keys and a group is a list of pairs.
        "figures": [_figures(domain, tables) for domain, tables in first.tables.items()],
        "languages": {language: _frozen_wording(wording) for language, wording in wordings.items()},
    }


def _specs(one: ReleaseWording) -> dict[str, list[TableSpec]]:
    """By table its specifications, which differ in the order and number of headings from group to group."""
    found: dict[str, list[TableSpec]] = {}
    for tables in one.tables.values():
        for code, table in tables.items():
            found.setdefault(code, []).append(table.spec)
    return found


def _figures(domain: Domain, tables: Mapping[str, ClearedTable]) -> Frozen:
    made = {code: cleared_to_dict(table) for code, table in tables.items()}
    return {"domain": [list(pair) for pair in domain], "tables": made}


def _frozen_wording(one: ReleaseWording) -> Frozen:
    said = [{code: _frozen_said(one.said[domain][code]) for code in tables} for domain, tables in one.tables.items()]
    return {
        "facts": _frozen_facts(one.facts),
        "groups": [one.groups[domain] for domain in one.tables],
        "specs": {code: frozen_words(alike) for code, alike in _specs(one).items()},
        "said": said,
        "notes": [list(note) for note in one.notes],
        "account": [_frozen_printed(table) for table in one.account],
        "codebook": _frozen_printed(one.codebook),
        "reason": one.reason,
    }


def _frozen_facts(facts: CoverFacts) -> Frozen:
    """Without what is true of every release of before: the same release keeps the same digest."""
    frozen = asdict(facts)
    if facts.asks == AskedUnit.FIRM.value:
        del frozen["asks"]
    return frozen


def _frozen_said(one: Said) -> Frozen:
    return {"title": one.title, "measure": one.measure, "firms": one.firms, "notes": list(one.notes)}


def _frozen_printed(table: PrintedTable) -> Frozen:
    sentences, head = list(table.sentences), list(table.head)
    return {"title": table.title, "sentences": sentences, "head": head, "rows": [list(row) for row in table.rows]}
