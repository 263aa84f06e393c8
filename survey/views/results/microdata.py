"""The button that sends the edited microdata of a wave."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from survey.exchange.microdata.content import microdata_of
from survey.exchange.microdata.files import microdata_files, zipped
from survey.models import Wave
from survey.services.refusals import RefusedError
from survey.services.results.microdata import record_microdata_export
from survey.views.download import ZIP, download
from survey.views.office import member_of_staff, office_page


@office_page("export_microdata")
@require_POST
def microdata_export(request: HttpRequest) -> HttpResponse:
    """Send the rows and their codebook in one file, in the language of the page."""
    wave = get_object_or_404(Wave.objects.select_related("survey"), code=request.POST.get("wave", ""))
    with_words = "words" in request.POST
    try:
        # In a transaction of its own, before the file is made: what leaves the office is on record even if
        # sending fails.
        record_microdata_export(wave=wave, with_words=with_words, actor=member_of_staff(request))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('dashboard')}?wave={wave.code}")
    files = microdata_files(microdata_of(wave, with_words=with_words), get_language() or "zh-hans")
    return download(zipped(files), f"{wave.code}-microdata.zip", ZIP)
