"""A list that was accepted updates the register: new firms go in, and what the list has news of is taken over."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import OuterRef, Subquery

from survey.models import Contact, Firm, FirmChange, FirmContact, FrameUnit, SamplingFrame
from survey.models.register.contact import digits_of
from survey.register_terms import FactSource
from survey.services.audit import record_action
from survey.services.firm_changes import CONTACT_PARTS, Found, entry
from survey.services.register.units_from_frame import Registered, register_units
from survey.terms import AskedUnit

# SQLite takes 32,766 parameters in one statement (sqlite.org/limits.html).
BATCH = 2000
LISTED = ("name", "district_id", "industry_id", "size_class")
"""What a list says of a firm and the register keeps; employees and revenue belong to the year of the list."""
KEPT = {"district_id": "district", "industry_id": "industry"}
Progress = Callable[[int, int], None]


def register_frame(*, frame: SamplingFrame, actor: User | None, progress: Progress | None = None) -> Registered:
    """Tie the firms of a ready frame to the register. May be called again after it was killed anywhere.

    What a list of local units says is of the units: they go into the register with what it says, and their firms only
    where the register did not know them.

    A value of the list is taken over where it differs from what the list before said of the firm: that is news. Where
    the list still says what it said, and the register has found out better since, the register keeps what it knows,
    and the difference is shown before the next draw.
    """
    # Only those that are not tied yet: that is where an attempt that was killed goes on.
    units = FrameUnit.objects.filter(frame=frame, firm=None).order_by("pk")
    register = register_units if frame.lists == AskedUnit.LOCAL_UNIT.value else _register
    done, total, new, changed = 0, units.count(), 0, 0
    while batch := list(units.select_related("district", "industry")[:BATCH]):
        with transaction.atomic():
            found = register(frame, batch)
        new, changed, done = new + found.new, changed + found.changed, done + len(batch)
        if progress:
            progress(done, total)
    if total:
        record_action(actor=actor, verb="register_frame", subject=frame, new=new, changed=changed)
    return Registered(new=new, changed=changed)


def _register(frame: SamplingFrame, units: list[FrameUnit]) -> Registered:
    codes = [unit.credit_code for unit in units]
    known = Firm.objects.filter(credit_code__in=codes).select_related("listed__frame", "district", "industry")
    firms = {firm.credit_code: firm for firm in known}
    fresh = [unit for unit in units if unit.credit_code not in firms]
    made = Firm.objects.bulk_create(
        Firm(credit_code=unit.credit_code, **{name: getattr(unit, name) for name in LISTED}) for unit in fresh
    )
    newer = [unit for unit in units if unit.credit_code in firms and _is_newer(frame, firms[unit.credit_code])]
    changes = [change for unit in newer for change in _news(frame, unit, firms[unit.credit_code])]
    Firm.objects.bulk_update({change.firm for change in changes}, [*LISTED])
    # A list that is put in late must not undo what a newer one has said.
    older = [unit for unit in units if unit.credit_code in firms and unit not in newer]
    FirmChange.objects.bulk_create([*changes, *_earlier_names(older, firms)])
    _take_contacts([*fresh, *newer], {**firms, **{firm.credit_code: firm for firm in made}})
    _tie(frame, [unit.pk for unit in units], [unit.credit_code for unit in [*fresh, *newer]])
    return Registered(new=len(made), changed=len({change.firm_id for change in changes}))


def _is_newer(frame: SamplingFrame, firm: Firm) -> bool:
    return firm.listed is None or firm.listed.frame.created_at <= frame.created_at


def _news(frame: SamplingFrame, unit: FrameUnit, firm: Firm) -> list[FirmChange]:
    """What the list says of a known firm that it did not say before; the firm is changed in memory."""
    changes = []
    for name in LISTED:
        says = getattr(unit, name)
        if says == getattr(firm, name) or (firm.listed is not None and says == getattr(firm.listed, name)):
            continue
        shown = KEPT.get(name, name)
        changes.append(entry(firm, shown, getattr(firm, shown), getattr(unit, shown), _listed_in(frame)))
        setattr(firm, shown, getattr(unit, shown))
    return changes


def _earlier_names(units: list[FrameUnit], firms: Mapping[str, Firm]) -> list[FirmChange]:
    """The names under which a list that comes late had known firms, so that they are found by them."""
    named = [(unit, firm) for unit in units if (firm := firms[unit.credit_code]).name != unit.name]
    known = set(
        FirmChange.objects.filter(firm__in=[firm for _, firm in named], field="name").values_list("firm", "old")
    )
    return [
        entry(firm, "name", unit.name, firm.name, _listed_in(firm.listed.frame))
        for unit, firm in named
        if firm.listed is not None and (firm.pk, unit.name) not in known
    ]


def _listed_in(frame: SamplingFrame) -> Found:
    return Found(source=FactSource.LIST, at=frame.created_at, detail=frame.title)


def _tie(frame: SamplingFrame, units: list[int], codes: list[str]) -> None:
    """Point each firm of the frame to its own in the register, and that to its newest entry in a frame."""
    own = Firm.objects.filter(credit_code=OuterRef("credit_code")).values("pk")[:1]
    FrameUnit.objects.filter(pk__in=units).update(firm_id=Subquery(own))
    listed = FrameUnit.objects.filter(frame=frame, credit_code=OuterRef("credit_code")).values("pk")[:1]
    Firm.objects.filter(credit_code__in=codes).update(listed_id=Subquery(listed))


def _take_contacts(units: list[FrameUnit], firms: Mapping[str, Firm]) -> None:
    """Take over the persons that the list names, where the register has none or only what a list said before."""
    given = {row.unit_id: row for row in Contact.objects.filter(unit__in=[unit.pk for unit in units])}
    owners = [firm for unit in units if (firm := firms[unit.credit_code])]
    # Ordered so that the first person comes last and stays in the dictionary.
    main: dict[int, FirmContact] = {}
    for contact in FirmContact.objects.filter(firm__in=owners).order_by("firm", "-position", "-id"):
        main[contact.firm_id] = contact
    before = _listed_contacts(owners)
    fresh, changed = [], []
    for unit in units:
        firm, row = firms[unit.credit_code], given.get(unit.pk)
        if row is None:
            continue
        if firm.pk not in main:
            fresh.append(_as_contact(firm, row))
        # Only where the register still has what the list before said: somebody's correction is not undone by a list.
        elif _parts(main[firm.pk]) == before.get(firm.pk) != _parts(row):
            changed.append(_with_parts(main[firm.pk], row))
    FirmContact.objects.bulk_create(fresh)
    FirmContact.objects.bulk_update(changed, [*CONTACT_PARTS, "phone_digits"])
    # bulk_update sends no signals, by which the history is written otherwise.
    FirmContact.history.bulk_history_create(changed, batch_size=BATCH, update=True)


def _listed_contacts(firms: list[Firm]) -> dict[int, tuple[str, ...]]:
    """What the list before said of the person of each firm; a contact corrected since is not what a list said."""
    listed = {firm.listed_id: firm.pk for firm in firms if firm.listed_id}
    corrected = set(Contact.history.filter(unit_id__in=listed).values_list("unit_id", flat=True))
    rows = Contact.objects.filter(unit__in=[key for key in listed if key not in corrected])
    return {listed[row.unit_id]: _parts(row) for row in rows}


def _parts(contact: Contact | FirmContact) -> tuple[str, ...]:
    return tuple(getattr(contact, part) for part in CONTACT_PARTS)


def _as_contact(firm: Firm, row: Contact) -> FirmContact:
    return _with_parts(FirmContact(firm=firm), row)


def _with_parts(contact: FirmContact, row: Contact) -> FirmContact:
    values: dict[str, Any] = dict(zip(CONTACT_PARTS, _parts(row), strict=True))
    for part, value in values.items():
        setattr(contact, part, value)
    # Written in bulk, past save().
    contact.phone_digits = digits_of(contact.phone)
    return contact
