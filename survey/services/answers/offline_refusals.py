"""Why a returned offline form is not taken as a whole, in a sentence that says what to do instead."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

REFUSALS: dict[str, str] = {
    "file_too_large": _("The file is larger than %(limit)s MB, which no filled form is. Upload the form alone."),
    "password": _("The workbook is protected with a password. Remove the password in Excel, save and upload it again."),
    "damaged": _("The workbook is damaged and cannot be read. Open it in Excel, save it as .xlsx and upload it again."),
    "other_workbook": _(
        "This file is %(kind)s. Open it in your spreadsheet program, choose “Save as” and the type "
        "“Excel workbook (.xlsx)”, and upload that file."
    ),
    "text_table": _(
        "This file is a text table (.csv), which cannot hold the form. Open the workbook that you filled in, save it "
        "as .xlsx and upload that; if it is gone, download the form again and copy your answers into it."
    ),
    "macros": _(
        "This workbook holds macros, which our form never does. Choose “Save as” and the type “Excel workbook (.xlsx)” "
        "without macros, and upload that file."
    ),
    "other_file": _("This file is %(kind)s. Upload the workbook (.xlsx) that you downloaded and filled in."),
    "too_much": _("The workbook holds far more than a filled form. Remove what was added to it and upload it again."),
    "not_the_form": _(
        "This file is not our offline form. Upload the workbook (.xlsx) that you downloaded and filled in."
    ),
    "two_forms": _(
        "The workbook holds the sheet with the questions twice: “%(first)s” and “%(second)s”. Delete the one that does "
        "not count, save and upload it again."
    ),
    "wrong_firm": _("This form was made for another firm. Download the form on this page and fill in that one."),
    "wrong_wave": _(
        "This form belongs to another round of the survey (%(wave)s). Download the form of this round on this page and "
        "copy the answers that still hold."
    ),
    "wrong_version": _(
        "This form belongs to another version of the questionnaire. Download the form again and copy your answers."
    ),
    "structure": _(
        "The form itself was changed at cell %(cell)s of the sheet “%(sheet)s”: rows and wordings must stay as they "
        "are. Download the form again and fill in only the coloured cells."
    ),
    "outside": _(
        "Cell %(cell)s of the sheet “%(sheet)s” holds something where nothing is asked. Move it to a coloured cell or "
        "to a sheet of your own, save and upload the form again."
    ),
    "formula": _(
        "Cell %(cell)s of the sheet “%(sheet)s” holds a formula or an error value. Enter the value itself, save and "
        "upload the form again."
    ),
}


class OfflineFormRefused(Exception):  # noqa: N818  -- it says what happened
    """``code`` is a key of ``REFUSALS``; ``cell`` and the like are in ``params``."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code, self.params = code, params
        super().__init__(f"[{code}] {params}")

    def sentence(self) -> str:
        """What the person reads, in the active language."""
        words = {name: gettext(value) if name == "kind" else value for name, value in self.params.items()}
        return gettext(REFUSALS[self.code]) % words
