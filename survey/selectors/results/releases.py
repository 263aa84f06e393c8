"""Releases as readers find them: what is out for everybody with the right to results, all of them for those who make
them."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet

from survey.models import Release, ReleaseStep, Wave
from survey.release_terms import OUT, ReleaseState

SEES_ALL = "survey.view_release"


def is_out(now: datetime) -> Q:
    """Published, or under an embargo that has ended: from its moment on, whether or not the clock has come by."""
    ended = Q(state=ReleaseState.EMBARGOED.value, embargo_until__lte=now)
    return Q(state__in=[state.value for state in OUT]) | ended


def is_held(now: datetime) -> Q:
    """Under an embargo that has not ended."""
    return Q(state=ReleaseState.EMBARGOED.value, embargo_until__gt=now)


def sees_all(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a reader may know of releases that are not out."""
    return isinstance(user, User) and user.has_perm(SEES_ALL)


def releases_for(user: AbstractBaseUser | AnonymousUser, now: datetime) -> QuerySet[Release]:
    """The releases that a reader may know of, without their content; the newest first."""
    # Without content: a list of fifty releases would read hundreds of megabytes.
    rows = Release.objects.select_related("wave__survey", "created_by", "cut", "replaces__wave").defer(
        "content", "replaces__content", "certificate"
    )
    # Before its moment an embargoed release is not there at all for others, neither its number nor its wave.
    seen = rows if sees_all(user) else rows.filter(is_out(now))
    return seen.order_by("-wave__opens_at", "wave__code", "-number")


def published_release(wave: Wave, now: datetime) -> Release | None:
    """The release whose figures stand for a wave, without its content; the newest that is out and not revised."""
    rows = Release.objects.filter(is_out(now), wave=wave).exclude(state=ReleaseState.REVISED.value)
    return rows.select_related("wave").defer("content", "certificate").order_by("-number").first()


def steps_of(release: Release) -> QuerySet[ReleaseStep]:
    """What was done to a release, in order."""
    return release.steps.select_related("by").order_by("pk")
