"""Functions over texts, with the counting of the specification they come from."""

import base64
import binascii
import hashlib

from survey.instrument.expressions.values import Value, is_blank, to_number, to_text

_DIGESTS = {
    "MD5": hashlib.md5,
    "SHA-1": hashlib.sha1,
    "SHA-256": hashlib.sha256,
    "SHA-384": hashlib.sha384,
    "SHA-512": hashlib.sha512,
}
"""The algorithms of the ODK specification; they name a text shortly and keep nothing secret."""


def concat(*values: Value) -> str:
    """The texts one behind the other."""
    return "".join(to_text(value) for value in values)


def join(separator: Value, *values: Value) -> str:
    """The answered texts with the separator between them; a list gives its codes one by one."""
    texts = [part for value in values for part in (value if isinstance(value, tuple) else (value,))]
    return to_text(separator).join(to_text(text) for text in texts if not is_blank(text))


def before(text: Value, part: Value) -> str:
    """What stands before the first occurrence of a part, or nothing."""
    head, found, _ = to_text(text).partition(to_text(part))
    return head if found else ""


def after(text: Value, part: Value) -> str:
    """What stands behind the first occurrence of a part, or nothing."""
    return to_text(text).partition(to_text(part))[2]


def substr(text: Value, start: Value, end: Value = None) -> Value:
    """From the place ``start`` to before ``end``, counted from 0 (OpenRosa)."""
    first, last = to_number(start), to_number(end)
    if first is None:
        return None
    return to_text(text)[int(first) : None if last is None else int(last)]


def substring(text: Value, first: Value, length: Value = None) -> Value:
    """``length`` characters from the place ``first``, counted from 1 (XPath 1.0)."""
    start, size = to_number(first), to_number(length)
    if start is None:
        return None
    begin = int(start) - 1
    return to_text(text)[max(begin, 0) : None if size is None else max(begin + int(size), 0)]


def translate(text: Value, old: Value, new: Value) -> str:
    """Each character of ``old`` replaced by the one of ``new`` at its place, or removed."""
    source, target = str(old or ""), str(new or "")
    table: dict[int, str | None] = {}
    for index, character in enumerate(source):
        # XPath 1.0, 4.2: where a character stands twice in the second argument, its first place decides.
        table.setdefault(ord(character), target[index] if index < len(target) else None)
    return to_text(text).translate(table)


def digest(text: Value, algorithm: Value, encoding: Value = "base64") -> Value:
    """The digest of a text in Base64 or, with the encoding "hex", in hexadecimal; nothing for another algorithm."""
    compute = _DIGESTS.get(to_text(algorithm))
    if compute is None:
        return None
    found = compute(to_text(text).encode(), usedforsecurity=False)
    return found.hexdigest() if to_text(encoding) == "hex" else base64.b64encode(found.digest()).decode()


def base64_decode(text: Value) -> Value:
    """The UTF-8 text that Base64 stands for, or nothing."""
    try:
        # Python passes over signs that are no Base64 unless told otherwise, and would give another text.
        return base64.b64decode(to_text(text), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
