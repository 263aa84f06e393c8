"""Handing access codes to officers: letters for a mail merge, reminders, and one code printed again."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from survey.models import Case, Contact
from survey.selectors.fieldwork.collection_period import closes_at
from survey.services.audit import record_action
from survey.services.fieldwork.access_codes import derive_code
from survey.services.fieldwork.cases import change_cases, locked, record_on_cases

NOBODY = Contact()


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
    is_demonstration: bool = False


@transaction.atomic
def issue_codes(*, cases: QuerySet[Case], site: str, actor: User, is_reminder: bool = False) -> list[AccessLetter]:
    """Letters with the access codes of the cases, by case; the cases are marked as written to.

    ``site`` is the address of the questionnaire's first page. A reminder counts one more reminder of each case.
    """
    changed, now = locked(cases), timezone.now()
    for case in changed:
        case.code_sent_at = now
        case.reminders += 1 if is_reminder else 0
    change_cases(changed, ["code_sent_at", "reminders"], actor)
    record_on_cases(actor, "remind" if is_reminder else "issue_codes", changed)
    chosen = Case.objects.filter(pk__in=[case.pk for case in changed])
    rows = chosen.select_related("wave__survey", "sample_unit__unit__contact").order_by("sample_unit__unit__name", "pk")
    return [_letter(case, site) for case in rows]


@transaction.atomic
def print_code_again(*, case: Case, site: str, actor: User) -> AccessLetter:
    """The letter of one case, without marking it as written to; that it was looked at is recorded."""
    record_action(actor=actor, verb="print_code", subject=case, generation=case.code_generation)
    return _letter(case, site)


def _letter(case: Case, site: str) -> AccessLetter:
    unit, code = case.sample_unit.unit, derive_code(case)
    contact = getattr(unit, "contact", NOBODY)
    return AccessLetter(
        firm=unit.name,
        contact=contact.name,
        email=contact.email,
        phone=contact.phone,
        code=code,
        # After "#": browsers send no fragment, so the code stands in no log of a proxy and in no referrer (RFC 9110,
        # 7.1 and 10.1.3).
        link=f"{site}#code={code}",
        deadline=closes_at(case.wave),
        is_demonstration=case.wave.survey.is_demonstration,
    )
