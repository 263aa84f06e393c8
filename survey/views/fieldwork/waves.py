"""Opening and closing a wave, each after a page that says what will happen."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from survey.models import Wave
from survey.selectors.fieldwork.cases import status_counts
from survey.selectors.fieldwork.collection_period import closes_at
from survey.selectors.fieldwork.deadline import waiting_for
from survey.selectors.said import said as _
from survey.services.fieldwork.waves import WaveError, close_wave, open_wave
from survey.views.fieldwork.wave_of_page import wave_of
from survey.views.office import member_of_staff, render_office, whole_office_page


@whole_office_page("change_wave")
@require_http_methods(["GET", "HEAD", "POST"])
def wave_open(request: HttpRequest, code: str) -> HttpResponse:
    return _move(request, code, open_wave, _("Open the wave"), _("The wave is open."), is_opening=True)


@whole_office_page("change_wave")
@require_http_methods(["GET", "HEAD", "POST"])
def wave_close(request: HttpRequest, code: str) -> HttpResponse:
    return _move(request, code, close_wave, _("Close the wave"), _("The wave is closed."), is_opening=False)


def _move(
    request: HttpRequest, code: str, move: Callable[..., Wave], title: str, done: str, *, is_opening: bool
) -> HttpResponse:
    wave = wave_of(request, code, "version__questionnaire")
    refusal = ""
    if request.method == "POST":
        try:
            move(wave=wave, actor=member_of_staff(request))
        except WaveError as error:
            refusal = str(error)
        else:
            messages.success(request, done)
            # After a post a redirect: loading the page again must not open or close the wave once more.
            return redirect("admin:survey_wave_changelist")
    return render_office(
        request,
        "fieldwork/wave_move.html",
        title,
        wave=wave,
        is_opening=is_opening,
        refusal=refusal,
        closes_at=closes_at(wave),
        counts=status_counts(wave),
        extended=0 if is_opening else waiting_for(wave).extended,
    )
