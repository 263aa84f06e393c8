"""Leading a release on: a page that says what will happen, and doing it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from survey.forms.office.releases import ReleaseStepForm
from survey.models import Release
from survey.release_terms import ReleaseAct
from survey.selectors.said import said as _
from survey.services.refusals import RefusedError
from survey.services.results.release_life import (
    TRANSITIONS,
    check_release,
    embargo_release,
    publish_release,
    sign_release,
    withdraw_release,
)
from survey.terms import gettext_noop
from survey.views.office import member_of_staff, office_page, render_office
from survey.views.results.releases import found_release


def _embargo(release: Release, actor: User, said: Mapping[str, Any]) -> None:
    embargo_release(release=release, until=said["until"], actor=actor, note=said["note"])


# Without REVISE: it follows from publishing what stands for a release, and nobody presses it.
DO: Mapping[ReleaseAct, Callable[[Release, User, Mapping[str, Any]], None]] = {
    ReleaseAct.CHECK: lambda release, actor, said: check_release(release=release, actor=actor, note=said["note"]),
    ReleaseAct.SIGN: lambda release, actor, said: sign_release(release=release, actor=actor, note=said["note"]),
    ReleaseAct.EMBARGO: _embargo,
    ReleaseAct.PUBLISH: lambda release, actor, said: publish_release(release=release, actor=actor, note=said["note"]),
    ReleaseAct.WITHDRAW: lambda release, actor, said: withdraw_release(release=release, actor=actor, note=said["note"]),
}
ASKED: Mapping[ReleaseAct, tuple[str, str]] = {
    ReleaseAct.CHECK: (
        gettext_noop("Note that it is checked"),
        gettext_noop("You have looked its tables, words and notes through, in both languages, and found no fault."),
    ),
    ReleaseAct.SIGN: (
        gettext_noop("Sign it"),
        gettext_noop("With your name you stand for what it says, and for its certificate. Whoever made it cannot."),
    ),
    ReleaseAct.EMBARGO: (
        gettext_noop("Put it under embargo"),
        gettext_noop("Nobody but those who make releases sees it before the moment; then it is published by itself."),
    ),
    ReleaseAct.PUBLISH: (
        gettext_noop("Publish it now"),
        gettext_noop(
            "Everybody with the right to results sees it at once. It cannot be taken back, only revised by a new one."
        ),
    ),
    ReleaseAct.WITHDRAW: (
        gettext_noop("Withdraw it"),
        gettext_noop("It is not published, and kept with the reason. For other figures make a new release."),
    ),
}
"""By act the words of its button, and what it means."""


@office_page("view_release", "view_dashboard")
@require_http_methods(["GET", "HEAD", "POST"])
def release_step(request: HttpRequest, code: str, number: int, act: str) -> HttpResponse:
    """Ask for the confirmation of a step, and do it."""
    release, chosen = found_release(request, code, number), act_of(act)
    # By the step and not by the page: who signs is somebody other than who makes.
    if not request.user.has_perm(f"survey.{TRANSITIONS[chosen].permission}"):
        raise PermissionDenied
    form = ReleaseStepForm(request.POST if request.method == "POST" else None, act=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            DO[chosen](release, member_of_staff(request), form.cleaned_data)
            messages.success(request, _("The release is %(act)s.") % {"act": _(chosen.label)})
            return redirect("release_page", code, number)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
    button, meaning = (_(text) for text in ASKED[chosen])
    context: dict[str, Any] = {"release": release, "form": form, "button": button, "meaning": meaning, "act": chosen}
    return render_office(request, "results/release_step.html", button, **context)


def act_of(name: str) -> ReleaseAct:
    """The act that an address names. Raises Http404 for any other word."""
    found = next((act for act in DO if act.value == name), None)
    if found is None:
        raise Http404
    return found
