"""The button that makes a cut."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from survey.asked_terms.speaking import speak_of
from survey.jobs.asking import ask_for
from survey.jobs.kinds.cut import CUT
from survey.models import Wave
from survey.views.office import member_of_staff, office_page


@office_page("make_cut", "view_dashboard")
@require_POST
def cut_make(request: HttpRequest) -> HttpResponse:
    """Ask for a cut of a wave, and lead to the page of the job."""
    wave, actor = (
        get_object_or_404(Wave.objects.select_related("survey"), code=request.POST.get("wave", "")),
        member_of_staff(request),
    )
    speak_of(wave.survey.asks)
    # Two members of staff get a job each: nobody sees the job of another. The second one finds the cut of the first.
    job = ask_for(CUT, key=f"{wave.pk}:{actor.pk}", subject=str(wave), actor=actor, wave=wave.pk)
    return redirect("job_page", job.pk)
