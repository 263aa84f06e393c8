"""The button that makes replicate weights."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from survey.asked_terms.speaking import speak_of
from survey.exchange.microdata.replicates import FEWEST, MOST
from survey.jobs.asking import ask_for
from survey.jobs.kinds.exports import REPLICATES
from survey.models import Wave
from survey.selectors.said import said as _
from survey.views.office import member_of_staff, office_page


@office_page("export_microdata", "view_working_figures")
@require_POST
def replicates_export(request: HttpRequest) -> HttpResponse:
    """Ask for the replicate weights of a wave, and lead to the page of the job."""
    wave, actor = (
        get_object_or_404(Wave.objects.select_related("survey"), code=request.POST.get("wave", "")),
        member_of_staff(request),
    )
    speak_of(wave.survey.asks)
    wanted = request.POST.get("replicates", "")
    # int() of a text of thousands of digits is slow, and Python refuses more than 4,300.
    count = int(wanted) if wanted.isdecimal() and len(wanted) < 6 else 0
    if not FEWEST <= count <= MOST:
        said = _("Enter a number of replicates from %(few)s to %(many)s.") % {"few": FEWEST, "many": MOST}
        messages.error(request, said)
        return redirect(f"{reverse('working_figures')}?wave={wave.code}")
    # Two members of staff get a job each: nobody sees the job of another.
    key = f"{wave.pk}:{actor.pk}:{count}"
    job = ask_for(REPLICATES, key=key, subject=str(wave), actor=actor, wave=wave.pk, replicates=count)
    return redirect("job_page", job.pk)
