"""Passwords of the staff kept with SM3 instead of SHA-256."""

import hashlib
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher


def sm3(content: bytes = b"") -> Any:
    """SM3 (GB/T 32905-2016), which OpenSSL has; made only when asked for."""
    return hashlib.new("sm3", content)


class PBKDF2SM3PasswordHasher(PBKDF2PasswordHasher):
    """PBKDF2 as Django's, with HMAC-SM3."""

    algorithm = "pbkdf2_sm3"
    digest = staticmethod(sm3)
