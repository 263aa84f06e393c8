"""The second step of the login, and setting it up."""

import io
from collections.abc import Callable
from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_otp import login as otp_login

from survey.services.operation.two_factor import (
    confirm_device,
    device_to_set_up,
    has_second_factor,
    needs_second_factor,
    new_recovery_codes,
    remaining_recovery_codes,
    verified_device,
)
from survey.views.office import member_of_staff, office_page, render_office

# Whoever cannot go on has to be able to leave, and to read the page in the own language.
OPEN_TO_UNVERIFIED = {"two_factor", "two_factor_qr", "admin:logout", "admin:jsi18n", "set_language"}


class TwoFactorMiddleware:
    """Lead staff who need a second factor, or have one, to the page that asks for it before any other office page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    # Here, not in __call__: only now is it known which page the address leads to.
    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.view_name in OPEN_TO_UNVERIFIED or not waits_for_second_factor(request):
            return None
        back = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
        return redirect(f"{resolve_url('two_factor')}?{urlencode({'next': back})}")


def waits_for_second_factor(request: HttpRequest) -> bool:
    """Whether this member of staff has given a password only, where more is needed."""
    user = request.user
    # Firms have no account: whoever is no staff is let past.
    if not (isinstance(user, User) and user.is_staff) or user.is_verified():  # type: ignore[attr-defined]
        return False
    # Whoever has set one up is asked for it even where the role does not require it: a stolen password is then
    # not enough.
    return needs_second_factor(user) or has_second_factor(user)


@never_cache
@sensitive_post_parameters("token")
@office_page()
@require_http_methods(["GET", "HEAD", "POST"])
def two_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the app (or a recovery code); where there is no app yet, set one up."""
    user = member_of_staff(request)
    if not has_second_factor(user):
        return set_up(request, user)
    if user.is_verified():  # type: ignore[attr-defined]
        left = remaining_recovery_codes(user)
        return render_office(request, "operation/two_factor_own.html", _("Second factor"), left=left)
    error = ""
    if request.method == "POST":
        device = verified_device(user=user, typed=request.POST.get("token", "")[:40])
        if device is not None:
            otp_login(request, device)
            return redirect(next_page(request))
        error = _("This code is not right or was used already. Wait for the next code of the app, then enter it.")
    context = {"error": error, "next": asked(request)}
    return render_office(request, "operation/two_factor.html", _("Second factor"), status_of(error), **context)


def set_up(request: HttpRequest, user: User) -> HttpResponse:
    """Show the secret as a picture and as text until a right code proves that the app has it."""
    error = ""
    if request.method == "POST":
        codes = confirm_device(user=user, token=request.POST.get("token", "")[:40])
        if codes is not None:
            otp_login(request, user.totpdevice_set.get(confirmed=True))  # type: ignore[attr-defined]
            return show_codes(request, codes)
        error = _("This code is not right. Check the clock of your telephone, then enter the code shown now.")
    # The field of the model is hexadecimal; apps take Base32, as it stands in the address of the QR code.
    secret = grouped(device_to_set_up(user).config_url.split("secret=")[1].split("&")[0])
    page, title = "operation/two_factor_set_up.html", _("Set up the second factor")
    return render_office(request, page, title, status_of(error), error=error, secret=secret, next=asked(request))


def status_of(error: str) -> int:
    """Of the page that shows this error, or none."""
    return 422 if error else 200


@never_cache
@office_page()
@require_safe
def two_factor_qr(request: HttpRequest) -> HttpResponse:
    """The secret as a QR code; only until it is confirmed."""
    user = member_of_staff(request)
    # A password alone must not show the secret of an app in use: whoever has both would need no telephone.
    if has_second_factor(user):
        return HttpResponse(status=404)
    picture = io.BytesIO()
    segno.make(device_to_set_up(user).config_url).save(picture, kind="svg", scale=5, xmldecl=False)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@never_cache
@office_page()
@require_POST
def two_factor_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them once."""
    return show_codes(request, new_recovery_codes(user=member_of_staff(request)))


def show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    messages.success(request, _("The second factor is set up. Keep the recovery codes where only you find them."))
    parts = [f"{code[:5]}-{code[5:]}" for code in codes]
    page = "operation/two_factor_codes.html"
    return render_office(request, page, _("Recovery codes"), codes=parts, next=next_page(request))


def grouped(secret: str) -> str:
    """The secret in groups of four, to be typed by hand."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def asked(request: HttpRequest) -> str:
    """The page that was asked for before the second factor came between; empty where none was or it is elsewhere."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    # Otherwise a link to our own login could end on somebody else's page that looks like ours.
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()) else ""


def next_page(request: HttpRequest) -> str:
    """Where to go on."""
    return asked(request) or resolve_url("admin:index")
