"""The door and the walls of every office page that is not Django's own admin."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_urlconf, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext

from survey.selectors.fieldwork.territory import works_everywhere

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
OF_FIRMS = frozenset({"import_frame", "draw_sample", "view_firm", "view_contact", "view_case", "view_response"})
"""Rights to what names firms: their contacts, what was said with them, what they answered."""


def office_page(*permissions: str) -> Callable[[View[P]], View[P]]:
    """Let in staff with all of ``permissions`` (code names of this app); others get 403, nobody gets the login page."""
    return _door(lambda user: has_all(user, permissions), names_firms=_names_firms(permissions))


def office_page_of_either(*rights: tuple[str, ...]) -> Callable[[View[P]], View[P]]:
    """``office_page`` for several kinds of work: lets in staff with all permissions of one of ``rights`` at least."""
    return _door(
        lambda user: any(has_all(user, permissions) for permissions in rights),
        names_firms=any(map(_names_firms, rights)),
    )


def whole_office_page(*permissions: str) -> Callable[[View[P]], View[P]]:
    """``office_page`` for what concerns every district: who works on some of them alone gets 403."""
    return _door(lambda user: has_all(user, permissions), works_everywhere, names_firms=_names_firms(permissions))


def opens_for(request: HttpRequest, address: str) -> bool:
    """Whether the user may open the page at ``address``, by the rule of that page itself."""
    # The rule stands at the page alone: a menu with a table of its own would offer what then refuses.
    view = _view_at(address, get_urlconf() or settings.ROOT_URLCONF)
    if hasattr(view, "opens_for"):
        return bool(view.opens_for(request.user))
    # A list of the admin: Django asks this before it shows one.
    return bool(view.model_admin.has_view_or_change_permission(request))


@lru_cache(maxsize=256)
def _view_at(address: str, urlconf: str) -> Any:
    """The view of an address, looked up once: every page of the office asks for those of its whole menu."""
    return resolve(address, urlconf).func


def has_all(user: Any, permissions: tuple[str, ...]) -> bool:
    """Whether the user has all of ``permissions`` (code names of this app)."""
    return bool(user.has_perms([f"survey.{permission}" for permission in permissions]))


def _names_firms(permissions: tuple[str, ...]) -> bool:
    return not OF_FIRMS.isdisjoint(permissions)


def _door(
    has_right: Callable[[Any], bool], reaches: Callable[[Any], bool] = lambda user: True, *, names_firms: bool
) -> Callable[[View[P]], View[P]]:
    """The guard of a view; what it decides by can be asked of the view beforehand, as ``opens_for``.

    ``names_firms``: no browser and no proxy keeps what the view answers.
    """

    # Asked at every request: whoever leaves the office loses its pages at once, not with the end of the session.
    def is_let_in(user: Any) -> bool:
        return user.is_active and user.is_staff and has_right(user)

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                # Nobody else: user_passes_test would send staff who lack a right to the login again and again.
                return redirect_to_login(request.get_full_path(), reverse("admin:login"))
            if not is_let_in(request.user):
                raise PermissionDenied
            if not reaches(request.user):
                raise PermissionDenied(gettext("This concerns every district. Ask a colleague who has them all."))
            answer = view(request, *args, **kwargs)
            # A download says so already.
            if names_firms and "no-store" not in answer.get("Cache-Control", ""):
                add_never_cache_headers(answer)
            return answer

        guarded.opens_for = lambda user: is_let_in(user) and reaches(user)  # type: ignore[attr-defined]
        return guarded

    return guard


def render_office(request: HttpRequest, template: str, title: str, status: int = 200, **context: Any) -> HttpResponse:
    """The page ``template`` (which extends ``admin/base_site.html``) within the office."""
    return render(request, template, {**admin.site.each_context(request), "title": title, **context}, status=status)


def member_of_staff(request: HttpRequest) -> User:
    """The user of a request that ``office_page`` has let in."""
    assert isinstance(request.user, User)
    return request.user
