"""What can be wrong with a list of firms, said as the problem and the way to mend it.

Codes and values are kept; the sentences are made when they are shown, in the reader's language.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Complaint, Entry, Place, Refused, Translate, Weight

REFUSALS: dict[str, Entry] = {
    "file_missing": Entry(
        _("The file “%(name)s” is not there or cannot be opened."), _("Check the name and the folder, then try again.")
    ),
    "file_empty": Entry(_("The file is empty (0 bytes)."), _("Save the list again in Excel and put in the new file.")),
    "file_too_large": Entry(
        _("The file has %(megabytes)s MB; at most %(limit)s MB are accepted."),
        _("Delete columns and sheets that are not needed, and pictures, and save as .xlsx."),
    ),
    "password": Entry(
        _("The workbook is protected with a password, so it cannot be read."),
        _("Open it in Excel, choose File, Info, Protect Workbook, Encrypt with Password, empty the field, and save."),
    ),
    "zip_bomb": Entry(
        _("Unpacked, the workbook would take more than %(limit)s MB, which no list of firms needs."),
        _("Copy the list alone into a new workbook and save that as .xlsx."),
    ),
    "not_a_list": Entry(
        _("This is %(kind)s, not a workbook or a CSV file, whatever its name ends with."),
        _("Put in the list of firms as an Excel workbook (.xlsx, .xls) or as CSV."),
    ),
    "other_workbook": Entry(
        _("This is %(kind)s, which is not read here."),
        _("Open it in Excel or WPS, choose Save As – Excel Workbook (.xlsx), and put in the new file."),
    ),
    "damaged": Entry(
        _("The workbook is damaged and cannot be read (%(detail)s)."),
        _("Open it in Excel, let Excel repair it, save it as a new .xlsx file and put in that one."),
    ),
    "encoding_unknown": Entry(
        _("The text in the CSV file is neither in UTF-8 nor in GB18030 (byte %(position)s)."),
        _("In Excel choose Save As – CSV UTF-8, or save as .xlsx."),
    ),
    "csv_broken": Entry(
        _("The CSV file breaks off near line %(line)s: a quotation mark is opened and not closed."),
        _("Close or delete the quotation mark there, or save the list as .xlsx."),
    ),
    "sheet_too_large": Entry(
        _("The sheet “%(sheet)s” reaches to cell %(cell)s; a list may have %(rows)s rows and %(columns)s columns."),
        _("Delete what stands far below or to the right of the list, then save."),
    ),
    "sheet_empty": Entry(
        _("There is nothing in the file: no sheet has a row of firms."),
        _("Put the list on the first sheet, headers in the first row, one firm in each row below."),
    ),
    "no_rows": Entry(
        _("The list has headers but no firms below them."), _("Write one firm in each row below the headers.")
    ),
    "headers_missing": Entry(
        _("No row of headers was found; the first row reads: %(headers)s."),
        _("Name the columns in the first row: %(required)s. The template has them."),
    ),
    "columns_missing": Entry(
        _("The list lacks these columns: %(columns)s."),
        _("Add them, or rename the column that holds them; the template shows the names."),
    ),
    "column_twice": Entry(
        _("Two columns could both be “%(columns)s”: %(headers)s."),
        _("Keep one of them under this name and rename or delete the other."),
    ),
    "two_lists": Entry(
        _("More than one sheet holds a list of firms: %(sheets)s."), _("Keep all firms on one sheet, or one per file.")
    ),
    "unit_unknown": Entry(
        _("The header “%(header)s” names the unit “%(unit)s”, which is not known."),
        _("Give the figures in 10,000 yuan and write 万元 in the header (元, 千元, 百万元 and 亿元 are converted)."),
    ),
    "classifications_missing": Entry(
        _("No districts, industries or size bounds are set up, so no firm can be checked."),
        _("Ask the administrator to load the classifications (manage.py loaddata), then try again."),
    ),
    "other_rows": Entry(
        _("The rows of the frame “%(title)s” are no such rows: one lists firms, the other local units."),
        _("Put the list in as a frame of its own, or choose what its rows are as the frame has it."),
    ),
    "frame_drawn": Entry(
        _("A sample has been drawn from the frame “%(title)s”, so no firm can join it any more."),
        _("Put the list in as a frame of its own; the next wave is drawn from that one."),
    ),
    "stopped": Entry(
        _("The import stopped because of a fault in the program; nothing was imported."),
        _("Start it again; if it stops again, tell the administrator (the log has the reason)."),
    ),
}

ROW_ERRORS: dict[str, Entry] = {
    "missing": Entry(_("%(column)s is missing."), _("Fill in %(column)s.")),
    "too_long": Entry(_("%(column)s has %(length)s characters; at most %(limit)s are kept."), _("Shorten %(column)s.")),
    "credit_code_damaged": Entry(
        _("Excel has turned the credit code into a number (%(value)s) and lost its last digits."),
        _("Format the column as text and enter all 18 characters of the code again."),
    ),
    "credit_code_length": Entry(
        _("The credit code %(value)s has %(length)s characters instead of 18."),
        _("Copy the code from the business licence."),
    ),
    "credit_code_form": Entry(
        _("The credit code %(value)s holds a character that such a code never has, or letters among digits 3 to 8."),
        _("Copy the code from the business licence; the letters I, O, Z, S and V never occur in it."),
    ),
    "credit_code_check": Entry(
        _("The credit code %(value)s is mistyped: its last character does not fit the others."),
        _("Compare it with the business licence; often two characters are swapped, or 0 and D, 8 and B mixed up."),
    ),
    "credit_code_kind": Entry(
        _(
            "%(value)s is no unified social credit code: no registration department gives out codes that begin so "
            "(91 for enterprises, 92 for sole traders, 12 for public institutions)."
        ),
        _("Copy the code from the business licence; a personal identity number does not belong here."),
    ),
    "credit_code_person": Entry(
        _("%(value)s is the identity number of a person, not the credit code of a firm."),
        _("Delete it from the list and copy the credit code from the business licence."),
    ),
    "duplicate": Entry(
        _("The credit code %(value)s stands in more than one row: %(rows)s."),
        _("Keep one row for the firm and delete the others."),
    ),
    "unit_duplicate": Entry(
        _("The local unit %(value)s of one firm stands in more than one row: %(rows)s."),
        _("Keep one row for the unit, or give each of several units a number of its own."),
    ),
    "unit_damaged": Entry(
        _("Excel has turned the number of the local unit into a figure (%(value)s) and lost its last digits."),
        _("Format the column as text and enter all characters of the number again."),
    ),
    "district_unknown": Entry(_("The district “%(value)s” is not known."), _("Write one of: %(known)s, or its code.")),
    "district_split": Entry(
        _("The district “%(value)s” of %(edition)s became several: %(known)s."),
        _("Write the one of them where the firm is."),
    ),
    "industry_unknown": Entry(
        _("The industry “%(value)s” is not in GB/T 4754-2017."),
        _("Write the division (two digits, such as 39), a longer code (such as 3911), or the division's full name."),
    ),
    "industry_section": Entry(
        _("The industry “%(value)s” is a whole section."),
        _("Write the division (two digits, such as 39) or a longer code (such as 3911)."),
    ),
    "industry_contradiction": Entry(
        _("The industry “%(value)s” names a section to which its number does not belong."),
        _("Correct the letter or the number."),
    ),
    "industry_lost_zero": Entry(
        _("The industry code %(value)s is a number: it may be %(value)s, or 0%(value)s without its leading 0."),
        _("Format the column as text and write all digits, such as 0131 or 131."),
    ),
    "edition_unknown": Entry(
        _("The industry code %(value)s is not in the table of %(edition)s."),
        _("Correct the code, or add it to the table under “Editions of classifications”."),
    ),
    "edition_split": Entry(
        _("The industry code %(value)s of %(edition)s became several: %(known)s."),
        _("Write the one of them that the firm does, and import this row by the current edition."),
    ),
    "not_a_number": Entry(
        _("%(column)s must be a number; it reads “%(value)s”."), _("Enter digits only, without words or formulas.")
    ),
    "negative": Entry(_("%(column)s is negative (%(value)s)."), _("Enter 0 or more.")),
    "not_whole": Entry(_("%(column)s must be a whole number; it reads %(value)s."), _("Enter a whole number.")),
    "too_large": Entry(
        _("%(column)s is larger than can be (%(value)s)."), _("Check the figure and its unit (revenue in 10,000 yuan).")
    ),
    "email_form": Entry(
        _("“%(value)s” is not an e-mail address."), _("Enter one address such as name@example.com, or leave it empty.")
    ),
    "phone_form": Entry(
        _("“%(value)s” is not a telephone number."), _("Enter a number such as 0755-12345678, or leave it empty.")
    ),
    "size_unknown": Entry(
        _("The size class “%(value)s” is not known."), _("Write 大型, 中型, 小型 or 微型, or leave it empty.")
    ),
    "size_outside": Entry(
        _("The size rule of 2017 does not cover industry %(value)s."),
        _("Add a column 企业规模 and write 大型, 中型, 小型 or 微型 for this firm."),
    ),
    "size_ambiguous": Entry(
        _("Industry %(value)s is too broad to derive the size class; its parts have different bounds."),
        _("Write the industry with three or four digits (such as 592 or 701), or add a column 企业规模."),
    ),
}


def _note(message: str, repair: str) -> Entry:
    return Entry(message, repair, Weight.NOTE)


NOTES: dict[str, Entry] = {
    "converted": _note(
        _("%(column)s was read from the column “%(header)s” and converted to 10,000 yuan."),
        _("Check a few firms if the unit in the header may be wrong."),
    ),
    "assets_missing": _note(
        _("%(count)s firms have no total assets, which the size rule asks for in their industry."),
        _("Their size class rests on the other indicator alone; add the column 资产总额 to settle it."),
    ),
    "size_stated": _note(
        _("%(count)s firms have the size class that the list states, because the rule could not derive it."),
        _("Nothing needs to be done."),
    ),
    "zero_restored": _note(
        _("%(count)s industry codes had lost their leading 0 and were read with it (121 as 0121)."),
        _("Check a few firms of agriculture and mining."),
    ),
    "recoded": _note(
        _("%(count)s industry codes of an earlier edition were read as the ones that they became."),
        _("Nothing needs to be done."),
    ),
    "second_column": _note(
        _("The column “%(header)s” was not read: another column gives the employees at the end of the period."),
        _("Nothing needs to be done; the size rule takes the average only where there is no other figure."),
    ),
    "units_unread": _note(
        _("The column “%(header)s” was not read: the list was put in as one of firms, one row for each."),
        _("If each row is a local unit, discard this import and put the list in as one of local units."),
    ),
    "hidden_rows": _note(
        _("%(count)s rows are hidden on the sheet and were read like the others: %(rows)s."),
        _("If they should stay out, show them (Data, Clear filter; Unhide rows), delete them and put it in anew."),
    ),
    "already_in": _note(
        _("%(count)s firms are in the frame “%(title)s” already; of them only missing contacts are filled in."),
        _("Nothing needs to be done."),
    ),
    "same_file": _note(
        _("The same file is already in as “%(title)s”."), _("Discard this one unless you want the firms twice.")
    ),
}

COLUMN_LABELS: dict[str, str] = {
    "credit_code": _("unified social credit code"),
    "unit_key": _("number of the local unit"),
    "name": _("name of the firm"),
    "district": _("district"),
    "industry": _("industry"),
    "employees": _("employees"),
    "revenue": _("revenue"),
    "assets": _("total assets"),
    "size": _("size class"),
    "contact": _("contact person"),
    "email": _("e-mail"),
    "phone": _("telephone"),
}


def in_words(shown: Mapping[str, Any], translate: Translate) -> dict[str, Any]:
    """The values as they stand in a sentence: column names translated, lists joined."""
    words = dict(shown)
    if words.get("kind"):
        words["kind"] = translate(words["kind"])
    if words.get("column"):
        words["column"] = translate(COLUMN_LABELS[words["column"]])
    for key in ("columns", "required"):
        if isinstance(words.get(key), list):
            words[key] = translate(_(", ")).join(translate(COLUMN_LABELS[name]) for name in words[key])
    return words


FILE_CATALOGUE = Catalogue(entries=REFUSALS, in_words=in_words)
ROW_CATALOGUE = Catalogue(entries=ROW_ERRORS, in_words=in_words)
NOTE_CATALOGUE = Catalogue(entries=NOTES, in_words=in_words)


class FrameFileRefused(Refused):
    """The file as a whole cannot be read as a list of firms; ``code`` is a key of `REFUSALS`."""

    catalogue = FILE_CATALOGUE


def row_complaint(kind: Mapping[str, Any]) -> Complaint:
    """The complaint of a row error with its ``row``, ``code``, ``column``, ``value`` and ``params``."""
    place = Place(row=kind["row"], column=kind["column"])
    return ROW_CATALOGUE.complaint(kind["code"], place=place, value=kind["value"], **kind["params"])
