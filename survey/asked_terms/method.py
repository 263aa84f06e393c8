"""What is said of method: how a release was made, its account of weights, what its microdata mean."""

from survey.terms import gettext_noop as _

OF_METHOD: dict[str, str] = {
    _(
        "Simulated surveys, drawn, answered in part, weighted and tabled as here, %(rounds)s of each "
        "scenario: how often the 95%% interval held the value of all firms. “±” is the error of the "
        "simulation itself. Left out is the scenario in which the answer decides who responds: no weights"
        " mend that."
    ): _(
        "Simulated surveys, drawn, answered in part, weighted and tabled as here, %(rounds)s of each "
        "scenario: how often the 95%% interval held the value of all local units. “±” is the error of the"
        " simulation itself. Left out is the scenario in which the answer decides who responds: no "
        "weights mend that."
    ),
    _("All firms, mean of the scenarios"): _("All local units, mean of the scenarios"),
    _("All firms, lowest"): _("All local units, lowest"),
    _("Groups of firms, without a mark"): _("Groups of local units, without a mark"),
    _(
        "Up to %(care)s; or fewer than %(chance)s answers drawn by chance, or more than %(absent)s "
        "carried by large firms that did not respond; a median or number of firms on fewer than "
        "%(effective)s answers, counted by their weights"
    ): _(
        "Up to %(care)s; or fewer than %(chance)s answers drawn by chance, or more than %(absent)s "
        "carried by large local units that did not respond; a median or number of local units on fewer "
        "than %(effective)s answers, counted by their weights"
    ),
    _(
        "R-indicator %(r)s, less its bias %(adjusted)s, 95 %% interval %(low)s to %(high)s with these "
        "variables (1: all kinds of firms are as likely to answer). No mean can be off by more than "
        "%(bias)s of its standard deviations. Partial values with their standard errors: how far each "
        "variable and category stands from that; below 0 fewer answered."
    ): _(
        "R-indicator %(r)s, less its bias %(adjusted)s, 95 %% interval %(low)s to %(high)s with these "
        "variables (1: all kinds of local units are as likely to answer). No mean can be off by more than"
        " %(bias)s of its standard deviations. Partial values with their standard errors: how far each "
        "variable and category stands from that; below 0 fewer answered."
    ),
    _("All firms"): _("All local units"),
    _("Firms of which nobody knows whether they are in scope count with the share e, in weights, RR3 and RR4."): _(
        "Local units of which nobody knows whether they are in scope count with the share e, in weights, RR3 and RR4."
    ),
    _("In %(count)s strata that were taken whole every firm answered; these firms stand for themselves."): _(
        "In %(count)s strata that were taken whole every local unit answered; these local units stand for themselves."
    ),
    _("Firms drawn, in scope"): _("Local units drawn, in scope"),
    _("The largest factor for firms that did not answer is %(factor)s."): _(
        "The largest factor for local units that did not answer is %(factor)s."
    ),
    _("Factors above 3, where few answers stand for many firms:"): _(
        "Factors above 3, where few answers stand for many local units:"
    ),
    _("%(variable)s: %(members)s were met together, since few firms answered."): _(
        "%(variable)s: %(members)s were met together, since few local units answered."
    ),
    _("The frame could not be met without weights below 1: %(count)s firms stand for less than one firm."): _(
        "The frame could not be met without weights below 1: %(count)s local units stand for less than one local unit."
    ),
    _("Number of the row; it says nothing about the firm"): _(
        "Number of the row; it says nothing about the local unit"
    ),
    _("Final weight: how many firms this one stands for"): _("Final weight: how many local units this one stands for"),
    _("Eligible firms in the stratum, for the finite population correction"): _(
        "Eligible local units in the stratum, for the finite population correction"
    ),
    _("Confidential. Rows bear no names, but a firm may be known by industry, size, district and its answers."): _(
        "Confidential. Rows bear no names, but a local unit may be known by industry, size, district and its answers."
    ),
    _(
        "A value that carries a figure and stands for firms unlike it counts in full for itself only, and"
        " as the stated cut-off for the firms that its weight adds (one-sided winsorisation). Analysts "
        "decide this value by value, with a reason that is kept."
    ): _(
        "A value that carries a figure and stands for local units unlike it counts in full for itself "
        "only, and as the stated cut-off for the local units that its weight adds (one-sided "
        "winsorisation). Analysts decide this value by value, with a reason that is kept."
    ),
    _(
        "Firms are drawn by simple random sampling without replacement within strata of industry section "
        "and size class; large firms are taken completely. Every firm drawn has a known inclusion "
        "probability."
    ): _(
        "Local units are drawn by simple random sampling without replacement within strata of industry "
        "section and size class; large local units are taken completely. Every local unit drawn has a "
        "known inclusion probability."
    ),
    _(
        "A firm counts with its design weight, the inverse of its inclusion probability, times an "
        "adjustment for firms that did not answer: within a stratum those that answered stand for all "
        "that are eligible. A stratum with fewer than two answers is merged with a neighbour; a stratum "
        "that was taken whole and answered whole stands for itself. Firms out of scope stay in the "
        "design, so that the number of firms in scope is an estimate with an error. Where the frame has "
        "counts and totals, weights are calibrated to them. The sheet on weights gives the account."
    ): _(
        "A local unit counts with its design weight, the inverse of its inclusion probability, times an "
        "adjustment for local units that did not answer: within a stratum those that answered stand for "
        "all that are eligible. A stratum with fewer than two answers is merged with a neighbour; a "
        "stratum that was taken whole and answered whole stands for itself. Local units out of scope stay"
        " in the design, so that the number of local units in scope is an estimate with an error. Where "
        "the frame has counts and totals, weights are calibrated to them. The sheet on weights gives the "
        "account."
    ),
    _(
        "A share is the weighted share of the firms to which the question applies. “Does not apply” is an"
        " answer of its own and has all firms that were asked as its base. Firms that did not answer an "
        "item are outside its base."
    ): _(
        "A share is the weighted share of the local units to which the question applies. “Does not apply”"
        " is an answer of its own and has all local units that were asked as its base. Local units that "
        "did not answer an item are outside its base."
    ),
    _(
        "Taylor linearisation for a stratified sample with finite population correction. Intervals hold "
        "at a confidence of 95%: for shares on the logit scale, for means by Student's t, for medians by "
        "Woodruff's method. Degrees of freedom are the firms that answered minus the strata."
    ): _(
        "Taylor linearisation for a stratified sample with finite population correction. Intervals hold "
        "at a confidence of 95%: for shares on the logit scale, for means by Student's t, for medians by "
        "Woodruff's method. Degrees of freedom are the local units that answered minus the strata."
    ),
    _(
        "A figure is of the firms that the question was asked of, which the table or the row names. The "
        "share of all firms beside it counts firms that were led past the question as not; it is left out"
        " where it would tell of few firms."
    ): _(
        "A figure is of the local units that the question was asked of, which the table or the row names."
        " The share of all local units beside it counts local units that were led past the question as "
        "not; it is left out where it would tell of few local units."
    ),
    _(
        "* use with care; ** unreliable, on fewer than %(least)s firms or with a wide interval, and not "
        "published. Means are graded by their coefficient of variation, shares by the width of their "
        "interval. Amounts are to be used with care where fewer than %(chance)s of their firms were drawn"
        " by chance, or where firms of the group that were taken with certainty and did not answer carry "
        "more than %(absent)s%% of its employees or revenue; medians and numbers of firms where they rest"
        " on fewer than %(least)s effective answers: there intervals were found to hold less often than "
        "they say."
    ): _(
        "* use with care; ** unreliable, on fewer than %(least)s local units or with a wide interval, and"
        " not published. Means are graded by their coefficient of variation, shares by the width of their"
        " interval. Amounts are to be used with care where fewer than %(chance)s of their local units "
        "were drawn by chance, or where local units of the group that were taken with certainty and did "
        "not answer carry more than %(absent)s%% of its employees or revenue; medians and numbers of "
        "local units where they rest on fewer than %(least)s effective answers: there intervals were "
        "found to hold less often than they say."
    ),
    _(
        "Figures are decided on once for the whole release, over all its tables and groups together, and "
        "against all that was published before. Withheld are figures on fewer than %(threshold)s firms, "
        "amounts that few firms dominate, figures that would tell on every firm of a group, and figures "
        "from which a withheld one would follow, also by subtracting one group or one date from another."
    ): _(
        "Figures are decided on once for the whole release, over all its tables and groups together, and "
        "against all that was published before. Withheld are figures on local units of fewer than "
        "%(threshold)s firms, amounts that few firms dominate, figures that would tell on every local "
        "unit of a group, and figures from which a withheld one would follow, also by subtracting one "
        "group or one date from another."
    ),
    _(
        "Figures are rounded before they leave, so that no file holds more digits than a page: shares in "
        "steps of 10 points below 30 answers, of 5 below 100, of 2 below 200 and of 1 from there on; "
        "numbers of firms to multiples of 5; standard errors and coefficients of variation to two digits;"
        " amounts to what their error bears. Parts may therefore not add up to their total."
    ): _(
        "Figures are rounded before they leave, so that no file holds more digits than a page: shares in "
        "steps of 10 points below 30 answers, of 5 below 100, of 2 below 200 and of 1 from there on; "
        "numbers of local units to multiples of 5; standard errors and coefficients of variation to two "
        "digits; amounts to what their error bears. Parts may therefore not add up to their total."
    ),
    _(
        "A balance is the weighted share of firms that report a rise less that of firms that report a "
        "fall, in points from −100 to 100; 0 is as many of one as of the other."
    ): _(
        "A balance is the weighted share of local units that report a rise less that of local units that "
        "report a fall, in points from −100 to 100; 0 is as many of one as of the other."
    ),
    _(
        "A diffusion index is the weighted share of firms that report a rise plus half the share of those"
        " that report no change, from 0 to 100; above 50 more firms report a rise than a fall."
    ): _(
        "A diffusion index is the weighted share of local units that report a rise plus half the share of"
        " those that report no change, from 0 to 100; above 50 more local units report a rise than a "
        "fall."
    ),
    _(
        "A composite index is the sum of its parts times their stated weights. Its error takes account of"
        " the parts being answered by the same firms. It is withheld where a part of it is."
    ): _(
        "A composite index is the sum of its parts times their stated weights. Its error takes account of"
        " the parts being answered by the same local units. It is withheld where a part of it is."
    ),
    _("A ratio is the weighted total of one amount divided by that of another, over the firms that gave both."): _(
        "A ratio is the weighted total of one amount divided by that of another, over the local units that gave both."
    ),
    _(
        "The share of all employees, or of all revenue, that is in the firms counted, by the size of each"
        " firm in the frame. It says how much of the economy is concerned; a share of firms counts every "
        "firm alike."
    ): _(
        "The share of all employees, or of all revenue, that is in the local units counted, by the size "
        "of each local unit in the frame. It says how much of the economy is concerned; a share of local "
        "units counts every local unit alike."
    ),
    _("Share of eligible firms among the firms of known eligibility"): _(
        "Share of eligible local units among the local units of known eligibility"
    ),
    _("Share of eligible firms among the silent firms that a follow-up resolved"): _(
        "Share of eligible local units among the silent local units that a follow-up resolved"
    ),
    _("Cases resolved"): _("Local units resolved"),
    _("Cases unknown"): _("Local units unknown"),
    _("Eligibility and response by class"): _("Eligibility and response of local units by class"),
    _(
        "Weights were not calibrated: “%(place)s” of the frame cannot be met within the bounds of the "
        "factors. Allow wider bounds, or fewer counts and totals."
    ): _(
        "Weights were not calibrated: “%(place)s” of the frame cannot be met within the bounds of the "
        "factors. Allow wider bounds, or fewer counts of local units and totals."
    ),
    _("Size class in the frame"): _("Size class of the local unit in the frame"),
    _("every firm answers"): _("every local unit answers"),
    _("small firms answer less often"): _("small local units answer less often"),
    _("whether a firm answers depends on what it would say"): _(
        "whether a local unit answers depends on what it would say"
    ),
    _("two in five of the large firms are missing"): _("two in five of the large local units are missing"),
    _("closed firms in the frame, reported as closed"): _("closed local units in the frame, reported as closed"),
    _("closed firms in the frame that say nothing"): _("closed local units in the frame that say nothing"),
    _("Respondents of the same stratum, merged where too few answered"): _(
        "Local units of the same stratum that responded, merged where too few answered"
    ),
    _("Respondents as likely to respond, by a model of what the frame knows"): _(
        "Local units as likely to respond, by a model of what the frame knows"
    ),
    _("Value of the nearest respondent of the class"): _("Value of the nearest local unit of the class"),
    _("Post-stratification to the counts of one margin"): _(
        "Post-stratification to the counts of local units of one margin"
    ),
}
