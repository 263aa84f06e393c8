"""What pages of several surveys say where some ask firms and others local units: by the sentence about firms."""

from survey.asked_terms.audit import AUDIT_OF_BOTH
from survey.terms import gettext_noop as _

OF_BOTH: dict[str, str] = {
    **AUDIT_OF_BOTH,
    _("Each firm sees them in an order of its own."): _("Each firm or local unit sees them in an order of its own."),
    _("A firm that answered the wave before sees its answer of then and can take it over."): _(
        "A firm or local unit that answered the wave before sees its answer of then and can take it over."
    ),
    _("Firm"): _("Firm or local unit"),
    _("Firm, code, contact, telephone or receipt"): _("Firm or local unit, code, contact, telephone or receipt"),
    _("You work on these firms, and their next action or appointment is today or was before."): _(
        "You work on these firms and local units, and their next action or appointment is today or was before."
    ),
    _("From firms"): _("From firms and local units"),
    _("These firms have written or asked for more time, and nobody has answered yet."): _(
        "These firms and local units have written or asked for more time, and nobody has answered yet."
    ),
    _("The next action or appointment is today or was before, whoever works on them."): _(
        "The next action or appointment of these firms and local units is today or was before, whoever works on them."
    ),
    _("Overdue large firms"): _("Overdue large firms and local units"),
    _("Large firms whose code was issued 14 days ago or earlier, and that have not submitted."): _(
        "Large firms and local units whose code was issued 14 days ago or earlier, and that have not submitted."
    ),
    _("Firms whose code was issued 14 days ago or earlier, and that have not submitted."): _(
        "Firms and local units whose code was issued 14 days ago or earlier, and that have not submitted."
    ),
    _("Their answers were sent back for correction, and nothing new has been submitted."): _(
        "The answers of these firms and local units were sent back for correction, and nothing new has been submitted."
    ),
    _("Neither e-mail nor telephone is known, and they have not submitted: find out how to reach them."): _(
        "Neither e-mail nor telephone of these firms and local units is known, and they have not submitted: find "
        "out how to reach them."
    ),
    _("You work on these firms, and they have not submitted."): _(
        "You work on these firms and local units, and they have not submitted."
    ),
    _("Messages of firms without an answer"): _("Messages of firms and local units without an answer"),
    _("Firms that have not been sent their code"): _("Firms and local units that have not been sent their code"),
    _("Firms without e-mail and telephone"): _("Firms and local units without e-mail and telephone"),
    _("There is no list of firms to draw from. Import one first."): _(
        "There is no list of firms or local units to draw from. Import one first."
    ),
    _(
        "Firms are drawn by simple random sampling within strata of industry section and size class. Nothing is "
        "stored before you have seen the allocation."
    ): _(
        "Firms or local units, whichever the wave asks, are drawn by simple random sampling within strata of "
        "industry section and size class. Nothing is stored before you have seen the allocation."
    ),
    _("Number of firms in the sample. Leave it empty for the smallest sample."): _(
        "Number of firms or local units in the sample. Leave it empty for the smallest sample."
    ),
    _("Where a stratum has fewer firms, all are taken. Large firms are always all taken."): _(
        "Where a stratum has fewer firms or local units, all are taken. Large ones are always all taken."
    ),
    _("Firms that will answer, per cent"): _("Firms or local units that will answer, per cent"),
    _("Wanted error of all firms, points"): _("Wanted error of all firms or local units, points"),
    _("Wanted CV of employees of all firms, per cent"): _(
        "Wanted CV of employees of all firms or local units, per cent"
    ),
    _("Wanted CV of revenue of all firms, per cent"): _("Wanted CV of revenue of all firms or local units, per cent"),
    _(
        "Firms keep their random numbers from sample to sample. A sample that keeps or avoids firms starts at "
        "another point of them, fixed beforehand, so that every firm keeps its probability."
    ): _(
        "Firms and local units keep their random numbers from sample to sample. A sample that keeps or avoids some "
        "starts at another point of them, fixed beforehand, so that each keeps its probability."
    ),
    _("Sample whose firms are kept"): _("Sample whose firms or local units are kept"),
    _("Firms kept, per cent"): _("Firms or local units kept, per cent"),
    _(
        "The same seed draws the same firms from the same frame. A sample that keeps or avoids firms takes over "
        "the seed of theirs."
    ): _(
        "The same seed draws the same firms or local units from the same frame. A sample that keeps or avoids some "
        "takes over the seed of theirs."
    ),
    _("Which firms"): _("Which firms or local units"),
    _(
        "How the sample is shared among the strata. Proportional serves all figures alike; Neyman gives more to "
        "strata whose firms differ more in the square root of revenue; power lets small strata speak. The smallest "
        "sample for wanted errors (Bethel) finds its own size."
    ): _(
        "How the sample is shared among the strata. Proportional serves all figures alike; Neyman gives more to "
        "strata within which the square root of revenue differs more; power lets small strata speak. The smallest "
        "sample for wanted errors (Bethel) finds its own size."
    ),
    _("Keep a part of the firms of an earlier sample"): _("Keep a part of an earlier sample"),
    _("Avoid the firms asked in the last 12 months"): _("Avoid those asked in the last 12 months"),
    _("firms may take back what they submitted"): _("firms and local units may take back what they submitted"),
    _("While the wave collects, a firm can correct its answers and submit again; every version is kept."): _(
        "While the wave collects, a firm or local unit can correct its answers and submit again; every version is kept."
    ),
    _(
        "Two groups of firms that somebody wants crossed in cleared figures. What is taken up stands in the plan "
        "that is being designed, and is cleared once a version with it is published and the wave has it."
    ): _(
        "Two groups of firms or local units that somebody wants crossed in cleared figures. What is taken up "
        "stands in the plan that is being designed, and is cleared once a version with it is published and the "
        "wave has it."
    ),
}
