"""What lists of calls and the follow-up of the silent say, of firms and of local units."""

from survey.terms import gettext_noop as _
from survey.terms import ngettext_noop

OF_CALLS: dict[str, str] = {
    _("It was taken with certainty and weighs so much that no other firm can stand for it."): _(
        "It was taken with certainty and weighs so much that no other local unit can stand for it."
    ),
    _("One more answer of its class lowers the remaining error of the key figures most per minute."): _(
        "One more local unit of its class that answers lowers the remaining error of the key figures most per minute."
    ),
    _("One call in ten goes to a firm drawn at random, to learn who answers and what calling gains."): _(
        "One call in ten goes to a local unit drawn at random, to learn who answers and what calling gains."
    ),
    _("It was drawn for the follow-up sample of silent firms, which stands for all of them."): _(
        "It was drawn for the follow-up sample of silent local units, which stands for all of them."
    ),
    _(
        "Which firm of a class is called is left to chance: whoever takes the easy ones first gets figures that "
        "look exact and are not."
    ): _(
        "Which local unit of a class is called is left to chance: whoever takes the easy ones first gets figures "
        "that look exact and are not."
    ),
    _("None of the firms on this list is in your districts."): _(
        "None of the local units on this list is in your districts."
    ),
    _("part of a target that one firm carries"): _("part of a target that one local unit carries"),
    _(
        "A firm taken with certainty comes first where its silence alone costs this part of a target squared. 0 "
        "puts every such firm first, also those that weigh little."
    ): _(
        "A local unit taken with certainty comes first where its silence alone costs this part of a target "
        "squared. 0 puts every such local unit first, also those that weigh little."
    ),
    _("Too few firms have answered to tell where one more answer helps."): _(
        "Too few local units have answered to tell where one more answer helps."
    ),
    _("Call the largest firms first, and make a list when more have answered."): _(
        "Call the largest local units first, and make a list when more have answered."
    ),
    _("Part of the silent firms, in per cent"): _("Part of the silent local units, in per cent"),
    _("Part of the silent firms"): _("Part of the silent local units"),
    _(
        "A part of the silent firms is drawn at random, and only these are called from then on, until they answer. "
        "An answer of a drawn firm stands for all silent firms of its class (Hansen and Hurwitz 1946), so that the "
        "figures no longer lean towards firms that answer by themselves."
    ): _(
        "A part of the silent local units is drawn at random, and only these are called from then on, until they "
        "answer. An answer of a drawn local unit stands for all silent ones of its class (Hansen and Hurwitz "
        "1946), so that the figures no longer lean towards local units that answer by themselves."
    ),
    _(
        "A class in which no drawn firm has answered yet is weighted as before. Firms that were left and answer "
        "unasked count once."
    ): _(
        "A class in which no drawn local unit has answered yet is weighted as before. Local units that were left "
        "and answer unasked count once."
    ),
    _("No firm is silent."): _("No local unit is silent."),
    _(
        "It is drawn once, when letters and reminders have brought what they can. Every drawn firm should then be "
        "brought to answer: what it leaves silent is silent for many."
    ): _(
        "It is drawn once, when letters and reminders have brought what they can. Every drawn local unit should "
        "then be brought to answer: what it leaves silent is silent for many."
    ),
    _("What would be drawn"): _("Local units that would be drawn"),
    _("Go on with its firms: a second draw would choose among what is known of them."): _(
        "Go on with its local units: a second draw would choose among what is known of them."
    ),
    _("“%(value)s” is no part of the silent firms."): _("“%(value)s” is no part of the silent local units."),
    _("of %(count)s drawn"): _("of %(count)s local units drawn"),
    _("Of each stratum at least two are drawn."): _("Of each stratum at least two local units are drawn."),
}
COUNTS_OF_CALLS: dict[tuple[str, str], tuple[str, str]] = {
    ngettext_noop("Draw %(shown)s firm", "Draw %(shown)s firms"): ngettext_noop(
        "Draw %(shown)s local unit", "Draw %(shown)s local units"
    ),
    ngettext_noop("%(count)s firm was drawn.", "%(count)s firms were drawn."): ngettext_noop(
        "%(count)s local unit was drawn.", "%(count)s local units were drawn."
    ),
}
