"""Officer and mark of many cases: what changed is remembered, and put back where nobody changed it since."""

import pytest
from django.contrib.auth.models import User

from survey.models import Case, CaseWork, District, Survey, Territory
from survey.services.casework.bulk_asked import BulkAsked
from survey.services.casework.bulk_plans import give_by_district, set_planned, take_planned_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return User.objects.create(username="officer")


def marks(cases: list[Case]) -> list[str]:
    found = dict(CaseWork.objects.values_list("case", "mark"))
    return [found.get(case.pk, "–") for case in cases]


def test_only_what_changes_is_remembered(cases: list[Case]) -> None:
    a, b, c = (case.pk for case in cases[:3])
    CaseWork.objects.create(case_id=a, mark="watch")
    CaseWork.objects.create(case_id=b, mark="urgent")
    assert set_planned("mark", {a: "watch", b: "watch", c: ""}) == {str(b): ["urgent", "watch"]}
    assert marks(cases[:3]) == ["watch", "watch", "–"]


def test_owner_is_put_back_unless_it_changed_since(cases: list[Case], officer: User) -> None:
    other = User.objects.create(username="other")
    before = set_planned("owner", {case.pk: officer.pk for case in cases[:2]})
    CaseWork.objects.filter(case=cases[0]).update(owner=other)
    assert take_planned_back("owner")(before, officer) == 1
    assert [CaseWork.objects.get(case=case).owner for case in cases[:2]] == [other, None]


def test_cases_go_in_turn_to_the_officers_of_their_district_and_survey(cases: list[Case], officer: User) -> None:
    first, second = District.objects.order_by("code")[:2]
    others = [User.objects.create(username=name) for name in ("b", "c", "gone")]
    elsewhere = Survey.objects.create(code="other", approval_expires="2099-12-31")
    Territory.objects.create(user=officer, district=first)
    Territory.objects.create(user=others[0], district=first)
    Territory.objects.create(user=others[1], district=first, survey=elsewhere)
    Territory.objects.create(user=others[2], district=first)
    Territory.objects.create(user=others[0], district=second)
    User.objects.filter(username="gone").update(is_active=False)
    give_by_district([case.pk for case in cases], BulkAsked(), officer)
    found = {
        district: list(
            CaseWork.objects.filter(case__sample_unit__unit__district=district)
            .order_by("case")
            .values_list("owner__username", flat=True)
        )
        for district in (first, second)
    }
    there = len(found[first])
    assert found[first] == (["officer", "b"] * there)[:there]
    assert set(found[second]) == {"b"}
