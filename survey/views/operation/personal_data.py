"""What is kept of a person: looked for, shown, and removed with a reason."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from survey.forms.office.audit import PersonForm, RemovalForm
from survey.services.audit import record_reading
from survey.services.operation.personal_data import (
    PERSONAL_KINDS,
    REMOVERS,
    PersonalDataError,
    find_person,
    remove_person,
)
from survey.views.office import member_of_staff, office_page, render_office


@never_cache
@office_page("erase_personal_data")
@require_http_methods(["GET", "HEAD", "POST"])
def personal_data(request: HttpRequest) -> HttpResponse:
    """Search and removal are both posted: a name in an address would stay in logs and histories of browsers."""
    form = PersonForm(request.POST if request.method == "POST" else None)
    removal = RemovalForm(request.POST if "remove" in request.POST else None)
    if "remove" in request.POST and form.is_valid() and removal.is_valid():
        # Before the search below, which then shows what is left.
        _removed(request, form.cleaned_data["text"], removal.cleaned_data["reason"])
    context: dict[str, Any] = {
        "form": form,
        "removal": removal,
        "chosen": request.POST.getlist("place"),
        "is_asked": False,
    }
    if request.method == "POST" and form.is_valid():
        # Who looked, and not for whom.
        record_reading(actor=member_of_staff(request), verb="look_for_person", subject="–")
        try:
            places = find_person(form.cleaned_data["text"])
        except PersonalDataError as refusal:
            form.add_error("text", str(refusal))
        else:
            # Accounts are shown without a tick: entries of the audit history name them, so they are ended and not
            # removed.
            rows = [(place, _(PERSONAL_KINDS[place.kind]), place.kind in REMOVERS) for place in places]
            context |= {"is_asked": True, "rows": rows, "can_remove": any(row[2] for row in rows)}
    return render_office(request, "operation/personal_data.html", _("Data of a person"), **context)


def _removed(request: HttpRequest, text: str, reason: str) -> None:
    chosen = request.POST.getlist("place")
    try:
        count = remove_person(text=text, codes=chosen, reason=reason, actor=member_of_staff(request))
    except PersonalDataError as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("%(count)s place was erased.", "%(count)s places were erased.", count)
        messages.success(request, said % {"count": count})
