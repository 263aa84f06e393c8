"""Two people fill in one questionnaire: what a page or a form may overwrite, and what has to be asked.

A page knows the answers that it was shown with (``base``) and those that it has sent itself without hearing back
(``sent``). Item by item: what the page did not change stays as it is stored; what only the page changed is taken; what
both changed to the same is the same; what both changed to different answers is a conflict, which a person decides.
Without a base every difference to a newer answer is a conflict. What a page has sent itself is nobody else's answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from survey.instrument.answers import Parsed
from survey.instrument.document.unread import document_keys, typed_document
from survey.instrument.kinds.raw_text import RawInput
from survey.instrument.kinds.registry import kind_of
from survey.instrument.routing.pruning import UNREAD
from survey.instrument.schema import Item, Page

Part = dict[str, Any]
Document = Mapping[str, Any]


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
    stored: Document,
    page: Page,
    parsed: Parsed,
    *,
    base: Document | None,
    is_stale: bool,
    raw: RawInput | None = None,
    sent: Iterable[Document] = (),
) -> MergedAnswers:
    """The stored document with the page's answers.

    Items whose input was refused keep their stored answer, with what was typed (``raw``) beside it.
    """
    refused = {error.place.code for error in parsed.errors}
    # Beside the text stands what is stored, never what the page says that it was shown with.
    brought = typed_document(page.items, parsed, raw or {}, stored)
    items = [
        item
        for item in page.items
        # Nobody types what is calculated; of a refused item something is brought only where its text is known.
        if kind_of(item).is_asked and (item.code not in refused or part_of(item, brought))
    ]
    return merge(stored, brought, items, base=base, is_stale=is_stale, sent=sent)


def merge(
    stored: Document,
    brought: Document,
    items: Iterable[Item],
    *,
    base: Document | None,
    is_stale: bool,
    sent: Iterable[Document] = (),
) -> MergedAnswers:
    """The stored document with what was brought for these items; conflicts only where it is stale."""
    merged, conflicts, sent = dict(stored), [], tuple(sent)
    for item in items:
        held, typed = part_of(item, stored), part_of(item, brought)
        own = [part_of(item, document) for document in (base, *sent) if document is not None]
        # The page brings what is stored anyway, or what it was shown and nobody touched.
        if held == typed or (is_stale and own and all(_is_as_shown(item, part, typed) for part in own)):
            continue
        if is_stale and held not in own:
            conflicts.append(Conflict(item=item.code, stored=held, typed=typed))
            continue
        for key in document_keys(item):
            # Companions too: an answer that was taken back leaves no text and no mark behind.
            merged.pop(key, None)
        merged.update(typed)
    return MergedAnswers(answers=merged, conflicts=tuple(conflicts))


def _is_as_shown(item: Item, shown: Part, typed: Part) -> bool:
    """Whether nobody has touched the item; a text that cannot be read is compared alone, as it stands in its field."""
    key = item.code + UNREAD
    return shown.get(key) == typed[key] if key in typed else shown == typed


def part_of(item: Item, answers: Document) -> Part:
    """An item's answer with its companions, and what could not be read of it."""
    return {key: answers[key] for key in document_keys(item) if key in answers}
