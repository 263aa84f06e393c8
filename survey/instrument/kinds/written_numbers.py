"""Numbers as texts: as a person types them, and as a person reads them."""

from decimal import Decimal


def number_text(value: float) -> str:
    """A number as a person types it: no exponent, no trailing zeros."""
    # repr is the shortest text that reads back as the same float; Decimal writes it without an exponent.
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(value: float) -> str:
    """A number as a person reads it: its thousands grouped, no needless decimals."""
    # Ten decimals leave out what binary fractions lose.
    text = f"{value:,.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    return "0" if text == "-0" else text
