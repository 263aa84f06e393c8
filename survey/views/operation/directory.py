"""Logging in with the password of the organisation's directory (LDAP), which django-auth-ldap asks."""

from typing import Any

from django.contrib.auth.models import User
from django_auth_ldap.backend import LDAPBackend  # type: ignore[import-not-found,unused-ignore]


class DirectoryBackend(LDAPBackend):  # type: ignore[misc,unused-ignore]
    """Ends the session of an account that was made inactive, as Django's own backend does and the library does not."""

    def get_user(self, user_id: Any) -> User | None:
        user: User | None = super().get_user(user_id)
        return user if user is not None and user.is_active else None
