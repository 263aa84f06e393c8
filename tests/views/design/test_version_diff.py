"""Two versions compared on a page, and the concept map with its breaks."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.instrument.diff import CHILDREN, ChangeKind
from survey.instrument.plan.plan import Group, Indicator, MethodNote, PlannedBlock, Scale, Theme, Threshold
from survey.instrument.plan.weighting import Weighting
from survey.instrument.schema import EditRule as Rule
from survey.instrument.schema import Item as ItemValue
from survey.instrument.schema import Option as OptionValue
from survey.instrument.schema import Page as PageValue
from survey.instrument.schema import Text
from survey.models import AnalysisPlan, Item, Option, Questionnaire
from survey.services.design.publishing import publish_questionnaire
from survey.terms import Role
from survey.views.design.version_diff import FIELDS, KINDS

DIFF, CONCEPTS = "/admin/questionnaires/small/compare/", "/admin/questionnaires/small/concepts/"


@pytest.fixture
def two_versions(small: Questionnaire) -> str:
    """The second version has another wording of one item and another type of another."""
    publish_questionnaire(questionnaire=small, actor=None)
    Item.objects.filter(code="uses").update(text=Text("是否使用？", "Is it in use now?"))
    severity = Item.objects.get(type="severity")
    Item.objects.filter(pk=severity.pk).update(type="single", missing=[])
    for code in ("low", "high"):
        Option.objects.create(item=severity, code=code, text=Text(code, code))
    publish_questionnaire(questionnaire=small, actor=None)
    return severity.code


def lines(answer: Any, code: str) -> list[tuple[str, str, str, str]]:
    return [
        (line["kind"], line["field"], line["old"], line["new"])
        for line in answer.context["changes"]
        if line["code"] == code
    ]


def test_two_chosen_versions_are_compared(designer: Client, two_versions: str) -> None:
    answer = designer.get(DIFF, {"old": "1", "new": "2"})
    assert lines(answer, "uses") == [("changed", "wording (English)", "Is it in use?", "Is it in use now?")]
    assert ("changed", "type", "severity", "single") in lines(answer, two_versions)
    assert "<ins>Is it in use now?</ins>" in answer.content.decode()


def test_compared_the_other_way_round_the_words_change_places(designer: Client, two_versions: str) -> None:
    answer = designer.get(DIFF, {"old": "2", "new": "1"})
    assert lines(answer, "uses") == [("changed", "wording (English)", "Is it in use now?", "Is it in use?")]


def test_without_a_choice_the_design_is_compared_with_the_newest_version(designer: Client, two_versions: str) -> None:
    Item.objects.filter(code="uses").update(hint=Text(en="Any use counts."))
    answer = designer.get(DIFF)
    assert (answer.context["old"], answer.context["new"]) == ("2", "draft")
    assert lines(answer, "uses") == [("changed", "hint (English)", "", "Any use counts.")]


def test_analyst_compares_versions_and_does_not_see_the_design(
    client: Client, office_user: Callable[[Role | str], User], two_versions: str
) -> None:
    client.force_login(office_user(Role.ANALYST))
    answer = client.get(DIFF, {"new": "draft"})
    assert (answer.context["old"], answer.context["new"]) == ("1", "2")


def test_equal_versions_say_so(designer: Client, two_versions: str) -> None:
    assert "The two are the same." in designer.get(DIFF, {"old": "1", "new": "1"}).content.decode()


def test_unknown_version_is_passed_over(designer: Client, two_versions: str) -> None:
    assert designer.get(DIFF, {"old": "99", "new": "\x00"}).context["new"] == "draft"


def test_concept_map_marks_the_break_and_not_the_wording(designer: Client, two_versions: str) -> None:
    answer = designer.get(CONCEPTS)
    broken = [line["cells"][1]["breaks"] for line in answer.context["lines"] if line["is_broken"]]
    assert answer.context["broken"] == 1
    assert {"kind": "type", "old": "severity", "new": "single", "is_break": True} in broken[0]
    assert answer.context["editions"] == ["v1", "v2", "as designed now"]


@pytest.mark.parametrize("address", [DIFF, CONCEPTS])
def test_before_the_first_version_the_design_stands_alone(designer: Client, small: Questionnaire, address: str) -> None:
    assert designer.get(address).status_code == 200


@pytest.mark.parametrize("address", [DIFF, CONCEPTS])
def test_without_any_version_the_analyst_reads_so(
    client: Client, office_user: Callable[[Role | str], User], small: Questionnaire, address: str
) -> None:
    client.cookies["django_language"] = "en"
    client.force_login(office_user(Role.ANALYST))
    assert "No version is published yet." in client.get(address).content.decode()


@pytest.mark.parametrize("name", ["compare", "concepts"])
def test_unknown_questionnaire_is_not_found(designer: Client, small: Questionnaire, name: str) -> None:
    assert designer.get(f"/admin/questionnaires/none/{name}/").status_code == 404


@pytest.mark.parametrize("address", [DIFF, CONCEPTS])
def test_viewer_is_refused(
    client: Client, office_user: Callable[[Role | str], User], small: Questionnaire, address: str
) -> None:
    client.force_login(office_user(Role.VIEWER))
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", [DIFF, CONCEPTS])
def test_nobody_is_sent_to_the_login_page(client: Client, small: Questionnaire, address: str) -> None:
    assert client.get(address)["Location"] == f"{reverse('admin:login')}?next={address}"


@pytest.mark.parametrize("address", [DIFF, CONCEPTS])
def test_post_is_refused(designer: Client, small: Questionnaire, address: str) -> None:
    assert designer.post(address).status_code == 405


def test_page_of_the_questionnaire_leads_to_both(designer: Client, small: Questionnaire) -> None:
    html = designer.get(reverse("admin:survey_questionnaire_change", args=[small.pk])).content.decode()
    assert (DIFF in html, CONCEPTS in html) == (True, True)


def test_every_kind_and_field_has_its_name() -> None:
    fields = {name for part in (ItemValue, OptionValue, PageValue, Rule) for name in part.__dataclass_fields__}
    parts = (Scale, Theme, Indicator, Group, PlannedBlock, MethodNote, Threshold, Weighting)
    planned = {field.name for part in parts for field in dataclasses.fields(part)}
    assert (fields - CHILDREN) | planned | {"code", "items", "parent", "order", "crossings"} == set(FIELDS)
    assert set(KINDS) == set(ChangeKind)


def test_changes_of_the_plan_are_shown(designer: Client, small: Questionnaire) -> None:
    publish_questionnaire(questionnaire=small, actor=None)
    AnalysisPlan.objects.create(questionnaire=small, content={"threshold": {"firms": 5}})
    changes = designer.get("/admin/questionnaires/small/compare/").context["changes"]
    assert [(line["part"], line["field"], line["old"], line["new"]) for line in changes] == [
        ("Protection", "least firms under a figure", "10", "5")
    ]
