"""What stands beside a trial: the route, the items that are not asked, and the rules that fired."""

import pytest
from django.test import Client

from tests.views.design.trials import SUMMARY, page

pytestmark = pytest.mark.usefixtures("version")


def test_route_stands_beside_and_follows_the_answers(begun: Client) -> None:
    answer = begun.get(page("firm"))
    asked = {part["code"]: part["is_asked"] for section in answer.context["route"] for part in section["pages"]}
    assert asked == {"firm": True, "choices": True, "amounts": False, "words": True}
    begun.post(page("firm"), {"employees": "20", "has_cloud": "yes", "cloud_share": "5"})
    answer = begun.get(page("choices"))
    asked = {part["code"]: part["is_asked"] for section in answer.context["route"] for part in section["pages"]}
    assert asked["amounts"]


def test_item_that_is_not_asked_is_shown_with_its_condition(begun: Client) -> None:
    first = begun.get(page("firm")).context["route"][0]["pages"][0]
    assert first["not_asked"] == [("cloud_share", "${has_cloud} = 'yes'")]


def test_fired_rules_stand_beside_with_what_they_judged(begun: Client) -> None:
    answer = begun.post(page("firm"), {"employees": "5000", "has_cloud": "no"})
    fired = answer.context["fired"]
    assert [(rule["rule"], rule["level"], rule["values"]) for rule in fired] == [
        ("v_staff", "Verify", [("employees", "5000")])
    ]
    assert answer.context["has_errors"]


def test_question_without_an_answer_is_open_and_one_whose_answer_breaks_a_rule_is_not(begun: Client) -> None:
    assert "employees" in begun.get(page("firm")).context["open_items"]
    answer = begun.post(page("firm"), {"employees": "5000", "has_cloud": "no"})
    assert {"employees", "has_cloud"} & set(answer.context["open_items"]) == set()
    assert answer.context["open_items"] != []


def test_reason_settles_a_rule_as_on_the_web(begun: Client) -> None:
    posted = {"employees": "5000", "has_cloud": "no", "reason__v_staff": "We took over a competitor."}
    assert begun.post(page("firm"), posted)["Location"] == page("choices")
    assert begun.get(SUMMARY).context["fired"][0]["reason"] == "We took over a competitor."
