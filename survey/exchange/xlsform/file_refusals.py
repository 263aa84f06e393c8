"""Why a file cannot be read as a form: message and repair, to be translated."""

from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry, words_of
from survey.services.frame.complaints import FrameFileRefused

FILE_REFUSALS: dict[str, Entry] = {
    "file_missing": Entry(_("The file is not there or cannot be opened."), _("Check the name and the folder.")),
    "file_empty": Entry(_("The file is empty (0 bytes)."), _("Save the form again in Excel.")),
    "file_too_large": Entry(
        _("The file has %(megabytes)s MB; a form may have %(limit)s MB."),
        _("Delete pictures and sheets that are not part of the form."),
    ),
    "password": Entry(
        _("The workbook is protected with a password, so it cannot be read."),
        _("Open it in Excel, choose File, Info, Protect Workbook, Encrypt with Password, empty the field, and save."),
    ),
    "zip_bomb": Entry(
        _("Unpacked, the workbook would take more than %(limit)s MB, which no form needs."),
        _("Copy the form alone into a new workbook and save that as .xlsx."),
    ),
    "not_a_list": Entry(
        _("This is %(kind)s, not a workbook, whatever its name ends with."),
        _("Put in the form as an Excel workbook (.xlsx or .xls)."),
    ),
    "other_workbook": Entry(
        _("This is %(kind)s, which is not read here."),
        _("Open it in Excel or WPS, choose Save As – Excel Workbook (.xlsx), and put in the new file."),
    ),
    "damaged": Entry(
        _("The workbook is damaged and cannot be read (%(detail)s)."),
        _("Open it in Excel, let Excel repair it, and save it as a new .xlsx file."),
    ),
    "sheet_too_large": Entry(
        _("The sheet “%(sheet)s” reaches to cell %(cell)s, further than any form needs."),
        _("Delete what stands far below or to the right of the form, then save."),
    ),
    "too_many_rows": Entry(
        _("The sheet has %(value)s rows; at most %(limit)s are read."),
        _("Divide the form, or delete rows that are not needed."),
    ),
}
"""Codes of a file that cannot be read; most are those of ``FrameFileRefused``."""


class FormFileRefused(FrameFileRefused):
    """The file as a whole cannot be read as a form; what is common to all workbooks is found as in lists of firms."""

    catalogue = Catalogue(entries=FILE_REFUSALS, in_words=words_of("kind"))
