"""The methodologist goes through influential values: who may, what is listed, and that figures follow a decision."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from survey.exchange.figures.shown import percentage
from survey.instrument.schema import Item, Text
from survey.models import Case, OutlierDecision, Response, SamplingFrame, StaffAction, Wave
from survey.selectors.results.wave_results import chosen_wave, prepared_of
from survey.terms import ItemType, Role
from tests.answered import ITEMS, answered_wave, in_another_version

# What was submitted is changed here, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")

PAGE = "/admin/dashboard/outliers/"
SPEND = Item(code="F1_spend", type=ItemType.MONEY, text=Text("支出", "Spending"), unit=Text("万元", "10,000 yuan"))


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    """Sixty firms spend 10 each, but for one of them that spends 5,000."""
    answered_wave(wave, frame, firms=120, sample=80, answers=60)
    version = in_another_version(wave, *ITEMS, SPEND)
    for place, response in enumerate(Response.objects.order_by("-id")):
        response.answers = {**response.answers, "F1_spend": 10 if place else 5000}
        response.version = version
        response.save()
    return wave


@pytest.fixture
def methodologist(client: Client, office_user: Callable[[Role | str], User]) -> Client:
    return entered(client, office_user, Role.METHODOLOGIST)


def entered(client: Client, office_user: Callable[[Role | str], User], role: Role) -> Client:
    client.force_login(office_user(role))
    client.cookies["django_language"] = "en"
    return client


def decision(**more: Any) -> dict[str, Any]:
    case = Response.objects.order_by("-id")[0].case_id
    return {"case": case, "item": "F1_spend", "choice": "weigh_down", "cutoff": "50", "reason": "Unlike others", **more}


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER, Role.FIELD_OFFICER, Role.DESIGNER])
def test_others_than_methodologists_are_refused(
    answered: Wave, client: Client, office_user: Callable[[Role | str], User], role: Role
) -> None:
    assert entered(client, office_user, role).get(PAGE).status_code == 403


def test_value_that_carries_the_total_is_listed_with_its_firm(answered: Wave, methodologist: Client) -> None:
    page = methodologist.get(PAGE).content.decode()
    firm = Case.objects.get(pk=decision()["case"]).sample_unit.unit.name
    assert firm in page
    assert "5,000" in page
    assert page.count("Decide</button>") == 1


def test_value_stands_against_those_of_all_others(answered: Wave, methodologist: Client) -> None:
    extract = prepared_of(answered).extract
    spent = extract.values["F1_spend"] * extract.weight
    [line] = methodologist.get(PAGE).context["items"][0]["lines"]
    assert line["against"] == percentage(spent.max() / (spent.sum() - spent.max()))


def test_value_beside_nothing_is_endless_times_the_others(answered: Wave, methodologist: Client) -> None:
    for response in Response.objects.order_by("-id")[1:]:
        response.answers = {**response.answers, "F1_spend": 0}
        response.save()
    [line] = methodologist.get(PAGE).context["items"][0]["lines"]
    assert (line["against"], line["share"]) == ("∞", "100.0%")


def test_decision_is_a_row_with_author_that_every_figure_follows(answered: Wave, methodologist: Client) -> None:
    before = prepared_of(answered).extract.values["F1_spend"].max()
    assert methodologist.post(PAGE, decision()).status_code == 302
    stored = OutlierDecision.objects.get()
    assert (stored.choice, stored.cutoff, stored.reason) == ("weigh_down", 50, "Unlike others")
    assert StaffAction.objects.filter(verb="decide_outlier").count() == 1
    prepared = prepared_of(chosen_wave([answered], "") or answered)
    assert prepared.extract.values["F1_spend"].max() < before
    assert prepared.effects["F1_spend"].cut == 1
    assert "large values count less than reported" in methodologist.get(PAGE).content.decode()


def test_whoever_decides_is_told_that_it_is_stored(answered: Wave, methodologist: Client) -> None:
    assert "The decision is stored." in methodologist.post(PAGE, decision(), follow=True).content.decode()


def test_last_decision_counts_and_the_first_is_kept(answered: Wave, methodologist: Client) -> None:
    methodologist.post(PAGE, decision())
    methodologist.post(PAGE, decision(choice="keep"))
    assert OutlierDecision.objects.count() == 2
    assert prepared_of(answered).effects == {}


@pytest.mark.parametrize("wrong", [{"reason": " "}, {"cutoff": ""}, {"item": "B1_severity"}, {"cutoff": "x"}])
def test_decision_that_lacks_something_is_not_stored(
    answered: Wave, methodologist: Client, wrong: dict[str, str]
) -> None:
    page = methodologist.post(PAGE, decision(**wrong), follow=True)
    assert "messagelist" in page.content.decode()
    assert not OutlierDecision.objects.exists()


def test_case_of_another_wave_is_not_found(answered: Wave, methodologist: Client) -> None:
    assert methodologist.post(PAGE, decision(case=0)).status_code == 404


@pytest.mark.parametrize("answers", [0, 1])
def test_before_two_firms_have_answered_the_page_says_so_and_takes_no_decision(
    wave: Wave, frame: Callable[..., SamplingFrame], methodologist: Client, answers: int
) -> None:
    answered_wave(wave, frame, firms=40, sample=24, answers=answers)
    page = methodologist.get(PAGE)
    assert (page.status_code, page.templates[0].name) == (200, "results/no_answers.html")
    assert methodologist.post(PAGE).status_code == 404
