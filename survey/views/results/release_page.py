"""What the page of a release shows: one group of firms, drawn from the content and kept as it was drawn."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from survey.exchange.release.files import life_of
from survey.exchange.release.page_blocks import released_block
from survey.exchange.release.text_sheets import cover_lines, marks_of_facts
from survey.exchange.release.tidy import group_code
from survey.methods.released.publication import Publication, groups_of, languages_of, publication_of
from survey.methods.tables.domain import ALL_FIRMS, Domain
from survey.models import Release
from survey.selectors.results.kept import kept


@dataclass(frozen=True, kw_only=True)
class ReleasePage:
    """A release and the group of firms whose figures are shown, by its code; "" is all firms."""

    release: Release
    group: str

    @cached_property
    def language(self) -> str:
        """That of the page where the release speaks it, else the first that it speaks."""
        # Words are frozen in the languages of their time; none is translated later.
        spoken, wanted = languages_of(self.release.content), get_language() or ""
        return wanted if wanted in spoken else spoken[0]

    @cached_property
    def groups(self) -> dict[str, Domain]:
        """The groups of firms by the code that stands in an address."""
        # Codes and no numbers of places, so that an address means the same group in every release.
        return {"" if domain == ALL_FIRMS else group_code(domain): domain for domain in groups_of(self.release.content)}

    @cached_property
    def publication(self) -> Publication:
        return publication_of(self.release.content, self.language, [self.groups[self.group]])

    @property
    def options(self) -> list[tuple[str, str]]:
        """Codes and labels of the groups."""
        labels = self.publication.groups
        return [(code, labels[domain]) for code, domain in self.groups.items()]

    @property
    def label(self) -> str:
        """What the group that is shown is called; "" for all firms."""
        return self.publication.groups[self.groups[self.group]] if self.group else ""

    @property
    def marks(self) -> list[str]:
        return marks_of_facts(self.publication.facts)

    @property
    def facts(self) -> list[tuple[str, str]]:
        return cover_lines(self.publication.facts, life_of(self.release))

    @property
    def figures(self) -> SafeString:
        """The blocks of all tables, kept: the content never changes."""
        name = ("release page", self.release.pk, self.language, self.group)
        return mark_safe(kept(self.release.digest, name, self._drawn))

    def _drawn(self) -> str:
        tables = self.publication.tables[self.groups[self.group]].values()
        context: dict[str, Any] = {"blocks": [released_block(one) for one in tables if one.cells]}
        context |= {"notes": self.publication.notes}
        return render_to_string("results/release_figures.html", context)
