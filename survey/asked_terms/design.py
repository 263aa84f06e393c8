"""What the pages of questionnaires, plans and processing say, of firms and of local units."""

from survey.terms import gettext_noop as _

OF_DESIGN: dict[str, str] = {
    _(
        "The %(firms)s firms that submitted on the web spent %(median)s minutes (median), nine in ten of them at "
        "most %(most)s."
    ): _(
        "The %(firms)s local units that submitted on the web spent %(median)s minutes (median), nine in ten of "
        "them at most %(most)s."
    ),
    _("firms …"): _("local units …"),
    _("They go on from “firms”, such as: find it serious or very serious."): _(
        "They go on from “local units”, such as: find it serious or very serious."
    ),
    _("A firm has the theme where one of these is marked. Codes with spaces between them."): _(
        "A local unit has the theme where one of these is marked. Codes with spaces between them."
    ),
    _("A take-all stratum in which every firm answered takes no part in it."): _(
        "A take-all stratum in which every local unit answered takes no part in it."
    ),
    _("eligible share of the firms of which nobody knows"): _(
        "eligible share of the local units of which nobody knows"
    ),
    _("Eligible share of the firms of which nobody knows"): _(
        "Eligible share of the local units of which nobody knows"
    ),
    _("Where closed firms simply do not report, only a follow-up of silent firms tells it."): _(
        "Where closed local units simply do not report, only a follow-up of silent local units tells it."
    ),
    _("who answers for firms that did not"): _("who answers for local units that did not"),
    _("Who answers for firms that did not"): _("Who answers for local units that did not"),
    _("counts that are met"): _("counts of local units that are met"),
    _("Counts and totals that are met"): _("Counts of local units and totals that are met"),
    _("Whom a condition leaves, as a sentence says it after “firms”, such as: with production equipment"): _(
        "Whom a condition leaves, as a sentence says it after “local units”, such as: with production equipment"
    ),
    _("Write how a sentence goes on: firms that find it serious."): _(
        "Write how a sentence goes on: local units that find it serious."
    ),
    _("Firms cannot be grouped by “%(value)s”: it is not one answer out of several."): _(
        "Local units cannot be grouped by “%(value)s”: it is not one answer out of several."
    ),
    _("“%(value)s” is in no class, so its firms would be missing."): _(
        "“%(value)s” is in no class, so its local units would be missing."
    ),
    _("“%(value)s” is an answer, and cleared figures tell firms apart by the frame alone."): _(
        "“%(value)s” is an answer, and cleared figures tell local units apart by the frame alone."
    ),
    _("Calibration has no counts to meet."): _("Calibration has no counts of local units to meet."),
    _("The rule says nothing to the firm."): _("The rule says nothing to the local unit."),
    _("Name of the firm"): _("Name of the local unit"),
    _("A firm to test with"): _("A local unit to test with"),
    _(
        "Fill in this version as a firm of your making. The answers stay in your own session and never meet real ones."
    ): _(
        "Fill in this version as a local unit of your making. The answers stay in your own session and never meet "
        "real ones."
    ),
    _("Change the firm"): _("Change the local unit"),
    _("Only groups of the list of firms are crossed in cleared figures."): _(
        "Only groups of the list of local units are crossed in cleared figures."
    ),
    _("Fewer than two firms answered in “%(wave)s”."): _("Fewer than two local units answered in “%(wave)s”."),
    _(
        "What a firm wrote may tell who it is. Read each answer, take out names, places and figures that give the "
        "firm away, and let it leave, or keep it here. Only what leaves stands in releases."
    ): _(
        "What a local unit wrote may tell who it is. Read each answer, take out names, places and figures that "
        "give it or its firm away, and let it leave, or keep it here. Only what leaves stands in releases."
    ),
    _("Read by the firm before anything is asked."): _("Read by the local unit before anything is asked."),
    _("Each firm sees them in an order of its own."): _("Each local unit sees them in an order of its own."),
    _("A firm that answered the wave before sees its answer of then and can take it over."): _(
        "A local unit that answered the wave before sees its answer of then and can take it over."
    ),
    _("A question of type “%(value)s” records pictures, sound or film, which does not apply to a firm's web form."): _(
        "A question of type “%(value)s” records pictures, sound or film, which does not apply to the web form of a "
        "local unit."
    ),
    _("A question of type “%(value)s” records a GPS position, which does not apply to a firm's web form."): _(
        "A question of type “%(value)s” records a GPS position, which does not apply to the web form of a local unit."
    ),
    _("“%(value)s” names a device, its user or a case; a web form knows the firm from its access code instead."): _(
        "“%(value)s” names a device, its user or a case; a web form knows the local unit from its access code instead."
    ),
    _("Pictures, sound and film beside a wording (“%(value)s”) do not apply to a firm's web form."): _(
        "Pictures, sound and film beside a wording (“%(value)s”) do not apply to the web form of a local unit."
    ),
    _("What was saved last time is the firm's answer in the previous wave."): _(
        "What was saved last time is the answer of the local unit in the previous wave."
    ),
    _("The function %(value)s() needs what a firm's web form does not have: %(lacking)s."): _(
        "The function %(value)s() needs what the web form of a local unit does not have: %(lacking)s."
    ),
}
