"""Deleting what an hour's work hangs on: it is taken out of sight, kept for some days, and can be put back."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.admin.utils import NestedObjects
from django.contrib.auth.models import User
from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.models import Removed
from survey.services.audit import record_action
from survey.services.refusals import RefusedError


class RemovalError(RefusedError):
    """Why something is not deleted, or not put back."""

    catalogue = Catalogue(
        entries={
            "protected": Entry(
                _("%(name)s is still used: %(by)s."), _("Delete that first, or leave it as it is.")
            ),
            "taken": Entry(
                _("%(name)s cannot be put back: its code is in use again, or what it belonged to is gone."),
                _("Rename what has the code now, or put back what it belonged to first."),
            ),
        }
    )  # fmt: skip


def parts_of(row: models.Model) -> list[models.Model]:
    """The row and every row that is deleted with it, those first that others point to. Raises ``RemovalError``."""
    # The collector of the admin: it finds what the database would delete with the row, and what forbids it.
    collector = NestedObjects(using="default")
    collector.collect([row])
    # Told apart from what goes with it: a protected row within the same deletion is no obstacle.
    held = [other for other in collector.protected if other not in collector.data.get(type(other), ())]
    if held:
        # Three are enough to know where to look; a thousand cases would fill the page.
        by = ", ".join(str(other) for other in sorted(held, key=str)[:3])
        raise RemovalError("protected", str(row), name=row, by=by)
    found = {(type(each), each.pk): each for rows in collector.data.values() for each in rows}
    return list(_in_order(found))


def _in_order(found: dict[Any, models.Model]) -> Iterable[models.Model]:
    done: set[Any] = set()

    # Depth first: put back in this order, no row ever points to one that is not there yet.
    def follow(key: Any) -> Iterable[models.Model]:
        if key in done or key not in found:
            return
        done.add(key)
        row = found[key]
        for field in row._meta.concrete_fields:
            if field.is_relation and field.related_model is not None:
                yield from follow((field.related_model, getattr(row, field.attname)))
        yield row

    for key in list(found):
        yield from follow(key)


@transaction.atomic
def remove(*, row: models.Model, actor: User | None) -> Removed:
    """Delete a row with its parts and keep them to be put back. Raises ``RemovalError``."""
    parts = parts_of(row)
    kept = Removed.objects.create(
        model=row._meta.label_lower,
        name=str(row)[:200],
        # Not by the serializer of JSON, which cuts times to milliseconds.
        content=json.loads(json.dumps(serializers.serialize("python", parts), default=str)),
        removed_by=actor,
    )
    record_action(actor=actor, verb="remove", subject=row, model=row._meta.label_lower, rows=len(parts))
    # simple_history takes the user of the request, which a command does not have.
    row._history_user = actor  # type: ignore[attr-defined]
    row.delete()
    return kept


@transaction.atomic
def restore_removed(*, removed: Removed, actor: User | None) -> None:
    """Store everything again under its old keys. Raises ``RemovalError`` and then changes nothing."""
    # Held: pressed twice, the second finds it gone.
    removed = Removed.objects.select_for_update(of=("self",)).get(pk=removed.pk)
    try:
        with transaction.atomic():
            for found in serializers.deserialize("python", removed.content):
                # Never over a row that has the key meanwhile: save() would change that one.
                found.object.save_base(raw=True, force_insert=True)
                for name, values in (found.m2m_data or {}).items():
                    getattr(found.object, name).set(values)
            _check_keys(removed)
    except (IntegrityError, serializers.base.DeserializationError) as error:
        raise RemovalError("taken", removed.name, name=removed.name) from error
    record_action(actor=actor, verb="put_back", subject=removed.name, model=removed.model)
    removed.delete()


def _check_keys(removed: Removed) -> None:
    """What the rows point to is there: the databases would say so only at the end of the transaction."""
    for entry in removed.content:
        model = apps.get_model(entry["model"])
        row = model._base_manager.get(pk=entry["pk"])
        for field in model._meta.concrete_fields:
            value = getattr(row, field.attname)
            if not field.is_relation or value is None or field.related_model is None:
                continue
            target: Any = field.related_model
            if not target._base_manager.filter(pk=value).exists():
                raise IntegrityError(f"{entry['model']}.{field.name} points to nothing")


def forget(*, before: datetime) -> int:
    """Delete for good what was deleted before this time; how many."""
    number, _models = Removed.objects.filter(removed_at__lt=before).delete()
    return number
