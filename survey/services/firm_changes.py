"""What becomes known of a firm flows into the register, with its source; a frame that was drawn from stays as it is.

At the top of the room, because lists, the register's own pages and the work on cases all find things out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction

from survey.casework_terms import FirmOutcome, OutcomeSource
from survey.models import CaseOutcome, Contact, Firm, FirmChange, FirmContact, FrameUnit, LocalUnit
from survey.register_terms import GONE, INDEPENDENT, FactSource, FirmStatus

STATUS_OF: dict[FirmOutcome, FirmStatus] = {
    FirmOutcome.DEREGISTERED: FirmStatus.CLOSED,
    FirmOutcome.CEASED: FirmStatus.CLOSED,
    FirmOutcome.DUPLICATE: FirmStatus.DUPLICATE,
    FirmOutcome.MERGED: FirmStatus.MERGED,
    FirmOutcome.MOVED: FirmStatus.MOVED,
}
"""Outcomes that say how a firm stands; the others say how it met one survey."""
SOURCE_OF: dict[OutcomeSource, FactSource] = {
    OutcomeSource.FIRM: FactSource.FIRM,
    OutcomeSource.REGISTER: FactSource.REGISTER,
    OutcomeSource.AUTHORITY: FactSource.AUTHORITY,
}
"""Every other way to know something is the fieldwork's own."""
UNIT_STATUS = "local_unit_status"
CONTACT_PARTS = ("name", "email", "phone")
# Of the columns of ``FirmChange``; PostgreSQL refuses a longer text.
LENGTH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where a fact comes from. ``origin`` names the row of fieldwork that it stands in; the same one counts once."""

    source: FactSource
    at: datetime
    detail: str = ""
    author: User | None = None
    origin: str = ""


@transaction.atomic
def change_firm(*, firm: Firm, values: Mapping[str, Any], found: Found) -> list[FirmChange]:
    """Set facts of a firm and keep what each was before; what is so already makes no entry."""
    # Held before it is compared: two lists that load at once would otherwise both note a change from the same old
    # value.
    firm = Firm.objects.select_for_update(of=("self",)).get(pk=firm.pk)
    # An outcome that is noted again, by a retried job or a second press, is the same finding and no second change.
    if found.origin and FirmChange.objects.filter(origin__startswith=f"{found.origin}:").exists():
        return []
    changed = {name: value for name, value in values.items() if getattr(firm, name) != value}
    rows = [entry(firm, name, getattr(firm, name), value, found) for name, value in changed.items()]
    for name, value in changed.items():
        setattr(firm, name, value)
    # Who said how a firm stands decides whether it leaves the frame (0041).
    if "status" in values:
        firm.status_source = found.source.value
    firm.save()
    return FirmChange.objects.bulk_create(rows)


def entry(firm: Firm, name: str, old: Any, new: Any, found: Found) -> FirmChange:
    """The entry for one fact, not stored yet."""
    return FirmChange(
        firm=firm,
        field=name,
        old=as_kept(old),
        new=as_kept(new),
        source=found.source.value,
        detail=found.detail[:LENGTH],
        origin=f"{found.origin}:{name}" if found.origin else None,
        at=found.at,
        author=found.author,
    )


def as_kept(value: Any) -> str:
    """A value as the history keeps it: the code of a classification, the credit code of a firm, else its text."""
    if isinstance(value, models.Model):
        value = getattr(value, "credit_code", None) or getattr(value, "code", None) or str(value)
    return "" if value is None else str(value)[:LENGTH]


def note_outcome(row: CaseOutcome) -> list[FirmChange]:
    """Let the register know what was found out of a firm in a wave; an outcome taken back takes its fact back."""
    listed = row.case.sample_unit.unit
    firm = listed.firm
    if firm is None:
        return []
    if listed.unit_key:
        return _note_of_unit(row, listed, firm)
    if not row.outcome:
        return _undo(row, firm)
    status = STATUS_OF.get(FirmOutcome(row.outcome))
    if status is None:
        return []
    values: dict[str, Any] = {"status": status.value}
    if row.other_firm:
        # Not itself: a firm that is its own successor would be followed for ever.
        values["successor"] = Firm.objects.filter(credit_code=row.other_firm).exclude(pk=firm.pk).first()
    source = SOURCE_OF.get(OutcomeSource(row.source), FactSource.FIELDWORK)
    return change_firm(firm=firm, values=values, found=_of_case(row, source))


def _note_of_unit(row: CaseOutcome, listed: FrameUnit, firm: Firm) -> list[FirmChange]:
    """The same of a local unit, which says nothing of its firm: an entry, and what is known from outside the surveys
    closes the unit in the register too."""
    status = STATUS_OF.get(FirmOutcome(row.outcome)) if row.outcome else FirmStatus.ACTIVE
    earlier = CaseOutcome.objects.filter(case=row.case_id, pk__lt=row.pk).values_list("pk", flat=True)
    said = FirmChange.objects.filter(origin__in=[f"outcome:{key}:{UNIT_STATUS}" for key in earlier]).exists()
    if status is None or (not row.outcome and not said):
        return []
    source = SOURCE_OF.get(OutcomeSource(row.source), FactSource.FIELDWORK) if row.outcome else FactSource.OFFICE
    if listed.local_unit is not None and (source in INDEPENDENT or not row.outcome):
        LocalUnit.objects.filter(pk=listed.local_unit.pk).update(is_active=status not in GONE)
    found = _of_case(row, source)
    if FirmChange.objects.filter(origin=f"{found.origin}:{UNIT_STATUS}").exists():
        return []
    return FirmChange.objects.bulk_create([entry(firm, UNIT_STATUS, listed.full_name, status.value, found)])


def _undo(row: CaseOutcome, firm: Firm) -> list[FirmChange]:
    """Take back what the outcomes of the same case said, where nothing newer is known of it."""
    earlier = CaseOutcome.objects.filter(case=row.case_id, pk__lt=row.pk).values_list("pk", flat=True)
    said = FirmChange.objects.filter(origin__in=[f"outcome:{key}:status" for key in earlier]).order_by("id")
    first, last = said.first(), said.last()
    # Somebody has learnt something newer since, from whatever source, and that stands.
    if first is None or last is None or last.new != firm.status:
        return []
    # Back to what stood before the first finding of this case, not to one of the findings between.
    values = {"status": first.old, "successor": None}
    return change_firm(firm=firm, values=values, found=_of_case(row, FactSource.OFFICE))


def _of_case(row: CaseOutcome, source: FactSource) -> Found:
    return Found(source=source, at=row.at, detail=row.case.wave.code, author=row.author, origin=f"outcome:{row.pk}")


@transaction.atomic
def note_contact(*, contact: Contact, at: datetime, author: User | None) -> FirmContact | None:
    """Let the register know that the contact of a sampled firm was corrected; None where it knows it already.

    The history of changes says that it happened, not who the person is: that stands in the history of the contact.
    """
    firm = contact.unit.firm
    # Whom to write to at a local unit is not whom the firm is written to by.
    if firm is None or contact.unit.unit_key:
        return None
    # The first person is the one that letters go to; the others are left as they are.
    main = firm.contacts.first() or FirmContact(firm=firm)
    given = {part: getattr(contact, part) for part in CONTACT_PARTS}
    if all(getattr(main, part) == value for part, value in given.items()):
        return None
    for part, value in given.items():
        setattr(main, part, value)
    main.save()
    found = Found(source=FactSource.FIELDWORK, at=at, author=author)
    # Without old and new: a history of names and numbers of persons would survive their erasing.
    entry(firm, "contact", "", "", found).save()
    return main
