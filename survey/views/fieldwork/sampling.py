"""Planning and drawing the sample of a wave, looking at it afterwards, and voiding a draw."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from survey.asked_terms.speaking import speak_of_all
from survey.forms.office.sampling import SampleForm
from survey.models import Sample
from survey.selectors.fieldwork.drawn_sample import burden_of_sample, drawn_strata, shared_firms
from survey.selectors.fieldwork.sampling import (
    DomainRow,
    domain_rows,
    frames_to_draw_from,
    samples_to_keep,
    stratum_rows,
    waves_without_sample,
    worked_on,
)
from survey.selectors.fieldwork.territory import own_waves
from survey.selectors.register.knowledge import knowledge_of
from survey.selectors.said import said as _
from survey.services.fieldwork.sample_plan import SamplePlan, plan_sample
from survey.services.fieldwork.sampling import draw_sample, void_sample
from survey.services.fieldwork.sampling_refusals import SamplingError
from survey.views.fieldwork.wave_of_page import in_own_words
from survey.views.office import member_of_staff, office_page, render_office, whole_office_page


@whole_office_page("draw_sample")
@require_http_methods(["GET", "HEAD", "POST"])
def sample_draw(request: HttpRequest) -> HttpResponse:
    """Show the allocation first; draw when the same figures are posted with it."""
    speak_of_all(waves_without_sample().order_by().values_list("survey__asks", flat=True).distinct())
    form = SampleForm(request.POST if request.method == "POST" else None)
    plan = None
    # Not by is_valid(), whose complaints are to be about what the wave asks.
    if form.is_bound and (wave := form.wave_chosen()) is not None:
        in_own_words(wave)
    if form.is_bound and form.is_valid():
        try:
            plan = plan_sample(**form.plan())
            # Drawn is what was shown: whoever changes a figure and presses "draw" gets the new preview first.
            if "draw" in request.POST and request.POST.get("previewed") == form.fingerprint():
                return _draw(request, form)
        except SamplingError as error:
            form.add_refusal(error)
    return _page(request, form, plan if form.is_valid() else None)


def _draw(request: HttpRequest, form: SampleForm) -> HttpResponse:
    sample = draw_sample(actor=member_of_staff(request), **form.draw())
    messages.success(request, _("%(count)s firms are drawn. Next, issue their access codes.") % {"count": sample.size})
    return redirect("sample_page", code=sample.wave.code)


def _page(request: HttpRequest, form: SampleForm, plan: SamplePlan | None) -> HttpResponse:
    # The page says why nothing was drawn, or the officer would believe that the button failed.
    has_changed = plan is not None and "draw" in request.POST
    return render_office(
        request,
        "fieldwork/sample_draw.html",
        _("Draw a sample"),
        form=form,
        plan=plan,
        rows=stratum_rows(plan.strata, plan.precision.response, plan.of_strata) if plan else [],
        domains=_domains(plan),
        fingerprint=form.fingerprint() if plan else "",
        has_changed=has_changed,
        has_waves=waves_without_sample().exists(),
        has_frames=frames_to_draw_from().exists(),
        samples=samples_to_keep(),
        known=knowledge_of(plan.frame) if plan else None,
    )


def _domains(plan: SamplePlan | None) -> list[DomainRow]:
    return domain_rows(plan.expected) if plan else []


@office_page("draw_sample")
@require_safe
def sample_page(request: HttpRequest, code: str) -> HttpResponse:
    """How the sample of a wave was drawn, which firms it shares with others, and how often its firms are asked."""
    return _sample_page(request, _sample(request, code))


@whole_office_page("draw_sample")
@require_POST
def sample_void(request: HttpRequest, code: str) -> HttpResponse:
    """Take the draw back; refused as soon as somebody outside may know of it."""
    sample = _sample(request, code)
    try:
        void_sample(wave=sample.wave, typed=request.POST.get("typed", ""), actor=member_of_staff(request))
    except SamplingError as error:
        return _sample_page(request, sample, refusal=str(error))
    messages.success(request, _("The draw is void. The wave can be drawn again."))
    return redirect(reverse("sample_draw"))


def _sample(request: HttpRequest, code: str) -> Sample:
    found = Sample.objects.select_related("wave__survey", "frame", "related_to__wave", "drawn_by")
    sample = get_object_or_404(found, wave__code=code, wave__in=own_waves(request.user))
    in_own_words(sample.wave)
    return sample


def _sample_page(request: HttpRequest, sample: Sample, refusal: str = "") -> HttpResponse:
    rows = drawn_strata(sample)
    shown: dict[str, Any] = {
        "sample": sample,
        "rows": rows,
        "population": sum(row.population for row in rows),
        "kept_percent": None if sample.kept_share is None else round(100 * sample.kept_share),
        "shared": shared_firms(sample),
        "burden": burden_of_sample(sample, timezone.now()),
        "worked_on": worked_on(sample.wave.cases.all()).count(),
        "refusal": refusal,
    }
    title = _("Sample of %(wave)s") % {"wave": sample.wave}
    return render_office(request, "fieldwork/sample_page.html", title, **shown)
