"""Acceptance of the returns of a wave, district by district and then for the city."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from survey.models import District, Wave
from survey.selectors.fieldwork.acceptance import acceptances, returns_by_district, works_on_all
from survey.selectors.fieldwork.cases import waves_with_cases
from survey.selectors.said import said as _
from survey.services.casework.acceptance import accept_returns, take_acceptance_back
from survey.services.refusals import RefusedError
from survey.views.fieldwork.wave_of_page import wave_at_hand
from survey.views.office import member_of_staff, office_page, render_office


@office_page("view_case", "change_case")
@require_http_methods(["GET", "HEAD", "POST"])
def acceptance(request: HttpRequest) -> HttpResponse:
    """The districts with what is open in each; a POST accepts one of them or the city, or takes that back."""
    wave = wave_at_hand(request, request.GET.get("wave", ""))
    if wave is None:
        return render_office(request, "fieldwork/case_list_empty.html", _("Acceptance of returns"))
    if request.method == "POST":
        return _decided(request, wave)
    rows = returns_by_district(wave, request.user)
    return render_office(
        request,
        "fieldwork/acceptance.html",
        _("Acceptance of returns"),
        wave=wave,
        waves=waves_with_cases(request.user),
        rows=rows,
        unresolved=sum(row.unresolved for row in rows),
        city=acceptances(wave).filter(district=None).first(),
        may_accept_city=works_on_all(request.user, wave),
    )


def _decided(request: HttpRequest, wave: Wave) -> HttpResponse:
    code, actor = request.POST.get("district", ""), member_of_staff(request)
    # The districts of whoever asks: a code of another district posted by hand finds nothing.
    mine = {row.district.pk for row in returns_by_district(wave, request.user)}
    district = get_object_or_404(District.objects.filter(pk__in=mine), code=code) if code else None
    # The city is every district: who works on some of them alone does not speak for it.
    if district is None and not works_on_all(request.user, wave):
        raise PermissionDenied
    try:
        if "take_back" in request.POST:
            take_acceptance_back(wave=wave, district=district, actor=actor)
            messages.success(request, _("The acceptance is taken back."))
        else:
            accept_returns(wave=wave, district=district, remark=request.POST.get("remark", "")[:1000], actor=actor)
            messages.success(request, _("The returns are accepted."))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('acceptance')}?wave={wave.code}")
