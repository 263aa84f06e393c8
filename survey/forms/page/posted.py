"""What the page of a questionnaire posts beside its answers, and files among them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict

from survey.forms.page.form import REASON, REASON_ALSO, REASON_CODE
from survey.forms.page.last_time import SAME, last_fields
from survey.instrument.document.unread import document_keys, fields_shown, posted_fields_of
from survey.instrument.edits.beside_known import KINDS_OF_FAILURE
from survey.instrument.edits.officer_notes import rule_of
from survey.instrument.edits.reason_codes import Reason
from survey.instrument.kinds.registry import kind_of
from survey.instrument.routing.pruning import NAME
from survey.instrument.schema import Item, Option, Page
from survey.selectors.respondent.session import Answering, Filling
from survey.selectors.said import said as gettext
from survey.services.answers.uploads import Uploaded, UploadRefusedError, name_shown, name_upload
from survey.terms import EditLevel

CHOOSE, UNDECIDED, REPAIR = "choose__", "undecided", "repair__"
# A page's answers have some kilobytes; json.loads of megabytes would hold up a worker.
LONGEST_BASE = 200_000
# Drafts on their way at once: one while typing, one on leaving, one before. More tell nothing new.
MOST_SENT = 3


@dataclass(frozen=True, kw_only=True)
class PostedPage:
    """A post taken apart: ``typed`` as it came, ``raw`` as it is to be saved.

    ``files`` are new ones by the reference that ``raw`` names them by, ``refused_files`` what is wrong with others by
    item. ``undecided`` are items with two answers between which nobody has chosen; until then the stored one stays.
    ``sent`` are the fields of drafts that the page has sent without hearing back, the latest last. ``same`` are items
    that a button takes over from the wave before. Once the answers have been read, ``document`` holds them and
    ``is_whole`` says that all of them could be.
    """

    typed: dict[str, list[str]]
    raw: dict[str, list[str]]
    revision: int
    base: dict[str, Any] | None
    shown_at: int
    asked: frozenset[str]
    undecided: tuple[str, ...] = ()
    refused_files: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Uploaded] = field(default_factory=dict)
    sent: tuple[dict[str, list[str]], ...] = ()
    document: Mapping[str, Any] = field(default_factory=dict)
    is_whole: bool = False
    same: tuple[str, ...] = ()


def posted_page(page: Page, post: QueryDict) -> PostedPage:
    """Take a post apart; nothing in it is trusted, nothing in it raises."""
    typed = {name: [str(value) for value in post.getlist(name)] for name in post}
    # The button of a repair says what its field is to hold; it is read and judged as if it had been typed there.
    typed |= {item.code: typed[REPAIR + item.code] for item in page.items if typed.get(REPAIR + item.code)}
    base = posted_base(post.get("base", ""), page)
    disputed = [item for item in page.items if item.code in post.getlist(UNDECIDED)]
    raw = dict(typed)
    for item in disputed:
        # Until somebody has chosen the stored answer stands; what was typed stays on the page.
        if post.get(CHOOSE + item.code) != "typed":
            own = posted_fields_of(item, raw)
            raw = {
                **{name: value for name, value in raw.items() if name not in own},
                **fields_shown_safely(item, base),
            }
    return PostedPage(
        typed=typed,
        raw=raw,
        revision=whole(post.get("revision", "")),
        base=base,
        shown_at=whole(post.get("shown", "")),
        asked=frozenset(post.get("asked", "").split()),
        sent=posted_drafts(post.get("sent", ""), page),
        undecided=tuple(item.code for item in disputed if post.get(CHOOSE + item.code) not in ("stored", "typed")),
    )


def with_last(posted: PostedPage, page: Page, facts: Mapping[str, Any]) -> PostedPage:
    """The page with the answers of last time where a button "no change" was pressed."""
    raw = dict(posted.raw)
    same = [item for item in page.items if raw.get(SAME + item.code) and last_fields(item, facts)]
    for item in same:
        own = posted_fields_of(item, raw)
        raw = {name: value for name, value in raw.items() if name not in own} | last_fields(item, facts)
    return replace(posted, typed=raw, raw=raw, same=tuple(item.code for item in same)) if same else posted


def posted_base(text: str, page: Page) -> dict[str, Any] | None:
    """The answers that a page says it was shown with; None where the text is no such document."""
    content = _document(text)
    # Only keys of this page: the document of the browser must not speak of other answers.
    keys = {key for item in page.items for key in document_keys(item)}
    return {key: value for key, value in content.items() if key in keys} if isinstance(content, dict) else None


def posted_drafts(text: str, page: Page) -> tuple[dict[str, list[str]], ...]:
    """The fields of the page's own drafts that a page names; what has not their shape is none."""
    content = _document(text) if text else None
    drafts = [draft for draft in content[-MOST_SENT:] if isinstance(draft, dict)] if isinstance(content, list) else []
    fields = [
        {
            name: [value for value in values if isinstance(value, str)]
            for name, values in draft.items()
            if isinstance(values, list)
        }
        for draft in drafts
    ]
    # Only fields of this page, as of the base.
    return tuple({name: own[name] for item in page.items for name in posted_fields_of(item, own)} for own in fields)


def _document(text: str) -> Any:
    try:
        return json.loads(text) if len(text) < LONGEST_BASE else None
    # RecursionError: a text of nothing but brackets is deep enough for it.
    except (ValueError, RecursionError):
        return None


def fields_shown_safely(item: Item, base: Mapping[str, Any] | None) -> dict[str, list[str]]:
    """The fields of an item's answer in a document that the browser sent; nothing where it is no answer."""
    try:
        return fields_shown(item, base or {})
    # Whatever the browser put into the document: at worst the field is empty.
    except (TypeError, ValueError, AttributeError, ArithmeticError):
        return {}


def whole(text: str) -> int:
    """A whole number from 0; -1 for anything else."""
    # isdigit() holds for digits of other scripts and for "²"; only ASCII is what our own fields posted.
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else -1


def posted_reasons(filling: Answering, page: Page, raw: Mapping[str, list[str]]) -> dict[str, str]:
    """The reasons posted for verify edits and notes that exist, as they are stored: a code of the list, words, or both.

    Words are printable, at most 1,000 characters; "" where both fields of a reason are empty.
    """
    rules = {rule.code for rule in filling.questionnaire.edit_rules if rule.level is EditLevel.VERIFY}
    rules |= {f"{item.code}__{kind}" for item in page.items for kind in KINDS_OF_FAILURE}
    rules |= {rule_of(item.code) for item in page.items if item.code in filling.notes.about}
    given = {
        rule: posted_reason(raw, rule, filling.listed_reasons)
        for rule in rules
        if raw.get(REASON + rule) or raw.get(REASON_CODE + rule)
    }
    # One box may ask the reason for several rules; a rule with a box of its own has its own reason.
    shared = {also: reason for rule, reason in given.items() for also in raw.get(REASON_ALSO + rule, ())}
    return {also: reason for also, reason in shared.items() if also in rules} | given


def posted_reason(raw: Mapping[str, list[str]], rule: str, listed: Sequence[Option]) -> str:
    """The reason posted for one rule as it is stored; a code that the survey does not list is left out."""
    code, words = (next(iter(raw.get(name + rule, ())), "") for name in (REASON_CODE, REASON))
    # PostgreSQL takes no zero byte in a text.
    printable = "".join(part for part in words if part.isprintable() or part == "\n")[:1000]
    return Reason(code=code if code in {option.code for option in listed} else "", words=printable).stored


def with_files(posted: PostedPage, page: Page, uploads: Mapping[str, Any], filling: Filling) -> PostedPage:
    """The page with the references of attached files among its raw answers; posted references are ignored."""
    raw, refused, files = dict(posted.raw), {}, {}
    for item in page.items:
        if not kind_of(item).is_file:
            continue
        upload, stored = uploads.get(item.code), filling.answers.get(item.code)
        is_removed = bool(raw.get(f"{item.code}__remove"))
        # From what is stored, never from the post: a reference that a firm makes up could name a file that is not its
        # own.
        raw[item.code] = [stored] if isinstance(stored, str) and not is_removed else []
        raw[item.code + NAME] = [filling.answers[item.code + NAME]] if item.code + NAME in filling.answers else []
        if upload is None:
            continue
        try:
            reference = name_upload(item, upload)
        except UploadRefusedError as refusal:
            refused[item.code] = refusal.complaint.message(gettext)
        else:
            raw[item.code], raw[item.code + NAME], files[reference] = [reference], [name_shown(upload)], upload
    return replace(posted, raw=raw, refused_files=refused, files=files)
