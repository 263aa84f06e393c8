"""The work lists: whom to deal with today, and why."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from survey.forms.office.casework_filter import WorkFilterForm
from survey.selectors.fieldwork.work_lists import WORK_LISTS, Asker, cases_on, list_counts
from survey.views.office import office_page, render_office

PER_PAGE = 50


@office_page("view_case")
@require_safe
def casework(request: HttpRequest) -> HttpResponse:
    asker, chosen = Asker(user=request.user, now=timezone.now()), request.GET.get("list", "")
    name = chosen if chosen in WORK_LISTS else "mine"
    form = WorkFilterForm(request.GET, user=request.user)
    counts = list_counts(asker)
    return render_office(
        request,
        "fieldwork/casework.html",
        _("Work lists"),
        lists=[(key, each.label, counts[key]) for key, each in WORK_LISTS.items()],
        chosen=name,
        why=WORK_LISTS[name].why,
        form=form,
        page=Paginator(cases_on(name, asker).filter(form.condition()), PER_PAGE).get_page(request.GET.get("page")),
        today=asker.today,
    )
