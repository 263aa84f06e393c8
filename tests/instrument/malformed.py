"""Malformed posts of a page from a fixed seed: missing, extra and repeated keys, wrong types, codes, signs and sizes."""

from collections.abc import Iterator
from random import Random
from typing import Any

from survey.instrument.kinds.choices import options_of, rows_of

TAILS = ("", "__missing", "__other", "__estimated", "__1", "__2", "__99", "__", "__missing__other", "[]", "\x00")
VALUES = (
    "", " ", "0", "-1", "1e999", "nan", "inf", "3,5", "1,234", "９９９", "9" * 400, "0x10", "½", "on", "yes", "1", "5", "6", "refused",
    "not_applicable", "dont_know", "a", "b", "z", "2026-02-30", "2026-03-05", "0000-00-00", "\x00", "a\x00b", "\ud800", "\udfff1",
    "x\ny", "\u202e", "=1+1", "<script>", "../../etc/passwd", "{}", "[1]", "null", "true", "a@b.cn", "@", "+", "字" * 5000, "é" * 300,
    "91110000600037341L", "C39", "440305",
)  # fmt: skip


def field_names(page: Any) -> Any:
    """Every field that the page has, and some that it has not."""
    names = ["stray", "csrfmiddlewaretoken", "", "__", "${item}"]
    for item in page.items:
        names += [item.code + tail for tail in TAILS]
        names += [f"{item.code}__{row.code}" for row in rows_of(item)]
        names += [f"{item.code}__{row.code}__{column.code}" for row in rows_of(item) for column in options_of(item)]
    return names


def malformed_posts(page: Any, seed: Any, count: Any) -> Iterator[Any]:
    """``count`` posts, each a dict of field name to the list of values under it."""
    random, names = Random(seed), field_names(page)
    for _ in range(count):
        chosen = random.sample(names, random.randrange(len(names)))
        yield {name: random.choices(VALUES, k=random.choice((0, 1, 1, 1, 1, 2, 3))) for name in chosen}
