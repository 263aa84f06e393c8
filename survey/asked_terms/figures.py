"""What stands beside figures, on pages and in files, of firms and of local units."""

from survey.terms import gettext_noop as _

OF_FIGURES: dict[str, str] = {
    _("“Does not apply” has a base of its own: all firms that were asked. The steps are shares of the others."): _(
        "“Does not apply” has a base of its own: all local units that were asked. The steps are shares of the others."
    ),
    _("Behind each figure the number of firms that it is of."): _(
        "Behind each figure the number of local units that it is of."
    ),
    _("Firms"): _("Local units"),
    _("Of all firms"): _("Of all local units"),
    _("Of the typical firm: every firm counts alike."): _("Of the typical local unit: every local unit counts alike."),
    _("Of the whole economy: a firm counts by its employees."): _(
        "Of the whole economy: a local unit counts by its employees."
    ),
    _("Of the whole economy: a firm counts by its revenue."): _(
        "Of the whole economy: a local unit counts by its revenue."
    ),
    _("Of the whole economy: the sum over all firms."): _("Of the whole economy: the sum over all local units."),
    _("Of the whole economy: one total over another, so that a firm counts by its size."): _(
        "Of the whole economy: one total over another, so that a local unit counts by its size."
    ),
    _("Every firm counts alike."): _("Every local unit counts alike."),
    _("A firm counts by its employees."): _("A local unit counts by its employees."),
    _("A firm counts by its revenue."): _("A local unit counts by its revenue."),
    _("The sum over these firms alone."): _("The sum over these local units alone."),
    _("One total of these firms over another, so that a firm counts by its size."): _(
        "One total of these local units over another, so that a local unit counts by its size."
    ),
    _("all firms"): _("all local units"),
    _("all sampled firms"): _("all sampled local units"),
    _("Base: all sampled firms, n = %(n)s."): _("Base: all sampled local units, n = %(n)s."),
    _("Compared with “%(wave)s”. %(n)s firms answered in both; that they resemble themselves is in the intervals."): _(
        "Compared with “%(wave)s”. %(n)s local units answered in both; that they resemble themselves is "
        "in the intervals."
    ),
    _("Its error takes the waves for independent; of firms that answered in both it is smaller."): _(
        "Its error takes the waves for independent; of local units that answered in both it is smaller."
    ),
    _("Firms before and now"): _("Local units before and now"),
    _("Firms in both waves"): _("Local units in both waves"),
    _(
        "“%(item)s”: firms with %(share)s of the weight have an amount and did not give it; the total leaves them out."
    ): _(
        "“%(item)s”: local units with %(share)s of the weight have an amount and did not give it; the "
        "total leaves them out."
    ),
    _("“%(item)s”: %(count)s large values count less than reported; total and mean of all firms: %(change)s%%."): _(
        "“%(item)s”: %(count)s large values count less than reported; total and mean of all local units: %(change)s%%."
    ),
    _("firms"): _("local units"),
    _("%(finding)s, %(share)s of all firms"): _("%(finding)s, %(share)s of all local units"),
    _("the firms asked"): _("the local units asked"),
    _("%(answered)s of %(sampled)s sampled firms answered: %(rate)s"): _(
        "%(answered)s of %(sampled)s sampled local units answered: %(rate)s"
    ),
    _("About %(rate)s of the sampled firms answered"): _("About %(rate)s of the sampled local units answered"),
    _("Share of firms"): _("Share of local units"),
    _("Group of firms"): _("Group of local units"),
    _("unreliable: few firms or a wide interval"): _("unreliable: few local units or a wide interval"),
    _("Firms (n, rounded)"): _("Local units (n, rounded)"),
    _("Share of all firms"): _("Share of all local units"),
    _("Firms before"): _("Local units before"),
    _("Firms now"): _("Local units now"),
    _("%(n)s firms"): _("%(n)s local units"),
    _("Unreliable: the figure rests on few firms or has a wide interval, and is not published."): _(
        "Unreliable: the figure rests on few local units or has a wide interval, and is not published."
    ),
    _("Demonstration: firms, persons and answers are made up."): _(
        "Demonstration: local units, persons and answers are made up."
    ),
    _("Firms sampled, and firms that answered (rounded)"): _(
        "Local units sampled, and local units that answered (rounded)"
    ),
    _("All figures of all groups of firms, one a row, for programs"): _(
        "All figures of all groups of local units, one a row, for programs"
    ),
    _("Base: the firms of each group that the question was asked of. Weighted."): _(
        "Base: the local units of each group that the question was asked of. Weighted."
    ),
    _("Table %(number)s by group of firms: %(measure)s"): _("Table %(number)s by group of local units: %(measure)s"),
    _("Estimates; errors, firms and crossed groups stand on the sheet “%(sheet)s”."): _(
        "Estimates; errors, local units and crossed groups stand on the sheet “%(sheet)s”."
    ),
    _("Number of firms"): _("Number of local units"),
    _("Groups of firms"): _("Groups of local units"),
    _("Of all asked"): _("Of all local units asked"),
    _("%(firms)s, or those that the row names"): _("%(firms)s, or the local units that the row names"),
    _("Not applicable: nobody was asked, or the question does not apply."): _(
        "Not applicable: no local unit was asked, or the question does not apply."
    ),
}
