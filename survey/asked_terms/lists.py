"""What is said of a list that is put in and of the register's knowledge of it, of firms and of local units."""

from survey.terms import gettext_noop as _
from survey.terms import ngettext_noop

OF_LISTS: dict[str, str] = {
    _(
        "These firms are in; what could not be read of their contact is not. The workbook lists them; once mended, "
        "they can be put in again."
    ): _(
        "These local units are in; what could not be read of their contact is not. The workbook lists them; once "
        "mended, they can be put in again."
    ),
    _("Import all %(count)s firms"): _("Import all %(count)s local units"),
    _("%(count)s firms are in the sampling frame."): _("%(count)s local units are in the sampling frame."),
    _("See the firms"): _("See the local units"),
    _("Firms are matched by credit code with “%(frame)s”; compared are name, district, industry and size class."): _(
        "Local units are matched by credit code and number with “%(frame)s”; compared are name, district, industry "
        "and size class."
    ),
    _("They stay with their chance of being drawn: they stand for closed firms that no sample has met."): _(
        "They stay with their chance of being drawn: they stand for local units of closed firms that no sample has met."
    ),
    _("They stay with their chance of being drawn: who refuses belongs to the population."): _(
        "They stay with their chance of being drawn: a local unit that refuses belongs to the population."
    ),
    _("Take over the ticked firms"): _("Take over the ticked local units"),
    _("%(message)s The firm is in without it."): _("%(message)s The local unit is in without it."),
    _("Firms in the frame “%(title)s”: %(count)s."): _("Local units in the frame “%(title)s”: %(count)s."),
    _("Write the one of them where the firm is."): _("Write the one of them where the local unit is."),
    _("Write the one of them that the firm does, and import this row by the current edition."): _(
        "Write the one of them that the local unit does, and import this row by the current edition."
    ),
    _("Add a column 企业规模 and write 大型, 中型, 小型 or 微型 for this firm."): _(
        "Add a column 企业规模 and write 大型, 中型, 小型 or 微型 for this local unit."
    ),
    _("Check a few firms if the unit in the header may be wrong."): _(
        "Check a few local units if the unit of measure in the header may be wrong."
    ),
    _("%(count)s firms have no total assets, which the size rule asks for in their industry."): _(
        "%(count)s local units have no total assets, which the size rule asks for in their industry."
    ),
    _("%(count)s firms have the size class that the list states, because the rule could not derive it."): _(
        "%(count)s local units have the size class that the list states, because the rule could not derive it."
    ),
    _("Check a few firms of agriculture and mining."): _("Check a few local units of agriculture and mining."),
    _("%(count)s firms are in the frame “%(title)s” already; of them only missing contacts are filled in."): _(
        "%(count)s local units are in the frame “%(title)s” already; of them only missing contacts are filled in."
    ),
    _("Discard this one unless you want the firms twice."): _(
        "Discard this one unless you want the local units twice."
    ),
    _("Unpacked, the workbook would take more than %(limit)s MB, which no list of firms needs."): _(
        "Unpacked, the workbook would take more than %(limit)s MB, which no list of local units needs."
    ),
    _("Put in the list of firms as an Excel workbook (.xlsx, .xls) or as CSV."): _(
        "Put in the list of local units as an Excel workbook (.xlsx, .xls) or as CSV."
    ),
    _("There is nothing in the file: no sheet has a row of firms."): _(
        "There is nothing in the file: no sheet has a row of local units."
    ),
    _("Put the list on the first sheet, headers in the first row, one firm in each row below."): _(
        "Put the list on the first sheet, headers in the first row, one local unit in each row below."
    ),
    _("The list has headers but no firms below them."): _("The list has headers but no local units below them."),
    _("Write one firm in each row below the headers."): _("Write one local unit in each row below the headers."),
    _("More than one sheet holds a list of firms: %(sheets)s."): _(
        "More than one sheet holds a list of local units: %(sheets)s."
    ),
    _("Keep all firms on one sheet, or one per file."): _("Keep all local units on one sheet, or one per file."),
    _("No districts, industries or size bounds are set up, so no firm can be checked."): _(
        "No districts, industries or size bounds are set up, so no local unit can be checked."
    ),
    _("A sample has been drawn from the frame “%(title)s”, so no firm can join it any more."): _(
        "A sample has been drawn from the frame “%(title)s”, so no local unit can join it any more."
    ),
    _("The first of them"): _("The first of these local units"),
}
COUNTS_OF_LISTS: dict[tuple[str, str], tuple[str, str]] = {
    # Without brackets around a sentence: what stands in them is not found for the catalogue.
    ngettext_noop(
        "%(shown)s firm is closed, merged or a duplicate according to the register of companies, an authority or "
        "a list.",
        "%(shown)s firms are closed, merged or duplicates according to the register of companies, an authority "
        "or a list.",
    ): ngettext_noop(
        "%(shown)s local unit is closed, or its firm is closed or a duplicate, according to the register of "
        "companies, an authority or a list.",
        "%(shown)s local units are closed, or their firms are closed or duplicates, according to the register of "
        "companies, an authority or a list.",
    ),
    ngettext_noop(
        "%(shown)s firm has joined the sampling frame “%(frame)s”.",
        "%(shown)s firms have joined the sampling frame “%(frame)s”.",
    ): ngettext_noop(
        "%(shown)s local unit has joined the sampling frame “%(frame)s”.",
        "%(shown)s local units have joined the sampling frame “%(frame)s”.",
    ),
    ngettext_noop(
        "%(shown)s firm is gone according to earlier fieldwork alone.",
        "%(shown)s firms are gone according to earlier fieldwork alone.",
    ): ngettext_noop(
        "%(shown)s local unit is of a firm that is gone according to earlier fieldwork alone.",
        "%(shown)s local units are of firms that are gone according to earlier fieldwork alone.",
    ),
    ngettext_noop(
        "%(shown)s firm has moved, whereabouts unknown.",
        "%(shown)s firms have moved, whereabouts unknown.",
    ): ngettext_noop(
        "%(shown)s local unit is of a firm that has moved, whereabouts unknown.",
        "%(shown)s local units are of firms that have moved, whereabouts unknown.",
    ),
    ngettext_noop(
        "%(shown)s firm has refused in an earlier wave.",
        "%(shown)s firms have refused in an earlier wave.",
    ): ngettext_noop(
        "%(shown)s local unit has refused in an earlier wave.",
        "%(shown)s local units have refused in an earlier wave.",
    ),
    ngettext_noop(
        "Of %(shown)s firm the register knows otherwise than the list says.",
        "Of %(shown)s firms the register knows otherwise than the list says.",
    ): ngettext_noop(
        "Of %(shown)s local unit the register knows otherwise than the list says.",
        "Of %(shown)s local units the register knows otherwise than the list says.",
    ),
    ngettext_noop("Take %(shown)s firm out of the list", "Take %(shown)s firms out of the list"): ngettext_noop(
        "Take %(shown)s local unit out of the list", "Take %(shown)s local units out of the list"
    ),
    ngettext_noop("Take over %(shown)s firm", "Take over all %(shown)s firms"): ngettext_noop(
        "Take over %(shown)s local unit", "Take over all %(shown)s local units"
    ),
    ngettext_noop("%(count)s firm is out of the list.", "%(count)s firms are out of the list."): ngettext_noop(
        "%(count)s local unit is out of the list.", "%(count)s local units are out of the list."
    ),
    ngettext_noop("%(count)s firm is taken over.", "%(count)s firms are taken over."): ngettext_noop(
        "%(count)s local unit is taken over.", "%(count)s local units are taken over."
    ),
}
