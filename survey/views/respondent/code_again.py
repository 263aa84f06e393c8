"""Nothing typed is lost: a post that cannot be taken comes back with its values and a field for the access code."""

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from survey.selectors.respondent.notice import open_notices
from survey.selectors.said import said as _

# A token of its own comes with the form; the code is typed into a field that is to be seen.
NOT_KEPT = ("csrfmiddlewaretoken", "access_code", "switch_language")


def ask_for_code_again(request: HttpRequest, error: str = "") -> HttpResponse:
    """The same post once more, with the values in hidden fields; 403. A script gets the status alone."""
    # Drafts of the script: the page that sent them still holds what was typed.
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"state": "code_needed"}, status=403)
    typed = request.POST.get("access_code", "")[:200]
    context = {"kept": kept_fields(request), "typed": typed, "error": error, "has_errors": bool(error)}
    # To the same address: with the right code the post is taken where it was meant to go.
    context["action"] = request.path
    return render(request, "failures/code_again.html", context, status=403)


def show_code_form(request: HttpRequest) -> HttpResponse:
    """The field for the access code with what was typed, after a token had run out."""
    typed = request.POST.get("access_code", "")[:200]
    messages.info(request, _("Press the button once more. If this comes back, allow cookies for this site."))
    return render(request, "respondent/home.html", {"notices": open_notices(), "typed": typed}, status=403)


def kept_fields(request: HttpRequest, besides: Collection[str] = ()) -> list[tuple[str, str]]:
    """Every posted (name, value) that a page can bring back, but those of the door and those named."""
    dropped = {*NOT_KEPT, *besides}
    return [(name, value) for name in request.POST if name not in dropped for value in request.POST.getlist(name)]
