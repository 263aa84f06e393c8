"""All cleared figures of a cut, as one value and as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from survey.methods.clearing.cleared import ClearedTable, cleared_from_dict, cleared_to_dict, domain_from_list
from survey.methods.tables.domain import Domain
from survey.methods.tables.plan import planned_tables
from survey.methods.tables.response import response_spec
from survey.methods.tables.table import TableSpec
from survey.methods.tables.vocabulary import Vocabulary


@dataclass(frozen=True, eq=False, kw_only=True)
class ClearedCube:
    """The cleared tables of every group of a cut by their codes, and its respondents to base 5 (None: not told).

    `kept` are by subject (see `subjects`) the groups that show the figures of an earlier cut.
    """

    tables: Mapping[Domain, Mapping[str, ClearedTable]]
    n: Mapping[Domain, int | None]
    kept: Mapping[str, frozenset[Domain]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """JSON values: a page for each group, and what was kept."""
        pages = [page_to_dict(domain, self.n[domain], tables) for domain, tables in self.tables.items()]
        return {"pages": pages, "kept": kept_to_dict(self.kept)}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any], words: Vocabulary) -> Self:
        """The cube that `to_dict` wrote, with labels in the language of ``words``."""
        specs = specs_of(words)
        pages = [page_from_dict(page, specs) for page in content["pages"]]
        return cls(
            tables={domain: tables for domain, _n, tables in pages},
            n={domain: n for domain, n, _tables in pages},
            kept=kept_from_dict(content["kept"]),
        )


def kept_to_dict(kept: Mapping[str, frozenset[Domain]]) -> dict[str, Any]:
    """What was kept as JSON values."""
    return {
        # Sorted, since a set has no order and the digest is of what is written.
        subject: [[list(pair) for pair in domain] for domain in sorted(domains)]
        for subject, domains in kept.items()
    }


def kept_from_dict(content: Mapping[str, Any]) -> dict[str, frozenset[Domain]]:
    """What `kept_to_dict` wrote."""
    return {subject: frozenset(map(domain_from_list, domains)) for subject, domains in content.items()}


def page_to_dict(domain: Domain, n: int | None, tables: Mapping[str, ClearedTable]) -> dict[str, Any]:
    """The tables of one group as JSON values."""
    made = {code: cleared_to_dict(table) for code, table in tables.items()}
    return {"domain": [list(pair) for pair in domain], "n": n, "tables": made}


def page_from_dict(
    content: Mapping[str, Any], specs: Mapping[str, TableSpec]
) -> tuple[Domain, int | None, dict[str, ClearedTable]]:
    """What `page_to_dict` wrote. Tables that the plan no longer has are left out: they have no words."""
    tables = {code: cleared_from_dict(table, specs[code]) for code, table in content["tables"].items() if code in specs}
    return domain_from_list(content["domain"]), content["n"], tables


def specs_of(words: Vocabulary) -> dict[str, TableSpec]:
    """What the tables of a cut show, by their codes, in the language of ``words``."""
    response = response_spec(words)
    return {plan.code: plan.spec for plan in planned_tables(words)} | {response.code: response}
