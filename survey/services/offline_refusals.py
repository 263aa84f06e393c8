"""Why a returned offline form is not taken as a whole, in a sentence that says what to do instead."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

REFUSALS: dict[str, str] = {
    "file_too_large": _("The file is larger than %(limit)s MB, which no filled form is. Upload the form alone."),
    "password": _("The workbook is protected with a password. Remove the password in Excel, save and upload it again."),
    "damaged": _("The workbook is damaged and cannot be read. Open it in Excel, save it as .xlsx and upload it again."),
    "not_the_form": _(
        "This file is not our offline form. Upload the workbook (.xlsx) that you downloaded and filled in."
    ),
    "wrong_firm": _("This form was made for another firm. Download the form on this page and fill in that one."),
    "wrong_version": _(
        "This form belongs to another version of the questionnaire. Download the form again and copy your answers."
    ),
    "structure": _(
        "The form itself was changed at cell %(cell)s: rows, wordings and sheets must stay as they are. "
        "Download the form again and fill in only the coloured cells."
    ),
    "formula": _(
        "Cell %(cell)s holds a formula or an error value. Enter the value itself, save and upload the form again."
    ),
}


class OfflineFormRefused(Exception):  # noqa: N818  -- it says what happened
    """``code`` is a key of ``REFUSALS``; ``cell`` and the like are in ``params``."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code, self.params = code, params
        super().__init__(f"[{code}] {params}")

    def sentence(self) -> str:
        """What the person reads, in the active language."""
        return gettext(REFUSALS[self.code]) % self.params
