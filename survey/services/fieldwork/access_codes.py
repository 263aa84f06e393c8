"""Access codes of cases, and how often a client may be wrong about one.

A code is derived from the case with ``settings.ACCESS_CODE_KEY``, which lives outside the database; the database holds
a keyed hash to find the case by. A lost code is revoked by raising the case's generation. Of failures only the keyed
hash of the client's address is kept, for one window.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from survey.algorithms import keyed_digest
from survey.instrument.access_code import DATA_BITS, encode, in_groups, normalise
from survey.models import AccessFailure, Case
from survey.services.audit import record_action


def keyed(purpose: str, message: str) -> bytes:
    """HMAC of the message with the key that belongs to this purpose alone (``survey/algorithms.py``)."""
    # One key per purpose: what is learnt about hashes of clients says nothing about codes.
    key = keyed_digest(settings.ACCESS_CODE_KEY.encode(), purpose.encode())
    return keyed_digest(key, message.encode())


def derive_code(case: Case) -> str:
    """The case's present access code in four groups of four. Needs ``key`` and ``code_generation`` only."""
    digest = keyed("derive an access code", f"{case.key.hex}:{case.code_generation}")
    # The leading bits of an HMAC are as good as any others.
    return in_groups(encode(int.from_bytes(digest) >> (8 * len(digest) - DATA_BITS)))


def hash_code(code: str) -> str:
    """Keyed hash (64 hexadecimal digits) that finds the case of a well-formed code; ValueError for any other text."""
    symbols = normalise(code)
    if symbols is None:
        raise ValueError("The text is no access code of sixteen symbols.")
    return keyed("find an access code", symbols).hex()


def find_case(code: str) -> Case | None:
    """The case that a typed code opens, with its wave; None alike for a wrong, a revoked and a closed one."""
    if normalise(code) is None:
        return None
    # Looked up by its keyed hash: the database holds no code, and a near miss takes as long as any other.
    cases = Case.objects.select_related("wave__survey").order_by("pk")
    return cases.filter(code_hash=hash_code(code), is_closed=False).first()


@transaction.atomic
def revoke_code(*, case: Case, actor: User) -> Case:
    """Make the present code useless and derive a new one, which has not been sent yet."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    # Derived and not drawn, so that the letter can be printed again without the code lying in the database (0002).
    case.code_generation += 1
    case.code_hash = hash_code(derive_code(case))
    # So that reminders leave the firm out until the new code was sent: one about a code that opens nothing would
    # confuse it.
    case.code_sent_at = None
    case.save(update_fields=["code_generation", "code_hash", "code_sent_at"])
    record_action(actor=actor, verb="revoke_code", subject=case, generation=case.code_generation)
    return case


def client_hash(address: str) -> str:
    """What is kept of a client: a keyed hash of the address of the client."""
    return keyed("count failures of a client", address).hex()


def window_start() -> datetime:
    return timezone.now() - timedelta(seconds=settings.ACCESS_CODE_WINDOW_SECONDS)


@transaction.atomic
def note_failure(address: str) -> None:
    """Count a wrong code against the client at ``address``, which our own proxies alone decide."""
    # Old windows go first: addresses are not kept longer than they are needed.
    AccessFailure.objects.filter(window_started_at__lte=window_start()).delete()
    client = client_hash(address)
    # Its unique client lets one of two first failures make the row; the other finds it.
    AccessFailure.objects.get_or_create(client=client, defaults={"window_started_at": timezone.now()})
    # Counted in the database, so that two requests at the same time are two failures.
    AccessFailure.objects.filter(client=client).update(failures=F("failures") + 1)


def must_wait(address: str) -> bool:
    """Whether the client's next wrong code is refused unread. Ask only after a code was wrong: a valid one gets in."""
    # An address may be that of a whole industrial park: only its wrong codes wait.
    current = AccessFailure.objects.filter(client=client_hash(address), window_started_at__gt=window_start())
    return current.filter(failures__gte=settings.ACCESS_CODE_FAILURES).exists()
