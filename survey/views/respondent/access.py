"""The way in with an access code, the way out, and the guard before every page of a case."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from survey.asked_terms.speaking import speak_of
from survey.models import Case
from survey.selectors.respondent.notice import open_notices
from survey.selectors.respondent.session import Filling, case_with_generation, filling_of
from survey.selectors.said import said as _
from survey.services.answers.handover import find_handover
from survey.services.fieldwork.access_codes import find_case, must_wait, note_failure
from survey.services.register.delegates import find_delegate
from survey.views.respondent.code_again import ask_for_code_again
from survey.views.respondent.colleague import handover_has_ended, handover_of, may_open, open_to_colleagues, refuse
from survey.views.respondent.delegate_session import DELEGATE_KEY, delegation_has_ended, remember_delegate
from survey.views.respondent.firm_mark import firm_mark
from survey.views.respondent.keying_session import SESSION_KEY, keying_has_ended, keying_of
from survey.views.respondent.page_language import in_posted_language

# A renewal writes the session; drafts are posted far more often than once a minute.
RENEWAL_SECONDS = 60
View = Callable[..., HttpResponse]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """The notice and the field for the access code."""
    context: dict[str, Any] = {
        "notices": open_notices(),
        "typed": request.POST.get("access_code", "")[:200],
        "opened": session_case(request),
    }
    if request.method == "POST" and "switch_language" in request.POST:
        return in_posted_language(
            request, lambda: render(request, "respondent/home.html", {**context, "notices": open_notices()})
        )
    if request.method == "POST":
        error = enter(request)
        if not error:
            return redirect("respondent:hub" if session_case(request) else "respondent:delegated")
        context |= {"error": error, "has_errors": True}
    return render(request, "respondent/home.html", context)


def enter(request: HttpRequest) -> str:
    """Open the case of the posted code for this session, or say why not; a valid code always gets in."""
    typed, address = request.POST.get("access_code", "")[:2000], request.META.get("REMOTE_ADDR", "")
    if not typed.strip():
        return _("Enter the access code from our letter.")
    # The code is tried before the count of failures: a firm behind a shared address always gets in.
    case = find_case(typed)
    if case is not None:
        open_session(request, case)
        return ""
    # After the firm's own code: all three have one form, and most of those who type are firms.
    handed = find_handover(typed, timezone.now())
    if handed is not None:
        open_session(request, handed.case, handover=handed.pk)
        return ""
    person = find_delegate(typed)
    if person is not None:
        remember_delegate(request, person)
        return ""
    if must_wait(address):
        return _("Too many wrong codes came from your network. Wait a quarter of an hour, then enter the code again.")
    # Counted after the look: a wrong code costs its network a try, whichever kind of code was meant.
    note_failure(address)
    return _("This access code does not open a questionnaire. Enter the 16 characters as they stand in our letter.")


def open_session(request: HttpRequest, case: Case, **keyed: Any) -> None:
    """Remember the case and the generation of its code under a new session key.

    ``keyed`` says who keys it for the firm, or which section of it a colleague was given, if so.
    """
    request.session[SESSION_KEY] = {"id": case.pk, "generation": case.code_generation, **keyed}
    if "delegate" not in keyed:
        # Whoever types a firm's own code on this device must not find the list of the person who typed before.
        request.session.pop(DELEGATE_KEY, None)
    # A key that was known before the code was typed opens nothing afterwards (session fixation).
    request.session.cycle_key()
    renew_session(request)


def renew_session(request: HttpRequest) -> None:
    """Let the session last its full length from now on."""
    # A mark of our own: the session of the office has another length.
    request.session["until"] = int(timezone.now().timestamp()) + settings.SESSION_COOKIE_AGE


def seconds_left(request: HttpRequest) -> int:
    """How long the session lasts if nothing is posted."""
    return max(int(request.session.get("until", 0)) - int(timezone.now().timestamp()), 0)


def session_case(request: HttpRequest) -> Case | None:
    """The case that this session has opened, unless it was closed or its code revoked since."""
    held = request.session.get(SESSION_KEY)
    if not isinstance(held, dict) or keying_has_ended(request, held) or handover_has_ended(request, held):
        return None
    if delegation_has_ended(request, held):
        return None
    # The generation of the code that was typed: revoking a code ends the sessions that it has opened.
    return case_with_generation(held["id"], held["generation"])


def with_filling(view: View) -> View:
    """Hand the case's Filling to the view, whose page tells of what the survey asks; a post without a session asks for
    the code and keeps what was typed."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # A switch of language posts the form of the code as well, half typed as it may be.
        has_code = "access_code" in request.POST and "switch_language" not in request.POST
        error = enter(request) if request.method == "POST" and has_code else ""
        case = None if error else session_case(request)
        if case is None:
            if request.method != "POST":
                messages.info(request, _("Enter your access code to go on. What you saved is kept."))
                return redirect("respondent:home")
            # Not a redirect, which would drop what was typed; the code is asked for on the same address, with the
            # values kept.
            return in_posted_language(request, lambda: ask_for_code_again(request, error))
        if request.method == "POST" and seconds_left(request) < settings.SESSION_COOKIE_AGE - RENEWAL_SECONDS:
            renew_session(request)
        speak_of(case.wave.survey.asks)
        filling, handed = filling_of(case, timezone.now()), handover_of(request)
        if handed is not None:
            # Refused unless a view says otherwise: a page that is added later is closed to colleagues by itself.
            if not may_open(handed, view, filling.questionnaire, kwargs.get("code", "")):
                return refuse(request)
            filling = replace(filling, section=handed.section)
        return view(request, filling, *args, **kwargs)

    return guarded


def page_context(request: HttpRequest, filling: Filling, **context: Any) -> dict[str, Any]:
    """What the frame of every page of a case shows."""
    keying = keying_of(request)
    channel = _(keying.channel.label) if keying else ""
    seconds = seconds_left(request)
    return {
        "filling": filling,
        "firm_mark": firm_mark(filling.case),
        "handed": handover_of(request),
        "session_seconds": seconds,
        "keying": keying,
        "keying_channel": channel,
        "is_delegate": DELEGATE_KEY in request.session,
        **context,
    }


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the case on this device; what was saved is kept."""
    request.session.pop(SESSION_KEY, None)
    # Both: on a shared device neither the case nor the list of other firms may be left behind.
    request.session.pop(DELEGATE_KEY, None)
    request.session.pop("until", None)
    request.session.cycle_key()
    messages.info(
        request, _("You have left the questionnaire. What you saved is kept; your access code opens it again.")
    )
    return redirect("respondent:home")


@require_POST
@with_filling
@open_to_colleagues
def stay(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Extend the session by its full length."""
    renew_session(request)
    return JsonResponse({"seconds": seconds_left(request)})
