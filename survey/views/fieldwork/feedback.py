"""What firms said of the filling-in, for the office."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from survey.selectors.fieldwork.feedback import feedback_of
from survey.selectors.said import said as _
from survey.views.fieldwork.wave_of_page import wave_of
from survey.views.office import office_page, render_office


@office_page("view_case")
@require_safe
def wave_feedback(request: HttpRequest, code: str) -> HttpResponse:
    """Burden, difficulty and remarks of the firms of a wave."""
    # Not by district: feedback names no case, so that nobody can tell whose district it came from (0028).
    wave = wave_of(request, code)
    feedback = feedback_of(wave)
    parts = ((_("How much work was it?"), feedback.burden), (_("What was hardest?"), feedback.difficulty))
    tables = [
        (title, sum(share.count for share in part), [(_(share.label), share.count, share.percent) for share in part])
        for title, part in parts
    ]
    return render_office(
        request,
        "fieldwork/wave_feedback.html",
        _("Feedback of firms"),
        wave=wave,
        firms=feedback.firms,
        tables=tables,
        remarks=feedback.remarks,
    )
