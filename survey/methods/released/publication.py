"""A release in one language, as pages, workbook and files are drawn from it: nothing else is read to show it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from survey.methods.clearing.cleared import cleared_from_dict, domain_from_list
from survey.methods.released.table import ReleasedTable, spec_of
from survey.methods.tables.domain import ALL_FIRMS, Domain
from survey.terms import AskedUnit

CONTENT_FORMAT = 2
"""The form of the content; 1 held figures to ten digits and no words."""
Tables = Mapping[str, ReleasedTable]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverFacts:
    """What a cover says in one language. Texts are empty where the survey has none; times are ISO 8601."""

    survey: str
    wave: str
    period: str
    authority: str
    form_number: str
    approval_number: str
    contact: str
    next_publication: str
    sampled: str
    answered: str
    as_of: str
    is_provisional: bool
    is_demonstration: bool
    asks: str = AskedUnit.FIRM.value
    """Whom the survey asks; releases of before there was a choice do not say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTable:
    """A table of texts, such as one of the account of weights: sentences above it, heads, rows."""

    title: str
    sentences: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A release in one language. `groups` are the labels of the groups of firms that have tables; `notes` are headings
    with their paragraphs; `revision` says why it stands for an earlier one, number and reason."""

    wave: str
    language: str
    facts: CoverFacts
    groups: Mapping[Domain, str]
    tables: Mapping[Domain, Tables]
    notes: tuple[tuple[str, str], ...]
    account: tuple[PrintedTable, ...]
    codebook: PrintedTable
    reason: str
    replaces: int

    @property
    def main(self) -> Tables:
        """The tables of all firms."""
        return self.tables[ALL_FIRMS]


def has_words(content: Mapping[str, Any]) -> bool:
    """Whether pages can be drawn from this content; those of earlier versions hold figures without words."""
    # Releases of earlier forms stay as they were frozen: a conversion would be another content under another digest.
    return bool(content.get("format") == CONTENT_FORMAT)


def languages_of(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The languages whose words a release has, in the order of its workbook."""
    return tuple(content["spoken"])


def groups_of(content: Mapping[str, Any]) -> tuple[Domain, ...]:
    """The groups of firms that have tables, in their order; all firms first."""
    return tuple(domain_from_list(one["domain"]) for one in content["figures"])


def publication_of(content: Mapping[str, Any], language: str, only: Collection[Domain] | None = None) -> Publication:
    """The release in one of its languages; with the tables of these groups alone where `only` names some."""
    words, groups = content["languages"][language], groups_of(content)
    places = [place for place, group in enumerate(groups) if only is None or group in only]
    return Publication(
        wave=content["wave"],
        language=language,
        facts=CoverFacts(**words["facts"]),
        # By place: groups are lists of pairs, which JSON cannot have as keys.
        groups=dict(zip(groups, words["groups"], strict=True)),
        tables={groups[place]: _tables(content, words, place) for place in places},
        notes=tuple((heading, paragraph) for heading, paragraph in words["notes"]),
        account=tuple(map(_printed, words["account"])),
        codebook=_printed(words["codebook"]),
        reason=words.get("reason", ""),
        replaces=content.get("replaces", 0),
    )


def _tables(content: Mapping[str, Any], words: Mapping[str, Any], place: int) -> dict[str, ReleasedTable]:
    figures, said = content["figures"][place]["tables"], words["said"][place]
    return {
        # In the order of the plan as it was then: that of the object is lost where a database sorts the keys of JSON.
        code: _table(code, content, words, figures[code], said[code])
        for code in content["order"]
        if code in figures
    }


def _table(
    code: str, content: Mapping[str, Any], words: Mapping[str, Any], figures: Mapping[str, Any], said: Mapping[str, Any]
) -> ReleasedTable:
    spec = content["specs"][code]
    return ReleasedTable(
        table=cleared_from_dict(figures, spec_of(code, spec, words["specs"][code])),
        title=said["title"],
        measure=said["measure"],
        firms=said["firms"],
        notes=tuple(said["notes"]),
        is_adverse=spec["is_adverse"],
    )


def _printed(frozen: Mapping[str, Any]) -> PrintedTable:
    return PrintedTable(
        title=frozen["title"],
        sentences=tuple(frozen["sentences"]),
        head=tuple(frozen["head"]),
        rows=tuple(map(tuple, frozen["rows"])),
    )
