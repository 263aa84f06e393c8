"""The button that makes the edited microdata of a wave."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from survey.asked_terms.speaking import speak_of
from survey.jobs.asking import ask_for
from survey.jobs.kinds.exports import MICRODATA
from survey.models import Wave
from survey.views.office import member_of_staff, office_page


@office_page("export_microdata", "view_working_figures")
@require_POST
def microdata_export(request: HttpRequest) -> HttpResponse:
    """Ask for the rows and their codebook, in the language of the page, and lead to the page of the job."""
    wave, actor = (
        get_object_or_404(Wave.objects.select_related("survey"), code=request.POST.get("wave", "")),
        member_of_staff(request),
    )
    speak_of(wave.survey.asks)
    with_words = "words" in request.POST
    # Two members of staff get a job each: nobody sees the job of another.
    key = f"{wave.pk}:{actor.pk}:{int(with_words)}"
    job = ask_for(MICRODATA, key=key, subject=str(wave), actor=actor, wave=wave.pk, with_words=with_words)
    return redirect("job_page", job.pk)
