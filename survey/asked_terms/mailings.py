"""What the pages and files of mailings say, of firms and of local units."""

from survey.terms import gettext_noop as _
from survey.terms import ngettext_noop

OF_MAILINGS: dict[str, str] = {
    _("Nobody would be written to."): _("No local unit would be written to."),
    _("What the first firm reads"): _("What the first local unit reads"),
    _("Preparing writes to nobody. You see the list of firms first and send it then."): _(
        "Preparing writes to nobody. You see the list of local units first and send it then."
    ),
    _("No firm stands here."): _("No local unit stands here."),
    _("No firm of this wave has been written to from here yet."): _(
        "No local unit of this wave has been written to from here yet."
    ),
    _("The last job ended without finishing. Go on: no firm is written to twice."): _(
        "The last job ended without finishing. Go on: no local unit is written to twice."
    ),
    _("The wave has no sample yet. Draw it first; then its firms can be written to."): _(
        "The wave has no sample yet. Draw it first; then its local units can be written to."
    ),
    _(
        "On its day the mailing is prepared and sent by itself, as long as the wave is open. Firms that have "
        "submitted, refused or are not in scope by then are left out."
    ): _(
        "On its day the mailing is prepared and sent by itself, as long as the wave is open. Local units that have "
        "submitted, refused or are not in scope by then are left out."
    ),
    _("Thanks and requests to correct go on day by day: thanks once to each firm, a request once for each return."): _(
        "Thanks and requests to correct go on day by day: thanks once to each local unit, a request once for each "
        "return."
    ),
    _("Firms it does not reach"): _("Local units it does not reach"),
    _("How firms without an e-mail address or a telephone number are written to instead."): _(
        "How local units without an e-mail address or a telephone number are written to instead."
    ),
    _("Both ways are the same. Choose another way for firms that the first does not reach."): _(
        "Both ways are the same. Choose another way for local units that the first does not reach."
    ),
    _("Choose another way for firms that the first does not reach, or none."): _(
        "Choose another way for local units that the first does not reach, or none."
    ),
    _("Prepare another one for further firms."): _("Prepare another one for further local units."),
    _("The text (%(language)s) tells the firm neither its code nor the link."): _(
        "The text (%(language)s) tells the local unit neither its code nor the link."
    ),
    _("name of the firm"): _("name of the local unit"),
    _("Firms to write to"): _("Local units to write to"),
}
COUNTS_OF_MAILINGS: dict[tuple[str, str], tuple[str, str]] = {
    ngettext_noop("%(shown)s firm will be written to.", "%(shown)s firms will be written to."): ngettext_noop(
        "%(shown)s local unit will be written to.", "%(shown)s local units will be written to."
    ),
    ngettext_noop("Send to %(shown)s firm", "Send to %(shown)s firms"): ngettext_noop(
        "Send to %(shown)s local unit", "Send to %(shown)s local units"
    ),
    ngettext_noop("Go on with %(shown)s firm", "Go on with %(shown)s firms"): ngettext_noop(
        "Go on with %(shown)s local unit", "Go on with %(shown)s local units"
    ),
}
