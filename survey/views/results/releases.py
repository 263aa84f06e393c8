"""The button that makes the release workbook."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from survey.jobs.asking import ask_for
from survey.jobs.kinds.exports import RELEASE
from survey.models import Wave
from survey.views.office import member_of_staff, office_page


@office_page("export_release")
@require_POST
def release_export(request: HttpRequest) -> HttpResponse:
    """Ask for the release of a wave and its workbook, in the language of the page, and lead to the page of the job."""
    wave, actor = get_object_or_404(Wave, code=request.POST.get("wave", "")), member_of_staff(request)
    # Two members of staff get a job each: nobody sees the job of another.
    job = ask_for(RELEASE, key=f"{wave.pk}:{actor.pk}", subject=str(wave), actor=actor, wave=wave.pk)
    return redirect("job_page", job.pk)
