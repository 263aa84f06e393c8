"""How far the returns of a wave have been accepted: by district, and what is still open in each."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from survey.models import Acceptance, Case, District, Wave
from survey.selectors.fieldwork.cases import FIRM
from survey.selectors.fieldwork.territory import Somebody, own_cases, rows_of_territory
from survey.terms import CaseStatus

DONE = Q(status__in=[CaseStatus.SUBMITTED.value, CaseStatus.FINALISED.value]) | Q(is_closed=True)
"""Answers or an outcome: nothing is waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictReturns:
    """A district of a wave: firms in the sample, submitted, ended by an outcome, still open; its acceptance."""

    district: District
    sampled: int
    submitted: int
    ended: int
    acceptance: Acceptance | None

    @property
    def unresolved(self) -> int:
        return self.sampled - self.submitted - self.ended


def returns_by_district(wave: Wave, user: Somebody) -> list[DistrictReturns]:
    """The districts of the wave that the user works on, in their order."""
    counted = counts(Case.objects.filter(own_cases(user), wave=wave))
    districts = District.objects.in_bulk([row["district"] for row in counted])
    accepted = {one.district_id: one for one in acceptances(wave)}
    rows = [
        DistrictReturns(
            district=districts[row["district"]],
            sampled=row["sampled"],
            submitted=row["submitted"],
            ended=row["done"] - row["submitted"],
            acceptance=accepted.get(row["district"]),
        )
        for row in counted
    ]
    return sorted(rows, key=lambda row: (row.district.position, row.district.code))


def counts(cases: QuerySet[Case]) -> list[dict[str, Any]]:
    """By district the cases, those that submitted, and those for which nothing is waited."""
    submitted = Q(status=CaseStatus.SUBMITTED.value)
    rows = (
        # Without the usual order, by whose columns the groups would be split.
        cases.order_by()
        .values(district=F(f"{FIRM}__district"))
        .annotate(sampled=Count("pk"), submitted=Count("pk", filter=submitted), done=Count("pk", filter=DONE))
    )
    return [dict(row) for row in rows]


def acceptances(wave: Wave) -> QuerySet[Acceptance]:
    return Acceptance.objects.filter(wave=wave).select_related("accepted_by", "district")


def works_on_all(user: Somebody, wave: Wave) -> bool:
    """Whether the user works on every district of the wave's survey, and so may accept the city."""
    rows = rows_of_territory(user)
    # A row for all districts of another survey does not count here.
    return not rows or any(district is None and survey in (None, wave.survey_id) for district, survey in rows)
