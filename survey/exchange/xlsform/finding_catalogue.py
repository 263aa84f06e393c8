"""The kinds of finding in an XLSForm: weight, message and repair, to be translated.

The one rule of weights, explained in ``docs/decisions/0019-when-a-form-loads-whole.md``: LEFT_OUT is what a person
would be asked, told or refused, or what the data would hold; a NOTE only concerns the look, the device or the sending.
"""

from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry, Weight, words_of
from survey.exchange.xlsform.file_refusals import FILE_REFUSALS


def _mend(message: str, repair: str) -> Entry:
    return Entry(message, repair, Weight.MEND)


def _left_out(message: str, repair: str) -> Entry:
    return Entry(message, repair, Weight.LEFT_OUT)


def _note(message: str, repair: str = "") -> Entry:
    return Entry(message, repair, Weight.NOTE)


ENTRIES: dict[str, Entry] = {
    **FILE_REFUSALS,
    "pyxform": Entry(
        _("The form breaks a rule of XLSForm: %(value)s"),
        _("Mend it there and put the form in again."),
    ),
    "pyxform_fault": Entry(
        _("The form is written in a way that XLSForm tools cannot read (%(value)s)."),
        _("Compare its columns with the reference table of XLSForm."),
    ),
    "column_twice": Entry(
        _("Two columns have the header “%(value)s”, so it is not clear which one counts."),
        _("Rename or delete one of them; write labels in several languages as label::English (en)."),
    ),
    "formula": Entry(
        _("The formula in this cell gives an error or has never been computed."),
        _("Open the form in Excel, mend the formula or paste its value, and save."),
    ),
    "nothing_asked": Entry(
        _("The form has no question that can be loaded."),
        _("Add questions to the sheet survey."),
    ),
    "code_missing": Entry(
        _("The form has no form_id, and the file has no name that can serve as one."),
        _("Write a code in the column form_id of the sheet settings."),
    ),
    "too_long": Entry(
        _("The %(field)s of “%(value)s” has %(length)s characters; at most %(limit)s are kept."),
        _("Shorten it."),
    ),
    "own_column": Entry(
        _("“%(value)s” has no meaning in this column."),
        _("Leave the cell empty, or write what the export writes: %(expected)s."),
    ),
    "edit_rule": Entry(_("The edit rule has no %(field)s."), _("Fill in code, level, items and condition.")),
    "list_empty": Entry(_("The list “%(value)s” has no choices."), _("Add them to the sheet choices.")),
    "lint": _mend(_("%(problem)s"), _("%(mending)s")),
    "expression": _mend(
        _("The expression cannot be read here, at character %(position)s: %(problem)s It is loaded as it stands."),
        _("%(mending)s Until then the questionnaire cannot be published."),
    ),
    "type_media": _left_out(
        _("A question of type “%(value)s” records pictures, sound or film, which does not apply to a firm's web form."),
        _("Ask for a document with the type file, or leave the question out."),
    ),
    "type_position": _left_out(
        _("A question of type “%(value)s” records a GPS position, which does not apply to a firm's web form."),
        _("Ask for the district or the address, or leave the question out."),
    ),
    "type_device": _note(
        _("“%(value)s” names a device, its user or a case; a web form knows the firm from its access code instead."),
    ),
    "type_data_file": _left_out(
        _("“%(value)s” reads a data file that does not lie beside the form, or cannot be read."),
        _("Put the file beside the form and run import_xlsform, or write the choices on the sheet choices."),
    ),
    "type_earlier_answers": _left_out(
        _("“%(value)s” offers answers of a repeated group as choices, which is not possible here."),
        _("List the choices on the sheet choices."),
    ),
    "type_unknown": _left_out(
        _("The type “%(value)s” has no counterpart."),
        _("Use a type of the XLSForm reference table, such as text, integer or select_one."),
    ),
    "repeat": _left_out(
        _("The repeated group “%(value)s” is left out with all in it (questions: %(count)s), because %(reason)s"),
        _("Give it a fixed repeat_count up to %(most)s and ask all of it in every row, to make it a table."),
    ),
    "entries": _note(_("The repeated group “%(value)s” is asked entry by entry, %(count)s times.")),
    "open_entries": _note(
        _("The repeated group “%(value)s” has room for %(count)s entries; further ones are asked for in words."),
    ),
    "entry_title": _note(
        _("The label of the repeated group “%(value)s” shows answers given below it; its name stands there instead."),
    ),
    "never_asked": _note(
        _("“%(value)s” is left out: the form switches it off for good, so that nobody is asked it."),
        _("Change its condition if it is to be asked."),
    ),
    "hidden_without_value": _note(
        _("Nothing gives the hidden field “%(value)s” a value; it stays empty."),
        _("Give it a calculation, or use a fact of the sampling frame such as ${frame_employees}."),
    ),
    "appearance": _note(
        _("The appearance “%(value)s” has no counterpart; the question is shown in the standard way."),
    ),
    "device": _left_out(
        _("“%(value)s” needs a part of a device or another app, which a web form does not have."),
        _("Ask for the answer itself, and delete the cell."),
    ),
    "data_search": _left_out(
        _("“%(value)s” takes the choices out of an attached data file, which is not possible in this way."),
        _("Use the type select_one_from_file, or write the choices on the sheet choices."),
    ),
    "parameter": _note(
        _("The parameter “%(value)s” has no counterpart; it only changes how the question looks."),
    ),
    "tick_labels": _left_out(
        _("The labels of the ticks (“%(value)s”) are left out; the number is typed in."),
        _("Say in the hint what the numbers mean, or ask with select_one."),
    ),
    "column": _left_out(
        _("The column “%(value)s” has no counterpart and is left out."),
        _("Delete the column if the form works without; remarks of your own can stay in the file."),
    ),
    "tool_column": _note(
        _("The column “%(value)s” speaks to a device or another program and changes nothing that is asked."),
    ),
    "one_colon": _left_out(
        _("The column “%(value)s” is not read: other columns name their language behind two colons."),
        _("Write it with two colons, such as hint::English (en)."),
    ),
    "remark_column": _note(_("The column “%(value)s” is no part of XLSForm; it is taken for remarks.")),
    "type_conflict": Entry(
        _("The type is “%(value)s”, but tongdian::type says %(own)s."),
        _("Correct one of the two, or empty the cell of tongdian::type."),
    ),
    "column_media": _left_out(
        _("Pictures, sound and film beside a wording (“%(value)s”) do not apply to a firm's web form."),
        _("Say it in words, in the label or the hint."),
    ),
    "trigger": _left_out(
        _("The trigger %(value)s is left out: values are computed anew with every answer."),
        _("Delete it if that will do."),
    ),
    "read_only": _note(_("A question that cannot be changed and has no value is shown as information.")),
    "choices_of_value": _left_out(
        _("“%(value)s” cannot be changed, so it shows the name of its choice and not the choice's wording."),
        _("Let it be changed, or calculate the wording in a note: if(${x} = 'a', 'Wording of a', 'Wording of b')."),
    ),
    "read_only_at_times": _left_out(
        _("A question cannot be locked under a condition (“%(value)s”); it can always be changed."),
        _("Ask it only where it may be answered, and show its value in a note elsewhere."),
    ),
    "setting": _left_out(
        _("The setting “%(value)s” has no counterpart and is left out."),
        _("Delete it if the form works without."),
    ),
    "tool_setting": _note(
        _("The setting “%(value)s” speaks to a device or another program and changes nothing that is asked."),
    ),
    "sheet": _left_out(
        _("The sheet “%(value)s” has no counterpart and is left out."),
        _("Put an underscore before its name if it is no part of the form."),
    ),
    "choice_filter": _left_out(
        _("The choice_filter cannot be read here (%(problem)s); all choices are offered."),
        _("Filter by a column of the sheet choices, such as province = ${province}."),
    ),
    "choice_twice": _left_out(
        _("The choice “%(value)s” stands twice with different labels; rules that ask for it do not mean the second."),
        _("Give each choice a name of its own; the second is called “%(name)s” until then."),
    ),
    "filter_column": _mend(
        _("The choice_filter lets no choice through, or names what is no column of the choices: %(value)s."),
        _("Name a column of the choices; write an answer as ${question} and a text between quotation marks."),
    ),
    "choice_column": _note(_("The column “%(value)s” of the choices is read by no rule of the form.")),
    "missing_label": _note(
        _("The choice “%(value)s” is loaded as the non-answer of that name, with its standard wording."),
    ),
    "missing_wording": _left_out(
        _("The wording of the choice “%(value)s” is left out: it is loaded as the non-answer of that name."),
        _("Give the choice another name if it means something else than the standard wording says."),
    ),
    "last_saved": _note(_("What was saved last time is the firm's answer in the previous wave.")),
    "moved": _note(_("“%(value)s” is computed behind what it reads and before what reads it.")),
    "renamed": _note(_("“%(value)s” is called “%(name)s” here; everything that names it is changed too.")),
    "language_in_place": _note(_("The wording in %(value)s stands in the place of %(language)s.")),
    "kept_by_system": _note(
        _("“%(value)s” needs no question: beginning, end and course of filling in are recorded with every response."),
    ),
    "substituted": _note(_("“%(value)s” is asked as %(kind)s.")),
    "prefilled": _note(
        _("The calculation of a question that can be typed in is its first value; later changes do not overwrite it."),
    ),
    "trigger_unneeded": _note(_("The trigger %(value)s changes nothing: the value reads only what triggers it.")),
    "table_heading": _note(
        _("“%(value)s” only shows the choices above a table; each question below shows its choices itself."),
    ),
    "metadata_label": _note(_("“%(value)s” is filled in by the device and shown to nobody; its label is not read.")),
    "stray_cell": _note(_("The cell %(value)s lies far away from the form and is not read.")),
    "hint_asks": _note(_("The question has no label; its hint is what it asks.")),
    "note_required": _note(_("Information cannot be answered, so it is not required.")),
    "choice_label": _note(_("The choice “%(value)s” has no label and is shown by its name.")),
    "guidance": _note(_("The guidance is shown at the end of the hint.")),
    "long_title": _note(_("The title of the group is long and is shown as its introduction.")),
    "untitled": _note(_("A group without a label has its name “%(value)s” as its title.")),
    "disabled": _note(_("The row is disabled and is not loaded.")),
    "comment_row": _note(_("The row has neither type nor name; it is taken for a remark.")),
    "note": _note(_("%(value)s")),
}

CATALOGUE = Catalogue(entries=ENTRIES, in_words=words_of("field", "kind", "language", "reason"))
