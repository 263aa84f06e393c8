"""A sealing by SM4 and SM3 that holds that these can take the place of age. For tests: it reads a file at once, and
nobody has looked at it as a cipher has to be looked at."""

import os
from collections.abc import Sequence
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from survey.algorithms import KeyRefusedError, NotOpenedError

PUBLIC, SECRET = "sm4-public-", "sm4-secret-"
NONCE = bytes(12)
"""Each key encrypts one thing."""


class Sm4Sealing:
    """The key of a file, which SM4 encrypts it with, stands before it for each receiver, encrypted by what both agree
    on (X25519, HKDF by SM3)."""

    suffix = "sm4"

    def new_keys(self) -> tuple[str, str]:
        secret = X25519PrivateKey.generate()
        return PUBLIC + secret.public_key().public_bytes_raw().hex(), SECRET + secret.private_bytes_raw().hex()

    def public_key(self, text: str) -> str:
        return _key(text.strip(), PUBLIC)

    def secret_key(self, content: str) -> str:
        return _key(content.strip(), SECRET)

    def seal(self, plain: IO[bytes], sealed: IO[bytes], public_keys: Sequence[str]) -> None:
        file_key, own = os.urandom(16), X25519PrivateKey.generate()
        sealed.write(own.public_key().public_bytes_raw() + bytes([len(public_keys)]))
        for key in public_keys:
            theirs = X25519PublicKey.from_public_bytes(bytes.fromhex(key.removeprefix(PUBLIC)))
            sealed.write(_encrypted(_agreed(own, theirs), file_key))
        sealed.write(_encrypted(file_key, plain.read()))

    def unseal(self, sealed: IO[bytes], plain: IO[bytes], secret_key: str) -> None:
        own = X25519PrivateKey.from_private_bytes(bytes.fromhex(secret_key.removeprefix(SECRET)))
        agreed = _agreed(own, X25519PublicKey.from_public_bytes(sealed.read(32)))
        wrapped = [sealed.read(32) for _ in range(sealed.read(1)[0])]
        keys = [key for each in wrapped if (key := _decrypted(agreed, each)) is not None]
        content = _decrypted(keys[0], sealed.read()) if keys else None
        if content is None:
            raise NotOpenedError("another key, or damaged")
        plain.write(content)


def _key(text: str, kind: str) -> str:
    if not text.startswith(kind):
        raise KeyRefusedError("another kind of text")
    return text


def _agreed(own: X25519PrivateKey, theirs: X25519PublicKey) -> bytes:
    return HKDF(hashes.SM3(), 16, None, b"backup").derive(own.exchange(theirs))


def _encrypted(key: bytes, content: bytes) -> bytes:
    """The content and its proof."""
    encryptor = Cipher(SM4(key), GCM(NONCE)).encryptor()
    return encryptor.update(content) + encryptor.finalize() + encryptor.tag


def _decrypted(key: bytes, content: bytes) -> bytes | None:
    decryptor = Cipher(SM4(key), GCM(NONCE, content[-16:])).decryptor()
    try:
        return decryptor.update(content[:-16]) + decryptor.finalize()
    except InvalidTag:
        return None
