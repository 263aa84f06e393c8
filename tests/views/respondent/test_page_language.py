"""The switch inside a form answers in the other language and remembers it; any other value changes nothing."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import get_language, override

from survey.views.respondent.page_language import in_posted_language


@pytest.mark.parametrize(
    ("posted", "answered", "remembered"), [("en", "en", "en"), ("", "zh-hans", None), ("xx", "zh-hans", None)]
)
def test_page_answers_in_a_language_of_the_site(
    rf: RequestFactory, posted: str, answered: str, remembered: str | None
) -> None:
    with override("zh-hans"):
        answer = in_posted_language(rf.post("/", {"switch_language": posted}), lambda: HttpResponse(get_language()))
    cookie = answer.cookies.get(settings.LANGUAGE_COOKIE_NAME)
    assert (answer.content.decode(), cookie.value if cookie else None) == (answered, remembered)
