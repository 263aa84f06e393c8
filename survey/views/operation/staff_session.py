"""Staff who did nothing for a while are logged out; the questionnaire has its own, longer session."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _

LAST_SEEN = "staff_last_seen"
SECONDS_BETWEEN_NOTES = 30
"""The session is written at most this often: a write for every request would make readers queue for the database."""


@receiver(user_logged_in)
def note_login(request: HttpRequest, **kwargs: Any) -> None:
    """The time counts from the login."""
    request.session[LAST_SEEN] = int(timezone.now().timestamp())


class StaffIdleMiddleware:
    """Log staff out who sent nothing for ``STAFF_IDLE_SECONDS`` and lead them back to the page after they log in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Most requests come from firms; of these the user is not even loaded.
        if LAST_SEEN not in request.session and not request.user.is_authenticated:
            return self.get_response(request)
        now, seen = int(timezone.now().timestamp()), request.session.get(LAST_SEEN)
        if request.user.is_authenticated and isinstance(seen, int) and now - seen > settings.STAFF_IDLE_SECONDS:
            return log_out(request)
        # A session from before an upgrade has no time yet; it begins to count now.
        if request.user.is_authenticated and (seen is None or now - seen >= SECONDS_BETWEEN_NOTES):
            request.session[LAST_SEEN] = now
        return self.get_response(request)


def log_out(request: HttpRequest) -> HttpResponseBase:
    """End the session and ask for the password again; a page that was only read is led back to."""
    # A post cannot be led back to: its address alone, asked by GET, may be a 405 or another page.
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else resolve_url("admin:index")
    logout(request)
    minutes = settings.STAFF_IDLE_SECONDS // 60
    messages.info(request, _("You were logged out after %(minutes)s minutes without activity.") % {"minutes": minutes})
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}")
