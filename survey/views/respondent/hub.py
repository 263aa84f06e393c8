"""The list of sections, the notice, and the questionnaire on one page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from survey.forms.page.form import ENDINGS
from survey.instrument.expected_time import section_times, to_have_at_hand
from survey.instrument.routing.progress import (
    SectionState,
    asked_items,
    is_answered,
    next_open_page,
    progress_of,
    section_state,
)
from survey.instrument.routing.route import RouteSection
from survey.instrument.schema import Questionnaire
from survey.selectors.respondent.notice import open_notices
from survey.selectors.respondent.session import Filling
from survey.views.respondent.access import page_context, with_filling
from survey.views.respondent.page_showing import words_of
from survey.views.respondent.paper import printed_sections


@require_safe
@with_filling
def hub(request: HttpRequest, filling: Filling) -> HttpResponse:
    """The sections with their state, and the way to the next open question."""
    open_page = next_open_page(filling.route, filling.visited) if filling.can_answer else None
    context = page_context(
        request,
        filling,
        rows=[section_row(filling, section) for section in filling.route.sections] if filling.can_answer else [],
        progress=progress_of(filling.route, filling.visited),
        next_page=open_page.page.code if open_page else "",
        has_begun=filling.response is not None,
        show_notice=filling.can_answer and filling.response is None and len(open_notices()) != 1,
        **closed_texts(filling),
    )
    return render(request, "respondent/hub.html", context)


def section_row(filling: Filling, section: RouteSection) -> dict[str, object]:
    """One line of the list: the section, how many of its questions are answered, and the page that it opens."""
    items = [asked for page in section.pages for asked in asked_items(page)]
    state = section_state(filling.route, section, filling.visited)
    # The first open page of the whole route may lie in another section; a begun section then opens at its first
    # page.
    opened = next_open_page(filling.route, filling.visited) if state is SectionState.IN_PROGRESS else None
    page = opened if opened in section.pages else section.pages[0]
    return {
        "title": words_of(filling).of(section.section.title),
        "answered": sum(is_answered(filling.route, asked) for asked in items),
        "items": len(items),
        "state": state.value,
        "state_label": state_label(state),
        "page": page.page.code if page else "",
        "minutes": minutes_of(filling.questionnaire)[section.section.code],
        "at_hand": [words_of(filling).of(text).rstrip(ENDINGS) for text in to_have_at_hand(section.section)],
    }


def minutes_of(questionnaire: Questionnaire) -> Mapping[str, int]:
    """The expected minutes of each section by its code, whole ones and at least one; counted once for a version."""
    return _minutes(_Timed(digest=questionnaire.digest, questionnaire=questionnaire))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Timed:
    """A questionnaire that is alike another where its digest is."""

    digest: str
    questionnaire: Questionnaire = field(compare=False)


@lru_cache(maxsize=32)
def _minutes(timed: _Timed) -> Mapping[str, int]:
    sections = timed.questionnaire.sections
    times = zip(sections, section_times(timed.questionnaire), strict=True)
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
def notice(request: HttpRequest, filling: Filling) -> HttpResponse:
    """The notice once more."""
    return render(request, "respondent/notice.html", page_context(request, filling, notice=filling.notice))


@require_safe
@with_filling
def whole(request: HttpRequest, filling: Filling) -> HttpResponse:
    """All questions on one page to read or print before starting."""
    sections = printed_sections(filling.questionnaire, words_of(filling))
    return render(request, "respondent/print.html", page_context(request, filling, sections=sections))
