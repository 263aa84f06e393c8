"""Firms of the stored frames go into the register, the oldest list first; earlier names stand in the history."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery

BATCH = 2000
LISTED = ("name", "district_id", "industry_id", "size_class")


def fill(apps: Any, schema_editor: Any) -> None:
    frames = apps.get_model("survey", "SamplingFrame").objects.filter(status="ready").order_by("created_at", "pk")
    for frame in frames:
        units = apps.get_model("survey", "FrameUnit").objects.filter(frame=frame, firm=None).order_by("pk")
        while batch := list(units[:BATCH]):
            take(apps, frame, batch)


def take(apps: Any, frame: Any, units: list[Any]) -> None:
    firm_model, unit_model = apps.get_model("survey", "Firm"), apps.get_model("survey", "FrameUnit")
    change_model = apps.get_model("survey", "FirmChange")
    codes = [unit.credit_code for unit in units]
    firms = {firm.credit_code: firm for firm in firm_model.objects.filter(credit_code__in=codes)}
    fresh = [unit for unit in units if unit.credit_code not in firms]
    firm_model.objects.bulk_create(
        firm_model(credit_code=unit.credit_code, **{name: getattr(unit, name) for name in LISTED}) for unit in fresh
    )
    changes, changed = [], {}
    for unit in units:
        firm = firms.get(unit.credit_code)
        if firm is None:
            continue
        if firm.name != unit.name:
            change = {"field": "name", "old": firm.name, "new": unit.name, "source": "list"}
            changes.append(change_model(firm=firm, detail=frame.title, at=frame.created_at, **change))
        for name in LISTED:
            setattr(firm, name, getattr(unit, name))
        changed[firm.pk] = firm
    firm_model.objects.bulk_update(changed.values(), LISTED, batch_size=BATCH)
    change_model.objects.bulk_create(changes)
    own = firm_model.objects.filter(credit_code=OuterRef("credit_code")).values("pk")[:1]
    unit_model.objects.filter(pk__in=[unit.pk for unit in units]).update(firm_id=Subquery(own))
    listed = unit_model.objects.filter(frame=frame, credit_code=OuterRef("credit_code")).values("pk")[:1]
    firm_model.objects.filter(credit_code__in=codes).update(listed_id=Subquery(listed))
    take_contacts(apps, units)


def take_contacts(apps: Any, units: list[Any]) -> None:
    """The person that the newest list names, once for each firm."""
    contact_model = apps.get_model("survey", "FirmContact")
    given = apps.get_model("survey", "Contact").objects.filter(unit__in=[unit.pk for unit in units])
    rows = [
        contact_model(
            firm_id=row.unit.firm_id,
            name=row.name,
            email=row.email,
            phone=row.phone,
            phone_digits="".join(sign for sign in row.phone if sign.isascii() and sign.isdigit()),
        )
        for row in given.select_related("unit")
    ]
    contact_model.objects.filter(firm__in=[row.firm_id for row in rows]).delete()
    contact_model.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("survey", "0024_firm_register")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
