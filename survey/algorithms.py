"""The algorithms that digests and keyed digests are made with and backups are encrypted with, in one place, so that
others (SM3, SM4) can take theirs.

Everything that has to be recognised again goes through here: access codes, the audit chain, digests of versions, plans,
files and releases, marks in pages. What only names something for a while, as a key of the cache does, and what is
defined with its algorithm, as the order of a random selection or a function of XLSForms, stays with hashlib.
"""

import hashlib
import hmac
import importlib
import json
from collections.abc import Sequence
from typing import IO, Protocol

STANDARD = "sha256"
SIZE = 32
"""Bytes of a digest: columns hold its 64 hexadecimal digits, whatever the algorithm."""

OTHERS = "Choose sha256, sm3 or sha3_256."
OF_A_SEALING = ("suffix", "new_keys", "public_key", "secret_key", "seal", "unseal")


class UnknownAlgorithmError(ValueError):
    """The name is none of an algorithm that this machine has, or its digests have another length."""


class KeyRefusedError(ValueError):
    """The text is no key of this kind."""


class NotOpenedError(ValueError):
    """The content was encrypted to another key, or is damaged."""


class Sealing(Protocol):
    """How a file is encrypted to public keys and opened with a secret one. What is opened is what was sealed, to the
    byte: a sealing without that proof (an authenticated one) is none."""

    suffix: str
    """Of the names of sealed files."""

    def new_keys(self) -> tuple[str, str]:
        """A new pair of keys, the public and the secret one, a line of text each."""

    def public_key(self, text: str) -> str:
        """The public key that a text spells. Raises KeyRefusedError."""

    def secret_key(self, content: str) -> str:
        """The secret key in the content of a file. Raises KeyRefusedError."""

    def seal(self, plain: IO[bytes], sealed: IO[bytes], public_keys: Sequence[str]) -> None:
        """Write the plain content so that each of these keys' secret one opens it, whatever its size."""

    def unseal(self, sealed: IO[bytes], plain: IO[bytes], secret_key: str) -> None:
        """Write the plain content. Raises NotOpenedError, and OSError as the system gives it."""


class _Chosen:
    """The algorithms in use; chosen once, when the program starts."""

    name = STANDARD
    sealing: Sealing | None = None


def choose(name: str) -> None:
    """Use an algorithm of hashlib (OpenSSL) with digests of 32 bytes from now on. Raises UnknownAlgorithmError."""
    try:
        size = hashlib.new(name).digest_size
    except ValueError as error:
        raise UnknownAlgorithmError(f"This machine has no algorithm {name!r}. {OTHERS}") from error
    if size != SIZE:
        raise UnknownAlgorithmError(f"Digests of {name!r} have {size} bytes, not {SIZE}. {OTHERS}")
    _Chosen.name = name


def choose_sealing(path: str) -> None:
    """Encrypt with the class at this dotted path from now on. Raises UnknownAlgorithmError."""
    module, _, name = path.rpartition(".")
    try:
        made = getattr(importlib.import_module(module), name)()
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise UnknownAlgorithmError(f"BACKUP_SEALING names {path!r}, which cannot be used: {error}.") from error
    lacking = [name for name in OF_A_SEALING if not hasattr(made, name)]
    if lacking:
        raise UnknownAlgorithmError(f"BACKUP_SEALING names {path!r}, which lacks {', '.join(lacking)}.")
    _Chosen.sealing = made


def sealing() -> Sealing:
    """What backups are encrypted with."""
    assert _Chosen.sealing is not None, "chosen when the program starts"
    return _Chosen.sealing


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
