"""The button that sends replicate weights."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from survey.exchange.microdata.replicates import FEWEST, MOST, replicates_csv
from survey.models import Wave
from survey.services.refusals import RefusedError
from survey.services.results.replicates import record_replicates_export
from survey.views.download import CSV, download
from survey.views.office import member_of_staff, office_page


@office_page("export_release")
@require_POST
def replicates_export(request: HttpRequest) -> HttpResponse:
    """Send the replicate weights of a wave as comma-separated values."""
    wave = get_object_or_404(Wave.objects.select_related("survey"), code=request.POST.get("wave", ""))
    wanted = request.POST.get("replicates", "")
    # int() of a text of thousands of digits is slow, and Python refuses more than 4,300.
    count = int(wanted) if wanted.isdecimal() and len(wanted) < 6 else 0
    try:
        if not FEWEST <= count <= MOST:
            raise ValueError(
                _("Enter a number of replicates from %(few)s to %(many)s.") % {"few": FEWEST, "many": MOST}
            )
        record_replicates_export(wave=wave, replicates=count, actor=member_of_staff(request))
    except (RefusedError, ValueError) as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('dashboard')}?wave={wave.code}")
    return download(replicates_csv(wave, count), f"{wave.code}-replicates.csv", CSV)
