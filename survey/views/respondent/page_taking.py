"""What becomes of the post of a page: saved, and then the next page, the same one with remarks, or a choice."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from survey.forms.page.form import PageForm
from survey.forms.page.last_time import taken_items
from survey.forms.page.posted import PostedPage, posted_page, posted_reasons, with_files, with_last
from survey.forms.page.questions import Remarks
from survey.instrument.answers import parse_item
from survey.instrument.document.merging import Conflict, part_of
from survey.instrument.document.unread import typed_document
from survey.instrument.schema import Item
from survey.selectors.respondent.session import Filling
from survey.selectors.said import said as _
from survey.services.answers.handover import note_saved
from survey.services.answers.responses import PageInput, SavedPage
from survey.views.respondent.code_again import kept_fields
from survey.views.respondent.colleague import handover_of
from survey.views.respondent.keying_session import save_as_given
from survey.views.respondent.page_showing import conflict_context, looked_at, page_form, question_context

# Made anew for each page that is shown; kept from the post they would tell of an older one.
STATE_FIELDS = ("revision", "base", "shown", "asked", "firm", "undecided", "sent", "again")


def save_page(
    request: HttpRequest, filling: Filling, code: str, *, draft: bool, takes_files: bool = True
) -> tuple[PostedPage, SavedPage]:
    """Parse and save one post of a page. Raises what ``save_answers`` raises."""
    schema = filling.questionnaire.pages[code]
    # No file is kept where nothing may be answered.
    uploads = request.FILES if takes_files and filling.can_answer else {}
    # What is taken over from the wave before is put in first: it is then read, judged and kept like what was typed.
    taken_apart = with_last(posted_page(schema, request.POST), schema, filling.facts)
    posted = with_files(taken_apart, schema, uploads, filling)
    form = page_form(filling, code, data=posted.raw)
    # What is wrong is not asked here: whatever can be read is saved, and judged afterwards.
    form.is_valid()
    given = PageInput(
        page=schema,
        parsed=form.parsed,
        reasons=posted_reasons(filling, schema, posted.raw),
        revision=posted.revision,
        base=posted.base,
        # By the server's clock at both ends: the clocks of old PCs are wrong by years.
        seconds=int(timezone.now().timestamp()) - posted.shown_at if posted.shown_at > 0 else 0,
        language=get_language() or "",
        files=posted.files,
        raw=posted.raw,
        sent=tuple(typed_document(schema.items, form.read(fields), fields, filling.answers) for fields in posted.sent),
        taken_over=taken_items(schema.items, filling.facts, posted.raw, form.parsed.answers),
    )
    posted = replace(
        posted,
        # Before it is saved, since saving replaces the answers that it is held against.
        document=typed_document(schema.items, form.parsed, posted.raw, filling.answers),
        is_whole=not (form.parsed.errors or posted.refused_files),
    )
    saved = save_as_given(request, filling.case, given, draft=draft)
    handed = handover_of(request)
    # After saving, which may raise: noted is what was kept.
    if handed is not None:
        note_saved(handed, code)
    return posted, saved


def open_conflicts(filling: Filling, code: str, posted: PostedPage, saved: SavedPage) -> tuple[Conflict, ...]:
    """The items with two answers, whether just met or still undecided."""
    items = {item.code: item for item in filling.questionnaire.pages[code].items}
    left = [
        Conflict(item=item, stored=part_of(items[item], filling.answers), typed=as_typed(items[item], posted))
        for item in posted.undecided
    ]
    return (*saved.conflicts, *left)


def as_typed(item: Item, posted: PostedPage) -> dict[str, Any]:
    """The answer to an item as it was typed, though another one stands for it until somebody has chosen."""
    return part_of(item, typed_document((item,), parse_item(item, posted.typed), posted.typed, {}))


def ask_which(
    request: HttpRequest, filling: Filling, code: str, posted: PostedPage, conflicts: tuple[Conflict, ...]
) -> HttpResponse:
    """Both answers of each disputed item, for the person to choose."""
    # Only who has been asked already and left it open is told of a mistake.
    again = "undecided" in request.POST and "switch_language" not in request.POST
    kept = [(name, value) for name, value in kept_fields(request, STATE_FIELDS) if not name.startswith("choose__")]
    context = conflict_context(request, filling, page_form(filling, code), conflicts, posted, kept)
    return render(request, "respondent/conflict.html", {**context, "has_errors": again}, status=409)


def show_typed(request: HttpRequest, filling: Filling, code: str, posted: PostedPage) -> HttpResponse:
    """The page with what was typed and without remarks."""
    form = bound_form(filling, code, posted)
    # Remarks of the post would be in the language that is being left.
    form.remarks = Remarks(officer=form.remarks.officer)
    return render(request, "respondent/page.html", question_context(request, filling, form))


def go_on(request: HttpRequest, filling: Filling, code: str, posted: PostedPage) -> HttpResponse:
    """The next page where nothing stands against it; otherwise the page with what to mend, explain or answer."""
    new = newly_asked(filling, code, posted)
    report = filling.check_page(code)
    # A form is made only where something may have to be said: most pages go on at once.
    if not posted.is_whole or report.failures or report.settled:
        form = bound_form(filling, code, posted)
        form.report(report, filling.reasons, skip=new)
        if form.problems():
            return render(request, "respondent/page.html", question_context(request, filling, form))
    if new:
        messages.info(request, _("Your answer leads to a further question on this page."))
        # Back to the same page, because a question that an answer brought onto it has not been seen by anybody.
        return redirect(f"{reverse('respondent:page', args=[code])}#question-{new[0]}")
    return redirect(address_after(request, filling, code))


def bound_form(filling: Filling, code: str, posted: PostedPage) -> PageForm:
    """The form with what was posted, parsed, and with the files that were refused."""
    form = page_form(filling, code, data=posted.raw)
    form.is_valid()
    for item, message in posted.refused_files.items():
        form.note_problem(item, item, form.headed(item, message))
    return form


def newly_asked(filling: Filling, code: str, posted: PostedPage) -> list[str]:
    """Items that the answers have brought onto this page and that are still open."""
    page = filling.route.page(code)
    asked = [part.item.code for part in page.items] if page else []
    return [item for item in asked if item not in posted.asked and item not in filling.answers]


def address_after(request: HttpRequest, filling: Filling, code: str) -> str:
    """The review for those who came from it and after the last page; otherwise the next page on the route."""
    after = filling.route.page_after(code) if code in filling.questionnaire.pages else None
    if filling.section:
        stays = after is not None and filling.is_shown(after.section.code)
        return reverse("respondent:page", args=[after.page.code]) if after and stays else reverse("respondent:hub")
    if request.POST.get("from") == "check":
        item = looked_at(request, filling.questionnaire.pages[code])
        return reverse("respondent:check") + (f"?seen={item}#row-{item}" if item else "")
    if after is None:
        return reverse("respondent:check")
    return reverse("respondent:page", args=[after.page.code])
