"""The firm register in the office: the list of firms, the page of one, and what is entered of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from survey.forms.office.firms import FirmContactForm, FirmFilterForm, FirmForm, LocalUnitForm
from survey.forms.office.stale import StaleRefusedForm
from survey.models import Firm, FirmContact, LocalUnit
from survey.register_terms import FactSource
from survey.selectors.register.firm_page import burden_by_year, history_of, waves_of
from survey.selectors.register.firms import TimesAsked, asked_within_a_year, found_firms, visible_firms
from survey.services.register.editing import edit_firm, name_holding, remove_contact, save_contact, save_local_unit
from survey.views.office import member_of_staff, office_page, render_office

PER_PAGE = 50


@office_page("view_firm")
@require_safe
def firm_list(request: HttpRequest) -> HttpResponse:
    """The firms of the register that the filter finds."""
    form = FirmFilterForm(request.GET)
    sees_persons = request.user.has_perm("survey.view_contact")
    # Looking for a person's name by trial tells whether it is there: without the right it is not looked for.
    found = found_firms(form.firm_filter(), among=visible_firms(request.user), by_contact=sees_persons)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    asked = asked_within_a_year(page.object_list, timezone.now())
    return render_office(
        request,
        "fieldwork/firm_list.html",
        _("Firm register"),
        form=form,
        page=page,
        rows=[(firm, asked.get(firm.pk, TimesAsked())) for firm in page.object_list],
        is_filtered=any(form.data.get(name) for name in form.fields),
    )


@office_page("view_firm")
@require_safe
def firm_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of a firm."""
    return show_firm(request, firm_or_404(request, pk), LocalUnitForm())


def show_firm(request: HttpRequest, firm: Firm, unit_form: LocalUnitForm, status: int = 200) -> HttpResponse:
    waves = waves_of(firm)
    sees_contacts = request.user.has_perm("survey.view_contact")
    return render_office(
        request,
        "fieldwork/firm_page.html",
        firm.name,
        status=status,
        firm=firm,
        contacts=firm.contacts.all() if sees_contacts else None,
        delegations=firm.delegations.select_related("delegate") if sees_contacts else None,
        waves=waves,
        years=burden_by_year(waves),
        history=history_of(firm),
        local_units=firm.local_units.select_related("district"),
        predecessors=firm.predecessors.all(),
        siblings=firm.group.firms.exclude(pk=firm.pk)[:PER_PAGE] if firm.group else [],
        frames=firm.frame_units.select_related("frame").order_by("-frame__created_at"),
        unit_form=unit_form,
        language_next=reverse("firm_page", args=[firm.pk]),
    )


def firm_or_404(request: HttpRequest, pk: int) -> Firm:
    """A firm of the districts of whoever asks; another one is not there."""
    firms = visible_firms(request.user)
    return get_object_or_404(firms.select_related("district", "industry", "group__head", "successor"), pk=pk)


@office_page("view_firm", "change_firm")
@require_http_methods(["GET", "HEAD", "POST"])
# The form locks the row when it compares; the lock has to last until the row is saved.
@transaction.atomic
def firm_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of a firm; of two who have it open the second sees both values."""
    firm = firm_or_404(request, pk)
    form = FirmForm(request.POST if request.method == "POST" else None, instance=firm)
    if form.is_bound and form.is_valid():
        said = {"source": FactSource(form.cleaned_data["source"]), "detail": form.cleaned_data["detail"]}
        actor = member_of_staff(request)
        changes = edit_firm(firm=firm, values=form.values(), actor=actor, **said)
        is_new = name_holding(firm=firm, is_holding=form.cleaned_data["is_holding"], actor=actor)
        messages.success(request, _("The firm is changed.") if changes or is_new else _("Nothing was changed."))
        return redirect("firm_page", pk)
    return stale_form(request, form, _("Change %(firm)s") % {"firm": firm_or_404(request, pk).name}, back=pk)


@office_page("view_firm", "change_firm", "view_contact")
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def firm_contact(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """Add (``contact`` 0), change or take away a person of a firm."""
    firm = firm_or_404(request, pk)
    person = get_object_or_404(FirmContact, firm=firm, pk=contact) if contact else FirmContact(firm=firm)
    if contact and "remove" in request.POST:
        remove_contact(contact=person, actor=member_of_staff(request))
        messages.success(request, _("The contact is taken away."))
        return redirect("firm_page", pk)
    form = FirmContactForm(request.POST if request.method == "POST" else None, instance=person)
    if form.is_bound and form.is_valid():
        save_contact(contact=form.save(commit=False), actor=member_of_staff(request))
        messages.success(request, _("The contact is stored."))
        return redirect("firm_page", pk)
    return stale_form(request, form, _("Contact of %(firm)s") % {"firm": firm.name}, back=pk, can_remove=bool(contact))


def stale_form(request: HttpRequest, form: StaleRefusedForm, title: str, *, back: int, **context: Any) -> HttpResponse:
    """A form that bears the state of its row; with both values where somebody else changed it meanwhile."""
    conflicts = form.side_by_side() if getattr(form, "conflicts", None) else []
    # A conflict is told apart from a mistake: the one is mended by looking, the other by typing.
    status = 409 if conflicts else 422 if form.errors else 200
    shown = {"form": form, "conflicts": conflicts, "back": reverse("firm_page", args=[back]), **context}
    state = form.state() if form.instance.pk else ""
    return render_office(request, "fieldwork/firm_form.html", title, status=status, state=state, **shown)


def whole_number(text: str) -> int:
    """The number of a posted key; 0, which no row has, for anything else."""
    # Ascii, since isdigit() holds of digits that int() refuses; 18 digits are within a key of either database.
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@office_page("view_firm", "change_firm")
@require_POST
def firm_local_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a place of a firm, or say that one is closed or active again."""
    firm, actor = firm_or_404(request, pk), member_of_staff(request)
    if "toggle" in request.POST:
        unit = get_object_or_404(firm.local_units, pk=whole_number(request.POST["toggle"]))
        unit.is_active = not unit.is_active
        save_local_unit(unit=unit, actor=actor)
        return redirect("firm_page", pk)
    form = LocalUnitForm(request.POST, instance=LocalUnit(firm=firm))
    if not form.is_valid():
        return show_firm(request, firm, form, status=422)
    save_local_unit(unit=form.save(commit=False), actor=actor)
    messages.success(request, _("The local unit is stored."))
    return redirect("firm_page", pk)
