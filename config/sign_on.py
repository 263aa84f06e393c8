"""Settings of logging in with an account of the organisation (OpenID Connect), for mozilla-django-oidc."""

from typing import Any

import environ

SIGN_ON_BACKEND = "survey.views.operation.sign_on.SignOnBackend"
SECONDS = 10
"""A provider that is silent holds a thread no longer."""


def sign_on(env: environ.Env) -> dict[str, Any]:
    """The settings for the provider that the environment names. Raises ImproperlyConfigured where one of its addresses
    is missing, or its client."""
    return {
        "OIDC_RP_CLIENT_ID": env.str("OIDC_CLIENT_ID"),
        "OIDC_RP_CLIENT_SECRET": env.str("OIDC_CLIENT_SECRET"),
        "OIDC_OP_AUTHORIZATION_ENDPOINT": env.str("OIDC_AUTHORIZATION_ENDPOINT"),
        "OIDC_OP_TOKEN_ENDPOINT": env.str("OIDC_TOKEN_ENDPOINT"),
        "OIDC_OP_USER_ENDPOINT": env.str("OIDC_USERINFO_ENDPOINT"),
        "OIDC_OP_JWKS_ENDPOINT": env.str("OIDC_KEYS_ENDPOINT"),
        "OIDC_RP_SIGN_ALGO": env.str("OIDC_ALGORITHM", default="RS256"),
        "OIDC_RP_SCOPES": env.str("OIDC_SCOPES", default="openid profile"),
        "OIDC_USERNAME_CLAIM": env.str("OIDC_USERNAME_CLAIM", default="preferred_username"),
        # Roles are given in the office; a login makes no account.
        "OIDC_CREATE_USER": False,
        # RFC 9700, 2.1.1: also for clients with a secret, as a stolen code is worth nothing without the verifier.
        "OIDC_USE_PKCE": True,
        "OIDC_TIMEOUT": SECONDS,
    }
