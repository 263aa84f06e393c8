"""The shipped questionnaire asks each firm what concerns it, and its edits fire where they should and only there."""

from datetime import date
from typing import Any

import pytest

from survey.instrument.edits.rules import check_all
from survey.instrument.kinds.registry import kind_of
from survey.instrument.routing.route import route_of
from survey.terms import ItemType
from tests.shipped import MEASURES, Content

FIRM = {"frame_employees": 100, "frame_revenue": 5000.0}
TODAY = date(2026, 11, 23)


def asked(content: Content, **answers: Any) -> dict[str, Any]:
    """The items on the route of a firm of the frame."""
    return route_of(content.questionnaire, answers, FIRM, TODAY).items


@pytest.mark.parametrize(
    ("answer", "item"),
    [
        ({"B_has_equipment": "yes"}, "B1_device_types"),
        ({"D2_role": "build"}, "D2_severity"),
        ({"D2_role": "rent"}, "D2_severity"),
        ({"D2_role": "cloud"}, "D1_racks_wanted"),
        ({"D2_role": "cloud", "D3_distance": "km10"}, "D3_reasons"),
        ({"E1_needs_remote": "yes"}, "E1_latency"),
        ({"E2_uses_5g": "yes"}, "E2_cost"),
        ({"E2_uses_5g": "yes"}, "E2_energy_ratio"),
        ({"F1_uses_ai": "trial"}, "F1_spend"),
        ({"F1_uses_ai": "planned"}, "F2_sectors"),
        ({"F3_supplies_technology": "yes"}, "F3_severity"),
    ],
)
def test_item_is_asked_only_of_those_it_concerns(content: Content, answer: dict[str, Any], item: str) -> None:
    assert (item in asked(content), item in asked(content, **answer)) == (False, True)


@pytest.mark.parametrize(
    ("answer", "item"),
    [
        ({"B_has_equipment": "no"}, "B4_protocols"),
        ({"D2_role": "cloud"}, "D2_severity"),
        ({"D2_role": "none"}, "D3_server_location"),
        ({"E2_uses_5g": "no"}, "E2_cost"),
        ({"F1_uses_ai": "planned"}, "F1_spend"),
        ({"F3_supplies_technology": "no"}, "F3_severity"),
    ],
)
def test_item_is_not_asked_of_others(content: Content, answer: dict[str, str], item: str) -> None:
    assert item not in asked(content, **answer)


@pytest.mark.parametrize(
    ("item", "then", "usual", "large"),
    [("B1_device_types", 40, 80, 81), ("B1_vendors", 6, 3, 2), ("F1_spend", 120, 360, 361), ("E2_cost", 9, 3, 2.9)],
)
def test_large_change_from_last_time_is_verified(
    content: Content, item: str, then: float, usual: float, large: float
) -> None:
    needed = {"B_has_equipment": "yes", "E2_uses_5g": "yes", "F1_uses_ai": "trial"}

    def verified(value: float) -> bool:
        facts = {**FIRM, f"previous_{item}": then}
        report = check_all(content.questionnaire, {**needed, item: value}, facts, {}, TODAY)
        return f"{item}__change" in {failure.rule for failure in report.verify}

    assert (verified(usual), verified(large)) == (False, True)


def test_every_figure_beside_its_last_answer_is_verified_or_a_share(content: Content) -> None:
    shown = [item for item in content.questionnaire.items.values() if item.beside_last and kind_of(item).is_numeric]
    assert {item.type for item in shown if not item.largest_change} == {ItemType.PERCENTAGE}


def test_severities_of_most_pain_points_are_asked_of_every_firm(content: Content) -> None:
    severities = {code for code in asked(content) if code.endswith("_severity")}
    assert {f"{code}_severity" for code in MEASURES} - severities == {"D2_severity", "F3_severity"}


def test_top_pain_points_offer_only_what_was_asked(content: Content) -> None:
    offered = {option.code for option in asked(content)["I_top_pain_points"].options}
    assert offered == MEASURES.keys() - {"D2", "F3"}


@pytest.mark.parametrize(
    ("rule", "answers"),
    [
        ("racks_part_of_whole", {"D2_role": "rent", "D1_racks_wanted": 2.0, "D1_racks_obtained": 3.0}),
        (
            "protocols_and_networking",
            {"B_has_equipment": "yes", "B1_networked_share": 40.0, "B4_protocols": ["none"]},
        ),
        ("coverage_and_use_5g", {"E2_uses_5g": "yes", "E3_coverage_share": 0.0}),
        ("employees_and_revenue_present", {"A_employees": 0, "A_revenue": 10.0}),
        ("employees_change", {"A_employees": 151}),
        ("employees_change", {"A_employees": 49}),
        ("revenue_change", {"A_revenue": 7501.0}),
        ("revenue_per_person", {"A_employees": 1, "A_revenue": 5001.0}),
        ("device_types_many", {"B_has_equipment": "yes", "B1_device_types": 501}),
        ("onboarding_long", {"B_has_equipment": "yes", "B2_onboarding_days": 366.0}),
        ("upload_and_platform", {"C1_upload_share": 10.0, "C3_contract": ["no_platform"]}),
        ("misuse_and_incidents", {"C1_incidents": 0, "C2_data_kinds": ["design"]}),
        ("energy_cost_5g_large", {"E2_uses_5g": "yes", "E2_cost": 251.0}),
        ("energy_ratio_unusual", {"E2_uses_5g": "yes", "E2_energy_ratio": 31.0}),
        ("energy_ratio_unusual", {"E2_uses_5g": "yes", "E2_energy_ratio": 0.5}),
        ("unconnected_but_no_problem", {"B_has_equipment": "yes", "B4_severity": "1", "B4_unconnected_share": 50.0}),
        ("latency_demanding", {"E1_needs_remote": "yes", "E1_latency": 4}),
        ("F1_spend__magnitude", {"F1_uses_ai": "in_use", "F1_spend": 5001.0}),
        ("E2_energy_ratio__constraint", {"E2_uses_5g": "yes", "E2_energy_ratio": 0.0}),
    ],
)
def test_edit_rule_fires(content: Content, rule: str, answers: dict[str, Any]) -> None:
    report = check_all(content.questionnaire, answers, FIRM, {}, TODAY)
    assert rule in {failure.rule for failure in report.failures}


@pytest.mark.parametrize(
    ("answers", "rule", "repair"),
    [
        ({"A_employees": 100, "A_revenue": 52_000_000.0}, "A_revenue__magnitude", 5200.0),
        ({"E2_uses_5g": "yes", "E2_cost": 12_000.0}, "E2_cost__magnitude", 1.2),
    ],
)
def test_amount_typed_in_yuan_is_asked_about_once_with_its_repair(
    content: Content, answers: dict[str, Any], rule: str, repair: float
) -> None:
    report = check_all(content.questionnaire, answers, FIRM, {}, TODAY)
    assert [(failure.rule, failure.repair) for failure in report.verify] == [(rule, repair)]


@pytest.mark.parametrize("register", [{}, {"frame_revenue": 0.0}])
def test_revenue_per_person_is_asked_about_without_a_revenue_in_the_register(
    content: Content, register: dict[str, float]
) -> None:
    facts = {"frame_employees": 1, **register}
    report = check_all(content.questionnaire, {"A_employees": 1, "A_revenue": 5001.0}, facts, {}, TODAY)
    assert "revenue_per_person" in {failure.rule for failure in report.verify}


def test_usual_answers_meet_every_edit_rule(content: Content) -> None:
    answers = {
        "A_employees": 110,
        "A_revenue": 5200.0,
        "B_has_equipment": "yes",
        "B1_device_types": 12,
        "B1_vendors": 5,
        "B1_networked_share": 60.0,
        "B4_protocols": ["modbus", "opc_ua"],
        "B4_unconnected_share": 20.0,
        "B4_severity": "3",
        "C1_upload_share": 30.0,
        "C1_incidents": 0,
        "C2_data_kinds": ["none"],
        "D2_role": "rent",
        "C3_contract": ["ownership"],
        "D1_racks_wanted": 4.0,
        "D1_racks_obtained": 4.0,
        "E1_needs_remote": "yes",
        "E1_latency": 50,
        "E2_uses_5g": "yes",
        "E2_cost": 3.5,
        "E2_energy_ratio": 3.0,
        "E3_coverage_share": 80.0,
        "F1_uses_ai": "in_use",
        "F1_spend": 40.0,
        "B2_onboarding_days": 8.0,
    }
    report = check_all(content.questionnaire, answers, FIRM, {}, TODAY)
    assert {failure.rule for failure in report.failures if not failure.rule.endswith("__required")} == set()
