"""What pages with figures say, of firms and of local units."""

from survey.terms import gettext_noop as _

OF_PAGES: dict[str, str] = {
    _("Firms, unweighted"): _("Local units, unweighted"),
    _("Figures by “%(group)s”, which firms answered, are working figures. Choose a group of the list."): _(
        "Figures by “%(group)s”, which local units answered, are working figures. Choose a group of the list."
    ),
    _("Firms in the sample"): _("Local units in the sample"),
    _("Burden on the firms"): _("Burden on the local units"),
    _(
        "%(hours)s hours of %(firms)s firms that submitted, also those whose answers do not count; "
        "%(untimed)s of them filled in elsewhere than on the web and are set at the median."
    ): _(
        "%(hours)s hours of %(firms)s local units that submitted, also those whose answers do not count; "
        "%(untimed)s of them filled in elsewhere than on the web and are set at the median."
    ),
    _("Firms that have submitted against all that are not known to be out of scope, by design weight."): _(
        "Local units that have submitted against all that are not known to be out of scope, by design weight."
    ),
    _(
        "Share e of the firms of unknown eligibility in RR3 and RR4: the eligible part of the cases that are resolved."
    ): _(
        "Share e of the local units of unknown eligibility in RR3 and RR4: the eligible part of the cases"
        " that are resolved."
    ),
    _("Wave and group of firms"): _("Wave and group of local units"),
    _("No wave has a sample. Results appear here when a sample is drawn, access codes are sent and firms answer."): _(
        "No wave has a sample. Results appear here when a sample is drawn, access codes are sent and "
        "local units answer."
    ),
    _(
        "A title calls a row first only where it is significantly above every other; else it names the "
        "rows that lead together. Ranks and titles rest on the rounded figures and on the largest error "
        "that their differences can have, so that they tell fewer rows apart than the exact figures "
        "would. A share is of the firms that the question was asked of; the share of all firms beside it "
        "counts those that were led past the question as not."
    ): _(
        "A title calls a row first only where it is significantly above every other; else it names the "
        "rows that lead together. Ranks and titles rest on the rounded figures and on the largest error "
        "that their differences can have, so that they tell fewer rows apart than the exact figures "
        "would. A share is of the local units that the question was asked of; the share of all local "
        "units beside it counts those that were led past the question as not."
    ),
    _(
        "Each answer counts with the weight of its firm: the design weight times an adjustment for firms "
        "that did not answer, within strata of industry and size, and calibrated to what the frame knows "
        "of all firms. Intervals hold with 95%% confidence and take account of the strata and of the "
        "share of all firms that was sampled. The rank interval says which ranks %(row_text)s may truly "
        "have, for all of them together."
    ): _(
        "Each answer counts with the weight of its local unit: the design weight times an adjustment for "
        "local units that did not answer, within strata of industry and size, and calibrated to what the "
        "frame knows of all local units. Intervals hold with 95%% confidence and take account of the "
        "strata and of the share of all local units that was sampled. The rank interval says which ranks "
        "%(row_text)s may truly have, for all of them together."
    ),
    _(
        "All figures of a cut are decided together and rounded once: shares in steps of at least 10 "
        "points below 30 answers, 5 below 100, 2 below 200 and 1 from there on, in wider ones where few "
        "firms carry much of the weight, and numbers of firms in steps of 5. Figures on fewer than "
        "%(threshold)s firms, those of one enterprise group counted as one, are withheld, and with them "
        "those from which they would follow. A withheld figure has one sign, whatever the reason."
    ): _(
        "All figures of a cut are decided together and rounded once: shares in steps of at least 10 "
        "points below 30 answers, 5 below 100, 2 below 200 and 1 from there on, in wider ones where few "
        "local units carry much of the weight, and numbers of local units in steps of 5. Figures on local"
        " units of fewer than %(threshold)s firms, those of one enterprise group counted as one, are "
        "withheld, and with them those from which they would follow. A withheld figure has one sign, "
        "whatever the reason."
    ),
    _(
        "A figure behind which fewer than %(threshold)s firms have changed since an earlier cut is still "
        "that of the earlier cut: the difference would tell of these firms."
    ): _(
        "A figure behind which local units of fewer than %(threshold)s firms have changed since an "
        "earlier cut is still that of the earlier cut: the difference would tell of these firms."
    ),
    _("about %(answered)s firms answered"): _("about %(answered)s local units answered"),
    _("Figures of this group of firms are withheld"): _("Figures of this group of local units are withheld"),
    _("Too few firms are behind them, or others would follow from them."): _(
        "The local units behind them are of too few firms, or others would follow from them."
    ),
    _(
        "Two groups of firms that somebody wants crossed in cleared figures. What is taken up stands in "
        "the plan that is being designed, and is cleared once a version with it is published and the wave"
        " has it."
    ): _(
        "Two groups of local units that somebody wants crossed in cleared figures. What is taken up "
        "stands in the plan that is being designed, and is cleared once a version with it is published "
        "and the wave has it."
    ),
    _("Fewer than two firms have answered, so that there is nothing to look at yet."): _(
        "Fewer than two local units have answered, so that there is nothing to look at yet."
    ),
    _(
        "Values that make up much of the weighted total of these firms. A value that is right is kept; "
        "one that is wrong is corrected in the case; one that is right but stands for firms unlike it is "
        "weighed down: above the cut-off it counts in full for itself only. Every decision needs a reason"
        " and is kept with its author."
    ): _(
        "Values that make up much of the weighted total of these local units. A value that is right is "
        "kept; one that is wrong is corrected in the case; one that is right but stands for local units "
        "unlike it is weighed down: above the cut-off it counts in full for itself only. Every decision "
        "needs a reason and is kept with its author."
    ),
    _("Firms that report another size class than they were drawn in"): _(
        "Local units that report another size class than they were drawn in"
    ),
    _("Show all firms"): _("Show all local units"),
    _("%(answered)s of %(sampled)s sampled firms answered"): _(
        "%(answered)s of %(sampled)s sampled local units answered"
    ),
    _(
        "At least two responses are needed to estimate anything, and %(threshold)s to show a figure. Send"
        " the access codes, or remind the firms that have not answered."
    ): _(
        "At least two responses are needed to estimate anything, and %(threshold)s to show a figure. Send"
        " the access codes, or remind the local units that have not answered."
    ),
    _("Nothing is shown for this group of firms"): _("Nothing is shown for this group of local units"),
    _(
        "Fewer than %(threshold)s firms answered in it, or their figures would follow from others that "
        "are shown. Choose a wider group."
    ): _(
        "Fewer than %(threshold)s local units answered in it, or their figures would follow from others "
        "that are shown. Choose a wider group."
    ),
    _("%(answered)s of %(sampled)s firms answered"): _("%(answered)s of %(sampled)s local units answered"),
    _(
        "A title calls a row first only where it is significantly above every other, and a change one "
        "only where its p-value, adjusted for the whole table, is below 5%%; else it names the rows that "
        "lead together. A share is of the firms that the question was asked of; the share of all firms "
        "beside it counts those that were led past the question as not."
    ): _(
        "A title calls a row first only where it is significantly above every other, and a change one "
        "only where its p-value, adjusted for the whole table, is below 5%%; else it names the rows that "
        "lead together. A share is of the local units that the question was asked of; the share of all "
        "local units beside it counts those that were led past the question as not."
    ),
    _("Withdrawn while firms answered. What was answered before is kept and not shown here:"): _(
        "Withdrawn while local units answered. What was answered before is kept and not shown here:"
    ),
    _("Added while firms answered. Firms that had begun before were not asked, and the figures are of the others:"): _(
        "Added while local units answered. Local units that had begun before were not asked, and the "
        "figures are of the others:"
    ),
    _(
        "Figures on fewer than %(threshold)s firms are withheld, and with them those from which they "
        "would follow, also from the difference between two groups."
    ): _(
        "Figures on fewer than %(threshold)s local units are withheld, and with them those from which "
        "they would follow, also from the difference between two groups."
    ),
    _(
        "One row for each firm that answered, with weights, corrections applied and the state of every "
        "value, and the codebook. Names, addresses and attached files are left out; the download is "
        "written into the audit history."
    ): _(
        "One row for each local unit that answered, with weights, corrections applied and the state of "
        "every value, and the codebook. Names, addresses and attached files are left out; the download is"
        " written into the audit history."
    ),
    _("With what firms wrote in words of their own; read it before passing it on"): _(
        "With what local units wrote in words of their own; read it before passing it on"
    ),
    _(
        "Bootstrap weights of each firm that answered, by the number of its row in the microdata. The "
        "variance of any figure is the mean of the squared differences between the figure under each "
        "replicate and under the final weight. The download is written into the audit history."
    ): _(
        "Bootstrap weights of each local unit that answered, by the number of its row in the microdata. "
        "The variance of any figure is the mean of the squared differences between the figure under each "
        "replicate and under the final weight. The download is written into the audit history."
    ),
    _("Nothing can be said while nobody or everybody has answered."): _(
        "Nothing can be said while no local unit or every local unit has answered."
    ),
    _("of %(count)s sampled"): _("of %(count)s local units sampled"),
}
