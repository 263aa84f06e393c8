"""What stands against a filled offline form, by the cell in which to mend it, and the files that belong to it."""

from collections.abc import Mapping
from typing import Any

from survey.complaints import Complaint
from survey.exchange.offline.reading import FilledForm
from survey.forms.page.answer_texts import answer_text
from survey.forms.page.file_texts import file_limits
from survey.forms.page.form import named
from survey.instrument.document.merging import Conflict
from survey.instrument.edits.condition_words import question_numbers
from survey.instrument.edits.rules import EditFailure
from survey.instrument.kinds.registry import kind_of
from survey.instrument.messages import worded
from survey.selectors.respondent.session import Filling, look_ups
from survey.selectors.said import said as _
from survey.services.answers.offline_attachments import file_items
from survey.services.answers.offline_returns import OfflineReturn
from survey.services.answers.uploads import file_types
from survey.terms import EditLevel
from survey.views.respondent.page_showing import wording_for

Line = dict[str, str]


def return_report(filling: Filling, filled: FilledForm, taken: OfflineReturn) -> dict[str, Any]:
    """What a page says of a form that was not submitted: what to correct, what to look at, which files are missing."""
    open_files = {failure.items[0] for failure in taken.report.blocking if failure.code == "required"}
    files = {item: complaint.message(_) for item, complaint in taken.refused_files.items()}
    return {
        "to_correct": lines_to_correct(filling, filled, taken),
        "look_at": [failure_line(filling, filled.places, failure) for failure in taken.report.notes],
        "sheet": filled.sheet,
        "is_stored": taken.is_stored,
        "attachments": attachment_rows(filling, refused=files, missing=open_files),
    }


def attachment_rows(
    filling: Filling, *, refused: Mapping[str, str] | None = None, missing: set[str] | None = None
) -> list[dict[str, Any]]:
    """One row for each item that asks for a file, with what is attached already and what is wrong with the new one.

    Before anything was saved every such item is offered; afterwards those on the route.
    """
    words, numbers = wording_for(filling), question_numbers(filling.questionnaire)
    # Without answers every item that hangs on one is off the route, and the firm would be told of no file.
    asked = filling.route.items if filling.response else filling.questionnaire.items
    return [
        {
            "code": item.code,
            "label": f"{numbers.get(item.code, '')} {words.of(item.text)}".strip(),
            "limits": file_limits(item),
            "accept": ",".join(f".{extension}" for extension in file_types(item)),
            "held": answer_text(item, filling.answers, words),
            "is_missing": item.code in (missing or set()),
            "problem": (refused or {}).get(item.code, ""),
        }
        for item in file_items(filling.questionnaire)
        if item.code in asked
    ]


def lines_to_correct(filling: Filling, filled: FilledForm, taken: OfflineReturn) -> list[Line]:
    """Cell and message of everything that stands against the form, in the order of its rows."""
    lines = [
        *(error_line(filling, filled.places, error) for error in taken.errors),
        *(failure_line(filling, filled.places, failure) for failure in taken.report.blocking),
        *(conflict_line(filling, filled.places, conflict) for conflict in taken.conflicts),
    ]
    # Cells to fill in stand in columns of one letter: what follows is the row.
    return sorted(lines, key=lambda line: int(line["cell"][1:]))


def error_line(filling: Filling, places: Mapping[str, str], error: Complaint) -> Line:
    item = error.place.code
    # By field, by item, then by the row of the question: an error in a table stands at its cell.
    cell = places.get(error.place.field) or places.get(item) or places[f"item:{item}"]
    return {"cell": cell, "message": message_about(filling, error, item)}


def failure_line(filling: Filling, places: Mapping[str, str], failure: EditFailure) -> Line:
    # A rule about calculated items alone has no cell of its own: it is told at the first question.
    item = next((code for code in failure.items if f"item:{code}" in places), next(iter(filling.route.items)))
    message, attach = message_about(filling, failure, item), _("Attach the file below, together with the workbook.")
    if failure.level is EditLevel.VERIFY:
        explain = _("If the answer is right, say in cell %(cell)s what explains it.")
        message = f"{message} {explain % {'cell': places[f'explain:{item}']}}"
    if failure.code == "required" and kind_of(filling.questionnaire.items[item]).is_file:
        message = f"{message} {attach}"
    return {"cell": places.get(item) or places[f"item:{item}"], "message": message}


def conflict_line(filling: Filling, places: Mapping[str, str], conflict: Conflict) -> Line:
    words, item = wording_for(filling), filling.questionnaire.items[conflict.item]
    lists = look_ups(frozenset({item.type}))
    message = _(
        "%(label)s: another answer was saved after this form was handed out (%(saved)s). If that is right, enter it "
        "here as well; otherwise change it on the web or download a new form."
    )
    # A table is told row by row, the message of a cell in one line.
    saved = answer_text(item, conflict.stored, words, lists).replace("\n", "; ")
    cell = places.get(item.code) or places[f"item:{item.code}"]
    return {"cell": cell, "message": message % {"label": named(item, words), "saved": saved}}


def message_about(filling: Filling, problem: Complaint | EditFailure, item: str) -> str:
    """The message of the web, headed by the wording of the item."""
    words = wording_for(filling)
    label = named(filling.questionnaire.items[item], words)
    parameters = filling.piping.parameters({**problem.parameters, "label": label})
    message = worded(problem.code, parameters, words.language, _)
    # Some messages begin with the wording of the question themselves.
    return message if message.startswith(label) else f"{label}: {message}"
