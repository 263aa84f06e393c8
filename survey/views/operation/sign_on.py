"""Logging in with an account of the organisation (OpenID Connect), beside the password.

Whoever the provider names needs an account of the office with the same name: roles are given here. The second factor
is asked as after a password.
"""

from typing import Any

import jwt
import requests
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView


class SignOnBackend(OIDCAuthenticationBackend):  # type: ignore[misc]
    """The library's backend, which also checks for whom and by whom a token was made, and matches by user name."""

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """The claims of the token. Raises SuspiciousOperation for one of another issuer or for another client
        (OpenID Connect Core 1.0, 3.1.3.7), which the library lets pass, and for one that has run out."""
        try:
            claims: dict[str, Any] = super().verify_token(token, **kwargs)
        except jwt.InvalidTokenError as error:
            raise SuspiciousOperation(f"The token is not valid: {type(error).__name__}.") from error
        # One client as a text, several as a list (RFC 7519, 4.1.3).
        audience = claims.get("aud")
        if claims.get("iss") != settings.OIDC_ISSUER:
            raise SuspiciousOperation("The token was made by another issuer.")
        # Known to the settings only where a provider is.
        client: str = settings.OIDC_RP_CLIENT_ID  # type: ignore[misc]
        if client not in (audience if isinstance(audience, list) else [audience]):
            raise SuspiciousOperation("The token was made for another client.")
        # The library checks the time where there is one, and lets a token pass that names none.
        if "exp" not in claims:
            raise SuspiciousOperation("The token never runs out.")
        return claims

    def get_userinfo(self, access_token: str, id_token: str, payload: Any) -> dict[str, Any]:
        """What the provider says of the user; of the same one as the token (OpenID Connect Core 1.0, 5.3.2)."""
        info: dict[str, Any] = super().get_userinfo(access_token, id_token, payload)
        if not info.get("sub") or info["sub"] != payload.get("sub"):
            raise SuspiciousOperation("The token and the user are not of one subject.")
        return {**payload, **info}

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        return isinstance(self.named(claims), str)

    def named(self, claims: dict[str, Any]) -> Any:
        """The user name among the claims; None where there is none."""
        return claims.get(settings.OIDC_USERNAME_CLAIM) or None  # type: ignore[misc]

    def filter_users_by_claims(self, claims: dict[str, Any]) -> QuerySet[User]:
        """The account of this name, letter for letter: an address of e-mail can be anybody's at the provider."""
        # No account is made here: who works in the office is the office's decision, not the provider's.
        return User.objects.filter(username=self.named(claims), is_active=True, is_staff=True)


class RequestView(OIDCAuthenticationRequestView):  # type: ignore[misc]
    """Leads to the provider."""


class CallbackView(OIDCAuthenticationCallbackView):  # type: ignore[misc]
    """Where the provider leads back to."""

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            answer: HttpResponse = super().get(request)
        except (requests.RequestException, ValueError):
            # The provider is away, or its answer is none: with a password one still gets in.
            return self.login_failure()
        return answer

    def login_failure(self) -> HttpResponse:
        # One sentence for all reasons: which names have an account is not told to whoever tries.
        message = _(
            "Logging in with the account of your organisation did not work, or this account has no place in the "
            "office. Log in with your password, or ask an administrator."
        )
        messages.error(self.request, message)
        return HttpResponseRedirect(resolve_url("admin:login"))

    @property
    def success_url(self) -> str:
        return self.request.session.get("oidc_login_next") or resolve_url("admin:index")
