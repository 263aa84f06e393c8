"""Releases for tests: a small one made by hand, and drafts of a wave that was answered."""

from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from survey.exchange.release.content import content_of_cut
from survey.exchange.release.wording import Planned
from survey.instrument.schema import Text
from survey.models import Release, Wave
from survey.release_terms import ReleaseState
from survey.services.results.cuts import make_cut
from survey.services.results.releases import make_release, release_digest
from tests.small_content import small_content
from tests.working import exported

CERTIFICATE = {"holds": True}


def small_release(
    wave: Wave, *, number: int = 1, state: ReleaseState = ReleaseState.DRAFT, actor: User | None = None, **more: Any
) -> Release:
    """A stored release with the small content, in any state."""
    content = more.pop("content", None) or small_content(wave.code)
    return Release.objects.create(
        wave=wave,
        number=number,
        digest=release_digest(content),
        content=content,
        state=state.value,
        created_by=actor,
        **more,
    )


def draft_of(wave: Wave, *, actor: User | None = None, reason: str = "") -> Release:
    """A draft of the wave as it is now, frozen from a cut."""
    cut = make_cut(wave=wave, actor=None)
    content = content_of_cut(cut, Planned(reason=Text(reason, reason)))
    return make_release(cut=cut, content=content, actor=actor, reason=reason)


def released_workbook(client: Client, wave: Wave, language: str = "en") -> Any:
    """The workbook of a release of the wave as it is now: the cut is made here, release and workbook by jobs."""
    make_cut(wave=wave, actor=None)
    exported(client, "/admin/releases/new/", {"wave": wave.code})
    number = Release.objects.filter(wave=wave).latest("number").number
    return exported(client, f"/admin/releases/{wave.code}/{number}/book/", {"language": language})
