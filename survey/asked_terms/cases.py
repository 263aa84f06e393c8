"""What the office's pages of cases and their editing say, of firms and of local units."""

from survey.terms import gettext_noop as _
from survey.terms import ngettext_noop

OF_CASES: dict[str, str] = {
    _("Firm"): _("Local unit"),
    _("Firm, code, contact, telephone or receipt"): _("Local unit, code, contact, telephone or receipt"),
    _("Duplicate of another firm"): _("Duplicate of another local unit"),
    _("Merged into another firm"): _("Merged into another local unit"),
    _("Credit code of the other firm"): _("Credit code of the firm of the other local unit"),
    _("Of the firm that it was merged into, or that it is a duplicate of."): _(
        "Of the firm whose local unit it was merged into, or is a duplicate of."
    ),
    _("Only a merged firm or a duplicate has another one. Leave it empty."): _(
        "Only a local unit that was merged or is a duplicate has another one. Leave it empty."
    ),
    _("Other firm"): _("Firm of the other local unit"),
    _("The firm said so"): _("The local unit said so"),
    _("Its own answers"): _("What the local unit answered"),
    _("Message from the firm"): _("Message from the local unit"),
    _("The firm asks for more time"): _("The local unit asks for more time"),
    _("Answer to the firm"): _("Answer to the local unit"),
    _("Answer the firm"): _("Answer the local unit"),
    _("The firm may answer until the end of this day, after the deadline too, and is not reminded before it."): _(
        "The local unit may answer until the end of this day, after the deadline too, and is not reminded before it."
    ),
    _("Write what the firm is to read."): _("Write what the local unit is to read."),
    _("The answer stands in the firm's questionnaire."): _("The answer stands in the questionnaire of the local unit."),
    _("The list of firms names no contact."): _("The list of local units names no contact."),
    _(
        "This firm has submitted. With an outcome its answers stop counting in every figure; taken back, they "
        "count again."
    ): _(
        "This local unit has submitted. With an outcome its answers stop counting in every figure; taken back, "
        "they count again."
    ),
    _("The firm has not begun to fill in."): _("The local unit has not begun to fill in."),
    _(
        "The code that the firm has stops working, also where somebody is filling in with it now. A new code is made."
    ): _(
        "The code that the local unit has stops working, also where somebody is filling in with it now. A new code "
        "is made."
    ),
    _("The access code is revoked. Issue or print the new one for the firm."): _(
        "The access code is revoked. Issue or print the new one for the local unit."
    ),
    _("The response is returned. The firm goes on from its answers."): _(
        "The response is returned. The local unit goes on from its answers."
    ),
    _("The firm has not submitted anything yet. Wait for its response."): _(
        "The local unit has not submitted anything yet. Wait for its response."
    ),
    _("What the firm should correct"): _("What the local unit should correct"),
    _("The firm reads this when it opens the questionnaire again. Leave it empty if notes say it all."): _(
        "The local unit reads this when it opens the questionnaire again. Leave it empty if notes say it all."
    ),
    _("The firm must know what to correct. Enter a note to the firm."): _(
        "The local unit must know what to correct. Enter a note to the local unit."
    ),
    _("The firm must know what to correct."): _("The local unit must know what to correct."),
    _("Enter a note to the firm."): _("Enter a note to the local unit."),
    _("The case is closed, so the firm could not correct anything."): _(
        "The case is closed, so the local unit could not correct anything."
    ),
    _("The wave does not collect any more, so the firm could not correct anything."): _(
        "The wave does not collect any more, so the local unit could not correct anything."
    ),
    _("The wave is closed, so the firm could not answer any more."): _(
        "The wave is closed, so the local unit could not answer any more."
    ),
    _("Answered by the firm"): _("Answered by the local unit"),
    _("Reported: from the firm, its papers or another source"): _(
        "Reported: from the local unit, its papers or another source"
    ),
    _("Wait until the firm has submitted, or send the questionnaire back."): _(
        "Wait until the local unit has submitted, or send the questionnaire back."
    ),
    _("The firm was not asked this question."): _("The local unit was not asked this question."),
    _("Send the questionnaire back to the firm."): _("Send the questionnaire back to the local unit."),
    _("The firm has submitted."): _("The local unit has submitted."),
    _("The firm began to fill in"): _("The local unit began to fill in"),
    _("The firm submitted, receipt %(number)s"): _("The local unit submitted, receipt %(number)s"),
    _("Offline form uploaded for the firm"): _("Offline form uploaded for the local unit"),
    _("Submission taken back by the firm"): _("Submission taken back by the local unit"),
    _("Taken back by the firm"): _("Taken back by the local unit"),
    _("Download the form of the firm"): _("Download the form of the local unit"),
    _(
        "For a firm without a network. The form holds what the firm has saved so far, so every download is written "
        "down."
    ): _(
        "For a local unit without a network. The form holds what the local unit has saved so far, so every "
        "download is written down."
    ),
    _("The firm has submitted. Return the response for correction first."): _(
        "The local unit has submitted. Return the response for correction first."
    ),
    _("The form is taken and submitted for the firm."): _("The form is taken and submitted for the local unit."),
    _(
        "The firms may answer until the end of this day, after the deadline too, and are not reminded before it. "
        "Without a day, the time is taken back."
    ): _(
        "The local units may answer until the end of this day, after the deadline too, and are not reminded before "
        "it. Without a day, the time is taken back."
    ),
    _("Draw a follow-up of silent firms"): _("Draw a follow-up of silent local units"),
    _(
        "One in ten of them is drawn, spread over the strata. Find out of each whether it is in scope, and set its "
        "outcome: the eligible share of all silent firms follows from these."
    ): _(
        "One in ten of them is drawn, spread over the strata. Find out of each whether it is in scope, and set its "
        "outcome: the eligible share of all silent local units follows from these."
    ),
    _("Remind those not yet submitted"): _("Remind local units not yet submitted"),
    _("drawn for the follow-up of silent firms"): _("drawn for the follow-up of silent local units"),
    _("Left alone: drawn firms stand for it"): _("Left alone: drawn local units stand for it"),
    _("Reason, or note to the firm"): _("Reason, or note to the local unit"),
    _("Send back with the marked"): _("Send back to the local unit with the marked"),
    _("No answer looks wrong enough to move a figure, or too few firms have answered."): _(
        "No answer looks wrong enough to move a figure, or too few local units have answered."
    ),
    _("filled in, the firm gave none"): _("filled in, the local unit gave none"),
    _("The response is returned. The firm finds your note at the marked questions."): _(
        "The response is returned. The local unit finds your note at the marked questions."
    ),
    _("Firms have neither submitted nor an outcome: %(value)s."): _(
        "Local units have neither submitted nor an outcome: %(value)s."
    ),
    _("The wave has no firms there."): _("The wave has no local units there."),
}
COUNTS_OF_CASES: dict[tuple[str, str], tuple[str, str]] = {
    ngettext_noop("%(count)s was open", "%(count)s were open"): ngettext_noop(
        "%(count)s local unit was open", "%(count)s local units were open"
    ),
}
