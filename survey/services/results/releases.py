"""Releases: what was frozen from a cut, kept under one digest as the draft of a publication."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_noop as _

from survey import algorithms
from survey.algorithms import canonical_json
from survey.complaints import Catalogue, Entry
from survey.methods.released.publication import has_words
from survey.models import Cut, Release, Wave
from survey.release_terms import ReleaseAct, ReleaseState
from survey.selectors.results.cleared import spelt_alike
from survey.services.audit import record_action
from survey.services.audit_chain import chain
from survey.services.refusals import RefusedError
from survey.services.results.release_life import add_step, certify_release


class ReleaseRefusedError(RefusedError):
    """Why no release can be made."""

    catalogue = Catalogue(
        entries={
            "no_cut": Entry(
                _("“%(wave)s” has no cut yet, and a release is frozen from one."), _("Have a cut made first.")
            ),
            "reason_needed": Entry(
                _("Release %(number)s of this wave is published, and the new one stands for it."),
                _("Say why it is revised."),
            ),
        }
    )


@transaction.atomic
def make_release(*, cut: Cut, content: Mapping[str, Any], actor: User | None, reason: str = "") -> Release:
    """Keep the content that was frozen from a cut as a draft under its digest.

    Where a release of the wave is published, the new one stands for it and needs a reason. While nothing has changed
    since a release that is not withdrawn, that one is returned: equal content has one number.
    """
    # Held, so that two who freeze at once do not take the same number.
    wave = Wave.objects.select_for_update(of=("self",)).get(pk=cut.wave_id)
    digest = release_digest(content)
    releases = Release.objects.filter(wave=wave).defer("content")
    # Compared with the newest only: figures that went back to an older state are a new statement and get a new number.
    last = releases.order_by("-number").first()
    if last is not None and last.digest == digest and last.state != ReleaseState.WITHDRAWN.value:
        return last
    published = releases.filter(state=ReleaseState.PUBLISHED.value).first()
    if published is not None and not reason.strip():
        raise ReleaseRefusedError("reason_needed", published.number, number=published.number)
    release = Release.objects.create(
        wave=wave,
        number=(last.number if last else 0) + 1,
        digest=digest,
        content=content,
        cut=cut,
        replaces=published,
        created_by=actor,
    )
    # As soon as it is there: what comes after it in this transaction has its own entries behind it.
    chain(release)
    add_step(release, ReleaseAct.MAKE, actor, note=reason)
    record_action(actor=actor, verb="make_release", subject=release, digest=digest, cut=cut.number)
    if cut.certificate is not None:
        # The content is the cut's, to the digit, so what was proved of the cut is proved of the release.
        certify_release(release=release, certificate=cut.certificate, actor=actor)
        release.refresh_from_db(fields=["certificate"])
    return release


def release_digest(content: Mapping[str, Any]) -> str:
    """Digest of the content of a release, new or as it is stored, by which it is known."""
    # Older content keeps the spelling that its digest was made of.
    spelt = spelt_alike(content) if has_words(content) else content
    return algorithms.digest(canonical_json(spelt).encode())
