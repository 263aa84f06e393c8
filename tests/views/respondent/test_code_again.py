"""A post that cannot be taken brings everything typed back, but neither code nor token."""

from django.test import RequestFactory

from survey.views.respondent.code_again import ask_for_code_again, kept_fields


def test_every_value_is_kept_but_those_of_the_door(rf: RequestFactory) -> None:
    typed = {"places": ["a", "b"], "remark": "乙", "access_code": "X", "csrfmiddlewaretoken": "t", "page": "p"}
    request = rf.post("/", {**typed, "switch_language": "en"})
    assert kept_fields(request) == [("places", "a"), ("places", "b"), ("remark", "乙"), ("page", "p")]
    assert kept_fields(request, ["page"])[-1] == ("remark", "乙")


def test_script_is_told_by_the_status_alone(rf: RequestFactory) -> None:
    answer = ask_for_code_again(rf.post("/", {"remark": "乙"}, headers={"Accept": "application/json"}))
    assert (answer.status_code, answer.content) == (403, b'{"state": "code_needed"}')
