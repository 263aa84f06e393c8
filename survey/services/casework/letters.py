"""What a firm writes to its officer from its questionnaire, and the answer that it reads there."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from survey.casework_terms import EntryKind
from survey.complaints import Catalogue, Entry
from survey.models import Case, CaseEntry
from survey.models.translated import in_page_language
from survey.services.audit import record_action
from survey.services.fieldwork.extensions import extend_cases
from survey.services.refusals import RefusedError

LONGEST_LETTER = 2000
"""Characters; the page says so before anybody writes more."""
MOST_OPEN = 5
"""Messages of one firm that may wait for an answer; more would fill the lists of the office."""


class LetterRefusedError(RefusedError):
    """Why a message is not taken, or its answer not kept."""

    catalogue = Catalogue(
        entries={
            "empty": Entry(_("The message is empty."), _("Write what you want to say or ask.")),
            "no_day": Entry(_("The day is missing."), _("Enter the day until which you need time.")),
            "past_day": Entry(_("That day is over."), _("Enter a later day.")),
            "too_many": Entry(
                _("Your earlier messages are still being read."),
                _("Wait for the answer, or call the survey team: %(contact)s"),
            ),
            "no_answer": Entry(_("The answer is empty."), _("Write what the firm is to read.")),
            "answered_already": Entry(_("This message has been answered already."), _("Open the case again.")),
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message of a firm; with ``until`` it asks for time until that day."""

    key: str
    text: str = ""
    until: date | None = None
    asks_for_time: bool = False


@transaction.atomic
def write_to_officer(*, case: Case, letter: Letter) -> CaseEntry:
    """Keep the firm's message in its case; the same form again is the same message. Raises ``LetterRefusedError``."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    # Asked under the lock of the case, so that a form sent twice at once is one message and not two.
    earlier = case.entries.filter(submission_key=letter.key).first()
    if earlier is not None:
        return earlier
    text = letter.text.strip()[:LONGEST_LETTER]
    if letter.asks_for_time and letter.until is None:
        raise LetterRefusedError("no_day", "")
    if letter.until is not None and letter.until < timezone.localdate():
        raise LetterRefusedError("past_day", letter.until.isoformat())
    if not text and not letter.asks_for_time:
        raise LetterRefusedError("empty", "")
    # Entries without an author are the firm's own; whatever staff wrote has one.
    if case.entries.filter(author=None, answered_at=None).count() >= MOST_OPEN:
        contact = in_page_language(case.wave.survey.contact)
        raise LetterRefusedError("too_many", case.pk, contact=contact)
    kind = EntryKind.MORE_TIME if letter.asks_for_time else EntryKind.MESSAGE
    return CaseEntry.objects.create(
        case=case, kind=kind.value, text=text, until=letter.until, submission_key=letter.key
    )


@transaction.atomic
def answer_letter(*, entry: CaseEntry, text: str, granted_until: date | None, actor: User) -> CaseEntry:
    """Answer a firm's message; ``granted_until`` is the day to which it has time from now on.

    Raises ``LetterRefusedError`` and ``ExtensionRefusedError``.
    """
    # Held: two officers with the same letter open must not both answer it.
    entry = CaseEntry.objects.select_for_update(of=("self",)).select_related("case__wave__survey").get(pk=entry.pk)
    if entry.answered_at is not None:
        raise LetterRefusedError("answered_already", entry.pk)
    if not text.strip() and granted_until is None:
        raise LetterRefusedError("no_answer", entry.pk)
    # In one transaction with the answer: a firm must not read of time that it was not given.
    if granted_until is not None:
        extend_cases(cases=Case.objects.filter(pk=entry.case_id), until=granted_until, actor=actor)
    entry.answer, entry.granted_until = text.strip(), granted_until
    entry.answered_by, entry.answered_at = actor, timezone.now()
    entry.save(update_fields=["answer", "granted_until", "answered_by", "answered_at"])
    record_action(actor=actor, verb="answer_firm", subject=entry.case, granted=str(granted_until or ""))
    return entry
