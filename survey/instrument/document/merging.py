"""Two people fill in one questionnaire: what a page or a form may overwrite, and what has to be asked.

A page knows the answers that it was shown with (``base``). Item by item: what the page did not change stays as it is
stored; what only the page changed is taken; what both changed to the same is the same; what both changed to different
answers is a conflict, which a person decides. Without a base every difference to a newer answer is a conflict.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from survey.instrument.answers import Parsed, keys_of
from survey.instrument.schema import Item, Page

Part = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One item with the newer answer that is stored and the one that the page brings, companions included."""

    item: str
    stored: Part
    typed: Part


@dataclass(frozen=True, slots=True)
class MergedAnswers:
    """The document after the page, and the items that a person has to decide."""

    answers: dict[str, Any]
    conflicts: tuple[Conflict, ...] = ()


def merge_page(
    stored: Mapping[str, Any], page: Page, parsed: Parsed, *, base: Mapping[str, Any] | None, is_stale: bool
) -> MergedAnswers:
    """The stored document with the page's answers. Items whose input was refused keep their stored answer."""
    refused = {error.place.code for error in parsed.errors}
    items = [item for item in page.items if item.code not in refused]
    return merge(stored, parsed.answers, items, base=base, is_stale=is_stale)


def merge(
    stored: Mapping[str, Any],
    brought: Mapping[str, Any],
    items: Iterable[Item],
    *,
    base: Mapping[str, Any] | None,
    is_stale: bool,
) -> MergedAnswers:
    """The stored document with what was brought for these items; conflicts only where it is stale."""
    merged, conflicts = dict(stored), []
    for item in items:
        held, typed = part_of(item, stored), part_of(item, brought)
        shown = part_of(item, base) if base is not None else None
        # The page brings what is stored anyway, or what it was shown and nobody touched.
        if held == typed or (is_stale and shown == typed):
            continue
        if is_stale and shown != held:
            conflicts.append(Conflict(item=item.code, stored=held, typed=typed))
            continue
        for key in keys_of(item):
            # Companions too: an answer that was taken back leaves no text and no mark behind.
            merged.pop(key, None)
        merged.update(typed)
    return MergedAnswers(answers=merged, conflicts=tuple(conflicts))


def part_of(item: Item, answers: Mapping[str, Any]) -> Part:
    """An item's answer with its companions."""
    return {key: answers[key] for key in keys_of(item) if key in answers}
