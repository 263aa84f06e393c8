"""The form of an access code: fifteen symbols of Crockford's base 32 (75 bits) and a check symbol, shown as 4 x 4.

The check is over GF(32): with the primitive element a, the symbols c_0 ... c_15 satisfy sum(a^i c_i) = 0. All weights
a^i differ and none is 0, so every single wrong symbol and every swap of two symbols is noticed.
Source of the alphabet: D. Crockford, "Base 32" (2019); O reads as 0, I and L read as 1.
"""

import re
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
"""Fifteen symbols of five bits, and one that checks them: four groups of four on a letter."""
DATA_BITS = 5 * (LENGTH - 1)
VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
# Primitive: its root takes all 31 values but 0 as powers, so that the weights of sixteen symbols differ.
PRIMITIVE_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1
LINK_MARK = "#CODE="
# Looked for at every place, since a word of four letters before a code could be its first group; groups are set apart
# alike.
_GROUPS = re.compile(
    r"(?<![A-Z0-9])(?=([A-Z0-9]{4}([\s\u2010-\u2015_-]{0,3})[A-Z0-9]{4}(?:\2[A-Z0-9]{4}){2})(?![A-Z0-9]))"
)


def multiply(left: int, right: int) -> int:
    """Product of two elements of GF(32)."""
    product = 0
    while right:
        # Multiplication of polynomials over GF(2): adding is exclusive or, and x^5 is replaced as it appears.
        product ^= left if right & 1 else 0
        left = left << 1 ^ (PRIMITIVE_POLYNOMIAL if left & 0b10000 else 0)
        right >>= 1
    return product


def powers_of_primitive_element() -> tuple[int, ...]:
    weights = [1]
    while len(weights) < LENGTH:
        weights.append(multiply(weights[-1], 2))
    return tuple(weights)


# The check symbol stands last and has weight 1, so that it is simply the sum of the others.
WEIGHTS = powers_of_primitive_element()[::-1]


def syndrome(values: list[int]) -> int:
    """Weighted sum over GF(32) of the values of up to sixteen symbols; 0 for a right code."""
    total = 0
    # While a code is made the check symbol is still missing, and its weight is left over.
    for weight, value in zip(WEIGHTS, values, strict=False):
        total ^= multiply(weight, value)
    return total


def encode(number: int) -> str:
    """The sixteen symbols of a number of 75 bits, without groups. Raises ``ValueError`` for any other number."""
    if not 0 <= number < 1 << DATA_BITS:
        raise ValueError(f"{number} does not fit in {DATA_BITS} bits.")
    values = [number >> shift & 31 for shift in range(DATA_BITS - 5, -1, -5)]
    return "".join(ALPHABET[value] for value in [*values, syndrome(values)])


def in_groups(code: str) -> str:
    """The code as it is printed: ``ABCD-EFGH-JKMN-PQRS``."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def normalise(text: str) -> str | None:
    """The sixteen symbols of a code as a person typed or pasted it, or None where it cannot be a code.

    Accepts spaces, hyphens, lower case, full width, O for 0, I and L for 1, a whole link with the code in it, what
    stands around a code in a letter (its name with a colon, quotes, dots), and a sentence with one code in four groups.
    """
    # Cut first: whatever is pasted into the field, reading it stays short. A link carries the code at its end.
    upper = unicodedata.normalize("NFKC", text[:2000]).upper().rpartition(LINK_MARK)[2]
    # Behind the last colon that has something behind it: "Access code: ..." is made of letters of codes as well.
    told = upper.rstrip("".join(set(upper) - VALUES.keys())).rpartition(":")[2]
    code = _code_of(told)
    if code is not None:
        return code
    found = {_code_of(match[1]) for match in _GROUPS.finditer(upper)} - {None}
    return found.pop() if len(found) == 1 else None


def _code_of(text: str) -> str | None:
    """The code that all letters and digits of a text make up."""
    # Letters and digits that no code has make it none; everything else between and around them is of no account.
    symbols = [symbol for symbol in text if symbol.isascii() and symbol.isalnum()]
    if len(symbols) != LENGTH or any(symbol not in VALUES for symbol in symbols):
        return None
    values = [VALUES[symbol] for symbol in symbols]
    return None if syndrome(values) else "".join(ALPHABET[value] for value in values)
