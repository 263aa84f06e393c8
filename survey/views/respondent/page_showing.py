"""What a page of the questionnaire shows."""

import json
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _

from survey.forms.page.answer_texts import answer_text
from survey.forms.page.form import PageForm, named
from survey.forms.page.last_time import last_answers
from survey.forms.page.posted import PostedPage
from survey.forms.page.questions import Raw
from survey.forms.page.wording import Wording
from survey.instrument.document.merging import Conflict
from survey.instrument.document.unread import document_keys
from survey.instrument.edits.condition_words import question_numbers
from survey.instrument.edits.rules import EditFailure
from survey.instrument.expressions.evaluation import Scope
from survey.instrument.kinds.written_numbers import grouped
from survey.instrument.plan.marked_first import marked_pain_points, ranks_pain_points, with_marked_first
from survey.instrument.routing.piping import PREVIOUS
from survey.instrument.routing.route import RoutePage, prefilled
from survey.instrument.schema import Page
from survey.selectors.respondent.session import Answering, Filling, look_ups
from survey.selectors.said import said as gettext
from survey.selectors.said import said_many as ngettext
from survey.views.respondent.access import page_context
from survey.views.respondent.firm_mark import firm_mark

REGISTERED = {
    "frame_revenue": _("Revenue in our register (10,000 yuan)"),
    "frame_employees": _("Employees in our register"),
}
KNOWN = {"frame_": _("In our register"), PREVIOUS: _("In the survey before")}


def wording_for(filling: Answering) -> Wording:
    """The wording of the page's language with answers and frame data piped in."""
    return Wording(get_language() or "zh-hans", filling.piping.text)


def route_page(filling: Answering, code: str) -> RoutePage:
    """The page as it is on the route; without items where it has left the route."""
    found = filling.route.page(code)
    questionnaire = filling.questionnaire
    # A colleague's answer may have taken the page off the route while it was being filled in; what was typed is
    # still saved.
    return found or RoutePage(page=questionnaire.pages[code], section=questionnaire.section_of_page[code], items=())


def offered_first(page: RoutePage, filling: Answering) -> RoutePage:
    """The page with what was rated badly before the other options of its rankings."""
    if not any(ranks_pain_points(filling.questionnaire, part) for part in page.items):
        return page
    marked = marked_pain_points(filling.questionnaire, filling.plan, filling.route.answers)
    ranked = (
        with_marked_first(part, marked) if ranks_pain_points(filling.questionnaire, part) else part
        for part in page.items
    )
    return replace(page, items=tuple(ranked))


def page_form(filling: Answering, code: str, data: Raw | None = None) -> PageForm:
    """The page's form with stored answers and prefills, or with what was posted."""
    page = offered_first(route_page(filling, code), filling)
    scope = Scope(answers=filling.route.answers, facts=filling.facts, today=filling.today)
    # Whatever stands in the document was put there or left there by the firm; a first value would take its place.
    unanswered = [part.item for part in page.items if part.item.code not in filling.answers]
    prefills = {item.code: prefilled(item, scope) for item in unanswered if item.prefill}
    lists = look_ups(frozenset(item.type for item in page.page.items if not item.options))
    return PageForm(
        page,
        wording_for(filling),
        data=data,
        answers=filling.answers,
        prefills=prefills,
        look_ups=lists,
        # Given as a function: the figures are worked out only where an edit fires.
        figures=lambda failure: compared_figures(filling, failure),
        digest=filling.questionnaire.digest,
        numbers=question_numbers(filling.questionnaire),
        last=last_answers(page.page.items, filling.facts, filling.taken_over, wording_for(filling), lists),
        officer=filling.notes.about,
        listed_reasons=filling.listed_reasons,
    )


def compared_figures(filling: Answering, failure: EditFailure) -> tuple[tuple[str, str], ...]:
    """Label and value of what an edit compared: answers as they read, and what is known of the firm."""
    words, items = wording_for(filling), filling.questionnaire.items
    answered = [
        (named(items[name], words), answer_text(items[name], filling.route.answers, words))
        for name in failure.values
        # A colleague who holds one section is shown no answer of another.
        if name in items and filling.is_shown(section_of(filling, name))
    ]
    known = [
        (gettext(REGISTERED.get(name, label)), known_text(filling, words, name))
        for name in failure.values
        for prefix, label in KNOWN.items()
        if name.startswith(prefix)
    ]
    return (*answered, *known)


def section_of(filling: Answering, item: str) -> str:
    """The code of the section in which an item is asked."""
    questionnaire = filling.questionnaire
    return questionnaire.section_of_page[questionnaire.page_of_item[item].code].code


def known_text(filling: Answering, words: Wording, name: str) -> str:
    """A fact as texts show it, numbers with their thousands grouped."""
    value = filling.facts.get(name)
    return grouped(value) if isinstance(value, int | float) else filling.piping.shown(name, words.language)


def question_context(request: HttpRequest, filling: Filling, form: PageForm) -> dict[str, Any]:
    """What the template of a page shows around its form."""
    page, words = form.page, form.words
    codes = [part.page.code for part in filling.route.pages]
    sections = [part.section.code for part in filling.route.sections]
    before = filling.route.page_before(page.page.code)
    return page_context(
        request,
        filling,
        form=form,
        problems=form.problems(),
        has_errors=bool(form.problems()),
        page_title=words.of(page.page.title),
        page_intro=words.of(page.page.intro),
        section_intro=words.of(page.section.intro) if opens_section(filling, page) else "",
        section_title=words.of(page.section.title),
        section_number=sections.index(page.section.code) + 1 if page.section.code in sections else 0,
        section_count=len(sections),
        page_number=codes.index(page.page.code) + 1 if page.page.code in codes else 0,
        page_count=len(codes),
        has_before=before is not None and filling.is_shown(before.section.code),
        saves_first=True,
        comes_from_check=(request.GET or request.POST).get("from") == "check",
        looked_at=looked_at(request, page.page),
        saved_words=saved_words(filling, page.page.code),
        **hidden_fields(filling, form),
    )


def looked_at(request: HttpRequest, page: Page) -> str:
    """The item of the page that the person came to change from the review; "" where it names none."""
    code = (request.GET or request.POST).get("about", "")
    return code if code in {item.code for item in page.items} else ""


def opens_section(filling: Answering, page: RoutePage) -> bool:
    """Whether the page is the first that is asked of its section."""
    first = next((part for part in filling.route.pages if part.section.code == page.section.code), None)
    return first is not None and first.page.code == page.page.code


def unread_on(filling: Filling, code: str) -> list[str]:
    """The questions of a page whose text could not be read."""
    page = filling.route.page(code)
    return [part.item.code for part in page.items if part.item.code in filling.route.unread] if page else []


def saved_words(filling: Filling, code: str) -> str:
    """When the answers were saved last, and how many on the page are not understood; "" before the first save."""
    if filling.response is None:
        return ""
    unread = len(unread_on(filling, code))
    words = {"time": time_format(timezone.localtime(filling.response.saved_at), "H:i"), "number": unread}
    if not unread:
        return gettext("Saved %(time)s") % words
    return (
        ngettext(
            "Saved %(time)s; %(number)s answer not understood",
            "Saved %(time)s; %(number)s answers not understood",
            unread,
        )
        % words
    )


def asked_on(page: RoutePage) -> str:
    """The codes of the questions that a page asks."""
    return " ".join(part.item.code for part in page.items)


def hidden_fields(filling: Filling, form: PageForm) -> dict[str, Any]:
    """The state that the page is shown with, which its post brings back."""
    return {
        "revision": filling.revision,
        "base": form.base,
        # By our clock, which also takes the other end of the time (see `save_page`).
        "shown": int(timezone.now().timestamp()),
        # So that the post can tell a question that its answers have just brought onto the page from one that was
        # left open.
        "asked": asked_on(form.page),
        "firm_mark": firm_mark(filling.case),
    }


def conflict_context(
    request: HttpRequest,
    filling: Filling,
    form: PageForm,
    conflicts: tuple[Conflict, ...],
    posted: PostedPage,
    kept: list[tuple[str, str]],
) -> dict[str, Any]:
    """Both answers of each disputed item, with everything else that was typed in hidden fields.

    The page stays as stale as it was, so that what it never touched is not overwritten; only of the disputed items
    has the person now seen the stored answer.
    """
    seen = {key: value for conflict in conflicts for key, value in conflict.stored.items()}
    # What the stored answer lacks, such as the text of an "other", leaves the base too: as shown, it is not there.
    unseen = {key for conflict in conflicts for key in document_keys(form.page_item(conflict.item))} - seen.keys()
    # What the page was shown with, amended by what has been seen now: the next post is merged against this.
    base = {key: value for key, value in {**(posted.base or {}), **seen}.items() if key not in unseen}
    words = wording_for(filling)
    items = {item.code: item for item in form.page.page.items}
    rows = [
        {
            "code": conflict.item,
            "label": words.of(items[conflict.item].text),
            "stored": answer_text(items[conflict.item], conflict.stored, words, form.look_ups),
            "typed": answer_text(items[conflict.item], conflict.typed, words, form.look_ups),
        }
        for conflict in conflicts
    ]
    return page_context(
        request,
        filling,
        rows=rows,
        kept=kept,
        page_title=words.of(form.page.page.title),
        page_code=form.page.page.code,
        saved_at=filling.response.saved_at if filling.response else None,
        **hidden_fields(filling, form)
        | {"revision": max(posted.revision, 0), "base": json.dumps(base, ensure_ascii=False)},
    )
