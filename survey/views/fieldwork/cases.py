"""The list of cases of a wave and the page of one case."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from survey.forms.office.cases import CaseFilterForm, ReturnForm
from survey.forms.page.answer_texts import answer_text
from survey.forms.page.wording import Wording
from survey.instrument.document.states import stated_values
from survey.instrument.edits.beside_known import KINDS_OF_FAILURE
from survey.instrument.edits.condition_words import question_numbers
from survey.instrument.edits.officer_notes import WHOLE, rule_of
from survey.instrument.edits.reason_codes import reason_words, reasons_listed
from survey.instrument.kinds.registry import kind_of
from survey.instrument.routing.pruning import NAME
from survey.models import Case, Response
from survey.selectors.design.version import questionnaire_of
from survey.selectors.fieldwork.bulk_actions import recent_action
from survey.selectors.fieldwork.case_history import filling_trace, timeline
from survey.selectors.fieldwork.cases import (
    SORTS,
    filtered_cases,
    listed,
    ordered,
    status_counts,
    waves_with_cases,
)
from survey.selectors.fieldwork.territory import visible_cases
from survey.selectors.respondent.session import Filling, current_response, look_ups
from survey.selectors.results.later_values import later_values
from survey.selectors.said import said as _
from survey.services.answers.uploads import open_upload, references
from survey.services.audit import record_action, record_reading
from survey.services.casework.bulk import BULK, BulkKind
from survey.services.fieldwork.case_actions import ACTIONS, WRITING, CaseAction, Writing
from survey.terms import ResponseStatus, ValueState
from survey.views.download import ANY_TYPE, download
from survey.views.fieldwork.case_panels import panels
from survey.views.fieldwork.key_pages import page_of_keys
from survey.views.fieldwork.wave_of_page import in_own_words, wave_at_hand
from survey.views.office import member_of_staff, office_page, render_office

PER_PAGE = 50


@office_page("view_case")
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    wave = wave_at_hand(request, request.GET.get("wave", ""))
    if wave is None:
        return render_office(request, "fieldwork/case_list_empty.html", _("Cases"))
    form = CaseFilterForm(request.GET, wave=wave)
    # For the way back from a case: the list as it was left.
    left = {"wave": wave.code, "query": request.GET.urlencode()}
    # Only where it differs: each write of a session is one of the database.
    if request.session.get("case_list") != left:
        request.session["case_list"] = left
    cases, sort = filtered_cases(wave, form.case_filter(), request.user), chosen_sort(request.GET)
    return render_office(
        request,
        "fieldwork/case_list.html",
        _("Cases"),
        wave=wave,
        waves=waves_with_cases(request.user),
        form=form,
        filters=filters_of(request.GET),
        is_filtered=any(form.cleaned_data.values()),
        counts=[(status, count) for status, count in status_counts(wave, request.user).items()],
        page=page_of(cases, sort, request.GET),
        sort=sort,
        actions=actions_for(request),
        recent=recent_action(wave, request.user),
    )


def actions_for(request: HttpRequest) -> list[Writing | BulkKind | CaseAction]:
    """What may be done with many cases by who asks."""
    known: list[Writing | BulkKind | CaseAction] = [*WRITING.values(), *BULK.values(), *ACTIONS.values()]
    # What is offered is what is allowed; the door of the action asks once more.
    return [action for action in known if request.user.has_perm(f"survey.{action.permission}")]


def chosen_sort(query: QueryDict) -> str:
    """The order asked for, or by firm where it is not one of ``SORTS``."""
    sort = query.get("sort", "")
    # Only names of the table reach order_by(): others could order by, and so tell, fields that the page does not
    # show.
    return sort if sort.removeprefix("-") in SORTS else "firm"


def page_of(cases: QuerySet[Case], sort: str, query: QueryDict) -> "Page[Any]":
    """The page asked for; the last one where it is beyond it."""
    keys: Any = ordered(cases, sort).values_list("pk", flat=True)
    # What a text finds is few, and is looked for once, not a second time to be counted. All others are counted without
    # what they are ordered by.
    keys, count = (list(keys), None) if query.get("text") else (keys, cases.count())
    return page_of_keys(
        keys, query.get("page"), PER_PAGE, lambda chosen: listed(Case.objects.filter(pk__in=chosen), sort), count
    )


def filters_of(query: QueryDict) -> str:
    """The filters of the address, without page and order, to go with a bulk action."""
    kept = query.copy()
    # The page of a list that an action has changed may not be there any more.
    for name in ("page", "sort"):
        kept.pop(name, None)
    return kept.urlencode()


def case_of(request: HttpRequest, case_id: int) -> Case:
    """The case with all that its page shows, which tells of what its survey asks from now on; 404 where there is none,
    or it is in nobody's district but another's."""
    related = ("wave__survey", "sample_unit__stratum", "sample_unit__unit__district", "sample_unit__unit__industry")
    found = visible_cases(request.user).select_related(*related, "sample_unit__unit__contact")
    case = get_object_or_404(found, pk=case_id)
    in_own_words(case.wave)
    return case


@office_page("view_case")
@require_safe
def case_detail(request: HttpRequest, case_id: int) -> HttpResponse:
    case = case_of(request, case_id)
    return show_case(request, case, ReturnForm(questions=questions_asked(case, current_response(case))))


def questions_asked(case: Case, response: Response | None) -> list[tuple[str, str]]:
    """Code and wording of the questions that a submitted response was asked, to note something at them."""
    if response is None or response.status != ResponseStatus.SUBMITTED:
        return []
    questionnaire = questionnaire_of(response.version)
    filling = Filling(case=case, response=response, questionnaire=questionnaire, now=timezone.now())
    words, numbers = Wording(get_language() or "zh"), question_numbers(questionnaire)
    shown = ((code, numbers.get(code), words.of(asked.item.text)) for code, asked in filling.route.items.items())
    return [(code, f"{number}. {text}"[:120]) for code, number, text in shown if number]


def show_case(
    request: HttpRequest, case: Case, return_form: ReturnForm, status: int = 200, forms: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The page of a case, with the form to return its response; this and other ``forms`` may hold what was refused."""
    unit = case.sample_unit.unit
    responses = list(
        case.responses.select_related("version__questionnaire")
        .prefetch_related("item_notes")
        .defer("version__schema", "version__plan")
    )
    current = next((response for response in responses if response.is_current), None)
    return render_office(
        request,
        "fieldwork/case_detail.html",
        unit.full_name,
        status=status,
        case=case,
        unit=unit,
        # Persons have a right of their own: who may see cases need not see who answers for a firm.
        contact=getattr(unit, "contact", None) if request.user.has_perm("survey.view_contact") else None,
        responses=responses,
        current=current,
        reasons=reasons_given(current) if current else [],
        events=timeline(case),
        trace=filling_trace(case),
        late_drafts=case.late_drafts.all(),
        return_form=return_form,
        actions=[ACTIONS[name] for name in ("close", "reopen")],
        # The switch of language asks by GET, which the address of a refused return does not answer.
        language_next=reverse("case_detail", args=[case.pk]),
        **panels(case, forms or {}),
    )


def reasons_given(response: Response) -> list[tuple[str, str]]:
    """(message of the verify rule, reason that the firm gave) of each reason."""
    questionnaire, words = questionnaire_of(response.version), Wording(get_language() or "zh")
    said = {rule.code: words.of(rule.message) for rule in questionnaire.edit_rules}
    unusual = {
        "magnitude": _("%(wording)s (amount of an unusual size)"),
        "change": _("%(wording)s (large change since the last wave)"),
    }
    said |= {
        f"{code}__{kind}": unusual[kind] % {"wording": words.of(item.text)}
        for code, item in questionnaire.items.items()
        for kind in KINDS_OF_FAILURE
    }
    reply = _("Reply about “%(wording)s”")
    said |= {rule_of(code): reply % {"wording": words.of(item.text)} for code, item in questionnaire.items.items()}
    said[WHOLE] = _("Reply to the return")
    listed, language = reasons_listed(response.case.wave.survey.reasons), words.language
    return [(said.get(code, code), reason_words(reason, listed, language)) for code, reason in response.reasons.items()]


@office_page("view_response")
@require_safe
def case_answers(request: HttpRequest, case_id: int, response_id: int) -> HttpResponse:
    """The answers of a response by the wording of the questions, as far as they were given."""
    case = case_of(request, case_id)
    response = get_object_or_404(case.responses.select_related("version__questionnaire"), pk=response_id)
    # Statutory secrecy: who has read the answers of a firm can be told afterwards (0034).
    record_reading(actor=member_of_staff(request), verb="read_answers", subject=case, response=response.pk)
    return render_office(
        request,
        "fieldwork/case_answers.html",
        case.sample_unit.unit.full_name,
        subtitle=_("Answers"),
        case=case,
        response=response,
        sections=answers_by_section(response),
        corrections=response.corrections.select_related("author").order_by("-id"),
        may_correct=is_counted(response) and request.user.has_perm("survey.add_correction"),
    )


def is_counted(response: Response) -> bool:
    """Whether its answers can be corrected: submitted, and the ones that stand."""
    return response.is_current and response.status == ResponseStatus.SUBMITTED


@office_page("view_response")
@require_safe
def case_file(request: HttpRequest, case_id: int, response_id: int, item: str) -> HttpResponse:
    """A file that a firm attached, always as a download: what firms send is never shown by the office's own address."""
    case = get_object_or_404(visible_cases(request.user), pk=case_id)
    # Through its case: a number of another firm's response finds nothing, whatever the address combines.
    response = get_object_or_404(case.responses.select_related("version"), pk=response_id)
    asked = questionnaire_of(response.version).items.get(item)
    found = references((asked,) if asked else (), response.answers)
    if not found:
        raise Http404
    # An item is answered with one file.
    reference = found.pop()
    try:
        with open_upload(case, reference) as file:
            content = file.read()
    # The disk can lack a file that the row names, as after a restore of the database alone.
    except FileNotFoundError:
        raise Http404 from None
    # Each download, not once in ten minutes: a file that has left cannot be called back.
    record_action(actor=member_of_staff(request), verb="download_file", subject=case, item=item)
    # The ending was checked when the file came in; the firm's own name for it may be anything.
    kept = PurePath(str(response.answers.get(item + NAME, ""))).stem
    name = f"{case.pk}-{item}{kept and '-'}{kept}{PurePath(reference).suffix}"
    return download(content, name, ANY_TYPE)


def answers_by_section(response: Response) -> list[tuple[str, list[dict[str, Any]]]]:
    """Per section that has answers its title and rows of code, wording, answer in words with its state, and file.

    Shown is what counts now; a state is said unless the firm itself gave the answer as it stands.
    """
    questionnaire, words = questionnaire_of(response.version), Wording(get_language() or "zh")
    lists = look_ups(frozenset(item.type for item in questionnaire.items.values()))
    log = later_values(response.corrections.all()).get(response.pk, ())
    items = questionnaire.items.values()
    values = stated_values(response.answers, items, taken_over=response.taken_over, log=log)
    answers = {key: stated.value for key, stated in values.items()}
    sections: dict[str, list[dict[str, Any]]] = {}
    for section, _of, item in questionnaire.walk():
        if shown := answer_text(item, answers, words, lists):
            # A file that a correction took away is still stored, but no answer any more: it gets no link.
            has_file = bool(references((item,), answers) & references((item,), response.answers))
            state = values[item.code].state if item.code in values else ValueState.COLLECTED
            row = {"code": item.code, "wording": words.of(item.text), "answer": shown, "has_file": has_file}
            row["may_correct"] = kind_of(item).is_asked and not kind_of(item).is_file
            row["state"] = "" if state is ValueState.COLLECTED else _(state.label)
            sections.setdefault(words.of(section.title), []).append(row)
    return list(sections.items())
