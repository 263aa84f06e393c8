"""The algorithm that digests and keyed digests are made with, in one place, so that another (SM3) can take its place.

Everything that has to be recognised again goes through here: access codes, the audit chain, digests of versions, plans,
files and releases, marks in pages. What only names something for a while, as a key of the cache does, and what is
defined with its algorithm, as the order of a random selection or a function of XLSForms, stays with hashlib.
"""

import hashlib
import hmac
import json

STANDARD = "sha256"
SIZE = 32
"""Bytes of a digest: columns hold its 64 hexadecimal digits, whatever the algorithm."""

OTHERS = "Choose sha256, sm3 or sha3_256."


class UnknownAlgorithmError(ValueError):
    """The name is none of an algorithm that this machine has, or its digests have another length."""


class _Chosen:
    """The algorithm in use; chosen once, when the program starts."""

    name = STANDARD


def choose(name: str) -> None:
    """Use an algorithm of hashlib (OpenSSL) with digests of 32 bytes from now on. Raises UnknownAlgorithmError."""
    try:
        size = hashlib.new(name).digest_size
    except ValueError as error:
        raise UnknownAlgorithmError(f"This machine has no algorithm {name!r}. {OTHERS}") from error
    if size != SIZE:
        raise UnknownAlgorithmError(f"Digests of {name!r} have {size} bytes, not {SIZE}. {OTHERS}")
    _Chosen.name = name


def chosen() -> str:
    """The name of the algorithm in use."""
    return _Chosen.name


def digest(content: bytes, algorithm: str = "") -> str:
    """64 hexadecimal digits; ``algorithm`` for what was made with an earlier one."""
    return hashlib.new(algorithm or _Chosen.name, content).hexdigest()


def keyed_digest(key: bytes, message: bytes) -> bytes:
    """HMAC of the message, 32 bytes."""
    return hmac.digest(key, message, _Chosen.name)


def canonical_json(content: object) -> str:
    """One spelling for equal content, to digest: sorted keys, no spaces, characters as themselves."""
    # Not a number has no spelling in JSON: it stops here rather than as a digest that no other reader can make again.
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
