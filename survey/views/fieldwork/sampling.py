"""Planning and drawing the sample of a wave."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.forms.office.sampling import SampleForm
from survey.selectors.fieldwork.sampling import frames_to_draw_from, stratum_rows, waves_without_sample
from survey.services.fieldwork.sampling import SamplePlan, SamplingError, draw_sample, plan_sample
from survey.views.office import member_of_staff, office_page, render_office


@office_page("draw_sample")
@require_http_methods(["GET", "HEAD", "POST"])
def sample_draw(request: HttpRequest) -> HttpResponse:
    """Show the allocation first; draw when the same figures are posted with it."""
    form = SampleForm(request.POST if request.method == "POST" else None)
    plan = None
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
    sample = draw_sample(actor=member_of_staff(request), **form.cleaned_data)
    messages.success(request, _("%(count)s firms are drawn. Next, issue their access codes.") % {"count": sample.size})
    return redirect(f"{reverse('case_list')}?wave={sample.wave.code}")


def _page(request: HttpRequest, form: SampleForm, plan: SamplePlan | None) -> HttpResponse:
    has_changed = plan is not None and "draw" in request.POST
    return render_office(
        request,
        "fieldwork/sample_draw.html",
        _("Draw a sample"),
        form=form,
        plan=plan,
        rows=stratum_rows(plan.strata) if plan else [],
        fingerprint=form.fingerprint() if plan else "",
        has_changed=has_changed,
        has_waves=waves_without_sample().exists(),
        has_frames=frames_to_draw_from().exists(),
    )
