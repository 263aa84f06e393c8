"""The list of sections, the notice, and the questionnaire on one page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from survey.forms.page.form import ENDINGS
from survey.instrument.edits.condition_words import question_numbers
from survey.instrument.edits.officer_notes import rule_of
from survey.instrument.edits.reason_codes import reason_of
from survey.instrument.expected_time import section_times, to_have_at_hand
from survey.instrument.routing.progress import (
    SectionState,
    asked_items,
    is_answered,
    is_page_complete,
    next_open_page,
    progress_of,
    section_state,
)
from survey.instrument.routing.route import RouteSection
from survey.instrument.schema import Questionnaire
from survey.models import SectionHandover
from survey.selectors.respondent.notice import open_notices
from survey.selectors.respondent.session import Filling
from survey.selectors.said import said as _
from survey.services.answers.handover import is_open
from survey.views.respondent.access import page_context, with_filling
from survey.views.respondent.colleague import open_to_colleagues
from survey.views.respondent.page_showing import wording_for
from survey.views.respondent.paper import printed_sections


@require_safe
@with_filling
@open_to_colleagues
def hub(request: HttpRequest, filling: Filling) -> HttpResponse:
    """The sections with their state, and the way to the next open question."""
    # A colleague who holds one section is shown that alone.
    sections = [part for part in filling.route.sections if filling.is_shown(part.section.code)]
    pages = [page for section in sections for page in section.pages]
    waiting = (page for page in pages if not is_page_complete(filling.route, page, filling.visited))
    open_page = next(waiting, None) if filling.can_answer else None
    context = page_context(
        request,
        filling,
        rows=section_rows(filling, sections) if filling.can_answer else [],
        progress=progress_of(filling.route, filling.visited),
        next_page=open_page.page.code if open_page else "",
        has_begun=filling.response is not None,
        # With one survey in the field the notice stood on the first page already.
        show_notice=filling.can_answer and filling.response is None and len(open_notices()) != 1,
        asked_about=asked_about(filling) if filling.can_answer else [],
        **closed_texts(filling),
    )
    return render(request, "respondent/hub.html", context)


def section_rows(filling: Filling, sections: list[RouteSection]) -> list[dict[str, object]]:
    """The lines of the list, each with the colleagues who have the section or have filled it in."""
    # A colleague does not learn who else was asked.
    handed = list(filling.case.handovers.all()) if not filling.section else []
    return [
        section_row(filling, section) | {"code": section.section.code, "handed": handed_words(filling, section, handed)}
        for section in sections
    ]


def handed_words(filling: Filling, section: RouteSection, handed: list[SectionHandover]) -> list[str]:
    """Who has the section, and who filled in how much of it."""
    said = []
    for made in (one for one in handed if one.section == section.section.code):
        words = {"name": made.colleague, "pages": len(made.pages), "all": len(section.pages)}
        if made.saved_at:
            words["at"] = date_format(timezone.localtime(made.saved_at), "DATETIME_FORMAT")
            said.append(_("%(name)s saved %(pages)s of %(all)s pages, last %(at)s.") % words)
        elif is_open(made, filling.case, filling.now):
            words["until"] = date_format(timezone.localtime(made.expires_at), "DATETIME_FORMAT")
            said.append(_("Handed to %(name)s until %(until)s.") % words)
    return said


def asked_about(filling: Filling) -> list[dict[str, object]]:
    """The questions that the office asks about, in the order of asking, and whether each is changed or explained."""
    words, numbers, notes = wording_for(filling), question_numbers(filling.questionnaire), filling.notes
    pages = filling.questionnaire.page_of_item
    untouched = {item.code for item in notes.untouched(filling.route)}
    return [
        {
            "item": code,
            "page": pages[code].code,
            "number": numbers.get(code),
            "label": words.of(asked.item.text),
            "note": notes.about[code],
            "is_done": code not in untouched or reason_of(filling.reasons.get(rule_of(code), "")).explains,
        }
        for code, asked in filling.route.items.items()
        if code in notes.about and filling.is_shown(filling.questionnaire.section_of_page[pages[code].code].code)
    ]


def section_row(filling: Filling, section: RouteSection) -> dict[str, object]:
    """One line of the list: the section, how many of its questions are answered, and the page that it opens."""
    items = [asked for page in section.pages for asked in asked_items(page)]
    state = section_state(filling.route, section, filling.visited)
    # The first open page of the whole route may lie in another section; a begun section then opens at its first
    # page.
    opened = next_open_page(filling.route, filling.visited) if state is SectionState.IN_PROGRESS else None
    page = opened if opened in section.pages else section.pages[0]
    return {
        "title": wording_for(filling).of(section.section.title),
        "answered": sum(is_answered(filling.route, asked) for asked in items),
        "items": len(items),
        "state": state.value,
        "state_label": state_label(state),
        "page": page.page.code if page else "",
        "minutes": minutes_of(filling.questionnaire)[section.section.code],
        "at_hand": [wording_for(filling).of(text).rstrip(ENDINGS) for text in to_have_at_hand(section.section)],
    }


def minutes_of(questionnaire: Questionnaire) -> Mapping[str, int]:
    """The expected minutes of each section by its code, whole ones and at least one; counted once for a version."""
    return _minutes(_Timed(digest=questionnaire.digest, questionnaire=questionnaire))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Timed:
    """A questionnaire that is alike another where its digest is."""

    digest: str
    questionnaire: Questionnaire = field(compare=False)


# By digest: the same version is read anew for each request, and counting its words takes milliseconds.
@lru_cache(maxsize=32)
def _minutes(timed: _Timed) -> Mapping[str, int]:
    sections = timed.questionnaire.sections
    times = zip(sections, section_times(timed.questionnaire), strict=True)
    # At least one minute: "0 minutes" reads as if there were nothing to do.
    return {section.code: max(round(time.minutes), 1) for section, time in times}


def state_label(state: SectionState) -> str:
    """The state in words."""
    return {
        SectionState.NOT_STARTED: _("Not started"),
        SectionState.IN_PROGRESS: _("In progress"),
        SectionState.COMPLETE: pgettext("section", "Complete"),
    }[state]


def closed_texts(filling: Filling) -> dict[str, str]:
    """What a firm reads that cannot answer now."""
    words = {"contact": filling.notice.contact}
    if filling.is_still_to_open:
        return {
            "closed_title": _("This survey has not opened yet"),
            "closed_text": _(
                "Come back with the same access code once it opens. If you have questions, call us: %(contact)s"
            )
            % words,
        }
    return {
        "closed_title": _("Collection has closed"),
        "closed_text": _(
            "Answers are not taken any more. What you had saved is kept. If you have questions, call us: %(contact)s"
        )
        % words,
    }


@require_safe
@with_filling
@open_to_colleagues
def notice(request: HttpRequest, filling: Filling) -> HttpResponse:
    """The notice once more."""
    return render(request, "respondent/notice.html", page_context(request, filling, notice=filling.notice))


@require_safe
@with_filling
def whole(request: HttpRequest, filling: Filling) -> HttpResponse:
    """All questions on one page to read or print before starting."""
    sections = printed_sections(filling.questionnaire, wording_for(filling))
    return render(request, "respondent/print.html", page_context(request, filling, sections=sections))
