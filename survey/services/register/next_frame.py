"""Before a sample is drawn: what the register knows goes into the list, or firms that are gone go out of it.

Only what sources outside the surveys say takes a firm out. A closure that fieldwork found is known of sampled firms
alone: a later sample that keeps a part of an earlier one would be drawn from a list cleaned where the earlier one had
looked, and would count too many of the others as active (Ohlsson 1995, on co-ordinated samples).
"""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.models import Contact, Firm, FirmChange, FrameUnit, Sample, SamplingFrame
from survey.register_terms import FactSource
from survey.selectors.register.knowledge import differing_units, gone_units
from survey.services.audit import record_action
from survey.services.firm_changes import CONTACT_PARTS, Found, entry
from survey.services.refusals import RefusedError

BATCH = 1000
TAKEN = ("name", "district_id", "industry_id", "industry_section", "size_class")


class NextFrameError(RefusedError):
    """Why a list cannot be changed any more."""

    catalogue = Catalogue(
        entries={
            "frame_drawn": Entry(
                _("A sample has been drawn from this list, so it stays as it was then."),
                _("What the register knows is offered again with the next list."),
            )
        }
    )


def _locked(frame: SamplingFrame) -> SamplingFrame:
    """The frame, held until the transaction ends. Raises `NextFrameError` where a sample was drawn from it."""
    # Held: a draw from it asks under its own lock, and this one must be over or not begun then.
    frame = SamplingFrame.objects.select_for_update().get(pk=frame.pk)
    if Sample.objects.filter(frame=frame).exists():
        raise NextFrameError("frame_drawn", frame.pk)
    return frame


@transaction.atomic
def take_over(*, frame: SamplingFrame, keys: Collection[int] | None, actor: User) -> int:
    """Let the list say what the register knows of these firms, of all that differ where ``keys`` is None: how many.

    Persons to write to come along. Raises `NextFrameError`.
    """
    frame = _locked(frame)
    units = differing_units(frame).select_related("firm__industry__parent")
    chosen = list(units if keys is None else units.filter(pk__in=keys))
    for start in range(0, len(chosen), BATCH):
        _take(chosen[start : start + BATCH])
    if chosen:
        record_action(actor=actor, verb="take_from_register", subject=frame, firms=len(chosen))
    return len(chosen)


def _take(units: list[FrameUnit]) -> None:
    for unit in units:
        firm = unit.firm
        assert firm is not None, "only firms of the register differ from it"
        if unit.local_unit is not None:
            # Industry and size of a unit stand in its list alone.
            unit.name, unit.district = unit.local_unit.name, unit.local_unit.district or unit.district
            continue
        unit.name = firm.name
        # Where the register knows nothing the list keeps what it says: a gap there is no news.
        unit.district = firm.district or unit.district
        if firm.industry is not None and firm.industry.parent is not None:
            # Division and section together, or a stratum would be named by one and its firms by the other.
            unit.industry, unit.industry_section = firm.industry, firm.industry.parent.code
        unit.size_class = firm.size_class or unit.size_class
    FrameUnit.objects.bulk_update(units, TAKEN)
    # The persons of a firm are not those of its units.
    _take_persons([unit for unit in units if unit.local_unit is None])


def _take_persons(units: list[FrameUnit]) -> None:
    """The first person of each firm becomes the contact of its entry in the list."""
    stored = {row.unit_id: row for row in Contact.objects.filter(unit__in=units)}
    firms = Firm.objects.filter(pk__in=[unit.firm_id for unit in units]).prefetch_related("contacts")
    persons = {firm.pk: next(iter(firm.contacts.all()), None) for firm in firms}
    fresh: list[Contact] = []
    changed: list[Contact] = []
    for unit in units:
        person = persons.get(unit.firm_id or 0)
        if person is None:
            continue
        contact = stored.get(unit.pk) or Contact(unit=unit)
        values: dict[str, Any] = {part: getattr(person, part) for part in CONTACT_PARTS}
        for part, value in values.items():
            setattr(contact, part, value)
        (changed if contact.pk else fresh).append(contact)
    Contact.objects.bulk_create(fresh)
    Contact.objects.bulk_update(changed, CONTACT_PARTS)


@transaction.atomic
def take_out(*, frame: SamplingFrame, actor: User) -> int:
    """Take out of the list what sources outside the surveys say is gone: how many. Raises `NextFrameError`."""
    frame = _locked(frame)
    units = list(gone_units(frame).select_related("firm"))
    now = timezone.now()
    # Before the rows go: afterwards only the register tells why a firm is not in the list.
    FirmChange.objects.bulk_create(
        entry(unit.firm, "frame", _named(frame, unit), "", _left_out(unit.firm, now, actor))
        for unit in units
        if unit.firm
    )
    for start in range(0, len(units), BATCH):
        # In portions: SQLite takes a limited number of parameters in one statement.
        keys = [unit.pk for unit in units[start : start + BATCH]]
        Contact.objects.filter(unit__in=keys).delete()
        FrameUnit.objects.filter(pk__in=keys).delete()
    if units:
        SamplingFrame.objects.filter(pk=frame.pk).update(unit_count=frame.unit_count - len(units))
        record_action(actor=actor, verb="take_out_of_frame", subject=frame, firms=len(units))
    return len(units)


def _named(frame: SamplingFrame, unit: FrameUnit) -> str:
    return f"{frame.title}: {unit.full_name}" if unit.unit_key else frame.title


def _left_out(firm: Firm, now: Any, actor: User) -> Found:
    # A unit that is marked as closed may be of a firm of which nothing is known.
    source = FactSource(firm.status_source) if firm.status_source else FactSource.OFFICE
    return Found(source=source, at=now, detail=firm.status, author=actor)
