"""Files encrypted by age: X25519 and ChaCha20-Poly1305."""

from collections.abc import Sequence
from typing import IO

import pyrage
from pyrage import x25519

from survey.algorithms import KeyRefusedError, NotOpenedError


class AgeSealing:
    """As `algorithms.Sealing` asks for; what it writes any program of age opens."""

    suffix = "age"

    def new_keys(self) -> tuple[str, str]:
        secret = x25519.Identity.generate()
        return str(secret.to_public()), str(secret)

    def public_key(self, text: str) -> str:
        try:
            return str(x25519.Recipient.from_str(text.strip()))
        except pyrage.RecipientError as error:
            raise KeyRefusedError("no public key") from error

    def secret_key(self, content: str) -> str:
        for line in map(str.strip, content.splitlines()):
            if line.startswith("AGE-SECRET-KEY-"):
                try:
                    return str(x25519.Identity.from_str(line))
                except pyrage.IdentityError as error:
                    raise KeyRefusedError("no secret key") from error
        raise KeyRefusedError("no secret key")

    def seal(self, plain: IO[bytes], sealed: IO[bytes], public_keys: Sequence[str]) -> None:
        pyrage.encrypt_io(plain, sealed, [x25519.Recipient.from_str(key) for key in public_keys])

    def unseal(self, sealed: IO[bytes], plain: IO[bytes], secret_key: str) -> None:
        try:
            pyrage.decrypt_io(sealed, plain, [x25519.Identity.from_str(secret_key)])
        except pyrage.DecryptError as error:
            raise NotOpenedError(str(error)) from error
        except OSError as error:
            # Of the system with its number; a damaged block comes without one.
            if error.errno:
                raise
            raise NotOpenedError(str(error)) from error
