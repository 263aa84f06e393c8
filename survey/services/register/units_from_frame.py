"""A list of local units that was accepted updates the places of firms in the register, and adds firms."""

from dataclasses import dataclass

from survey.models import Firm, FirmChange, FrameUnit, LocalUnit, SamplingFrame
from survey.register_terms import FactSource
from survey.services.firm_changes import Found, entry

LISTED = ("name", "district_id")
"""What a list says of a local unit and the register keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """How many firms, or local units, of a frame were new to the register, and of how many others it learnt news."""

    new: int
    changed: int


def register_units(frame: SamplingFrame, rows: list[FrameUnit]) -> Registered:
    """Tie some rows of a list of local units to their firms and places, within a transaction of the caller.

    A unit that the register has takes over what a list says that is not older than the one before. One that was
    entered without a number is not guessed by its name: the list makes another one.
    """
    firms = _firms_of(rows)
    known = {
        (unit.firm_id, unit.key): unit
        for unit in LocalUnit.objects.filter(firm__in=list(firms.values())).exclude(key="").select_related("district")
    }
    fresh = [row for row in rows if (firms[row.credit_code].pk, row.unit_key) not in known]
    for unit in LocalUnit.objects.bulk_create(
        LocalUnit(
            firm=firms[row.credit_code],
            key=row.unit_key,
            **{name: getattr(row, name) for name in LISTED},
        )
        for row in fresh
    ):
        known[unit.firm_id, unit.key] = unit
    changed = [] if _is_late(frame) else _news(rows, firms, known)
    LocalUnit.objects.bulk_update(changed, LISTED)
    found = Found(source=FactSource.LIST, at=frame.created_at, detail=frame.title)
    FirmChange.objects.bulk_create(
        entry(firms[row.credit_code], "local_unit", "", row.full_name, found) for row in fresh
    )
    for row in rows:
        row.firm = firms[row.credit_code]
        row.local_unit = known[row.firm.pk, row.unit_key]
    FrameUnit.objects.bulk_update(rows, ["firm", "local_unit"])
    return Registered(new=len(fresh), changed=len(changed))


def _firms_of(rows: list[FrameUnit]) -> dict[str, Firm]:
    """By credit code; a firm of which only its units are known has name and district of the first until a list has its
    own."""
    codes = {row.credit_code: row for row in reversed(rows)}
    firms = {firm.credit_code: firm for firm in Firm.objects.filter(credit_code__in=codes)}
    made = Firm.objects.bulk_create(
        Firm(credit_code=code, name=row.name, district_id=row.district_id)
        for code, row in sorted(codes.items())
        if code not in firms
    )
    return firms | {firm.credit_code: firm for firm in made}


def _is_late(frame: SamplingFrame) -> bool:
    """Whether a newer list of local units was taken in before."""
    others = SamplingFrame.objects.filter(lists=frame.lists, status=SamplingFrame.Status.READY)
    return others.filter(created_at__gt=frame.created_at).exists()


def _news(rows: list[FrameUnit], firms: dict[str, Firm], known: dict[tuple[int, str], LocalUnit]) -> list[LocalUnit]:
    changed = []
    for row in rows:
        unit = known[firms[row.credit_code].pk, row.unit_key]
        if any(getattr(unit, name) != getattr(row, name) for name in LISTED):
            for name in LISTED:
                setattr(unit, name, getattr(row, name))
            changed.append(unit)
    return changed
