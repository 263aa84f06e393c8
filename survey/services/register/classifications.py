"""Editions of classifications: kept with the table that leads from their codes to the current ones."""

import re
from collections.abc import Callable
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.models import ClassificationVersion, Correspondence, District, Industry
from survey.register_terms import ClassificationKind
from survey.selectors.register.editions import EditionUse, use_of
from survey.services.audit import record_action
from survey.services.operation.removal import remove
from survey.services.refusals import RefusedError
from survey.terms import SizeClass

# As tables come out of a PDF or a workbook: with tabs, commas or arrows.
SEPARATOR = re.compile(r"[\s,;、→]+")
CODE = re.compile(r"[0-9A-Za-z_]{1,20}")
NAMED = 5
"""Lists, waves and tables of each kind that a refusal names."""


class EditionError(RefusedError):
    """Why an edition cannot be kept."""

    catalogue = Catalogue(
        entries={
            "edition_known": Entry(_("The edition “%(value)s” is there already."), _("Choose another name.")),
            "line_unreadable": Entry(
                _("Line %(line)s, “%(value)s”, is no pair of codes."),
                _("Write the old code, a blank and the new code on each line."),
            ),
            "table_empty": Entry(_("The table has no lines."), _("Write the old and the new code on each line.")),
            "code_unknown": Entry(
                _("The new code “%(value)s” in line %(line)s is none of the current edition."),
                _("Correct it, or add it to the current classification first."),
            ),
            "edition_used": Entry(
                _("The edition “%(value)s” stays as it is, since %(by)s."),
                _("What was read by it can be told by it alone. Keep the right table as an edition of another name."),
            ),
            "name_differs": Entry(_("The name typed is not that of the edition."), _("Type %(code)s.")),
        }
    )


@transaction.atomic
def add_edition(
    *, kind: ClassificationKind, code: str, valid_from: date, table: str, actor: User | None
) -> ClassificationVersion:
    """Keep an earlier edition with its table, one pair of codes a line. Raises `EditionError`, and keeps nothing."""
    if ClassificationVersion.objects.filter(kind=kind.value, code=code).exists():
        raise EditionError("edition_known", code)
    pairs = read_pairs(table, kind)
    made = ClassificationVersion.objects.create(kind=kind.value, code=code, valid_from=valid_from)
    Correspondence.objects.bulk_create(Correspondence(edition=made, old=old, new=new) for old, new in pairs)
    record_action(actor=actor, verb="add_edition", subject=made, kind=kind.value, pairs=len(pairs))
    return made


@transaction.atomic
def remove_edition(*, edition: ClassificationVersion, typed: str, actor: User | None) -> None:
    """Delete an edition with its table, to be put back for some days; ``typed`` is its name, as confirmation.

    Only while nothing was read by it. Raises `EditionError`, and changes nothing. Pressed twice, the second does
    nothing.
    """
    # Held before it is asked what uses it: a list may be put in by it at this moment.
    found = ClassificationVersion.objects.select_for_update().filter(pk=edition.pk).first()
    if found is None:
        return
    # Typed and not ticked (0033): a table of some hundred lines is an hour's work.
    if typed.strip() != found.code:
        raise EditionError("name_differs", typed, code=found.code)
    if use := use_of(found):
        raise EditionError("edition_used", found.code, by=_said(use))
    remove(row=found, actor=actor)


@transaction.atomic
def replace_edition(
    *, edition: ClassificationVersion, typed: str, code: str, valid_from: date, table: str, actor: User | None
) -> ClassificationVersion:
    """Delete an edition as `remove_edition` does, and keep one of its kind in its place as `add_edition` does."""
    kind = ClassificationKind(edition.kind)
    remove_edition(edition=edition, typed=typed, actor=actor)
    return add_edition(kind=kind, code=code, valid_from=valid_from, table=table, actor=actor)


def _said(use: EditionUse) -> str:
    """What uses an edition, as a clause in the active language."""
    if use.is_current:
        clause = gettext("all codes of this site are its own")
        tables = gettext("the tables of %(names)s lead to it") % {"names": _names(use.tables)} if use.tables else ""
        return ", ".join(filter(None, (clause, tables)))
    lists = gettext("these lists of firms were read by it: %(names)s") % {"names": _names(use.lists)}
    waves = gettext("these waves are drawn from them: %(names)s") % {"names": _names(use.waves)} if use.waves else ""
    return "; ".join(filter(None, (lists, waves)))


def _names(names: tuple[str, ...]) -> str:
    # Enough to know where to look; the page has all of them.
    return ", ".join(f"“{name}”" for name in names[:NAMED]) + (" …" if len(names) > NAMED else "")


def read_pairs(table: str, kind: ClassificationKind) -> list[tuple[str, str]]:
    """The pairs of codes of a table, each once, in its order. Raises `EditionError`."""
    known, pairs = current_codes(kind), dict[tuple[str, str], None]()
    for number, line in enumerate(table.splitlines(), start=1):
        if not line.strip():
            continue
        parts = SEPARATOR.split(line.strip())
        if len(parts) != 2 or not all(CODE.fullmatch(part) for part in parts):
            raise EditionError("line_unreadable", line.strip()[:80], line=number)
        # A finer code of an industry is known by its division.
        if (parts[1][:2] if kind is ClassificationKind.INDUSTRY else parts[1]) not in known:
            raise EditionError("code_unknown", parts[1], line=number)
        pairs[parts[0], parts[1]] = None
    if not pairs:
        raise EditionError("table_empty", "")
    return list(pairs)


def current_codes(kind: ClassificationKind) -> set[str]:
    """The codes of the current edition, as the database has them."""
    return CURRENT[kind]()


def _divisions() -> set[str]:
    return set(Industry.objects.exclude(parent=None).values_list("code", flat=True))


def _districts() -> set[str]:
    return set(District.objects.values_list("code", flat=True))


def _sizes() -> set[str]:
    return {size.value for size in SizeClass}


CURRENT: dict[ClassificationKind, Callable[[], set[str]]] = {
    ClassificationKind.INDUSTRY: _divisions,
    ClassificationKind.DISTRICT: _districts,
    ClassificationKind.SIZE: _sizes,
}
