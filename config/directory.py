"""Settings of a directory (LDAP) that checks passwords of staff, for django-auth-ldap."""

from importlib.util import find_spec
from typing import Any

from django.core.exceptions import ImproperlyConfigured

DIRECTORY_BACKEND = "survey.views.operation.directory.DirectoryBackend"
SECONDS = 10
"""A directory that is silent holds a thread no longer."""


def directory(uri: str, user_dn: str) -> dict[str, Any]:
    """The settings for the directory at ``uri``, whose entries of staff have the name ``user_dn``. Raises
    ImproperlyConfigured where the library is missing, or the name has no place for the user's."""
    if find_spec("django_auth_ldap") is None:
        raise ImproperlyConfigured("LDAP_URI needs `pip install -r requirements-ldap.txt` (docs/operating.md).")
    if "%(user)s" not in user_dn:
        raise ImproperlyConfigured("Set LDAP_USER_DN to the name of an entry with %(user)s in it.")
    import ldap  # type: ignore[import-not-found,unused-ignore]

    return {
        "AUTH_LDAP_SERVER_URI": uri,
        "AUTH_LDAP_USER_DN_TEMPLATE": user_dn,
        # Accounts and roles are given in the office; a login makes no account.
        "AUTH_LDAP_NO_NEW_USERS": True,
        "AUTH_LDAP_CONNECTION_OPTIONS": {ldap.OPT_NETWORK_TIMEOUT: SECONDS, ldap.OPT_TIMEOUT: SECONDS},
        # A password never goes over the network in clear.
        "AUTH_LDAP_START_TLS": not uri.startswith(("ldaps://", "ldapi://")),
    }
