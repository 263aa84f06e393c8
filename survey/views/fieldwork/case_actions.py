"""Actions on many cases, each after a preview, and the steps on one case."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from survey.forms.office.bulk import BulkForm
from survey.forms.office.cases import CaseFilterForm, ReturnForm
from survey.models import BulkAction, Case, Wave
from survey.selectors.fieldwork.cases import filtered_cases
from survey.selectors.fieldwork.territory import visible_cases
from survey.selectors.mailing.runs import next_purpose, next_reminder
from survey.selectors.respondent.session import current_response
from survey.selectors.said import said as _
from survey.selectors.said import said_many as ngettext
from survey.services.casework.bulk import BULK, BulkKind, act_on_cases, undo_action
from survey.services.fieldwork.access_codes import revoke_code
from survey.services.fieldwork.access_letters import AccessLetter, print_code_again
from survey.services.fieldwork.case_actions import ACTIONS, WRITING, CaseAction, carry_out, preview
from survey.services.fieldwork.cases import FieldworkError, return_for_correction
from survey.services.refusals import RefusedError
from survey.views.fieldwork.cases import case_of, questions_asked, show_case
from survey.views.fieldwork.wave_of_page import in_own_words, wave_at_hand
from survey.views.office import member_of_staff, office_page, render_office


@office_page("view_case")
@require_POST
def case_action(request: HttpRequest) -> HttpResponse:
    """Show what the chosen action would do to the chosen cases; do it when that is confirmed."""
    if request.POST.get("action", "") in WRITING:
        return redirect(mailing_address(request))
    action, wave = chosen_action(request), chosen_wave(request)
    # The preview posts the same form once more with this mark: nothing is done that was not shown first.
    is_confirmed = "confirmed" in request.POST
    cases, back = chosen_cases(request, wave), f"{reverse('case_list')}?{request.POST.get('filters', '')}"
    if not cases.exists():
        messages.warning(request, _("No case is chosen. Tick cases, or all that the filter finds, and choose again."))
        return redirect(back)
    form = BulkForm(request.POST if is_confirmed else None, kind=action) if isinstance(action, BulkKind) else None
    if is_confirmed and (done := do_action(request, action, form, cases, back)) is not None:
        return done
    return render_office(
        request,
        "fieldwork/case_action.html",
        _(action.label),
        status=422 if is_confirmed else 200,
        form=form,
        effect=_(action.effect),
        preview=preview(action, cases),
        chosen=request.POST.getlist("case"),
        back=back,
        wave=wave,
        language_next=back,
    )


def do_action(
    request: HttpRequest, action: CaseAction | BulkKind, form: BulkForm | None, cases: QuerySet[Case], back: str
) -> HttpResponse | None:
    """Do it and lead back; None where the form says what is still to be mended."""
    actor = member_of_staff(request)
    if isinstance(action, CaseAction):
        done = carry_out(action, cases, actor=actor)
    elif form is None or not form.is_valid():
        return None
    else:
        try:
            done = act_on_cases(
                kind=action, cases=cases, asked=form.asked(), key=form.cleaned_data["key"], actor=actor
            ).count
        except RefusedError as refused:
            form.add_error(None, str(refused))
            return None
    messages.success(request, ngettext("%(count)s case changed.", "%(count)s cases changed.", done) % {"count": done})
    return redirect(back)


@office_page("view_case", "change_case")
@require_POST
def case_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo what the member of staff did to many cases."""
    actor = member_of_staff(request)
    # One's own actions: undoing a colleague's work from a list would surprise both.
    done = get_object_or_404(BulkAction.objects.filter(actor=actor).select_related("wave__survey"), pk=pk)
    in_own_words(done.wave)
    try:
        count = undo_action(done=done, actor=actor)
    except RefusedError as refused:
        messages.warning(request, str(refused))
    else:
        said = ngettext(
            "Undone for %(count)s case.", "Undone for %(count)s cases; what was changed since stays.", count
        )
        messages.success(request, said % {"count": count})
    return redirect(f"{reverse('case_list')}?wave={done.wave.code}")


def mailing_address(request: HttpRequest) -> str:
    """The preview of a mailing to the ticked cases, or to all that the filter finds."""
    way, wave = WRITING[request.POST["action"]], chosen_wave(request)
    if not request.user.has_perm(f"survey.{way.permission}"):
        raise PermissionDenied
    # Digits alone go into the address, whatever was posted.
    ticked = ",".join(key for key in request.POST.getlist("case") if key.isascii() and key.isdigit())
    purpose = next_reminder(wave).value if way.purpose == "reminder" else way.purpose
    asked = {"purpose": purpose or next_purpose(wave).value}
    # = |The filter and not ten thousand numbers, which no address would hold.
    asked |= {"filters": request.POST.get("filters", "")} if "all" in request.POST else {"cases": ticked}
    return f"{reverse('mailing_new', args=[wave.code])}?{urlencode(asked)}"


def chosen_action(request: HttpRequest) -> CaseAction | BulkKind:
    name = request.POST.get("action", "")
    action = ACTIONS.get(name) or BULK.get(name)
    if action is None:
        raise Http404
    # Each action has a right of its own; the decorator of the page knows only that of seeing cases.
    if not request.user.has_perm(f"survey.{action.permission}"):
        raise PermissionDenied
    return action


def chosen_wave(request: HttpRequest) -> Wave:
    wave = wave_at_hand(request, request.POST.get("wave", ""))
    if wave is None:
        raise Http404
    return wave


def chosen_cases(request: HttpRequest, wave: Wave) -> QuerySet[Case]:
    """The ticked cases of the wave, or all that the filter of the list finds."""
    if "all" in request.POST:
        # Found anew by the filter: ticking "all" on one page means those on the others too.
        return filtered_cases(
            wave, CaseFilterForm(QueryDict(request.POST.get("filters", "")), wave=wave).case_filter(), request.user
        )
    # isdigit() takes digits of every script, and 19 of them may exceed the largest key of a database.
    ticked = [int(key) for key in request.POST.getlist("case") if key.isascii() and key.isdigit() and len(key) < 19]
    # Whatever keys were posted: cases of other districts are not among these.
    return visible_cases(request.user).filter(wave=wave, pk__in=ticked)


def questionnaire_address(request: HttpRequest) -> str:
    """Address of the questionnaire's first page."""
    return request.build_absolute_uri("/")


@office_page("view_case", "return_response")
@require_POST
def case_return(request: HttpRequest, case_id: int) -> HttpResponse:
    case = case_of(request, case_id)
    response = current_response(case)
    form = ReturnForm(request.POST, questions=questions_asked(case, response))
    if response is not None and form.is_valid():
        try:
            return_for_correction(
                response=response,
                note=form.cleaned_data["note"],
                about=form.about(),
                actor=member_of_staff(request),
            )
        except FieldworkError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The response is returned. The firm goes on from its answers."))
            return redirect("case_detail", case.pk)
    elif response is None:
        form.add_error(None, _("The firm has not submitted anything yet. Wait for its response."))
    # The page with what was typed: a note of ten lines is not written twice.
    return show_case(request, case, form, status=422)


@office_page("view_case", "issue_access_codes")
@require_POST
def case_revoke(request: HttpRequest, case_id: int) -> HttpResponse:
    revoke_code(case=case_of(request, case_id), actor=member_of_staff(request))
    messages.success(request, _("The access code is revoked. Issue or print the new one for the firm."))
    return redirect("case_detail", case_id)


# A sheet with a code must not come back by the button Back of whoever sits there next.
@office_page("view_case", "issue_access_codes")
@require_POST
def case_code(request: HttpRequest, case_id: int) -> HttpResponse:
    """A sheet with the code of one firm, to print or to read out."""
    case = case_of(request, case_id)
    letter: AccessLetter = print_code_again(
        case=case, site=questionnaire_address(request), actor=member_of_staff(request)
    )
    back = reverse("case_detail", args=[case_id])
    return render_office(
        request, "fieldwork/case_code.html", _("Access code"), case=case, letter=letter, back=back, language_next=back
    )
