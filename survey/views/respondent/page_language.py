"""The switch of language inside a form: the page comes back in the other language with what was typed."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


def in_posted_language(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """``answer()`` in the language that the form switches to, remembered by a cookie as Django's own switch does."""
    language = request.POST.get("switch_language", "")
    if language not in dict(settings.LANGUAGES):
        return answer()
    translation.activate(language)
    response = answer()
    # The cookie and attributes of django.views.i18n.set_language, which cannot answer with a page of ours.
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, path="/"
    )
    return response
