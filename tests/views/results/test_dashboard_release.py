"""The dashboard of a closed wave shows what its latest release says, and no later cut."""

import csv
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from survey.models import Release, SamplingFrame, Wave
from survey.release_terms import ReleaseState
from survey.services.results.cuts import make_cut
from survey.services.results.releases import release_digest
from survey.terms import Role, WaveStatus
from tests.answered import answer, answered_wave
from tests.released import draft_of

# A release is published here without its life, and its words are changed, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")

PAGE, TABLE = "/admin/dashboard/?chapter=all", "/admin/dashboard/ranking.csv"
Enter = Callable[[Role], Client]


@pytest.fixture
def released(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    """A closed wave: forty of eighty firms were in its release, and thirty more are in a later cut."""
    answered_wave(wave, frame, firms=120, sample=80, answers=40)
    Wave.objects.update(status=WaveStatus.CLOSED.value)
    wave.refresh_from_db()
    publish(draft_of(wave))
    answer(wave, 30)
    make_cut(wave=wave, actor=None)
    return wave


def publish(release: Release, **content: Any) -> None:
    said = {**release.content, **content}
    Release.objects.filter(pk=release.pk).update(
        state=ReleaseState.PUBLISHED.value, content=said, digest=release_digest(said)
    )


def text(client: Client, address: str = PAGE, **query: str) -> str:
    return client.get(address, {"chapter": "all", **query}).content.decode("utf-8-sig")


def test_page_and_file_say_of_which_release_their_figures_are(released: Wave, as_role: Enter) -> None:
    viewer = as_role(Role.VIEWER)
    page, file = text(viewer), viewer.get(TABLE)
    assert ("Figures of release 1, as of " in page, 'href="/admin/releases/w1/1/"' in page) == (True, True)
    assert "about 40 firms answered" in page
    assert file["Content-Disposition"] == 'attachment; filename="w1-r1-ranking.csv"'
    (remark,) = {line["remark"] for line in csv.DictReader(StringIO(file.content.decode("utf-8-sig")))}
    assert remark.startswith("Figures of release 1, as of ")


def test_figures_of_the_page_and_its_file_are_those_of_the_release(released: Wave, as_role: Enter) -> None:
    """The figure is changed in the release alone, so that nothing else can be where it comes from."""
    release = Release.objects.get()
    release.content["figures"][0]["tables"]["ranking"]["cells"][0][0]["estimate"] = 0.4321
    publish(release)
    viewer = as_role(Role.VIEWER)
    assert ("43%" in text(viewer), "0.4321" in text(viewer, TABLE)) == (True, True)


def test_titles_of_the_page_are_the_frozen_ones(released: Wave, as_role: Enter) -> None:
    release = Release.objects.get()
    release.content["languages"]["en"]["said"][0]["ranking"]["title"] = "Frozen in amber"
    publish(release)
    assert "Frozen in amber" in text(as_role(Role.VIEWER))


def test_release_that_was_provisional_is_so_on_the_page_of_a_wave_closed_since(
    wave: Wave, frame: Callable[..., SamplingFrame], as_role: Enter
) -> None:
    answered_wave(wave, frame, firms=120, sample=80, answers=40)
    publish(draft_of(wave))
    Wave.objects.update(status=WaveStatus.CLOSED.value)
    viewer, mark = as_role(Role.VIEWER), "Provisional: the wave was still open when these figures were made."
    assert (mark in text(viewer), mark in text(viewer, TABLE)) == (True, True)


@pytest.mark.parametrize(("role", "is_told"), [(Role.VIEWER, False), (Role.ANALYST, True), (Role.METHODOLOGIST, True)])
def test_those_who_make_releases_are_told_of_a_newer_cut(
    released: Wave, as_role: Enter, role: Role, is_told: bool
) -> None:
    assert ("is newer. Its figures stand here once a release" in text(as_role(role))) is is_told


def test_closed_wave_before_its_first_release_shows_its_latest_cut_and_says_so(released: Wave, as_role: Enter) -> None:
    Release.objects.update(state=ReleaseState.SIGNED.value)
    page = text(as_role(Role.VIEWER))
    assert "(cut 2). No release of this wave is published yet; these are rounded figures of its latest cut" in page
    assert "about 70 firms answered" in page


@pytest.mark.parametrize(("role", "firms"), [(Role.VIEWER, None), (Role.ANALYST, 70)])
def test_cut_of_a_release_under_embargo_is_not_shown_before_its_moment(
    released: Wave, as_role: Enter, role: Role, firms: int | None
) -> None:
    """Its figures are those of the release: who may not know of the one does not read them in the other."""
    under_embargo(timezone.now() + timedelta(days=1))
    page, reader = f"about {firms} firms answered", as_role(role)
    assert (page in text(reader), reader.get(TABLE).status_code) == ((False, 404) if firms is None else (True, 200))
    under_embargo(timezone.now() - timedelta(seconds=1))
    assert ("Figures of release 1" in text(reader), reader.get(TABLE).status_code) == (True, 200)


def test_revision_under_embargo_holds_later_cuts_back_and_not_what_is_published(released: Wave, as_role: Enter) -> None:
    publish(Release.objects.get())
    revision = draft_of(released, reason="more answers")
    Release.objects.filter(pk=revision.pk).update(
        state=ReleaseState.EMBARGOED.value, embargo_until=timezone.now() + timedelta(days=1)
    )
    assert "Figures of release 1" in text(as_role(Role.VIEWER))
    Wave.objects.update(status=WaveStatus.OPEN.value)
    shown = [text(as_role(role)) for role in (Role.VIEWER, Role.METHODOLOGIST)]
    assert [("(cut 1)" in page, "(cut 2)" in page) for page in shown] == [(True, False), (False, True)]


def under_embargo(until: datetime) -> None:
    Release.objects.update(state=ReleaseState.EMBARGOED.value, embargo_until=until)


def test_open_wave_shows_its_latest_cut_beside_a_release(released: Wave, as_role: Enter) -> None:
    Wave.objects.update(status=WaveStatus.OPEN.value)
    page = text(as_role(Role.VIEWER))
    assert ("Figures of release" in page, "(cut 2). They are rounded" in page) == (False, True)


def test_page_of_a_release_asks_few_queries(
    released: Wave, as_role: Enter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Those of a cut's page, and two for the release and its cut; its content only where the page is drawn anew."""
    viewer = as_role(Role.VIEWER)
    text(viewer)
    with django_assert_max_num_queries(11) as asked:
        text(viewer)
    assert [one for one in asked.captured_queries if '"survey_release"."content"' in one["sql"]] == []
