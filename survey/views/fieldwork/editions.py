"""Editions of classifications in the office: which there are, a further one with its table, and one that was wrong."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from survey.forms.office.editions import EditionForm, ReplacedEditionForm
from survey.models import ClassificationVersion
from survey.selectors.fieldwork.territory import works_everywhere
from survey.selectors.register.editions import editions, typed_table, use_of
from survey.services.register.classifications import EditionError, add_edition, remove_edition, replace_edition
from survey.views.office import member_of_staff, office_page, render_office, whole_office_page

FIELD_OF_ERROR = {"edition_known": "code", "name_differs": "typed", "edition_used": None}


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
    return render_office(
        request,
        "fieldwork/editions.html",
        title,
        status=status,
        form=form,
        editions=editions(),
        may_change=works_everywhere(request.user),
    )


@whole_office_page("import_frame")
@require_http_methods(["GET", "HEAD", "POST"])
def classification_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """A wrong edition is removed or replaced by whoever types its name, while nothing was read by it."""
    edition = get_object_or_404(ClassificationVersion, pk=pk)
    replaces, removes = "replace" in request.POST, "remove" in request.POST
    form = ReplacedEditionForm(request.POST if replaces else None, edition=edition, table=typed_table(edition))
    actor, refusal = member_of_staff(request), ""
    if removes:
        try:
            remove_edition(edition=edition, typed=request.POST.get("typed", ""), actor=actor)
        except EditionError as refused:
            refusal = str(refused)
        else:
            messages.success(request, _removed(edition.code))
            return redirect("classification_editions")
    elif replaces and form.is_valid():
        try:
            made = replace_edition(edition=edition, actor=actor, **form.values())
        except EditionError as refused:
            form.add_error(FIELD_OF_ERROR.get(refused.code, "table"), str(refused))
        else:
            messages.success(request, _("The edition %(edition)s is kept.") % {"edition": made})
            return redirect("classification_editions")
    return render_office(
        request,
        "fieldwork/edition.html",
        f"{edition.get_kind_display()} · {edition.code}",
        status=422 if refusal or form.errors else 200,
        edition=edition,
        use=use_of(edition),
        form=form,
        refusal=refusal,
        days=settings.REMOVED_RETENTION_DAYS,
    )


def _removed(code: str) -> str:
    days = settings.REMOVED_RETENTION_DAYS
    said = ngettext(
        "The edition %(edition)s is deleted. It can be put back for %(days)s day.",
        "The edition %(edition)s is deleted. It can be put back for %(days)s days.",
        days,
    )
    return said % {"edition": code, "days": days}
