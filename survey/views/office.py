"""The door and the walls of every office page that is not Django's own admin."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def office_page(*permissions: str) -> Callable[[View[P]], View[P]]:
    """Let in staff with all of ``permissions`` (code names of this app); others get 403, nobody gets the login page."""
    needed = [f"survey.{permission}" for permission in permissions]

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                # Nobody else: user_passes_test would send staff who lack a right to the login again and again.
                return redirect_to_login(request.get_full_path(), reverse("admin:login"))
            # Asked at every request: whoever leaves the office loses its pages at once, not with the end of the
            # session.
            if not (request.user.is_active and request.user.is_staff and request.user.has_perms(needed)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


def render_office(request: HttpRequest, template: str, title: str, status: int = 200, **context: Any) -> HttpResponse:
    """The page ``template`` (which extends ``admin/base_site.html``) within the office."""
    return render(request, template, {**admin.site.each_context(request), "title": title, **context}, status=status)


def member_of_staff(request: HttpRequest) -> User:
    """The user of a request that ``office_page`` has let in."""
    assert isinstance(request.user, User)
    return request.user
