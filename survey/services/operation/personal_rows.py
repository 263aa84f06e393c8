"""Rows whose texts may name a person and are emptied when the person is to be removed; the row stays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from survey.models import (
    Acceptance,
    CaseEntry,
    CaseOutcome,
    CaseWork,
    Correction,
    CrossingRequest,
    Delegate,
    EditingDecision,
    Feedback,
    FirmChange,
    FirmContact,
    FrameImport,
    Job,
    MailingRow,
    OpenAnswerDecision,
    OutlierDecision,
    Removed,
    ReturnNote,
)
from survey.services.operation.erasing import ERASED, erase_row
from survey.services.operation.personal_places import Holds, PersonalPlace, on_one_line
from survey.terms import gettext_noop as _

FIRM = "case__sample_unit__unit__name"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchedRows:
    """A table that is looked through: ``about`` is the path to whose row it is, ``texts`` the fields that are read,
    ``left`` what stands there once the person was removed; of guarded rows the audit chain says that they were erased.
    """

    model: type[Model]
    label: str
    about: str
    texts: tuple[str, ...]
    left: Mapping[str, Any] = field(default_factory=dict)
    is_guarded: bool = False


ROWS: dict[str, SearchedRows] = {
    "correction": SearchedRows(
        model=Correction, label=_("Correction of an answer"), about=f"response__{FIRM}",
        texts=("old", "new", "reason"), left={"old": None, "new": None, "reason": ERASED}, is_guarded=True,
    ),
    "outlierdecision": SearchedRows(
        model=OutlierDecision, label=_("Decision about an influential value"), about=FIRM,
        texts=("reason",), left={"reason": ERASED}, is_guarded=True,
    ),
    "caseoutcome": SearchedRows(
        model=CaseOutcome, label=_("Outcome of a case"), about=FIRM,
        texts=("reason",), left={"reason": ERASED}, is_guarded=True,
    ),
    "editingdecision": SearchedRows(
        model=EditingDecision, label=_("Answer that was accepted as it is"), about=f"response__{FIRM}",
        texts=("reason",), left={"reason": ERASED}, is_guarded=True,
    ),
    "openanswerdecision": SearchedRows(
        model=OpenAnswerDecision, label=_("Open answer that was let out"), about=f"response__{FIRM}",
        texts=("text",), left={"text": ERASED, "written": ""}, is_guarded=True,
    ),
    "crossingrequest": SearchedRows(
        model=CrossingRequest, label=_("Request for a crossing of groups"), about="wave__code",
        texts=("reason", "answer"), left={"reason": ERASED, "answer": ""},
    ),
    "returnnote": SearchedRows(
        model=ReturnNote, label=_("Note to a firm about a question"), about=f"response__{FIRM}",
        texts=("text",), left={"text": ERASED},
    ),
    "caseentry": SearchedRows(
        model=CaseEntry, label=_("Entry in the log of a case"), about=FIRM,
        texts=("text", "person", "answer"), left={"text": ERASED, "person": "", "answer": ""},
    ),
    "casework": SearchedRows(
        model=CaseWork, label=_("Next action on a case"), about=FIRM, texts=("next_action",), left={"next_action": ""},
    ),
    "acceptance": SearchedRows(
        model=Acceptance, label=_("Acceptance of returns"), about="wave__code", texts=("remark",), left={"remark": ""},
    ),
    "feedback": SearchedRows(
        model=Feedback, label=_("What a firm said of the filling-in"), about="wave__code",
        texts=("remark",), left={"remark": ""},
    ),
    "firmcontact": SearchedRows(
        model=FirmContact, label=_("Contact of a firm in the register"), about="firm__name",
        texts=("name", "email", "phone"),
    ),
    "firmcontact_history": SearchedRows(
        # The history keeps every earlier spelling and number, so that removing the person alone would leave them.
        model=FirmContact.history.model, label=_("Earlier contact of a firm in the register"), about="firm__name",
        texts=("name", "email", "phone"),
    ),
    "delegate": SearchedRows(
        model=Delegate, label=_("Person who answers for firms"), about="organisation",
        texts=("name", "organisation", "email", "phone"),
    ),
    "firmchange": SearchedRows(
        model=FirmChange, label=_("Change of a firm"), about="firm__name",
        texts=("old", "new", "detail"), left={"old": ERASED, "new": ERASED, "detail": ""},
    ),
    "mailingrow": SearchedRows(
        model=MailingRow, label=_("What the mail server said"), about=FIRM, texts=("said",), left={"said": ""},
    ),
    "frameimport": SearchedRows(
        model=FrameImport, label=_("List of firms that was put in"), about="title",
        texts=("title", "source_name", "report"), left={"title": ERASED, "source_name": ERASED, "report": {}},
    ),
    "job": SearchedRows(
        model=Job, label=_("Job"), about="kind", texts=("subject", "fault", "file_name"),
        left={"subject": ERASED, "fault": {}, "file_name": ""},
    ),
    # Content that was deleted and may be put back: of it nothing can be taken out, so it goes as a whole.
    "removed": SearchedRows(
        model=Removed, label=_("Deleted part that can be put back"), about="name", texts=("name", "content")
    ),
}  # fmt: skip


def find_rows(holds: Holds) -> Iterator[PersonalPlace]:
    """Read through in Python: SQLite folds no Chinese and no full width, and a telephone number has many spellings."""
    for kind, kept in ROWS.items():
        # The base manager, since others may leave rows out that are kept all the same.
        rows = kept.model._base_manager.order_by("pk").values_list("pk", kept.about, *kept.texts)
        for key, about, *texts in rows.iterator():
            if any(map(holds, texts)):
                # Cut for the page that shows it; the search has read all of it.
                yield PersonalPlace(kind=kind, key=key, about=str(about), text=on_one_line(*texts)[:500])


def remove_row(place: PersonalPlace) -> None:
    """Empty the texts of the row, or delete it where it has nothing else."""
    kept = ROWS[place.kind]
    rows = kept.model._base_manager.filter(pk=place.key)
    if not kept.left:
        rows.delete()
        if hasattr(kept.model, "history"):
            # Deleting is written into the history of the row, with all that stood there.
            kept.model.history.filter(id=place.key).delete()
    elif kept.is_guarded:
        erase_row(rows.get(), **kept.left)
    else:
        rows.update(**kept.left)
