"""Persons who answer for firms, in the office: given a firm, their code shown or revoked, a firm taken back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from survey.forms.office.firms import DelegateForm
from survey.models import Delegate, Delegation
from survey.selectors.register.firms import visible_firms
from survey.services.audit import record_action
from survey.services.register.delegates import (
    DelegateError,
    delegate_code,
    delegate_firm,
    end_delegation,
    revoke_delegate,
)
from survey.views.fieldwork.firms import firm_or_404
from survey.views.office import member_of_staff, office_page, render_office

# All of them: the page shows persons, and gives out a code that opens questionnaires.
RIGHTS = ("view_firm", "change_firm", "view_contact", "issue_access_codes")


@office_page(*RIGHTS)
@require_http_methods(["GET", "HEAD", "POST"])
def firm_delegate(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a person answer for a firm."""
    firm = firm_or_404(request, pk)
    form = DelegateForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = delegate_firm(firm=firm, actor=member_of_staff(request), **form.cleaned_data)
        except DelegateError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The person answers for the firm. Give out the code below."))
            return redirect("delegate_page", made.delegate_id)
    title = _("Who answers for %(firm)s") % {"firm": firm.name}
    shown = {"form": form, "back": reverse("firm_page", args=[pk])}
    return render_office(request, "fieldwork/firm_form.html", title, status=422 if form.errors else 200, **shown)


def person_of(request: HttpRequest, pk: int) -> Delegate:
    """The person, who answers for a firm that the member of staff works on or for none any more; 404 otherwise."""
    given = Delegation.objects.filter(delegate=OuterRef("pk"))
    own = Exists(given.filter(firm__in=visible_firms(request.user)))
    # Who answers for nobody any more is nobody's, and would otherwise be out of reach for ever.
    return get_object_or_404(Delegate.objects.filter(own | ~Exists(given)), pk=pk)


def whole_person(request: HttpRequest, pk: int) -> Delegate:
    """The person, whose code opens no firm of a district that the member of staff does not work on; 403 otherwise."""
    person = person_of(request, pk)
    # The code opens all firms of the person: whoever may see some of them must not see a key to the others.
    if person.delegations.exclude(firm__in=visible_firms(request.user)).exists():
        raise PermissionDenied
    return person


@office_page(*RIGHTS)
@require_safe
def delegate_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A person with the firms that were given to them; the code is shown when it is asked for."""
    person = person_of(request, pk)
    own = person.delegations.filter(firm__in=visible_firms(request.user))
    firms = own.select_related("firm", "granted_by").order_by("firm__name", "pk")
    return render_office(request, "fieldwork/delegate_page.html", person.name, person=person, delegations=firms)


@office_page(*RIGHTS)
@require_POST
def delegate_show_code(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet with the code, to print or to read out; that it was looked at is recorded."""
    person = whole_person(request, pk)
    # Without the name: entries of the audit history cannot be changed.
    record_action(actor=member_of_staff(request), verb="print_code", subject=f"delegate {person.pk}")
    back = reverse("delegate_page", args=[pk])
    return render_office(
        request,
        "fieldwork/delegate_code.html",
        _("Access code"),
        person=person,
        code=delegate_code(person),
        site=request.build_absolute_uri("/"),
        back=back,
        language_next=back,
    )


@office_page(*RIGHTS)
@require_POST
def delegate_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the code useless; the person gets a new one."""
    revoke_delegate(delegate=whole_person(request, pk), actor=member_of_staff(request))
    messages.success(request, _("The code is revoked. Give the new one to the person."))
    return redirect("delegate_page", pk)


@office_page(*RIGHTS)
@require_POST
def delegation_end(request: HttpRequest, pk: int, delegation: int) -> HttpResponse:
    """Take a firm back from a person."""
    # Taking back is allowed one firm at a time: of the others the person keeps the code.
    own = Delegation.objects.filter(firm__in=visible_firms(request.user)).select_related("firm")
    found = get_object_or_404(own, delegate=pk, pk=delegation)
    end_delegation(delegation=found, actor=member_of_staff(request))
    messages.success(request, _("The person does not answer for the firm any more."))
    return redirect("delegate_page", pk)
