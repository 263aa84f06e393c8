"""The random follow-up sample of the silent firms of a wave: what it would draw, its draw, and how far it is."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from survey.forms.office.calling import FollowUpForm
from survey.selectors.fieldwork.follow_up import follow_up_state, silent_by_size
from survey.selectors.said import said as _
from survey.selectors.said import said_many as ngettext
from survey.services.fieldwork.follow_up_sample import FollowUpError, draw_follow_up_sample
from survey.terms import SizeClass
from survey.views.fieldwork.wave_of_page import wave_of
from survey.views.office import member_of_staff, render_office, whole_office_page


@whole_office_page("view_case", "change_case")
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_sample(request: HttpRequest, code: str) -> HttpResponse:
    """Preview by size class with the part that was asked for; drawn when that is confirmed."""
    wave = wave_of(request, code)
    given = request.POST if request.method == "POST" else request.GET
    form = FollowUpForm(given if "part" in given else None)
    refusal, part = "", form.chosen_part()
    if request.method == "POST" and form.is_valid():
        try:
            drawn = draw_follow_up_sample(
                # The seed is drawn here and stored with the draw: it can be made again, and was chosen by nobody.
                wave=wave,
                part=part,
                seed=secrets.randbits(62),
                actor=member_of_staff(request),
            )
            words = ngettext("%(count)s firm was drawn.", "%(count)s firms were drawn.", drawn)
            messages.success(request, words % {"count": drawn})
            return redirect("follow_up_sample", wave.code)
        except FollowUpError as error:
            refusal = str(error)
    rows = silent_by_size(wave, part)
    return render_office(
        request,
        "fieldwork/follow_up_sample.html",
        _("Follow-up sample"),
        wave=wave,
        form=form,
        refusal=refusal,
        state=follow_up_state(wave),
        rows=[(_(SizeClass(row.size).label), row) for row in rows],
        silent=sum(row.silent for row in rows),
        drawn=sum(row.drawn for row in rows),
    )
