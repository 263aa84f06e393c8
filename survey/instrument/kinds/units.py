"""Units as people write them behind a number: those of the item, and of money the multiples of one another."""

from collections.abc import Iterator
from decimal import Decimal

from survey.instrument.kinds.kind import Kind
from survey.instrument.schema import Item

YUAN = {
    "元": 1, "yuan": 1, "rmb": 1, "千元": 10**3, "万元": 10**4, "百万元": 10**6, "千万元": 10**7, "亿元": 10**8,
    "10,000 yuan": 10**4, "million yuan": 10**6, "billion yuan": 10**9,
}  # fmt: skip
"""How many yuan each unit of money is."""
SHORT_OF = {"万": 10**4, "亿": 10**8}
"""How a number of yuan ends where 元 is left unsaid; nobody counts ten thousands in ten thousands, so it is clear."""
ONE = Decimal(1)


def yuan_in(item: Item) -> int | None:
    """How many yuan the unit of the item is; None where its numbers are no money."""
    return next((YUAN[word] for word in _own(item) if word in YUAN), None)


def without_unit(kind: Kind, item: Item, text: str) -> tuple[str, Decimal]:
    """The text without the unit behind it, and what its number has to be multiplied by to be in the item's own unit.

    A unit that the item does not have stays in the text: what 500 kg means in a field of people is not guessed.
    """
    folded = text.casefold()
    # The longest first, since 百万元 ends in 万元 and in 元.
    for word, factor in sorted(_units(kind, item), key=lambda unit: -len(unit[0])):
        if folded.endswith(word) and len(folded) > len(word):
            return text[: -len(word)].rstrip(), factor
    # Chinese says "per cent" before the number.
    if "%" in dict(_units(kind, item)) and text.startswith("百分之"):
        return text.removeprefix("百分之"), ONE
    return text, ONE


def _units(kind: Kind, item: Item) -> Iterator[tuple[str, Decimal]]:
    own = yuan_in(item)
    if own:
        # Not "10,000 yuan": behind a 1 it would read as 110,000 yuan.
        words = {word: yuan for word, yuan in {**YUAN, **SHORT_OF}.items() if not word[0].isdigit()}
        yield from ((word, Decimal(yuan) / own) for word, yuan in words.items())
    else:
        yield from ((word, ONE) for word in _own(item) if not word[0].isdigit())
        yield from ((word, ONE) for word in (kind.unit,) if word)


def _own(item: Item) -> list[str]:
    return [word.strip().casefold() for word in item.unit.to_dict().values() if word.strip()]
