"""Cleared figures as a page looks them up: a cut is never made anew, and nothing of a wave is read beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import QuerySet

from survey import algorithms
from survey.algorithms import canonical_json
from survey.instrument.schema import Text
from survey.methods.clearing.cleared import ClearedTable
from survey.methods.clearing.content import page_from_dict, specs_of
from survey.methods.tables.domain import ALL_FIRMS, Domain
from survey.methods.tables.vocabulary import Vocabulary
from survey.models import Cut, CutPage, Wave
from survey.selectors.design.version import questionnaire_of
from survey.selectors.results.kept import kept
from survey.selectors.results.plan import plan_of_digests
from survey.selectors.results.vocabulary import vocabulary_of


def latest_cut(wave: Wave) -> Cut | None:
    """The newest cut of a wave, whose figures are shown until the next one; None before the first."""
    return with_version(wave).first()


def with_version(wave: Wave) -> QuerySet[Cut]:
    """The cuts of a wave, the newest first, with what the words of their version are found by."""
    cuts = Cut.objects.filter(wave=wave).select_related("wave__survey", "version").order_by("-number")
    return cuts.defer("version__schema", "version__plan")


def words_of_cut(cut: Cut, language: str) -> Vocabulary:
    """What the tables of a cut are about, with the names that the frame had when it was made."""

    def make() -> Vocabulary:
        frame = {
            variable: {code: Text.from_dict(name) for code, name in names}
            for variable, names in cut.about["frame"].items()
        }
        plan = plan_of_digests(cut.version.digest, cut.version.plan_digest)
        return vocabulary_of(questionnaire_of(cut.version), plan, frame, language, cut.wave.survey.asks)

    # Under its digest: a cut never changes, so that nothing has to be asked of the wave.
    return kept(cut.digest, ("words of a cut", cut.pk, language), make, is_light=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearedGroup:
    """A group of firms of a cut: the firms that answered, to base 5, and whether any figure of it is shown."""

    domain: Domain
    n: int | None
    is_shown: bool


def groups_of_cut(cut: Cut) -> dict[Domain, ClearedGroup]:
    """Every group of firms of which the cut has tables, in their order."""
    found = (ClearedGroup(domain=domain_of_text(text), n=n, is_shown=shown) for text, n, shown in cut.about["groups"])
    return {group.domain: group for group in found}


def cleared_tables(cut: Cut, words: Vocabulary, domain: Domain = ALL_FIRMS) -> dict[str, ClearedTable]:
    """The cleared tables of a group by their codes; none for a group that the cut does not have. One query."""
    page = CutPage.objects.filter(cut=cut, domain=text_of_domain(domain)).values_list("tables", flat=True).first()
    return page_from_dict(page, specs_of(words))[2] if page else {}


def all_cleared_tables(cut: Cut, words: Vocabulary) -> Mapping[Domain, Mapping[str, ClearedTable]]:
    """The cleared tables of every group, all firms first. One query."""
    specs, pages = specs_of(words), CutPage.objects.filter(cut=cut).values_list("domain", "tables")
    found = {domain_of_text(text): page_from_dict(tables, specs)[2] for text, tables in pages}
    # In the order of the cut: that of rows in a database says nothing.
    return {domain: found[domain] for domain in groups_of_cut(cut)}


def digest_of_cut(source_digest: str, about: Mapping[str, Any], pages: Mapping[str, Any], algorithm: str = "") -> str:
    """The digest by which a cut is known: over its figures, what is said beside them, and what it was made from."""
    return algorithms.digest(canonical_json(spelt_alike([source_digest, about, pages])).encode(), algorithm)


def spelt_alike(value: Any) -> Any:
    """JSON values as any database gives them back, so that a digest does not depend on which one kept them."""
    # PostgreSQL gives a large whole number of a JSON document back as an int, SQLite as it was.
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {name: spelt_alike(part) for name, part in value.items()}
    return [spelt_alike(part) for part in value] if isinstance(value, list | tuple) else value


def text_of_domain(domain: Domain) -> str:
    """How a page of a cut names its group of firms; "" is all firms."""
    return urlencode(domain)


def domain_of_text(text: str) -> Domain:
    """The group that `text_of_domain` named."""
    return tuple(parse_qsl(text))
