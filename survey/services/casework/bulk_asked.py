"""What an action on many cases sets, what it keeps of before, and why it is refused."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User

from survey.complaints import Catalogue, Entry
from survey.services.casework.outcomes import FoundOutcome
from survey.services.refusals import RefusedError
from survey.terms import gettext_noop as _

Before = dict[str, list[Any]]
"""{case: [what stood there, what stands there now]}."""


class BulkRefusedError(RefusedError):
    """Why nothing was done to the chosen cases, or is not undone."""

    catalogue = Catalogue(
        entries={
            "too_many": Entry(
                _("%(value)s cases are too many for one outcome."), _("Choose at most 500, such as by a filter.")
            ),
            "undone_already": Entry(_("This was undone already."), _("Nothing needs to be done.")),
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkAsked:
    """What an action sets: whichever of them it asks for."""

    officer: User | None = None
    mark: str = ""
    until: date | None = None
    finding: FoundOutcome | None = None
