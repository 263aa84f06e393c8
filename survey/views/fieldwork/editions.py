"""Editions of classifications in the office: which there are, and a further one with its table."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.forms.office.editions import EditionForm
from survey.selectors.register.editions import editions
from survey.services.register.classifications import EditionError, add_edition
from survey.views.office import member_of_staff, office_page, render_office

FIELD_OF_ERROR = {"edition_known": "code"}


@office_page("import_frame")
@require_http_methods(["GET", "HEAD", "POST"])
def classification_editions(request: HttpRequest) -> HttpResponse:
    """The editions, and the form for one more."""
    form = EditionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = add_edition(actor=member_of_staff(request), **form.values())
        except EditionError as refused:
            form.add_error(FIELD_OF_ERROR.get(refused.code, "table"), str(refused))
        else:
            messages.success(request, _("The edition %(edition)s is kept.") % {"edition": made})
            return redirect("classification_editions")
    status = 422 if form.errors else 200
    title = _("Editions of classifications")
    return render_office(request, "fieldwork/editions.html", title, status=status, form=form, editions=editions())
