"""An offline form that comes back: taken whole into the draft or not at all, and submitted when nothing blocks that.

A form knows the revision of the answers that it was filled with. Where others have been saved since, what it leaves
blank stays as stored, and an item that both answer differently is a conflict: then nothing is taken.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from survey.complaints import Complaint
from survey.instrument.answers import Parsed, parse_page
from survey.instrument.document.merging import Conflict, MergedAnswers, merge, part_of
from survey.instrument.edits.rules import EditReport, check_all
from survey.instrument.kinds.registry import kind_of
from survey.instrument.routing.route import route_of
from survey.instrument.schema import Item
from survey.models import Case, Paradata, Response
from survey.selectors.fieldwork.collection_period import case_is_collecting
from survey.selectors.respondent.session import SAVED, Filling, filling_of, look_ups
from survey.services.answers.errors import AlreadySubmittedError, CollectionClosedError
from survey.services.answers.offline_attachments import (
    Attachments,
    file_items,
    name_attachments,
    refused_attachments,
    shown_names,
)
from survey.services.answers.offline_refusals import OfflineFormRefused
from survey.services.answers.responses import (
    PageInput,
    keep_late_draft,
    lock,
    mark_in_progress,
    open_response,
    submit_response,
    with_first_values,
)
from survey.services.answers.uploads import discard_uploads, keep_uploads, references
from survey.services.audit import record_action
from survey.services.fieldwork.access_codes import keyed
from survey.terms import Channel

TAKEN = "form_taken"
"""The event of a form whose answers were taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormIdentity:
    """What a form carries unseen: firm, questionnaire, language, its own number, and the revision that it shows."""

    mark: str
    digest: str
    language: str
    token: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedForm:
    """A form as filled in: ``raw`` as the web would post it, and explanations of unusual answers by item code."""

    identity: FormIdentity
    raw: Mapping[str, list[str]]
    explanations: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineReturn:
    """What became of a form. With errors, conflicts or files that were refused (code by item) nothing was stored.

    ``report`` says what stands against what was stored.
    """

    response: Response | None = None
    errors: tuple[Complaint, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    refused_files: Mapping[str, Complaint] = field(default_factory=dict)
    report: EditReport = field(default_factory=EditReport)

    @property
    def is_stored(self) -> bool:
        return self.response is not None


def form_mark(case: Case) -> str:
    """A keyed hash of the case: it says whose form it is and opens nothing."""
    # Not the key of the case: workbooks go round by mail, and whoever finds one must not get into the questionnaire.
    return keyed("mark an offline form", case.key.hex).hex()[:24]


def new_identity(filling: Filling, language: str) -> FormIdentity:
    """The identity of a form that is handed out now."""
    # 96 random bits: the token becomes the key of the submission, so two forms must never share one.
    token = secrets.token_hex(12)
    return FormIdentity(
        mark=form_mark(filling.case),
        digest=filling.questionnaire.digest,
        language=language,
        token=token,
        revision=filling.revision,
    )


def check_identity(filling: Filling, identity: FormIdentity) -> None:
    """Raise OfflineFormRefused for the form of another firm, of another wave or of another version."""
    if not is_marked(identity, filling.case):
        unit = filling.case.sample_unit.unit
        of_firm = Case.objects.select_related("wave").filter(
            sample_unit__unit__credit_code=unit.credit_code, sample_unit__unit__unit_key=unit.unit_key
        )
        # The firm's own forms of other rounds are told by their round; whose form another one is, is told to nobody.
        for case in of_firm.order_by("pk"):
            if is_marked(identity, case):
                raise OfflineFormRefused("wrong_wave", wave=str(case.wave))
        raise OfflineFormRefused("wrong_firm")
    if identity.digest != filling.questionnaire.digest:
        raise OfflineFormRefused("wrong_version")


def is_marked(identity: FormIdentity, case: Case) -> bool:
    """Whether the form was handed out for this case."""
    # In constant time: a mark that is guessed digit by digit by the time of the refusal would tell whose form it is.
    return secrets.compare_digest(identity.mark.encode(), form_mark(case).encode())


def take_offline_form(
    *,
    case: Case,
    form: ReturnedForm,
    attachments: Attachments | None = None,
    actor: User | None = None,
    clock: Callable[[], datetime] = timezone.now,
) -> OfflineReturn:
    """Take a form into the draft and submit it where nothing blocks that; ``actor`` is the officer who uploads it.

    ``attachments`` answer the items that ask for a file; they are taken with the form or not at all.
    Raises OfflineFormRefused, AlreadySubmittedError and, after keeping a late draft, CollectionClosedError. The same
    form again after it was submitted gives the same receipt.
    """
    with transaction.atomic():
        # The lock before anything is read: the same file sent twice at once is one submission and its receipt.
        case, now = lock(case), clock()
        filling = filling_of(case, now)
        check_identity(filling, form.identity)
        if filling.response is not None and filling.is_submitted:
            # The upload that was sent twice, or whose answer got lost on the way.
            if filling.response.submission_key == form.identity.token:
                return OfflineReturn(response=filling.response)
            raise AlreadySubmittedError(filling.response)
        if case_is_collecting(case, now):
            return _take(filling, form, attachments or {}, actor, clock)
        _keep_late(filling, form, attachments or {})
    raise CollectionClosedError


def _keep_late(filling: Filling, form: ReturnedForm, attachments: Attachments) -> None:
    """Keep the form with those of its files that can be taken; a file of before stays where none comes."""
    questionnaire, case = filling.questionnaire, filling.case
    files = {item.code for item in file_items(questionnaire)}
    refused = refused_attachments(questionnaire, attachments, files)
    named = name_attachments(questionnaire, attachments, files - refused.keys())
    late = case.late_drafts.first()
    # What came late before is newer than the draft; a file that stands in either is not lost by a form without files.
    held = late.answers if late else filling.answers
    for code, parsed in parsed_pages(filling, form):
        page = questionnaire.pages[code]
        kept = {item.code: held[item.code] for item in page.items if item.code in files and item.code in held}
        new = {item.code: named[item.code] for item in page.items if item.code in named}
        answers = replace(parsed, answers={**kept, **parsed.answers, **new, **shown_names(attachments, new)})
        uploads = {reference: attachments[item] for item, reference in new.items()}
        keep_late_draft(case, PageInput(page=page, parsed=answers, files=uploads))


def parsed_pages(filling: Filling, form: ReturnedForm) -> list[tuple[str, Parsed]]:
    """The form's answers page by page, as the web would parse them."""
    # Districts and industries have their options in tables of their own; a cell with their code is checked against
    # these.
    lists = look_ups(frozenset(item.type for item in filling.questionnaire.items.values() if not item.options))
    codes = {type_: frozenset(option.code for option in options) for type_, options in lists.items()}
    return [(code, parse_page(page, form.raw, codes)) for code, page in filling.questionnaire.pages.items()]


def _take(
    filling: Filling,
    form: ReturnedForm,
    attachments: Attachments,
    actor: User | None,
    clock: Callable[[], datetime],
) -> OfflineReturn:
    pages = parsed_pages(filling, form)
    # Pages one by one, as the web posts them, so that both ways refuse the same; together only after that.
    typed = {key: value for _page, parsed in pages for key, value in parsed.answers.items()}
    outcome = merged(filling, typed, is_stale=filling.revision != known_revision(filling, form.identity))
    # For the route a file counts as answered; its reference is made only once everything is known to be taken.
    attached = {**outcome.answers, **dict.fromkeys(attachments, "attached")}
    route = route_of(filling.questionnaire, attached, filling.facts, filling.today)
    # A cell off the route is greyed in the form and says nothing; an old entry in it must not hold up the rest.
    errors = tuple(error for _page, parsed in pages for error in parsed.errors if error.place.code in route.items)
    refused = refused_attachments(filling.questionnaire, attachments, route.items)
    if errors or outcome.conflicts or refused:
        return OfflineReturn(errors=errors, conflicts=outcome.conflicts, refused_files=refused)
    named = name_attachments(filling.questionnaire, attachments, route.items)
    answers = {**outcome.answers, **named, **shown_names(attachments, named)}
    # Before the answers are stored: keep_uploads itself waits for the transaction to hold.
    keep_uploads(case=filling.case, uploads={named[item]: attachments[item] for item in named}, answers=answers)
    # Stored first and submitted second: where the check finds something, the firm has a whole draft to mend.
    response = _store(filling, answers, form)
    if actor is not None:
        record_action(actor=actor, verb="take_offline_form", subject=filling.case, revision=response.revision)
    report = check_all(
        filling.questionnaire, answers, filling.facts, response.reasons, filling.today, notes=filling.notes
    )
    if not report.blocking:
        response = submit_response(
            case=filling.case, submission_key=form.identity.token, revision=response.revision, clock=clock
        )
    return OfflineReturn(response=response, report=report)


def known_revision(filling: Filling, identity: FormIdentity) -> int:
    """The latest revision that the form has seen: the one it was handed out with, or the one it made itself."""
    taken = Paradata.objects.filter(case=filling.case, event=TAKEN).values_list("detail", flat=True)
    # A firm that uploads the same file again after mending it in Excel has seen what that file brought the first
    # time.
    made = [int(detail["revision"]) for detail in taken if detail["form"] == identity.token]
    return max([identity.revision, *made])


def merged(filling: Filling, typed: Mapping[str, Any], *, is_stale: bool) -> MergedAnswers:
    """The stored answers with those of the form, and the items that both have answered differently."""
    items = [item for item in filling.questionnaire.items.values() if not _stays(item, part_of(item, typed))]
    # Nobody knows what a stale form showed. Taken as if it showed blanks, a blank in it says nothing, and whatever it
    # answers otherwise than what is stored is a conflict.
    return merge(filling.answers, typed, items, base={}, is_stale=is_stale)


def _stays(item: Item, given: Mapping[str, Any]) -> bool:
    """Calculated values are not in the form, and a blank says nothing about a file."""
    kind = kind_of(item)
    return kind.is_calculated or (kind.is_file and not given)


def _store(filling: Filling, answers: dict[str, Any], form: ReturnedForm) -> Response:
    case = filling.case
    response = open_response(case=case, channel=Channel.WORKBOOK)
    answers = with_first_values(case, response, answers, filling.now)
    reasons = {**response.reasons, **given_reasons(filling, answers, form)}
    if (answers, reasons) != (response.answers, response.reasons):
        items = filling.questionnaire.items.values()
        discard_uploads(case=case, dropped=references(items, response.answers) - references(items, answers))
        response.answers, response.reasons = answers, reasons
        response.revision += 1
    # The last channel stands: burden and quality are compared between what came by workbook and what came by web.
    response.channel, response.language = Channel.WORKBOOK.value, form.identity.language
    response.save(update_fields=["answers", "reasons", "revision", "channel", "language", "saved_at"])
    mark_in_progress(case)
    route = route_of(filling.questionnaire, answers, filling.facts, filling.today)
    events = [Paradata(case=case, event=SAVED, page=page.page.code) for page in route.pages]
    detail = {"form": form.identity.token, "revision": response.revision}
    Paradata.objects.bulk_create([*events, Paradata(case=case, event=TAKEN, detail=detail)])
    return response


def given_reasons(filling: Filling, answers: Mapping[str, Any], form: ReturnedForm) -> dict[str, str]:
    """The explanation of an item as the reason of every verify edit that is shown at it, by rule code."""
    report = check_all(filling.questionnaire, answers, filling.facts, {}, filling.today, notes=filling.notes)
    given = ((failure.rule, [form.explanations.get(item, "") for item in failure.items]) for failure in report.verify)
    # An item has one field for an explanation in the workbook, but several rules may ask at it.
    return {rule: next(filter(None, texts)) for rule, texts in given if any(texts)}
