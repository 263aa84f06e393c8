"""E-mail addresses and telephone numbers: which are taken, and how they are kept."""

import pytest

from survey.instrument.answers import parse_item
from survey.terms import ItemType
from tests.instrument.tiny import item

EMAIL, PHONE = item("mail", ItemType.EMAIL), item("phone", ItemType.PHONE)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Li.Na+survey@Firm.Example.COM", "Li.Na+survey@firm.example.com"),
        ("ｌｉ＠firm.example.com", "li@firm.example.com"),
        (f"{'a' * 64}@firm.cn", f"{'a' * 64}@firm.cn"),
    ],
)
def test_domain_alone_is_kept_in_small_letters(typed: str, kept: str) -> None:
    assert parse_item(EMAIL, {"mail": [typed]}).answers == {"mail": kept}


@pytest.mark.parametrize("typed", ["li", "li@firm", "li@@firm.cn", "li na@firm.cn", f"{'a' * 65}@firm.cn", "@firm.cn"])
def test_what_no_mail_server_takes_is_refused(typed: str) -> None:
    assert [error.code for error in parse_item(EMAIL, {"mail": [typed]}).errors] == ["email_form"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0755-12345678", "0755-12345678"),
        ("（＋８６）　755  1234567", "(+86) 755 1234567"),
        ("0755-12345678转801", "0755-12345678转801"),
        ("12345", "12345"),
        ("1" * 20, "1" * 20),
    ],
)
def test_number_is_kept_as_typed_in_narrow_signs(typed: str, kept: str) -> None:
    assert parse_item(PHONE, {"phone": [typed]}).answers == {"phone": kept}


@pytest.mark.parametrize("typed", ["1234", "1" * 21, "call me", "0755-12345678转8014567", "0755-1234567/0755-7654321"])
def test_what_is_not_one_number_is_refused(typed: str) -> None:
    assert [error.code for error in parse_item(PHONE, {"phone": [typed]}).errors] == ["phone_form"]


def test_nothing_typed_is_no_answer() -> None:
    assert (parse_item(EMAIL, {"mail": [" "]}).answers, parse_item(PHONE, {}).answers) == ({}, {})
