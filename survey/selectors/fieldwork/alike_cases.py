"""Cases of a wave counted by how they stand: where fifty thousand are read, a few thousand rows leave the database."""

import pandas as pd
from django.contrib.auth import get_user_model
from django.db.models import BooleanField, Count, ExpressionWrapper, F, FloatField, Q, Sum

from survey.models import District, Stratum, Wave
from survey.models.translated import in_page_language
from survey.selectors.fieldwork.territory import Somebody, visible_cases
from survey.terms import CaseStatus, Disposition, SizeClass

UNIT = "sample_unit__unit__"
ALIKE = {
    "status": "status",
    "disposition": "disposition",
    "set_aside": "is_set_aside",
    "written_to": "written_to",
    "stratum": "sample_unit__stratum_id",
    "district": f"{UNIT}district_id",
    "officer": "work__owner_id",
}
"""What cases of one row have in common."""
SUMS = ("count", "weight", "size")
BEGUN = [status.value for status in (CaseStatus.IN_PROGRESS, CaseStatus.RETURNED, CaseStatus.SUBMITTED)]


def alike_cases(wave: Wave, user: Somebody) -> pd.DataFrame:
    """The cases of the wave that the user works on, as `progress_by` and `rates_of` take them.

    Groups are ``district``, ``officer`` and ``stratum``, the latter the section and the number of its size class from
    large to micro.
    """
    weight = F("sample_unit__design_weight")
    rows = (
        visible_cases(user)
        .filter(wave=wave)
        .order_by()
        .annotate(written_to=ExpressionWrapper(Q(code_sent_at__isnull=False), output_field=BooleanField()))
        .values_list(*ALIKE.values())
        .annotate(
            count=Count("pk"),
            weight=Sum(weight),
            # By employees: a rate by firms says little where one in a hundred firms has half of the employees.
            size=Sum(weight * F(f"{UNIT}employees"), output_field=FloatField()),
        )
    )
    cases = pd.DataFrame.from_records(list(rows), columns=[*ALIKE, *SUMS])
    status, disposition = cases["status"], cases["disposition"]
    cases["started"] = status.isin(BEGUN)
    # Answers that an outcome has set aside are kept and do not count, as in every figure.
    cases["submitted"] = (status == CaseStatus.SUBMITTED.value) & ~cases["set_aside"].astype(bool)
    cases["returned"] = status == CaseStatus.RETURNED.value
    cases["refused"] = disposition == Disposition.REFUSAL.value
    cases["out_of_scope"] = disposition == Disposition.NOT_ELIGIBLE.value
    return _named(cases, wave)


def _named(cases: pd.DataFrame, wave: Wave) -> pd.DataFrame:
    """Groups by the names that people read."""
    districts = {number: in_page_language(name) for number, name in District.objects.values_list("pk", "name")}
    owners = [int(key) for key in cases["officer"].dropna().unique()]
    officers = dict(get_user_model().objects.filter(pk__in=owners).values_list("pk", "username"))
    sizes = {size.value: number for number, size in enumerate(SizeClass)}
    strata = {
        # One letter and one digit: they are taken apart again by their places.
        number: f"{section}{sizes[size]}"
        for number, section, size in Stratum.objects.filter(sample__wave=wave).values_list(
            "pk", "industry_section", "size_class"
        )
    }
    cases["district"] = cases["district"].map(districts)
    cases["officer"] = [officers.get(key, "") for key in cases["officer"]]
    cases["stratum"] = cases["stratum"].map(strata)
    return cases
