"""Why a returned offline form is not taken as a whole, and what to do instead."""

from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry, Refused, words_of

REFUSALS: dict[str, Entry] = {
    "file_too_large": Entry(
        _("The file is larger than %(limit)s MB, which no filled form is."),
        _("Upload the form alone."),
    ),
    "password": Entry(
        _("The workbook is protected with a password."),
        _("Remove the password in Excel, save and upload it again."),
    ),
    "damaged": Entry(
        _("The workbook is damaged and cannot be read."),
        _("Open it in Excel, save it as .xlsx and upload it again."),
    ),
    "other_workbook": Entry(
        _("This file is %(kind)s."),
        _(
            "Open it in your spreadsheet program, choose “Save as” and the type “Excel workbook (.xlsx)”, and upload "
            "that file."
        ),
    ),
    "text_table": Entry(
        _("This file is a text table (.csv), which cannot hold the form."),
        _(
            "Open the workbook that you filled in, save it as .xlsx and upload that; if it is gone, download the form "
            "again and copy your answers into it."
        ),
    ),
    "macros": Entry(
        _("This workbook holds macros, which our form never does."),
        _("Choose “Save as” and the type “Excel workbook (.xlsx)” without macros, and upload that file."),
    ),
    "other_file": Entry(
        _("This file is %(kind)s."),
        _("Upload the workbook (.xlsx) that you downloaded and filled in."),
    ),
    "too_much": Entry(
        _("The workbook holds far more than a filled form."),
        _("Remove what was added to it and upload it again."),
    ),
    "not_the_form": Entry(
        _("This file is not our offline form."),
        _("Upload the workbook (.xlsx) that you downloaded and filled in."),
    ),
    "two_forms": Entry(
        _("The workbook holds the sheet with the questions twice: “%(first)s” and “%(second)s”."),
        _("Delete the one that does not count, save and upload it again."),
    ),
    "wrong_firm": Entry(
        _("This form was made for another firm."),
        _("Download the form on this page and fill in that one."),
    ),
    "wrong_wave": Entry(
        _("This form belongs to another round of the survey (%(wave)s)."),
        _("Download the form of this round on this page and copy the answers that still hold."),
    ),
    "wrong_version": Entry(
        _("This form belongs to another version of the questionnaire."),
        _("Download the form again and copy your answers."),
    ),
    "structure": Entry(
        _(
            "The form itself was changed at cell %(cell)s of the sheet “%(sheet)s”: rows and wordings must stay as "
            "they are."
        ),
        _("Download the form again and fill in only the coloured cells."),
    ),
    "outside": Entry(
        _("Cell %(cell)s of the sheet “%(sheet)s” holds something where nothing is asked."),
        _("Move it to a coloured cell or to a sheet of your own, save and upload the form again."),
    ),
    "formula": Entry(
        _("Cell %(cell)s of the sheet “%(sheet)s” holds a formula or an error value."),
        _("Enter the value itself, save and upload the form again."),
    ),
    "digits_lost": Entry(
        _(
            "Cell %(cell)s of the sheet “%(sheet)s” is damaged: it holds a number of more than 15 digits, of which a "
            "spreadsheet keeps the first 15 alone and makes the others 0."
        ),
        _("Type it once more as a text, with an apostrophe (') before the first digit, then upload the form again."),
    ),
}


class OfflineFormRefused(Refused):
    """``code`` is a key of ``REFUSALS``; ``cell`` and the like are parameters."""

    catalogue = Catalogue(entries=REFUSALS, in_words=words_of("kind"))
