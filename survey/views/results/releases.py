"""The button that makes the release workbook."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from survey.exchange.release.content import release_content
from survey.exchange.release.workbook import release_workbook
from survey.models import Wave
from survey.services.refusals import RefusedError
from survey.services.results.releases import make_release
from survey.views.download import XLSX, download
from survey.views.office import member_of_staff, office_page


@office_page("export_release")
@require_POST
def release_export(request: HttpRequest) -> HttpResponse:
    """Make the release of a wave and send its workbook, in the language of the page."""
    wave = get_object_or_404(Wave.objects.select_related("survey"), code=request.POST.get("wave", ""))
    try:
        release = make_release(wave=wave, actor=member_of_staff(request))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('dashboard')}?wave={wave.code}")
    content = release_content(release, get_language() or "zh-hans", timezone.localtime())
    return download(release_workbook(content), f"{wave.code}-r{release.number}.xlsx", XLSX)
