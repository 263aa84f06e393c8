"""Persons who answer for firms of the register."""

from typing import Any

from django.contrib.auth.models import User

from survey.models import Case, Delegation, Firm
from survey.services.register.delegates import delegate_firm


def firm_of(case: Case) -> Firm:
    """The firm of a case in the register, as it stands there now."""
    firm = Case.objects.get(pk=case.pk).sample_unit.unit.firm
    assert firm is not None
    return firm


def give(firm: Firm, officer: User, email: str = "lin@example.com", **more: Any) -> Delegation:
    """The firm is given to the bookkeeper with this address."""
    person = {"name": "林会计", "phone": "", "organisation": "代账公司", "is_main": False, **more}
    return delegate_firm(firm=firm, email=email, actor=officer, **person)
