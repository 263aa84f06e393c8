"""The letter that tells a firm its access code, and one code printed again."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from survey.models import Case, Contact
from survey.selectors.fieldwork.collection_period import case_closes_at
from survey.services.audit import record_action
from survey.services.fieldwork.access_codes import derive_code

EMPTY_CONTACT = Contact()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLetter:
    """What is written to one firm. The link carries the code in its fragment, which servers never see."""

    firm: str
    contact: str
    email: str
    phone: str
    code: str
    link: str
    deadline: datetime
    is_demonstration: bool


@transaction.atomic
def print_code_again(*, case: Case, site: str, actor: User) -> AccessLetter:
    """The letter of one case, without marking it as written to; that it was looked at is recorded."""
    # Before the code is derived: nobody sees a code without an entry that says so.
    record_action(actor=actor, verb="print_code", subject=case, generation=case.code_generation)
    return _letter(case, site)


def _letter(case: Case, site: str) -> AccessLetter:
    unit, code = case.sample_unit.unit, derive_code(case)
    contact = getattr(unit, "contact", EMPTY_CONTACT)
    return AccessLetter(
        firm=unit.full_name,
        contact=contact.name,
        email=contact.email,
        phone=contact.phone,
        code=code,
        # After "#": browsers send no fragment, so the code stands in no log of a proxy and in no referrer (RFC 9110,
        # 7.1 and 10.1.3).
        link=f"{site}#code={code}",
        deadline=case_closes_at(case),
        is_demonstration=case.wave.survey.is_demonstration,
    )
