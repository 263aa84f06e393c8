"""Rows that were mended go into the frame that they were missing from, as long as no sample was drawn from it."""

from collections.abc import Iterable

import pandas as pd
from django.contrib.auth.models import User
from django.db import transaction

from survey.models import Contact, FrameUnit, Sample, SamplingFrame
from survey.register_terms import identity_of
from survey.services.audit import record_action
from survey.services.frame.complaints import FrameFileRefused
from survey.services.frame.unit_keys import identities

# SQLite takes 32,766 parameters in one statement (sqlite.org/limits.html).
BATCH = 2000
PARTS = ("name", "email", "phone")


def refuse_drawn(frame: SamplingFrame) -> None:
    """The population of a sample stands still. Raises `FrameFileRefused`."""
    if Sample.objects.filter(frame=frame).exists():
        raise FrameFileRefused("frame_drawn", title=frame.title)


def already_in(frame: SamplingFrame, parts: Iterable[pd.DataFrame]) -> int:
    """How many of the checked firms the frame has."""
    known = _keys_by_identity(frame)
    return sum(int(identities(part).isin(known).sum()) for part in parts)


def _keys_by_identity(frame: SamplingFrame) -> dict[str, int]:
    """What tells a row of a frame -> its primary key."""
    rows = FrameUnit.objects.filter(frame=frame).values_list("credit_code", "unit_key", "pk")
    return {identity_of(code, key): pk for code, key, pk in rows}


@transaction.atomic
def join_frame(*, loaded: SamplingFrame, frame: SamplingFrame, actor: User | None) -> int:
    """Put the firms of a frame that was just loaded into another one: the number of firms that it did not have.

    Firms that are in both stay as they are there; of their contacts what is missing is filled in. ``loaded`` goes.
    Raises `FrameFileRefused` where a sample was drawn meanwhile, and where one has firms and the other local units.
    """
    # Held, as by a draw: what was drawn is asked again below under this lock.
    frame = SamplingFrame.objects.select_for_update().get(pk=frame.pk)
    refuse_drawn(frame)
    if loaded.lists != frame.lists:
        raise FrameFileRefused("other_rows", title=frame.title)
    known = _keys_by_identity(frame)
    twins = {pk: known[own] for own, pk in _keys_by_identity(loaded).items() if own in known}
    filled = _fill_contacts(twins)
    for start in range(0, len(twins), BATCH):
        keys = list(twins)[start : start + BATCH]
        # Contacts first, since they point to the units.
        Contact.objects.filter(unit__in=keys).delete()
        FrameUnit.objects.filter(pk__in=keys).delete()
    added = FrameUnit.objects.filter(frame=loaded).update(frame=frame)
    frame.unit_count += added
    frame.save(update_fields=["unit_count"])
    loaded.delete()
    record_action(actor=actor, verb="join_frame", subject=frame, firms=added, contacts=filled)
    return added


def _fill_contacts(twins: dict[int, int]) -> int:
    """Fill what is missing of contacts from those of the same firms in the other list: how many were filled."""
    filled = 0
    for start in range(0, len(twins), BATCH):
        keys = list(twins)[start : start + BATCH]
        stored = {one.unit_id: one for one in Contact.objects.filter(unit__in=[twins[key] for key in keys])}
        for given in Contact.objects.filter(unit__in=keys):
            contact = stored.get(twins[given.unit_id]) or Contact(unit_id=twins[given.unit_id])
            # What the frame has may have been corrected by the office since; a list does not overwrite it.
            missing = [part for part in PARTS if getattr(given, part) and not getattr(contact, part)]
            for part in missing:
                setattr(contact, part, getattr(given, part))
            if missing:
                contact.save()
                filled += 1
    return filled
