"""The life of a release: draft, checked, signed by a second person, under embargo, published, revised."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from survey import algorithms
from survey.algorithms import canonical_json
from survey.complaints import Catalogue, Entry
from survey.models import Release, ReleaseStep, Wave
from survey.release_terms import ReleaseAct, ReleaseState
from survey.services.audit import record_action
from survey.services.audit_chain import chain
from survey.services.refusals import RefusedError

State, Act = ReleaseState, ReleaseAct


class ReleaseStepRefusedError(RefusedError):
    """Why a release is not led on."""

    catalogue = Catalogue(
        entries={
            "not_now": Entry(
                _("Release %(release)s is “%(state)s”, so that it cannot be “%(act)s”."),
                _("Open its page again: somebody may have led it on meanwhile."),
            ),
            "own_release": Entry(
                _("You made release %(release)s yourself."),
                _("Have it signed by another person with the right to sign."),
            ),
            "no_certificate": Entry(
                _("Release %(release)s has no certificate."),
                _("Have a new cut made, which brings its certificate, and make a release of that one."),
            ),
            "certificate_fails": Entry(
                _("The certificate of release %(release)s says that something follows about single firms."),
                _("Make a new cut with a coarser step or group for the tables that it names, and a new release."),
            ),
            "earlier_unproved": Entry(
                _("Release %(release)s shows figures of earlier cuts without a certificate that holds."),
                _("Have cuts made with certificates, and a release once enough firms have changed those figures."),
            ),
            "certified_already": Entry(
                _("Release %(release)s has a certificate already."), _("Make a new release for another one.")
            ),
            "embargo_in_the_past": Entry(
                _("The moment %(until)s has passed."), _("Choose a later one, or publish at once.")
            ),
            "reason_needed": Entry(_("No reason is given."), _("Write the reason in a sentence; the log keeps it.")),
            "another_published": Entry(
                _("Another release of the wave is published, and %(release)s does not stand for it."),
                _("Make a new release from it, with the reason of the revision, and withdraw this one."),
            ),
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """From which states an act leads to which, the permission that it needs, and whether it needs a reason."""

    before: frozenset[ReleaseState]
    after: ReleaseState
    permission: str
    needs_reason: bool = False


TRANSITIONS: Mapping[ReleaseAct, Transition] = {
    Act.CHECK: Transition(before=frozenset({State.DRAFT}), after=State.CHECKED, permission="export_release"),
    Act.SIGN: Transition(before=frozenset({State.CHECKED}), after=State.SIGNED, permission="sign_release"),
    # From "embargoed" too: the moment may be moved as long as nobody has seen the figures.
    Act.EMBARGO: Transition(
        before=frozenset({State.SIGNED, State.EMBARGOED}), after=State.EMBARGOED, permission="export_release"
    ),
    Act.PUBLISH: Transition(
        before=frozenset({State.SIGNED, State.EMBARGOED}), after=State.PUBLISHED, permission="export_release"
    ),
    # What is published can only be revised: readers have it.
    Act.WITHDRAW: Transition(
        before=frozenset({State.DRAFT, State.CHECKED, State.SIGNED, State.EMBARGOED}),
        after=State.WITHDRAWN,
        permission="export_release",
        needs_reason=True,
    ),
    Act.REVISE: Transition(before=frozenset({State.PUBLISHED}), after=State.REVISED, permission="export_release"),
}
"""The whole life; a release that is made is a draft. `REVISE` is done by publishing what stands for a release."""


def acts_open_to(release: Release, permissions: Mapping[str, bool]) -> list[ReleaseAct]:
    """What can be done to a release now by somebody with these permissions; whether it succeeds may depend on more."""
    state = ReleaseState(release.state)
    return [
        act
        for act, transition in TRANSITIONS.items()
        if act is not Act.REVISE and state in transition.before and permissions.get(transition.permission, False)
    ]


@transaction.atomic
def certify_release(*, release: Release, certificate: Mapping[str, Any], actor: User | None) -> None:
    """Put the certificate on a release that has none yet; ``certificate["holds"]`` says whether all of it holds."""
    locked = _locked(release)
    if locked.certificate is not None:
        raise ReleaseStepRefusedError("certified_already", release.pk, release=locked)
    locked.certificate = dict(certificate)
    locked.save(update_fields=["certificate"])
    digest = algorithms.digest(canonical_json(locked.certificate).encode())
    detail = {"holds": bool(certificate.get("holds")), "digest": digest}
    add_step(locked, Act.CERTIFY, actor, detail=detail)
    record_action(actor=actor, verb="certify_release", subject=locked, **detail)


def check_release(*, release: Release, actor: User, note: str = "") -> None:
    """Note that somebody has looked the release through."""
    with transaction.atomic():
        _lead_on(_locked(release), Act.CHECK, actor, note=note)


def sign_release(*, release: Release, actor: User, note: str = "") -> None:
    """Sign a release that another person made, and that has a certificate which holds."""
    with transaction.atomic():
        locked = _locked(release)
        _refuse_wrong_state(locked, Act.SIGN)
        # Four eyes: whoever made it has looked at it already.
        if locked.created_by_id == actor.pk:
            raise ReleaseStepRefusedError("own_release", release.pk, release=locked)
        if locked.certificate is None:
            raise ReleaseStepRefusedError("no_certificate", release.pk, release=locked)
        if not locked.certificate.get("holds"):
            code = "certificate_fails" if locked.certificate.get("failures") else "earlier_unproved"
            raise ReleaseStepRefusedError(code, release.pk, release=locked)
        _lead_on(locked, Act.SIGN, actor, note=note)


def embargo_release(*, release: Release, until: datetime, actor: User, note: str = "") -> None:
    """Let a signed release be published at a moment; asked for again, at another one."""
    # A moment that has passed would publish at once, which is another decision.
    if until <= timezone.now():
        shown = f"{timezone.localtime(until):%Y-%m-%d %H:%M}"
        raise ReleaseStepRefusedError("embargo_in_the_past", shown, until=shown)
    with transaction.atomic():
        locked = _locked(release)
        # Asked now and again when it is published: a release that cannot be published must not promise a moment.
        _refuse_what_does_not_stand_for(locked)
        _lead_on(locked, Act.EMBARGO, actor, note=note, until=until)


def publish_release(*, release: Release, actor: User | None, note: str = "") -> None:
    """Publish a release now; the one that it stands for is revised in the same transaction."""
    with transaction.atomic():
        locked = _locked(release)
        _refuse_wrong_state(locked, Act.PUBLISH)
        _refuse_what_does_not_stand_for(locked)
        _lead_on(locked, Act.PUBLISH, actor, note=note)
        # In the same transaction: at no moment has a wave two published releases, or none.
        if locked.replaces is not None:
            _lead_on(_locked(locked.replaces), Act.REVISE, actor, detail={"by": locked.number})


def withdraw_release(*, release: Release, actor: User, note: str) -> None:
    """End a release that was not published; it is kept, with the reason."""
    with transaction.atomic():
        _lead_on(_locked(release), Act.WITHDRAW, actor, note=note)


def publish_due(now: datetime) -> list[Release]:
    """Publish the releases whose embargo has ended; what another release has overtaken stays as it is."""
    # In the order of their moments, so that a release is published before the one that revises it.
    due = Release.objects.filter(state=State.EMBARGOED.value, embargo_until__lte=now).order_by("embargo_until", "pk")
    published = []
    for release in due:
        try:
            publish_release(release=release, actor=None)
        # One that cannot be published must not keep the others that are due from it.
        except ReleaseStepRefusedError:
            continue
        published.append(release)
    return published


def _locked(release: Release) -> Release:
    # The wave first, in the order in which a release is made: two that lead releases of a wave on wait for each other.
    Wave.objects.select_for_update(of=("self",)).get(pk=release.wave_id)
    # Without its content, which has megabytes and is not changed by any step.
    return Release.objects.select_for_update(of=("self",)).select_related("wave").defer("content").get(pk=release.pk)


def _refuse_wrong_state(release: Release, act: ReleaseAct) -> None:
    if ReleaseState(release.state) not in TRANSITIONS[act].before:
        state = gettext(ReleaseState(release.state).label)
        raise ReleaseStepRefusedError("not_now", release.pk, release=release, state=state, act=gettext(act.label))


def _refuse_what_does_not_stand_for(release: Release) -> None:
    """Refuse a second published release of a wave beside the first: two figures for one thing."""
    published = Release.objects.filter(wave=release.wave_id, state=State.PUBLISHED.value)
    if published.exclude(pk=release.replaces_id or 0).exists():
        raise ReleaseStepRefusedError("another_published", release.pk, release=release)


def _lead_on(
    release: Release,
    act: ReleaseAct,
    actor: User | None,
    *,
    note: str = "",
    until: datetime | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    _refuse_wrong_state(release, act)
    if TRANSITIONS[act].needs_reason and not note.strip():
        raise ReleaseStepRefusedError("reason_needed", release.pk, release=release)
    release.state = TRANSITIONS[act].after.value
    if until is not None:
        release.embargo_until = until
    release.save(update_fields=["state", "embargo_until"])
    add_step(release, act, actor, note=note, until=until, detail=detail)
    record_action(actor=actor, verb=f"{act.value}_release", subject=release)


def add_step(
    release: Release,
    act: ReleaseAct,
    actor: User | None,
    *,
    note: str = "",
    until: datetime | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """One row of the log of a release, with its place in the audit chain."""
    step = ReleaseStep.objects.create(
        release=release, act=act.value, by=actor, note=note.strip(), until=until, detail=dict(detail or {})
    )
    chain(step)
