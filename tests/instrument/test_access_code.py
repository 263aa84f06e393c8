import pytest

from survey.instrument.access_code import ALPHABET, encode, in_groups, multiply, normalise

CODE = encode(0x2A5F_1234_5678_9ABC_DEF)


def test_multiply_follows_the_field_of_32_elements() -> None:
    assert [multiply(2, 16), multiply(4, 16), multiply(31, 1)] == [5, 10, 31]


def test_multiply_has_no_zero_divisors() -> None:
    assert {multiply(a, b) for a in range(1, 32) for b in range(1, 32)} == set(range(1, 32))


def test_encode_gives_sixteen_symbols_that_normalise_accepts() -> None:
    assert (len(CODE), normalise(CODE)) == (16, CODE)


def test_encode_of_zero_is_all_zeros() -> None:
    assert encode(0) == "0" * 16


@pytest.mark.parametrize("number", [-1, 1 << 75])
def test_encode_refuses_a_number_of_more_than_75_bits(number: int) -> None:
    with pytest.raises(ValueError, match="does not fit in 75 bits"):
        encode(number)


def test_in_groups_makes_four_of_four() -> None:
    assert in_groups("ABCDEFGHJKMNPQRS") == "ABCD-EFGH-JKMN-PQRS"


def test_check_symbol_notices_every_single_substitution() -> None:
    changed = [CODE[:i] + s + CODE[i + 1 :] for i in range(16) for s in ALPHABET if s != CODE[i]]
    assert [code for code in changed if normalise(code)] == []


def test_check_symbol_notices_every_swap_of_two_symbols() -> None:
    swaps = [(i, j) for i in range(16) for j in range(i + 1, 16) if CODE[i] != CODE[j]]
    changed = [CODE[:i] + CODE[j] + CODE[i + 1 : j] + CODE[i] + CODE[j + 1 :] for i, j in swaps]
    assert [code for code in changed if normalise(code)] == []


@pytest.mark.parametrize(
    "typed",
    [
        in_groups(CODE),
        f"  {in_groups(CODE).lower()}\n",
        CODE[:4] + " – " + CODE[4:8] + "\u3000" + CODE[8:],
        "".join(chr(ord(symbol) + 0xFEE0) for symbol in CODE),
        CODE.replace("0", "o").replace("1", "l"),
        CODE.replace("0", "O").replace("1", "I"),
        f"survey.example.org/#code={in_groups(CODE)}",
        "\u200b" + CODE,
        f"访问码：{in_groups(CODE)}。",
        f"Access code: {in_groups(CODE)}.",
        f"“{in_groups(CODE)}”",
        f"「{CODE}」",
        f"'{in_groups(CODE)}':",
        f"您的访问码是 {in_groups(CODE)}，请于2026年12月31日24:00前填报。",
        f"贵企业的访问码：{in_groups(CODE)}（请勿转发）截止时间：12月31日",
        f"Your access code is {in_groups(CODE)}, valid until 31 May.",
        f"open with code {in_groups(CODE).replace('-', ' ')} until Friday",
    ],
)
def test_normalise_accepts_what_people_type_and_paste(typed: str) -> None:
    assert normalise(typed) == CODE


def test_text_with_two_codes_is_none_of_them() -> None:
    assert normalise(f"{in_groups(CODE)} or {in_groups(encode(7))}?") is None


@pytest.mark.parametrize("typed", ["", "ABCD", CODE + "0", CODE[:-1] + "U", CODE[:-1] + "*", "x" * 100_000])
def test_normalise_refuses_what_is_no_code(typed: str) -> None:
    assert normalise(typed) is None
