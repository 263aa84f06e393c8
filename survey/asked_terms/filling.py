"""What those who fill in read, of firms and of local units."""

from survey.terms import gettext_noop as _

OF_FILLING: dict[str, str] = {
    _("Where a cell has a list, choose from it. Leave a question blank where it does not concern your firm."): _(
        "Where a cell has a list, choose from it. Leave a question blank where it does not concern your local unit."
    ),
    _("(only of some firms)"): _("(only of some local units)"),
    _(
        "%(label)s: %(value)s looks too large beside the firm's revenue of %(revenue)s. Enter the value in the "
        "unit shown, or give the reason."
    ): _(
        "%(label)s: %(value)s looks too large beside the revenue of the local unit, %(revenue)s. Enter the value "
        "in the unit of measure shown, or give the reason."
    ),
    _("Choose what explains the value, or say in your own words what happened in the firm, such as “merger”."): _(
        "Choose what explains the value, or say in your own words what happened in the local unit, such as “merger”."
    ),
    _("Say what happened in the firm, such as “merger”, or change an answer."): _(
        "Say what happened in the local unit, such as “merger”, or change an answer."
    ),
    _("This form was made for another firm."): _("This form was made for another local unit."),
    _("These answers were typed for another firm. Enter that firm's access code."): _(
        "These answers were typed for another local unit. Enter the access code of that one."
    ),
    _("Not submitted: a copy for your own use."): _("Not submitted: a copy for the use of your local unit."),
    _("Please do not name your firm."): _("Please name neither your local unit nor its firm."),
    _(
        "If your firm answered an earlier wave of this survey, its answers of then stand in grey beside the "
        "questions that are asked again."
    ): _(
        "If your local unit answered an earlier wave of this survey, its answers of then stand in grey beside the "
        "questions that are asked again."
    ),
    _("Download the form of your firm"): _("Download the form of your local unit"),
    _(
        "For reading and preparing. Some questions are asked only of some firms; on the web you see those that "
        "concern you."
    ): _(
        "For reading and preparing. Some questions are asked only of some local units; on the web you see those "
        "that concern you."
    ),
    _("Head of the firm"): _("Head of the local unit"),
    _("Seal of the firm"): _("Seal of the local unit or of its firm"),
}
