"""What the office enters of a firm: facts with their source, persons, local units; each an entry in the history."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from survey.models import Firm, FirmChange, FirmContact, FirmGroup, LocalUnit
from survey.register_terms import FactSource
from survey.services.audit import record_action
from survey.services.firm_changes import Found, change_firm, entry


@transaction.atomic
def edit_firm(
    *, firm: Firm, values: Mapping[str, Any], source: FactSource, detail: str, actor: User
) -> list[FirmChange]:
    """Set facts of a firm: what changed. A standing that stays the same keeps how it is known."""
    given = dict(values)
    # The form posts the standing each time; taken as new it would get the officer as its source.
    if Firm.objects.filter(pk=firm.pk, status=given.get("status")).exists():
        given.pop("status")
    found = Found(source=source, at=timezone.now(), detail=detail, author=actor)
    changes = change_firm(firm=firm, values=given, found=found)
    if changes:
        fields = [change.field for change in changes]
        record_action(actor=actor, verb="change_firm", subject=firm.credit_code, fields=fields)
    return changes


@transaction.atomic
def name_holding(*, firm: Firm, is_holding: bool, actor: User) -> bool:
    """Say whether the firm is the holding of its group, and then of no other. Gives whether that is new."""
    before = set(FirmGroup.objects.filter(head=firm).values_list("pk", flat=True))
    group = FirmGroup.objects.filter(firms=firm).first()
    after = {group.pk} if is_holding and group else set()
    if before == after:
        return False
    # In this order: a firm is head of one group at most.
    FirmGroup.objects.filter(pk__in=before - after).update(head=None)
    FirmGroup.objects.filter(pk__in=after).update(head=firm)
    _note(firm, "holding", actor, str(group) if after else "")
    return True


@transaction.atomic
def save_contact(*, contact: FirmContact, actor: User) -> FirmContact:
    """Store a person of a firm; the history of the firm says that, the history of the contact says who."""
    contact.save()
    _note(contact.firm, "contact", actor)
    return contact


@transaction.atomic
def remove_contact(*, contact: FirmContact, actor: User) -> None:
    """Take a person away from a firm."""
    contact.delete()
    _note(contact.firm, "contact", actor)


@transaction.atomic
def save_local_unit(*, unit: LocalUnit, actor: User) -> LocalUnit:
    """Add or change a place of a firm."""
    unit.save()
    _note(unit.firm, "local_unit", actor, unit.name)
    return unit


def _note(firm: Firm, what: str, actor: User, text: str = "") -> None:
    found = Found(source=FactSource.OFFICE, at=timezone.now(), author=actor)
    entry(firm, what, "", text, found).save()
    record_action(actor=actor, verb="change_firm", subject=firm.credit_code, fields=[what])
