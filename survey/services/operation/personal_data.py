"""What is kept of a person: found by name, e-mail or telephone, shown where it stands, and removed on request."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import transaction

from survey.complaints import Catalogue, Entry
from survey.models import Contact, LateDraft, Response, SectionHandover, StaffAction
from survey.services.answers.uploads import discard_uploads
from survey.services.audit import record_action
from survey.services.operation.erasing import (
    ERASED,
    erase_action,
    erase_answers,
    erase_row,
    forget_what_was_kept,
    overwrite_free_space,
)
from survey.services.operation.personal_files import LABELS, erase_file, find_files
from survey.services.operation.personal_places import Holds, PersonalPlace, matcher, on_one_line
from survey.services.operation.personal_rows import ROWS, find_rows, remove_row
from survey.services.refusals import RefusedError
from survey.terms import gettext_noop as _

# Chinese names have two characters; one would be found in nearly every row.
SHORTEST = 2


class PersonalDataError(RefusedError):
    """Why a person cannot be looked for, or nothing was removed."""

    catalogue = Catalogue(
        entries={
            "search_too_short": Entry(
                _("The text to look for is too short."), _("Enter a whole name, e-mail address or telephone number.")
            ),
            "reason_missing": Entry(_("The reason is missing."), _("Write who asked for it and when.")),
            "reason_names_person": Entry(
                _("The reason holds what was looked for."),
                _("Write it without name, address or number: the reason is kept."),
            ),
            "nothing_chosen": Entry(_("Nothing was chosen."), _("Tick what is to be removed.")),
        }
    )


PERSONAL_KINDS: dict[str, str] = {
    "contact": _("Contact of a firm"),
    "contact_history": _("Earlier contact of a firm"),
    "handover": _("A colleague to whom a section was handed"),
    "answer": _("Answer of a firm"),
    "reason": _("Reason that a firm gave"),
    "note": _("Note to a firm on what to correct"),
    "late_draft": _("Answer that came too late"),
    **{kind: kept.label for kind, kept in ROWS.items()},
    **LABELS,
    "staffaction": _("Entry of the audit history"),
    "logentry": _("Log of changes in the office"),
    "user": _("Account of a member of staff"),
}
"""Every kind of place, in words; an account is shown and ended on its own page, because entries name who acted."""


def find_person(text: str) -> list[PersonalPlace]:
    """Every place that holds the text; telephone numbers are compared by their digits. Raises PersonalDataError."""
    wanted = text.strip()
    if len(wanted) < SHORTEST:
        raise PersonalDataError("search_too_short", wanted)
    holds = matcher(wanted)
    return [place for find in FINDERS for place in find(holds)]


def _contacts(holds: Holds) -> Iterator[PersonalPlace]:
    # Read through in Python: SQLite folds no Chinese and no full width, and a telephone number has many spellings.
    for row in Contact.objects.select_related("unit").iterator():
        if any(map(holds, (row.name, row.email, row.phone))):
            yield PersonalPlace(
                kind="contact", key=row.pk, about=row.unit.full_name, text=on_one_line(row.name, row.email, row.phone)
            )
    for row in Contact.history.select_related("unit").order_by("pk").iterator():
        if any(map(holds, (row.name, row.email, row.phone))):
            about = f"{row.unit or ''} {row.history_date:%Y-%m-%d}"
            text = on_one_line(row.name, row.email, row.phone)
            yield PersonalPlace(kind="contact_history", key=row.history_id, about=about, text=text)

    for handed in SectionHandover.objects.select_related("case__sample_unit__unit").iterator():
        if holds(handed.colleague):
            about = f"{handed.case.sample_unit.unit.full_name} {handed.section}"
            yield PersonalPlace(kind="handover", key=handed.pk, about=about, text=handed.colleague)


def _answers(holds: Holds) -> Iterator[PersonalPlace]:
    rows = Response.objects.order_by("pk").values_list(
        "pk", "case__sample_unit__unit__name", "answers", "reasons", "return_note"
    )
    for key, firm, answers, reasons, note in rows.iterator():
        yield from _held("answer", key, firm, answers, holds)
        yield from _held("reason", key, firm, reasons, holds)
        if holds(note):
            yield PersonalPlace(kind="note", key=key, about=firm, text=note)
    late = LateDraft.objects.order_by("pk").values_list("pk", "case__sample_unit__unit__name", "answers")
    for key, firm, answers in late.iterator():
        yield from _held("late_draft", key, firm, answers, holds)


def _held(kind: str, key: int, firm: str, document: dict[str, Any], holds: Holds) -> Iterator[PersonalPlace]:
    for item, value in document.items():
        if holds(value):
            yield PersonalPlace(kind=kind, key=key, about=firm, text=str(value), item=item)


def _records(holds: Holds) -> Iterator[PersonalPlace]:
    for action in StaffAction.objects.order_by("pk").iterator():
        if holds(action.subject) or any(map(holds, action.detail.values())):
            yield PersonalPlace(
                kind="staffaction", key=action.pk, about=action.verb, text=on_one_line(action.subject, action.detail)
            )
    for entry in LogEntry.objects.order_by("pk").iterator():
        if holds(entry.object_repr) or holds(entry.change_message):
            yield PersonalPlace(
                kind="logentry", key=entry.pk, about=f"{entry.action_time:%Y-%m-%d}", text=entry.object_repr
            )
    # Surname first too, as Chinese names are written.
    for user in User.objects.order_by("pk"):
        if any(map(holds, (user.username, user.get_full_name(), user.last_name + user.first_name, user.email))):
            yield PersonalPlace(
                kind="user", key=user.pk, about=user.username, text=on_one_line(user.get_full_name(), user.email)
            )


FINDERS = (_contacts, _answers, find_rows, find_files, _records)


def remove_person(*, text: str, codes: Collection[str], reason: str, actor: User) -> int:
    """Remove the chosen places of those that hold the text: how many. Raises PersonalDataError.

    The entry in the audit history has counts and the reason, and neither the text nor the data.
    """
    # Searched again and not taken from the form: only what holds the text may be removed, whatever was posted.
    places = [place for place in find_person(text) if place.code in codes and place.kind in REMOVERS]
    if not places:
        raise PersonalDataError("nothing_chosen", "")
    if not reason.strip():
        raise PersonalDataError("reason_missing", "")
    # The reason stays in a chain of entries that nobody can change.
    if matcher(text.strip())(reason):
        raise PersonalDataError("reason_names_person", "")
    with transaction.atomic():
        for place in places:
            REMOVERS[place.kind](place)
        counts = {kind: sum(place.kind == kind for place in places) for kind in {place.kind for place in places}}
        # Without a subject: whom it was about is what was to be removed.
        record_action(actor=actor, verb="erase_person", subject="–", reason=reason.strip(), removed=counts)
    # Coded batches and figures hold the answers too, and are made again without them.
    forget_what_was_kept()
    # After the transaction: earlier pages stand in the log of SQLite until it is written back.
    overwrite_free_space()
    return len(places)


def _remove_contact(place: PersonalPlace) -> None:
    contact = Contact.objects.filter(pk=place.key).first()
    if contact is not None:
        Contact.history.filter(unit_id=contact.unit_id).delete()
        contact.delete()
        # simple_history writes down what it sees deleted.
        Contact.history.filter(unit_id=contact.unit_id).delete()


def _remove_earlier_contact(place: PersonalPlace) -> None:
    Contact.history.filter(history_id=place.key).delete()


def _remove_colleague(place: PersonalPlace) -> None:
    SectionHandover.objects.filter(pk=place.key).update(colleague=ERASED)


def _remove_answer(place: PersonalPlace) -> None:
    response = Response.objects.select_related("case", "version").get(pk=place.key)
    erase_answers(response, {place.item})


def _remove_reason(place: PersonalPlace) -> None:
    response = Response.objects.get(pk=place.key)
    erase_row(response, reasons={rule: said for rule, said in response.reasons.items() if rule != place.item})


def _remove_note(place: PersonalPlace) -> None:
    Response.objects.filter(pk=place.key).update(return_note="")


def _remove_late_draft(place: PersonalPlace) -> None:
    late = LateDraft.objects.select_related("case").get(pk=place.key)
    dropped = late.answers.get(place.item)
    late.answers = {key: value for key, value in late.answers.items() if key != place.item}
    late.save(update_fields=["answers"])
    # A value that names no file is no path of the case, and deleting it does nothing.
    discard_uploads(case=late.case, dropped={dropped} if isinstance(dropped, str) else set())


def _remove_action(place: PersonalPlace) -> None:
    erase_action(StaffAction.objects.get(pk=place.key))


def _remove_log_entry(place: PersonalPlace) -> None:
    # Emptied and not deleted: that something was changed, and by whom, stays.
    LogEntry.objects.filter(pk=place.key).update(object_repr=ERASED, change_message="")


REMOVERS: dict[str, Callable[[PersonalPlace], None]] = {
    "contact": _remove_contact,
    "contact_history": _remove_earlier_contact,
    "handover": _remove_colleague,
    "answer": _remove_answer,
    "reason": _remove_reason,
    "note": _remove_note,
    "late_draft": _remove_late_draft,
    **dict.fromkeys(ROWS, remove_row),
    **dict.fromkeys(LABELS, erase_file),
    "staffaction": _remove_action,
    "logentry": _remove_log_entry,
}
