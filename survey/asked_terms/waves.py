"""What stands beside a wave and in the lists of the day, of firms and of local units."""

from survey.terms import gettext_noop as _
from survey.terms import ngettext_noop

OF_WAVES: dict[str, str] = {
    _("You work on these firms, and their next action or appointment is today or was before."): _(
        "You work on these local units, and their next action or appointment is today or was before."
    ),
    _("From firms"): _("From local units"),
    _("These firms have written or asked for more time, and nobody has answered yet."): _(
        "These local units have written or asked for more time, and nobody has answered yet."
    ),
    _("The next action or appointment is today or was before, whoever works on them."): _(
        "The next action or appointment of these local units is today or was before, whoever works on them."
    ),
    _("Overdue large firms"): _("Overdue large local units"),
    _("Large firms whose code was issued 14 days ago or earlier, and that have not submitted."): _(
        "Large local units whose code was issued 14 days ago or earlier, and that have not submitted."
    ),
    _("Firms whose code was issued 14 days ago or earlier, and that have not submitted."): _(
        "Local units whose code was issued 14 days ago or earlier, and that have not submitted."
    ),
    _("Their answers were sent back for correction, and nothing new has been submitted."): _(
        "The answers of these local units were sent back for correction, and nothing new has been submitted."
    ),
    _("Neither e-mail nor telephone is known, and they have not submitted: find out how to reach them."): _(
        "Neither e-mail nor telephone of these local units is known, and they have not submitted: find out how to "
        "reach them."
    ),
    _("You work on these firms, and they have not submitted."): _(
        "You work on these local units, and they have not submitted."
    ),
    _("Messages of firms without an answer"): _("Messages of local units without an answer"),
    _("Firms that have not been sent their code"): _("Local units that have not been sent their code"),
    _("Firms without e-mail and telephone"): _("Local units without e-mail and telephone"),
    _("in the median; %(hours)s hours of all firms"): _("in the median; %(hours)s hours of all local units"),
    _("Feedback of firms"): _("Feedback of local units"),
    _("kept apart from the answers; nobody can tell which firm said what"): _(
        "kept apart from the answers; nobody can tell which local unit said what"
    ),
    _("No firm has said anything yet. The questions stand on the receipt."): _(
        "No local unit has said anything yet. The questions stand on the receipt."
    ),
    _("Firms with an access code can fill in from %(from)s until %(until)s."): _(
        "Local units with an access code can fill in from %(from)s until %(until)s."
    ),
    _("firms may take back what they submitted"): _("local units may take back what they submitted"),
    _("While the wave collects, a firm can correct its answers and submit again; every version is kept."): _(
        "While the wave collects, a local unit can correct its answers and submit again; every version is kept."
    ),
    _("%(count)s written to"): _("%(count)s local units written to"),
}
COUNTS_OF_WAVES: dict[tuple[str, str], tuple[str, str]] = {
    ngettext_noop("%(number)s firm said something", "%(number)s firms said something"): ngettext_noop(
        "%(number)s local unit said something", "%(number)s local units said something"
    ),
    ngettext_noop(
        "%(count)s firm was given time that is not over; it could not answer any more.",
        "%(count)s firms were given time that is not over; they could not answer any more.",
    ): ngettext_noop(
        "%(count)s local unit was given time that is not over; it could not answer any more.",
        "%(count)s local units were given time that is not over; they could not answer any more.",
    ),
    ngettext_noop(
        "%(count)s firm that has not submitted can fill in until then.",
        "%(count)s firms that have not submitted can fill in until then.",
    ): ngettext_noop(
        "%(count)s local unit that has not submitted can fill in until then.",
        "%(count)s local units that have not submitted can fill in until then.",
    ),
    ngettext_noop(
        "With this date the collection of %(waves)s ends at once: firms can no longer save.",
        "With this date the collection of these waves ends at once: %(waves)s. Firms can no longer save.",
    ): ngettext_noop(
        "With this date the collection of %(waves)s ends at once: local units can no longer save.",
        "With this date the collection of these waves ends at once: %(waves)s. Local units can no longer save.",
    ),
    ngettext_noop(
        "%(count)s of them has been written to with the old date: tell it in the next reminder.",
        "%(count)s of them have been written to with the old date: tell them in the next reminder.",
    ): ngettext_noop(
        "%(count)s of these local units has been written to with the old date: tell it in the next reminder.",
        "%(count)s of these local units have been written to with the old date: tell them in the next reminder.",
    ),
}
