"""What the register knows of a list before a sample is drawn from it, and taking that over."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from survey.asked_terms.speaking import speak_of
from survey.models import Sample, SamplingFrame
from survey.selectors.register.knowledge import differences_of, differing_units, gone_units, knowledge_of
from survey.selectors.said import said as _
from survey.selectors.said import said_many as ngettext
from survey.services.register.next_frame import NextFrameError, take_out, take_over
from survey.views.office import member_of_staff, render_office, whole_office_page

PER_PAGE = 50
NAMED = 20
"""So many firms are named before they are taken out."""


@whole_office_page("draw_sample", "view_firm")
@require_http_methods(["GET", "HEAD", "POST"])
def frame_register(request: HttpRequest, pk: int) -> HttpResponse:
    """Where list and register disagree, and which firms the register knows to be gone."""
    frame = get_object_or_404(SamplingFrame, pk=pk, status=SamplingFrame.Status.READY)
    speak_of(frame.lists)
    if request.method == "POST":
        return _change(request, frame)
    page = Paginator(differing_units(frame), PER_PAGE).get_page(request.GET.get("page"))
    return render_office(
        request,
        "fieldwork/frame_register.html",
        _("What the register knows of “%(frame)s”") % {"frame": frame.title},
        frame=frame,
        known=knowledge_of(frame),
        gone=gone_units(frame).order_by("credit_code", "unit_key").select_related("firm", "local_unit")[:NAMED],
        page=page,
        rows=[(unit, differences_of(unit)) for unit in page.object_list],
        is_drawn=Sample.objects.filter(frame=frame).exists(),
    )


def _change(request: HttpRequest, frame: SamplingFrame) -> HttpResponse:
    actor = member_of_staff(request)
    try:
        if "take_out" in request.POST:
            count = take_out(frame=frame, actor=actor)
            said = ngettext("%(count)s firm is out of the list.", "%(count)s firms are out of the list.", count)
        else:
            count = take_over(frame=frame, keys=None if "all" in request.POST else _ticked(request), actor=actor)
            said = ngettext("%(count)s firm is taken over.", "%(count)s firms are taken over.", count)
        messages.success(request, said % {"count": count})
    except NextFrameError as refused:
        messages.error(request, str(refused))
    return redirect("frame_register", frame.pk)


def _ticked(request: HttpRequest) -> list[int]:
    return [int(key) for key in request.POST.getlist("unit") if key.isascii() and key.isdigit() and len(key) < 19]
