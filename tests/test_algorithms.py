"""Another algorithm takes the place of SHA-256 everywhere it has to be recognised again."""

import hashlib
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.contrib.auth.hashers import check_password, make_password

from config.passwords import PBKDF2SM3PasswordHasher
from survey import algorithms
from survey.age_sealing import AgeSealing
from survey.algorithms import (
    UnknownAlgorithmError,
    canonical_json,
    choose,
    choose_sealing,
    chosen,
    digest,
    keyed_digest,
)
from survey.models import AuditEntry, Case
from survey.services.audit import record_action
from survey.services.fieldwork.access_codes import derive_code, find_case, revoke_code
from survey.services.operation.audit_check import broken_links
from tests.tiny_survey import TINY

SM3_OF_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
"""The first example of GB/T 32905-2016, annex A."""

needs_sm3 = pytest.mark.skipif("sm3" not in hashlib.algorithms_available, reason="OpenSSL has no SM3 here")


@pytest.fixture
def sm3() -> Iterator[None]:
    choose("sm3")
    yield
    choose(algorithms.STANDARD)


def test_standard_is_sha_256() -> None:
    assert (chosen(), digest(b"abc")) == ("sha256", hashlib.sha256(b"abc").hexdigest())


@needs_sm3
@pytest.mark.usefixtures("sm3")
def test_sm3_gives_the_digest_of_its_standard() -> None:
    assert digest(b"abc") == SM3_OF_ABC
    assert digest(b"abc", "sha256") == hashlib.sha256(b"abc").hexdigest()


@needs_sm3
@pytest.mark.usefixtures("sm3")
def test_keyed_digest_is_hmac_with_the_algorithm() -> None:
    block = b"key".ljust(64, b"\0")
    inner = hashlib.new("sm3", bytes(part ^ 0x36 for part in block) + b"message").digest()
    assert keyed_digest(b"key", b"message") == hashlib.new("sm3", bytes(part ^ 0x5C for part in block) + inner).digest()


@pytest.mark.parametrize("name", ["no-such", "md5", "sha512"])
def test_algorithm_without_digests_of_32_bytes_is_refused(name: str) -> None:
    with pytest.raises(UnknownAlgorithmError, match=name):
        choose(name)
    assert chosen() == "sha256"


@needs_sm3
@pytest.mark.usefixtures("sm3")
def test_digest_of_a_version_follows() -> None:
    made = replace(TINY, code="another")
    assert made.digest == hashlib.new("sm3", made.canonical.encode()).hexdigest()


@needs_sm3
def test_access_codes_are_found_by_the_algorithm(cases: list[Case], sm3: None) -> None:
    assert find_case(derive_code(cases[0])) is None
    revoke_code(case=cases[0], actor=None)  # type: ignore[arg-type]
    assert find_case(derive_code(Case.objects.get(pk=cases[0].pk))) == cases[0]


@needs_sm3
@pytest.mark.django_db
def test_chain_goes_on_with_another_algorithm() -> None:
    record_action(actor=None, verb="first", subject="x")
    choose("sm3")
    try:
        record_action(actor=None, verb="second", subject="x")
    finally:
        choose(algorithms.STANDARD)
    assert list(AuditEntry.objects.order_by("position").values_list("algorithm", flat=True)) == ["sha256", "sm3"]
    assert list(broken_links()) == []


@needs_sm3
def test_passwords_can_be_kept_with_sm3() -> None:
    hasher = PBKDF2SM3PasswordHasher()
    kept = hasher.encode("correct horse battery", "salt", 10)
    assert kept.split("$")[0] == "pbkdf2_sm3"
    assert b64decode(kept.split("$")[3]) == hashlib.pbkdf2_hmac("sm3", b"correct horse battery", b"salt", 10)
    assert check_password("x", make_password("x"))


def test_equal_content_has_one_spelling_in_whatever_order_it_was_written() -> None:
    assert canonical_json({"b": 1, "a": "痛点"}) == canonical_json({"a": "痛点", "b": 1}) == '{"a":"痛点","b":1}'


def test_content_that_json_cannot_say_has_no_spelling() -> None:
    with pytest.raises(ValueError, match="Out of range float values are not JSON compliant"):
        canonical_json({"a": float("nan")})


def test_backups_are_sealed_by_age_where_nothing_else_is_set() -> None:
    assert isinstance(algorithms.sealing(), AgeSealing)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("no.such.Sealing", "cannot be used"),
        ("survey.algorithms.digest", "cannot be used"),
        ("collections.Counter", "lacks suffix, new_keys, public_key, secret_key, seal, unseal"),
    ],
)
def test_sealing_that_cannot_seal_is_refused_at_the_start(path: str, said: str) -> None:
    before = algorithms.sealing()
    with pytest.raises(UnknownAlgorithmError, match=said):
        choose_sealing(path)
    assert algorithms.sealing() is before
