"""The audit history, to be read in words."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from survey.asked_terms.speaking import speak_of_all
from survey.forms.office.audit import AuditFilterForm
from survey.models import Survey
from survey.selectors.operation.audit import filtered_entries, rows_of_page
from survey.selectors.said import said as _
from survey.views.office import office_page, render_office
from survey.views.operation.audit_details import detail_in_words
from survey.views.operation.audit_words import verb_in_words

PER_PAGE = 50


# Names who did what about which firm: not to come back by the button Back.
@never_cache
@office_page("view_auditentry")
@require_safe
def audit_history(request: HttpRequest) -> HttpResponse:
    """Who did or read what, newest first, under a filter of person, firm and time."""
    # Entries about lists and waves do not say of which survey they are.
    speak_of_all(Survey.objects.order_by().values_list("asks", flat=True).distinct())
    form = AuditFilterForm(request.GET)
    wanted = form.audit_filter()
    page = Paginator(filtered_entries(wanted), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(row, verb_in_words(row.verb, row.asks), detail_in_words(row.detail)) for row in rows_of_page(page)]
    shown: dict[str, Any] = {"form": form, "page": page, "rows": rows, "is_filtered": any(form.cleaned_data.values())}
    return render_office(request, "operation/audit.html", _("Audit history"), **shown)
