"""One page of the questionnaire as a crispy form."""

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from survey.complaints import Complaint
from survey.forms.page.answer_words import OptionsByLookUp
from survey.forms.page.kinds import WEB
from survey.forms.page.questions import LastAnswer, Problem, Question, Raw, Remarks, Unusual, Verification
from survey.forms.page.raw_field import RawField
from survey.forms.page.wording import Wording
from survey.instrument.answers import Parsed, parse_page
from survey.instrument.document.unread import document_keys, fields_shown, unread_of
from survey.instrument.edits.reason_codes import reason_of
from survey.instrument.edits.rules import EditFailure, EditReport
from survey.instrument.kinds.registry import kind_of
from survey.instrument.kinds.written_numbers import grouped, number_text
from survey.instrument.messages import worded
from survey.instrument.routing.pruning import OTHER
from survey.instrument.routing.route import RouteItem, RoutePage
from survey.instrument.schema import Item, Option
from survey.selectors.said import said as gettext
from survey.terms import EditLevel

Figures = tuple[tuple[str, str], ...]
REASON, REASON_CODE, REASON_ALSO = "reason__", "reason_code__", "reason_also__"
"""What begins the fields of a reason: its words, its code of the list, and further rules that it is given for."""
# Signs of both languages behind which a colon would look wrong.
ENDINGS = "?:. \uff1f\uff1a\u3002"


def named(item: Item, words: Wording) -> str:
    """The wording of an item at the head of a message, which goes on with a colon."""
    return words.of(item.text).rstrip(ENDINGS)


class PageForm(forms.Form):
    """The items of a page, on the route or hidden; ``is_valid`` parses what was posted with the instrument.

    ``answers`` are the stored ones, ``prefills`` stand in fields that are not answered yet, ``figures`` gives label
    and value of what an edit compared, ``last`` the answers of the wave before by item. ``digest`` is that of the
    questionnaire; without it no HTML is kept. ``numbers`` are those of the questions on paper, ``officer`` what the
    office asks of them, both by item code; ``listed_reasons`` can be chosen for an unusual answer.
    """

    def __init__(
        self,
        page: RoutePage,
        words: Wording,
        *,
        data: Raw | None = None,
        answers: Mapping[str, Any],
        prefills: Mapping[str, Any] | None = None,
        look_ups: OptionsByLookUp | None = None,
        figures: Callable[[EditFailure], Figures] = lambda failure: (),
        digest: str = "",
        numbers: Mapping[str, int] | None = None,
        last: Mapping[str, LastAnswer] | None = None,
        officer: Mapping[str, str] | None = None,
        listed_reasons: tuple[Option, ...] = (),
    ) -> None:
        super().__init__(data=data)
        self.digest, self.numbers, self.last = digest, numbers or {}, last or {}
        self.page, self.words, self.answers = page, words, answers
        self.figures = figures
        self.prefills, self.look_ups = dict(prefills or {}), look_ups or {}
        self.parsed, self.remarks = Parsed(), Remarks(officer=dict(officer or {}))
        self.listed_reasons = listed_reasons
        asked = {part.item.code: part for part in page.items}
        self.questions = [
            self.question(item, asked.get(item.code)) for item in page.page.items if not kind_of(item).is_calculated
        ]
        for question in self.questions:
            # They hand on what was posted: the instrument judges, so that web, paper and workbook refuse alike.
            self.fields.update((name, RawField()) for name in question.names())
        # The page itself draws the form tag, the token and the summary of problems.
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf, self.helper.form_show_errors = False, True, False
        self.helper.layout = Layout(*self.questions)

    def question(self, item: Item, asked: RouteItem | None) -> Question:
        """The part of the form that asks an item; one that is off the route is there, but hidden."""
        # Hidden and not left out: what was typed before the route changed comes along and is kept.
        part = asked or RouteItem(item=item, options=item.options, required=bool(item.required))
        # Look-up lists are the same for every item and not stored with the version.
        part = replace(part, options=part.options or self.look_ups.get(item.type, ()))
        ask = WEB[item.type].ask
        assert ask is not None
        question = ask(part, self.words, is_on_route=asked is not None)
        question.number, question.last = self.numbers.get(item.code), self.last.get(item.code)
        return question

    @property
    def raw(self) -> Raw:
        """What the fields show: what was posted, or else the stored answers and prefills."""
        if self.is_bound:
            return self.data
        shown = {**self.prefills, **self.answers}
        return {name: values for item in self.page.page.items for name, values in fields_shown(item, shown).items()}

    def clean(self) -> None:
        """Parse what was posted; what cannot be read becomes a problem of its item."""
        self.parsed = self.read(self.raw)
        for error in self.parsed.errors:
            self.note_unread(error)
            # This only makes the form invalid; what people read is the remark.
            self.add_error(None, error.code)

    def read(self, raw: Raw) -> Parsed:
        """Posted fields as the answers of this page."""
        codes = {type_: frozenset(option.code for option in options) for type_, options in self.look_ups.items()}
        return parse_page(self.page.page, raw, codes)

    def mark_unread(self) -> None:
        """Show at their fields the texts of the stored document that could not be read, as when they were posted."""
        if any(unread_of(item, self.answers) for item in self.page.page.items):
            for error in self.read(self.raw).errors:
                self.note_unread(error)

    def note_unread(self, error: Complaint) -> None:
        """Show what cannot be read; of several fields of a question the one that it is about is named."""
        item, field = error.place.code, error.place.field
        part = self.question_of(item).part_label(field)
        if not part:
            self.note_problem(item, field, self.message(error, item))
            return
        named = gettext("%(label)s (%(part)s)") % {"label": self.label(item), "part": part}
        message = worded(error.code, {**error.parameters, "label": named}, self.words.language, gettext)
        inline = gettext("%(label)s: %(message)s") % {"label": part, "message": self.after_colon(named, message)}
        self.note_problem(item, field, message, inline)

    def question_of(self, item: str) -> Question:
        """The part of the form that asks the item."""
        return next(part for part in self.questions if part.item.code == item)

    def message(self, problem: Complaint | EditFailure, item: str) -> str:
        """What the person reads, headed by the item's wording as this page shows it."""
        label = self.label(item)
        message = worded(problem.code, {**problem.parameters, "label": label}, self.words.language, gettext)
        return self.headed(item, message)

    def headed(self, item: str, message: str) -> str:
        """A message with the item's wording at its head."""
        label = self.label(item)
        heading = gettext("%(label)s: %(message)s")
        return message if message.startswith(label) else heading % {"label": label, "message": message}

    def label(self, code: str) -> str:
        """The wording of an item as messages name it."""
        return named(self.page_item(code), self.words)

    def page_item(self, code: str) -> Item:
        """The item of this page with the code."""
        return next(item for item in self.page.page.items if item.code == code)

    def note_problem(self, item: str, field: str, message: str, inline: str = "", fields: tuple[str, ...] = ()) -> None:
        """Show a message in the summary and under its question; the first one of an item stands."""
        if item in self.remarks.problems:
            return
        question = self.question_of(item)
        part = field if field in question.names() else ""
        self.remarks.problems[item] = Problem(
            field=question.target(field),
            message=message,
            inline=inline or self.inline(item, message),
            part=part,
            parts=fields or (part,),
        )

    def inline(self, item: str, message: str) -> str:
        """The message without the item's wording, for the place under it."""
        rest = self.after_colon(self.label(item), message)
        return rest[:1].upper() + rest[1:]

    @staticmethod
    def after_colon(label: str, message: str) -> str:
        """A message without the label at its head."""
        # The colon of either language, which stands between wording and message.
        return re.sub("^[:\uff1a]\\s*", "", message.removeprefix(label))

    def report(
        self, report: EditReport, reasons: Mapping[str, str], *, skip: Collection[str] = (), quiet: bool = False
    ) -> None:
        """Show the edits that the answers do not meet, each at its first item on this page.

        Items in ``skip`` are not judged yet. A quiet report offers the boxes for reasons and the notes, and no problem.
        """
        for failure in (*report.failures, *report.settled):
            place = self.place_of(failure)
            if place is not None and place not in skip:
                _REMARKS[failure.level](self, place, failure, failure.reason or reasons.get(failure.rule, ""), quiet)

    def choosable_reasons(self, chosen: str) -> tuple[tuple[str, str, bool], ...]:
        """Code and words of each reason that can be chosen, and whether it is."""
        return tuple((option.code, self.words.of(option.text), option.code == chosen) for option in self.listed_reasons)

    def place_of(self, failure: EditFailure) -> str | None:
        here = {question.item.code for question in self.questions}
        return next((code for code in failure.items if code in here), None)

    def problems(self) -> list[Problem]:
        """Every problem in the order of the questions, for the summary."""
        found = ((self.remarks.problems.get(question.item.code), question.number) for question in self.questions)
        return [replace(problem, number=number) for problem, number in found if problem]

    @property
    def base(self) -> str:
        """The stored answers that the page is shown with, as JSON for its hidden field."""
        keys = {key for item in self.page.page.items for key in document_keys(item)}
        return json.dumps({key: value for key, value in self.answers.items() if key in keys}, ensure_ascii=False)

    @property
    def shows_last(self) -> bool:
        """Whether an answer of the wave before stands beside a question."""
        return bool(self.last)

    @property
    def has_ranking(self) -> bool:
        return any(kind_of(item).is_ranked for item in self.page.page.items)

    @property
    def has_file(self) -> bool:
        return any(kind_of(item).is_file for item in self.page.page.items)


_PARTS = {"specify": OTHER}
"""Which field of a question a message is about, where it is not the question itself, by message code."""


def _note_hard(form: PageForm, place: str, failure: EditFailure, reason: str, quiet: bool) -> None:
    if not quiet:
        first = failure.fields[0] if failure.fields else place + _PARTS.get(failure.code, "")
        form.note_problem(place, first, form.message(failure, place), fields=failure.fields)


def _note_verification(form: PageForm, place: str, failure: EditFailure, reason: str, quiet: bool) -> None:
    message = form.message(failure, place)
    unusual = Unusual(
        rule=failure.rule,
        message=form.inline(place, message),
        repair=_repair(form, place, failure),
        figures=form.figures(failure),
    )
    boxes = form.remarks.verifications.setdefault(place, [])
    # One answer is explained once, unless two explanations of it have been given already.
    at = next((k for k, box in enumerate(boxes) if box.stored == reason), None)
    box = _box(form, reason) if at is None else boxes.pop(at)
    box = replace(box, unusual=(*box.unusual, unusual))
    if not failure.reason and not quiet:
        # An empty box is complained about only where it was shown and sent.
        if reason or _is_sent(form, failure.rule):
            box = replace(box, error=worded("reason_empty", {}, form.words.language, gettext))
        name = REASON + box.rule
        form.remarks.problems.setdefault(place, Problem(field=f"id_{name}", message=message, inline="", part=name))
    boxes.insert(len(boxes) if at is None else at, box)


def _box(form: PageForm, reason: str) -> Verification:
    given = reason_of(reason)
    return Verification(unusual=(), stored=reason, words=given.words, listed=form.choosable_reasons(given.code))


def _is_sent(form: PageForm, rule: str) -> bool:
    """Whether the reason for a rule was posted, in a box of its own or in that of another rule."""
    return REASON + rule in form.data or any(
        rule in values for name, values in form.data.items() if name.startswith(REASON_ALSO)
    )


def _repair(form: PageForm, place: str, failure: EditFailure) -> tuple[str, str]:
    # At the question that it mends alone: the same rule may be shown at another item.
    if failure.repair is None or place != failure.items[0]:
        return ("", "")
    item = form.page_item(place)
    unit = form.words.of(kind_of(item).unit_of(item))
    return number_text(failure.repair), f"{grouped(failure.repair)} {unit}".strip()


def _note_note(form: PageForm, place: str, failure: EditFailure, reason: str, quiet: bool) -> None:
    form.remarks.notes.setdefault(place, []).append(form.inline(place, form.message(failure, place)))


_REMARKS = {EditLevel.HARD: _note_hard, EditLevel.VERIFY: _note_verification, EditLevel.NOTE: _note_note}
