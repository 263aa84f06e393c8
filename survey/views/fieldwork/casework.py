"""The work lists: whom to deal with today, and why."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from survey.asked_terms.speaking import speak_of_all
from survey.forms.office.casework_filter import WorkFilterForm
from survey.selectors.fieldwork.work_lists import WORK_LISTS, Asker, cases_on, list_counts, rows_of_list
from survey.selectors.said import said as _
from survey.views.fieldwork.key_pages import page_of_keys
from survey.views.office import office_page, render_office

PER_PAGE = 50


@office_page("view_case")
@require_safe
def casework(request: HttpRequest) -> HttpResponse:
    asker, chosen = Asker(user=request.user, now=timezone.now()), request.GET.get("list", "")
    name = chosen if chosen in WORK_LISTS else "mine"
    form = WorkFilterForm(request.GET, user=request.user)
    speak_of_all(form.asked)
    counts, condition = list_counts(asker), form.condition()
    keys = cases_on(name, asker).filter(condition).values_list("pk", flat=True)
    return render_office(
        request,
        "fieldwork/casework.html",
        _("Work lists"),
        lists=[(key, each.label, counts[key]) for key, each in WORK_LISTS.items()],
        chosen=name,
        why=WORK_LISTS[name].why,
        form=form,
        page=page_of_keys(keys, request.GET.get("page"), PER_PAGE, rows_of_list, None if condition else counts[name]),
        today=asker.today,
    )
