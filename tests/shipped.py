"""The shipped questionnaire with the measures of each pain point, as it stands after its fixtures are loaded."""

import json
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from survey.instrument.plan.plan import AnalysisPlan
from survey.instrument.schema import Questionnaire
from survey.management.commands.prepare_site import CONTENT
from survey.models import (
    District,
    EditRule,
    Industry,
    Item,
    Option,
    Page,
    PainPoint,
    Section,
    SizeThreshold,
    Survey,
)
from survey.models import Questionnaire as DesignedQuestionnaire
from survey.selectors.design.questionnaire import read_questionnaire

FIXTURES = [str(Path(__file__).resolve().parent.parent / "fixtures" / f"{name}.json") for name in CONTENT]
MODELS = (Survey, DesignedQuestionnaire, Section, Page, Item, Option, EditRule, PainPoint, Industry, District, SizeThreshold)  # fmt: skip


def shipped_plan() -> AnalysisPlan:
    """The analysis plan as it is shipped."""
    (row,) = json.loads(Path(FIXTURES[-1]).read_text("utf-8"))
    return AnalysisPlan.from_dict(row["fields"]["content"])


MEASURES = {
    "B1": {"B1_device_types", "B1_vendors", "B1_networked_share"},
    "B2": {"B2_onboarding_days"},
    "B3": {"B3_platforms"},
    "B4": {"B4_protocols", "B4_unconnected_share"},
    "C1": {"C1_upload_share", "C1_incidents"},
    "C2": {"C2_data_kinds"},
    "C3": {"C3_contract"},
    "C4": {"C4_most_important"},
    "D1": {"D1_racks_wanted", "D1_racks_obtained"},
    "D2": {"D2_role"},
    "D3": {"D3_server_location", "D3_distance", "D3_reasons"},
    "E1": {"E1_needs_remote", "E1_latency"},
    "E2": {"E2_uses_5g", "E2_cost", "E2_energy_ratio"},
    "E3": {"E3_coverage_share"},
    "E4": {"E4_start_simple"}
    | {f"E4_precision_{application}" for application in ("motion", "handling", "inspection", "monitoring")},
    "F1": {"F1_uses_ai", "F1_spend", "F1_payback"},
    "F2": {"F2_sectors"},
    "F3": {"F3_supplies_technology"},
    "G1": {"G1_use", "G1_wanted"},
}


@dataclass(frozen=True)
class Content:
    """The questionnaire as it compiles, what the models find wrong, the pain points, and rows by model."""

    questionnaire: Questionnaire
    invalid: list[str]
    pain_points: set[str]
    counts: dict[str, int]


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in MODELS}


def find_invalid() -> list[str]:
    """What ``full_clean`` says about each row of each model."""
    found = []
    for row in (row for model in MODELS for row in model.objects.all()):
        try:
            row.full_clean()
        except Exception as error:
            found.append(f"{type(row).__name__} {row}: {error}")
    return found


def read_content() -> Content:
    """The content of a database into which the fixtures are loaded; the database is left as it was."""
    with transaction.atomic():
        call_command("loaddata", *FIXTURES, verbosity=0)
        read = Content(
            questionnaire=read_questionnaire(DesignedQuestionnaire.objects.get().pk),
            invalid=find_invalid(),
            pain_points=set(PainPoint.objects.values_list("code", flat=True)),
            counts=counts(),
        )
        transaction.set_rollback(True)
    return read
