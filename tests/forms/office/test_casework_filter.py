"""Narrowing a work list."""

from collections.abc import Callable

from django.contrib.auth.models import User

from survey.forms.office.casework_filter import WorkFilterForm
from survey.models import Case
from survey.terms import Role, WaveStatus

Office = Callable[[Role | str], User]


def found(data: dict[str, str], user: User) -> set[int]:
    condition = WorkFilterForm(data, user=user).condition()
    return set(Case.objects.filter(condition).values_list("pk", flat=True))


def test_nothing_chosen_leaves_every_case(case: Case, office_user: Office) -> None:
    everything = set(Case.objects.values_list("pk", flat=True))
    assert found({}, office_user(Role.ADMINISTRATOR)) == everything


def test_district_and_name_narrow_the_list(case: Case, office_user: Office) -> None:
    unit = case.sample_unit.unit
    here = Case.objects.filter(sample_unit__unit__district=unit.district).values_list("pk", flat=True)
    user = office_user(Role.ADMINISTRATOR)
    assert found({"district": unit.district.code}, user) == set(here)
    assert found({"district": unit.district.code, "text": unit.name}, user) == {case.pk}


def test_only_open_waves_are_offered(case: Case, office_user: Office) -> None:
    user = office_user(Role.ADMINISTRATOR)
    offered = [code for code, _label in WorkFilterForm({}, user=user).fields["wave"].choices]  # type: ignore[attr-defined]
    case.wave.status = WaveStatus.CLOSED.value
    case.wave.save()
    left = [code for code, _label in WorkFilterForm({}, user=user).fields["wave"].choices]  # type: ignore[attr-defined]
    assert (case.wave.code in offered, case.wave.code in left) == (True, False)


def test_value_that_is_not_offered_does_not_restrict(case: Case, office_user: Office) -> None:
    user = office_user(Role.ADMINISTRATOR)
    assert found({"wave": "ghost"}, user) == found({}, user)
