"""The page on which a firm hands a section to a colleague, and takes it back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from survey.forms.page.posted import whole
from survey.models import SectionHandover
from survey.selectors.respondent.session import Filling
from survey.selectors.said import said as _
from survey.services.answers.handover import (
    HandoverRefusedError,
    close_handed_on,
    hand_section_on,
    handover_code,
    is_open,
)
from survey.views.respondent.access import page_context, with_filling
from survey.views.respondent.page_showing import wording_for

DAYS = (1, 3, 7, 14, 30)
USUAL_DAYS = 7


@require_http_methods(["GET", "HEAD", "POST"])
@with_filling
def handover(request: HttpRequest, filling: Filling, section: str) -> HttpResponse:
    """Who has the section, with code and link; a POST hands it on."""
    # Of the route: a section that the firm is not asked has nothing to hand on.
    found = next((part.section for part in filling.route.sections if part.section.code == section), None)
    if found is None:
        raise Http404
    if not filling.can_answer:
        return redirect("respondent:hub")
    error, colleague = "", request.POST.get("colleague", "")[:200]
    if request.method == "POST" and "switch_language" not in request.POST:
        try:
            days = whole(request.POST.get("days", ""))
            hand_section_on(case=filling.case, section=section, colleague=colleague, days=days, now=filling.now)
        except HandoverRefusedError as refusal:
            error = refusal.complaint.sentences(_)
        else:
            return redirect("respondent:handover", section)
    context = page_context(
        request,
        filling,
        section=section,
        title=wording_for(filling).of(found.title),
        # The firm's own list only; a colleague who holds a section cannot open this page.
        rows=[handed_row(request, filling, made) for made in filling.case.handovers.filter(section=section)],
        days=DAYS,
        chosen=whole(request.POST.get("days", "")) if error else USUAL_DAYS,
        colleague=colleague,
        error=error,
        has_errors=bool(error),
    )
    return render(request, "respondent/handover.html", context)


def handed_row(request: HttpRequest, filling: Filling, made: SectionHandover) -> dict[str, Any]:
    """One colleague; the code only while it opens something."""
    opens = is_open(made, filling.case, timezone.now())
    code = handover_code(made) if opens else ""
    # After "#", so that the code stands in no log and no referrer.
    link = f"{request.build_absolute_uri(reverse('respondent:home'))}#code={code.replace('-', '')}" if opens else ""
    return {"made": made, "is_open": opens, "code": code, "link": link}


@require_POST
@with_filling
def handover_back(request: HttpRequest, filling: Filling, section: str) -> HttpResponse:
    """Take a section back from a colleague."""
    close_handed_on(case=filling.case, handover=whole(request.POST.get("handover", "")))
    messages.info(request, _("The section is taken back. The code opens nothing any more; what was saved is kept."))
    return redirect("respondent:handover", section)
