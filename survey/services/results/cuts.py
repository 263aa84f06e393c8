"""Cuts: the cleared figures of a wave, made once, frozen with what they follow from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from survey import algorithms
from survey.algorithms import canonical_json
from survey.methods.clearing.clearing import clear, states_of
from survey.methods.clearing.content import ClearedCube, kept_to_dict, page_to_dict
from survey.methods.clearing.response import sampled_states
from survey.methods.production import Prepared
from survey.methods.tables.domain import ALL_FIRMS, Domain
from survey.models import Cut, CutPage, CutSource, QuestionnaireVersion, Wave
from survey.selectors.results.cleared import digest_of_cut, latest_cut, text_of_domain, with_version
from survey.selectors.results.extract import collected_of, extract_digest, latest_version
from survey.selectors.results.kept import at_revision
from survey.selectors.results.plan import plan_of
from survey.selectors.results.register_facts import with_register
from survey.selectors.results.vocabulary import frame_names
from survey.selectors.results.wave_results import has_enough, published, wave_vocabulary
from survey.services.audit import record_action
from survey.services.audit_chain import chain
from survey.services.results.certifying import cleared_with_certificate
from survey.services.results.cut_source import kept_source_of, packed
from survey.services.results.earlier_cuts import CutRefusedError, earlier_cuts


def make_cut(
    *,
    wave: Wave,
    actor: User | None,
    certified: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Cut:
    """Clear the figures of the wave as it is now and freeze them.

    ``certified`` proves them as well, which takes minutes, and tells in coarser steps what cannot be proved; a release
    of any other cut cannot be signed. While neither the data nor the program has changed since the last cut, that one
    is returned, if it is certified where this is asked for. Clearing takes up to
    minutes and holds nobody up; what is written afterwards is one transaction. Raises `CutRefusedError` below two
    responses, and where another cut came in between.
    """
    fresh = ready_wave(wave)
    # The moment is taken before the data are read: what comes in meanwhile belongs to the next cut.
    last, as_of = latest_cut(fresh), timezone.now()
    prepared = with_register(published(fresh), fresh)
    # Of a wave that changed its version while open the newest one has the words for all answers.
    version = latest_version(fresh)
    source_digest = _source_digest(fresh, prepared, version)
    # By what it was made from and not by time: the same data cleared twice would be a difference to explain.
    if last is not None and last.source_digest == source_digest and (last.certificate or not certified):
        return last
    progress(1, 3)
    words = wave_vocabulary(fresh, prepared.collected, "en")
    # All earlier ones: a figure may show little against the last cut and a single firm against the one before (0042).
    before = earlier_cuts(fresh)
    proved = None
    if certified:
        proved = cleared_with_certificate(
            prepared,
            words,
            source_digest=source_digest,
            before=before,
            earlier_hold=_all_hold(fresh),
            processes=settings.PROOF_PROCESSES,
        )
    cube = proved.cube if proved else clear(prepared, words, before=before)
    progress(2, 3)
    states = states_of(prepared, words).to_dict()
    sampled = sampled_states(prepared.collected).to_dict()
    source = kept_source_of(prepared, states=states, sampled=sampled, kept=kept_to_dict(cube.kept))
    made = _Made(
        wave=fresh,
        as_of=as_of,
        version=version,
        source_digest=source_digest,
        prepared=prepared,
        cube=cube,
        source=packed(source),
        certificate=proved.certificate.to_dict() if proved else None,
    )
    return _freeze(made, last=last, actor=actor)


def ready_wave(wave: Wave) -> Wave:
    """The wave as it is at this moment. Raises `CutRefusedError` where fewer than two firms answered."""
    [fresh] = at_revision([Wave.objects.select_related("survey").get(pk=wave.pk)])
    if not has_enough(collected_of(fresh)):
        raise CutRefusedError("too_few_responses", fresh.pk, wave=fresh)
    return fresh


def _all_hold(wave: Wave) -> bool:
    """Whether every cut of the wave so far has a certificate that holds."""
    return all(cut.certificate is not None and cut.certificate["holds"] for cut in with_version(wave))


def _source_digest(wave: Wave, prepared: Prepared, version: QuestionnaireVersion) -> str:
    rule = prepared.parameters.to_dict()
    # The program decides too: after an upgrade the same answers may be cleared in another way.
    collected = prepared.collected
    # Holdings and consents decide what is withheld, and change without any answer.
    known = [None if one is None else one.tolist() for one in (collected.enterprise, collected.consents)]
    parts = [extract_digest(collected), known, version.digest, plan_of(wave).digest, rule, settings.FINGERPRINT]
    return algorithms.digest(canonical_json(parts).encode())


@dataclass(frozen=True, eq=False, kw_only=True)
class _Made:
    """What a cut is stored from."""

    wave: Wave
    as_of: datetime
    version: QuestionnaireVersion
    source_digest: str
    prepared: Prepared
    cube: ClearedCube
    source: bytes
    certificate: dict[str, Any] | None

    def about(self) -> dict[str, Any]:
        """What a page says beside the figures, as JSON."""
        collected = self.prepared.collected
        frame = {variable: _names(names) for variable, names in frame_names(collected).items()}
        groups = [[text_of_domain(domain), self.cube.n[domain], self._shows(domain)] for domain in self.cube.tables]
        return {
            "frame": frame,
            "groups": groups,
            # Within the digest of the cut: the source can be erased later, and what it was stays proved.
            "source": algorithms.digest(self.source),
            # By this a release tells later whether the wave is still what it was.
            "revision": self.wave.revision,
        } | ({"certificate": self.certificate} if self.certificate else {})

    def _shows(self, domain: Domain) -> bool:
        figures = (cell for table in self.cube.tables[domain].values() for _row, _column, cell in table.walk())
        return any(cell.estimate is not None for cell in figures)

    def pages(self) -> dict[str, Any]:
        """By group of firms its tables, as JSON."""
        found = self.cube.tables.items()
        return {text_of_domain(domain): page_to_dict(domain, self.cube.n[domain], tables) for domain, tables in found}


def _names(names: Mapping[str, Any]) -> list[Sequence[Any]]:
    # Pairs, not an object: PostgreSQL does not keep the order of the parts of one.
    return [[code, name.to_dict()] for code, name in names.items()]


@transaction.atomic
def _freeze(made: _Made, *, last: Cut | None, actor: User | None) -> Cut:
    """Store the cut, if none came in since ``last``: what was cleared knows of no other."""
    locked = Wave.objects.select_for_update(of=("self",)).get(pk=made.wave.pk)
    newest = Cut.objects.filter(wave=locked).order_by("-number").first()
    # What was cleared has been held against `last` and those before it alone.
    if newest != last:
        raise CutRefusedError("made_meanwhile", locked.pk, wave=made.wave)
    pages, about = made.pages(), made.about()
    cut = Cut.objects.create(
        wave=locked,
        number=(newest.number if newest else 0) + 1,
        as_of=made.as_of,
        version=made.version,
        digest=digest_of_cut(made.source_digest, about, pages),
        source_digest=made.source_digest,
        about=about,
        made_by=actor,
    )
    CutPage.objects.bulk_create(CutPage(cut=cut, domain=domain, tables=tables) for domain, tables in pages.items())
    CutSource.objects.create(cut=cut, content=made.source)
    chain(cut)
    n = made.cube.n[ALL_FIRMS]
    record_action(actor=actor, verb="make_cut", subject=cut, digest=cut.digest, answered=n)
    return cut
