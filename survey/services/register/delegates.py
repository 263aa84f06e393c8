"""Persons who answer for several firms with one code: named, given firms, found by their code, revoked."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.instrument.access_code import DATA_BITS, encode, in_groups, normalise
from survey.models import Delegate, Delegation, Firm
from survey.register_terms import FactSource
from survey.services.audit import record_action
from survey.services.fieldwork.access_codes import keyed
from survey.services.firm_changes import Found, entry
from survey.services.refusals import RefusedError


class DelegateError(RefusedError):
    """Why a firm cannot be given to a person."""

    catalogue = Catalogue(
        entries={"given_already": Entry(_("This person answers for the firm already."), _("Nothing needs to be done."))}
    )


def delegate_code(delegate: Delegate) -> str:
    """The person's present code in four groups of four, in the form of an access code."""
    digest = keyed("derive the code of a delegate", f"{delegate.key.hex}:{delegate.code_generation}")
    return in_groups(encode(int.from_bytes(digest) >> (8 * len(digest) - DATA_BITS)))


def _hash(code: str) -> str:
    return keyed("find the code of a delegate", normalise(code) or "").hex()


def find_delegate(code: str) -> Delegate | None:
    """The person whose code was typed; None alike for a wrong, a revoked and an ended one."""
    if normalise(code) is None:
        return None
    # By a keyed hash: a copy of the table opens nothing.
    return Delegate.objects.filter(code_hash=_hash(code), is_active=True).first()


@transaction.atomic
def delegate_firm(
    *, firm: Firm, name: str, email: str, phone: str, organisation: str, is_main: bool, actor: User
) -> Delegation:
    """Let a person answer for a firm; whoever has this e-mail address already keeps the one code.

    A new main person makes the one before a delegated one. Raises `DelegateError`.
    """
    firm = Firm.objects.select_for_update(of=("self",)).get(pk=firm.pk)
    # An address is known in whatever case it is typed: two codes for one person would each open half of the firms.
    person = Delegate.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        person = Delegate(name=name, email=email, phone=phone, organisation=organisation)
        person.code_hash = _hash(delegate_code(person))
        person.save()
    if Delegation.objects.filter(firm=firm, delegate=person).exists():
        raise DelegateError("given_already", person.pk)
    if is_main:
        # First: a constraint allows one main person of a firm.
        Delegation.objects.filter(firm=firm, is_main=True).update(is_main=False)
    made = Delegation.objects.create(firm=firm, delegate=person, is_main=is_main, granted_by=actor)
    _note(firm, "delegate_firm", actor)
    return made


@transaction.atomic
def end_delegation(*, delegation: Delegation, actor: User) -> None:
    """The person does not answer for this firm any more; sessions that were opened for it end."""
    firm = delegation.firm
    delegation.delete()
    _note(firm, "end_delegation", actor)


@transaction.atomic
def revoke_delegate(*, delegate: Delegate, actor: User) -> Delegate:
    """Make the present code useless and derive a new one; what the old one has opened ends."""
    delegate = Delegate.objects.select_for_update().get(pk=delegate.pk)
    delegate.code_generation += 1
    delegate.code_hash = _hash(delegate_code(delegate))
    delegate.save(update_fields=["code_generation", "code_hash"])
    # By number: the audit history cannot be changed, and a name in it could not be erased.
    record_action(actor=actor, verb="revoke_delegate", subject=f"delegate {delegate.pk}")
    return delegate


def _note(firm: Firm, verb: str, actor: User) -> None:
    """In the history of the firm, without the name of the person."""
    entry(firm, "delegate", "", "", Found(source=FactSource.OFFICE, at=timezone.now(), author=actor)).save()
    record_action(actor=actor, verb=verb, subject=firm.credit_code)
