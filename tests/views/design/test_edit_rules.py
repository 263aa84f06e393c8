"""Sum, ratio and change edits are added by their figures, and are rules like any other from then on."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.instrument.schema import Text
from survey.models import EditRule, Questionnaire, StaffAction
from survey.services.design.publishing import compile_questionnaire
from survey.terms import ItemType, Role

WORDS = {"level": "verify", "message_zh": "请核对", "message_en": "Please check"}
SUM = {"code": "s", "total": "all", "parts": "own rented", "tolerance": "0.5", **WORDS}
RATIO = {"code": "r", "numerator": "own", "denominator": "frame_employees", "least": "0", "most": "2", **WORDS}
CHANGE = {"code": "c", "item": "own", "ratio": "3", **WORDS}


@pytest.fixture
def numbers(small: Questionnaire) -> Questionnaire:
    page = small.sections.get().pages.get()
    for place, code in enumerate(("own", "rented", "all"), start=3):
        texts = {"text": Text(code, code)}
        page.items.create(code=code, type=ItemType.DECIMAL.value, position=place, **texts)
    return small


def address(kind: str) -> str:
    return reverse("edit_rule_new", args=["small", kind])


@pytest.mark.parametrize(
    ("kind", "given", "items", "condition"),
    [
        (
            "sum",
            SUM,
            ["all", "own", "rented"],
            "${all} >= ${own} + ${rented} - 0.5 and ${all} <= ${own} + ${rented} + 0.5",
        ),
        ("ratio", RATIO, ["own"], "${own} >= 0 * ${frame_employees} and ${own} <= 2 * ${frame_employees}"),
        (
            "change",
            CHANGE,
            ["own"],
            "abs(${own}) <= 3 * abs(${previous_own}) and abs(${previous_own}) <= 3 * abs(${own})"
            " and ${own} * ${previous_own} >= 0",
        ),
    ],
)
def test_edit_becomes_a_rule_of_the_draft(
    designer: Client, numbers: Questionnaire, kind: str, given: dict[str, str], items: list[str], condition: str
) -> None:
    answer = designer.post(address(kind), given)
    row = EditRule.objects.get()
    assert answer["Location"] == reverse("admin:survey_editrule_change", args=[row.pk])
    assert (row.level, row.items, row.condition, row.message.en) == ("verify", items, condition, "Please check")
    assert compile_questionnaire(questionnaire=numbers).edit_rules[0].condition == condition


def test_designer_reads_that_the_edit_is_added(designer: Client, numbers: Questionnaire) -> None:
    page = designer.post(address("sum"), SUM, follow=True).content.decode()
    assert "The rule is added. This is the condition that it became." in page


@pytest.mark.parametrize(("kind", "level"), [("sum", "hard"), ("ratio", "verify"), ("change", "verify")])
def test_unusual_figures_are_first_proposed_to_be_verified(
    designer: Client, numbers: Questionnaire, kind: str, level: str
) -> None:
    assert designer.get(address(kind)).context["form"]["level"].value() == level


def test_new_edit_stands_behind_the_others_and_is_written_down(designer: Client, numbers: Questionnaire) -> None:
    designer.post(address("sum"), SUM)
    designer.post(address("ratio"), RATIO)
    assert list(EditRule.objects.values_list("code", "position")) == [("s", 1), ("r", 2)]
    assert StaffAction.objects.filter(verb="add_edit_rule").count() == 2


@pytest.mark.parametrize(
    ("kind", "given", "field", "words"),
    [
        ("sum", {**SUM, "parts": "own uses"}, "parts", "“uses” is no number"),
        ("sum", {**SUM, "total": "nothing"}, "total", "“nothing” is no number"),
        ("ratio", {**RATIO, "least": "3"}, "most", "below the lower one"),
        ("ratio", {**RATIO, "denominator": "frame_name"}, "denominator", "“frame_name” is no number"),
        ("change", {**CHANGE, "ratio": "0.5"}, "ratio", "greater than or equal to 1"),
        ("change", {**CHANGE, "code": "1 x"}, "code", "Begin with a letter"),
    ],
)
def test_unfit_figure_is_named_at_its_field(
    designer: Client, numbers: Questionnaire, kind: str, given: dict[str, str], field: str, words: str
) -> None:
    errors = designer.post(address(kind), given).context["form"].errors
    assert list(errors) == [field]
    assert words in errors[field][0]
    assert not EditRule.objects.exists()


def test_taken_code_is_refused(designer: Client, numbers: Questionnaire) -> None:
    designer.post(address("sum"), SUM)
    assert "exists already" in designer.post(address("sum"), SUM).context["form"].errors["code"][0]


def test_questionnaire_leads_to_every_kind(designer: Client, numbers: Questionnaire) -> None:
    page = designer.get(reverse("admin:survey_questionnaire_change", args=[numbers.pk])).content.decode()
    assert [kind for kind in ("sum", "ratio", "change") if address(kind) in page] == ["sum", "ratio", "change"]


def test_unknown_kind_is_not_found(designer: Client, numbers: Questionnaire) -> None:
    assert designer.get(address("guess")).status_code == 404


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ANALYST, Role.FIELD_OFFICER])
def test_others_are_refused(
    client: Client, office_user: Callable[[Role | str], User], numbers: Questionnaire, role: Role
) -> None:
    client.force_login(office_user(role))
    assert client.get(address("sum")).status_code == 403


def test_nobody_is_sent_to_the_login(client: Client, numbers: Questionnaire) -> None:
    assert client.get(address("sum"))["Location"] == f"{reverse('admin:login')}?next={address('sum')}"
