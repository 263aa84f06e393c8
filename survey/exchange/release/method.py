"""The notes on method that stand in every release, as message keys."""

from survey.terms import gettext_noop as _

METHOD_NOTES = (
    (
        _("Population and sample"),
        _(
            "Firms are drawn by simple random sampling without replacement within strata of industry section and "
            "size class; large firms are taken completely. Every firm drawn has a known inclusion probability."
        ),
    ),
    (
        _("Weights"),
        _(
            "A firm counts with its design weight, the inverse of its inclusion probability, times an adjustment "
            "for firms that did not answer: within a stratum those that answered stand for all that are eligible."
            " A stratum with fewer than two answers is merged with the nearest size of the same industry."
        ),
    ),
    (
        _("Estimates"),
        _(
            "A share is the weighted share of the firms to which the question applies. “Does not apply” is an "
            "answer of its own and has all firms that were asked as its base. Firms that did not answer an item "
            "are outside its base."
        ),
    ),
    (
        _("Standard errors"),
        _(
            "Taylor linearisation for a stratified sample with finite population correction. Intervals hold at a "
            "confidence of 95%: for shares on the logit scale, for means by Student's t, for medians by Woodruff's "
            "method. Degrees of freedom are the firms that answered minus the strata."
        ),
    ),
    (
        _("Ranks"),
        _(
            "Ranks are by the estimate. The rank interval holds for all rows of a table together at a "
            "confidence of 95%: every pair is compared with its joint standard error, adjusted by Holm's step-down "
            "method."
        ),
    ),
    (
        _("Quality"),
        _(
            "* use with care; ** unreliable, on fewer than 30 firms or with a wide interval, and not published. "
            "Means are graded by their coefficient of variation, shares by the width of their interval."
        ),
    ),
    (
        _("Protection"),
        _(
            "c: withheld. Figures on fewer than 10 firms are not shown, nor quantities that few firms dominate, "
            "nor figures from which a withheld one would follow, also by subtracting one group from another."
        ),
    ),
    (
        _("Core themes"),
        _(
            "A core theme counts a firm that finds at least one of its pain points serious or very serious (steps"
            " 4 and 5 of five)."
        ),
    ),
)
"""(heading, paragraph)."""
