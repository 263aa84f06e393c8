"""Files sealed by age open with the secret key of one of their receivers, and with no other."""

from io import BytesIO

import pytest

from survey.age_sealing import AgeSealing
from survey.algorithms import KeyRefusedError, NotOpenedError

AGE = AgeSealing()
CONTENT = b"answers " * 30_000
"""More than one block of age."""


def sealed_to(*public: str) -> bytes:
    sealed = BytesIO()
    AGE.seal(BytesIO(CONTENT), sealed, public)
    return sealed.getvalue()


def opened(sealed: bytes, secret: str) -> bytes:
    plain = BytesIO()
    AGE.unseal(BytesIO(sealed), plain, secret)
    return plain.getvalue()


def test_each_receiver_opens_what_was_sealed() -> None:
    pairs = [AGE.new_keys() for _ in range(2)]
    sealed = sealed_to(*(public for public, _secret in pairs))
    assert CONTENT not in sealed
    assert [opened(sealed, secret) for _public, secret in pairs] == [CONTENT, CONTENT]


def test_another_key_and_a_changed_byte_open_nothing() -> None:
    public, secret = AGE.new_keys()
    sealed = bytearray(sealed_to(public))
    with pytest.raises(NotOpenedError):
        opened(bytes(sealed), AGE.new_keys()[1])
    sealed[len(sealed) // 2] ^= 1
    with pytest.raises(NotOpenedError):
        opened(bytes(sealed), secret)


def test_secret_key_is_found_among_other_lines() -> None:
    _public, secret = AGE.new_keys()
    assert AGE.secret_key(f"# of the safe\n {secret}\n") == secret


@pytest.mark.parametrize("text", ["", "age1", "AGE-SECRET-KEY-1", "ssh-ed25519 AAAA"])
def test_what_is_no_key_is_refused(text: str) -> None:
    for read in (AGE.public_key, AGE.secret_key):
        with pytest.raises(KeyRefusedError):
            read(text)
