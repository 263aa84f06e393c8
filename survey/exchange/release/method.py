"""The notes on method that stand in every release, as message keys."""

from collections.abc import Collection, Iterator

from survey.instrument.plan.weighting import RECOMMENDED, Weighting
from survey.methods.protection.disclosure import DisclosureRule
from survey.methods.tables.quality import DEFAULT
from survey.methods.tables.table import Statistic
from survey.methods.tables.vocabulary import Vocabulary
from survey.selectors.said import said as _translated
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
            "for firms that did not answer: within a stratum those that answered stand for all that are eligible. A "
            "stratum with fewer than two answers is merged with a neighbour; a stratum that was taken whole and "
            "answered whole stands for itself. Firms out of scope stay in the design, so that the number of firms in "
            "scope is an estimate with an error. Where the frame has counts and totals, weights are calibrated to "
            "them. The sheet on weights gives the account."
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
        _("Titles and changes"),
        _(
            "A title calls a row first only where it is significantly above every other, by that joint test; else it "
            "names the rows that lead together. A change is called one only where its p-value by Holm's rule for the "
            "whole table is below 5%."
        ),
    ),
    (
        _("Bases"),
        _(
            "A figure is of the firms that the question was asked of, which the table or the row names. The share of "
            "all firms beside it counts firms that were led past the question as not; it is left out where it would "
            "tell of few firms."
        ),
    ),
    (
        _("Quality"),
        _(
            "* use with care; ** unreliable, on fewer than %(least)s firms or with a wide interval, and not published. "
            "Means are graded by their coefficient of variation, shares by the width of their interval. Amounts are to "
            "be used with care where fewer than %(chance)s of their firms were drawn by chance, or where firms of the "
            "group that were taken with certainty and did not answer carry more than %(absent)s%% of its employees or "
            "revenue; medians and numbers of firms where they rest on fewer than %(least)s effective answers: there "
            "intervals were found to hold less often than they say."
        ),
    ),
    (
        _("Protection"),
        _(
            "Figures are decided on once for the whole release, over all its tables and groups together, and against "
            "all that was published before. Withheld are figures on fewer than %(threshold)s firms, amounts that few "
            "firms dominate, figures that would tell on every firm of a group, and figures from which a withheld one "
            "would follow, also by subtracting one group or one date from another."
        ),
    ),
    (
        _("What is promised"),
        _(
            "No random noise is added to figures, and differential privacy is not claimed: no bound is given on what a "
            "figure adds to what somebody knew before. Promised is, against somebody who has the list of those asked, "
            "the weights, the names of those that answered, the answers of one of them or of all of one group and all "
            "that was published: withheld figures stay open, and for each of the others there are other answers to "
            "closed questions, and larger and smaller amounts, that give the same figures. The certificate of the "
            "release proves it and names what it leaves out: that is protected by the rules and by rounding alone."
        ),
    ),
    (
        _("Rounding"),
        _(
            "Figures are rounded before they leave, so that no file holds more digits than a page: shares in steps of "
            "10 points below 30 answers, of 5 below 100, of 2 below 200 and of 1 from there on; numbers of firms to "
            "multiples of 5; standard errors and coefficients of variation to two digits; amounts to what their error "
            "bears. Parts may therefore not add up to their total."
        ),
    ),
)
"""(heading, paragraph); a paragraph with places for the least numbers of firms is formatted, others are not."""

NOTES_BY_STATISTIC = {
    Statistic.BALANCE: (
        _("Balances"),
        _(
            "A balance is the weighted share of firms that report a rise less that of firms that report a fall, in "
            "points from −100 to 100; 0 is as many of one as of the other."
        ),
    ),
    Statistic.DIFFUSION: (
        _("Diffusion indices"),
        _(
            "A diffusion index is the weighted share of firms that report a rise plus half the share of those that "
            "report no change, from 0 to 100; above 50 more firms report a rise than a fall."
        ),
    ),
    Statistic.INDEX: (
        _("Composite indices"),
        _(
            "A composite index is the sum of its parts times their stated weights. Its error takes account of the "
            "parts being answered by the same firms. It is withheld where a part of it is."
        ),
    ),
    **dict.fromkeys(
        (Statistic.EMPLOYEE_SHARE, Statistic.REVENUE_SHARE),
        (
            _("Shares of employees and revenue"),
            _(
                "The share of all employees, or of all revenue, that is in the firms counted, by the size of each firm "
                "in the frame. It says how much of the economy is concerned; a share of firms counts every firm alike."
            ),
        ),
    ),
    Statistic.RATIO: (
        _("Ratios of totals"),
        _("A ratio is the weighted total of one amount divided by that of another, over the firms that gave both."),
    ),
}
"""Paragraphs that a release has where it shows such figures."""


WEIGHED_DOWN = _(
    "A value that carries a figure and stands for firms unlike it counts in full for itself only, and as the stated "
    "cut-off for the firms that its weight adds (one-sided winsorisation). Analysts decide this value by value, with "
    "a reason that is kept."
)


LIMITS = _("Limits of weights")
STRATA_OF_FEW = _(
    "A stratum with fewer than %(answers)s answers is put together with its neighbour before it is weighted."
)
LARGE_FACTORS = _(
    "So is one in which the adjustment for nonresponse is more than %(factor)s times that of all strata together."
)
LARGE_WEIGHTS = _(
    "No answer counts more than %(weight)s times the mean weight, except where the frame could not be met otherwise: "
    "what is above goes to the other answers of the same strata. So few answers do not decide a figure; it may lean "
    "a little towards the others."
)


def method_notes(
    words: Vocabulary, rule: DisclosureRule, statistics: Collection[Statistic], *, weighed_down: bool
) -> Iterator[tuple[str, str]]:
    """Heading and paragraph of every note in the language that is active: the method, then what the plan says.

    `statistics` are those that the release shows; `weighed_down` says that analysts let a value count less.
    """
    caveats = DEFAULT.caveats
    numbers = {
        "threshold": rule.threshold,
        "least": DEFAULT.fractions.minimum_n,
        "chance": caveats.least_chance,
        "absent": round(100 * caveats.most_absent),
    }
    for heading, paragraph in METHOD_NOTES:
        text = _translated(paragraph)
        # Only where there are places: a paragraph with "95%" alone is no format.
        yield _translated(heading), text % numbers if "%(" in paragraph else text
    if limits := " ".join(_limits_of_weights(words.plan.weighting)):
        yield _translated(LIMITS), limits
    # Each once: several statistics share a paragraph.
    for heading, paragraph in dict.fromkeys(note for one, note in NOTES_BY_STATISTIC.items() if one in statistics):
        yield _translated(heading), _translated(paragraph)
    if weighed_down:
        # How many and by how much stays inside: it would tell of single firms.
        yield _translated("Influential values"), _translated(WEIGHED_DOWN)
    # Those of the plan last: they speak of this survey, what comes before of every one.
    for note in words.plan.notes:
        yield words.read(note.text), words.read(note.paragraph)


def _limits_of_weights(chosen: Weighting) -> Iterator[str]:
    """What the plan does so that few answers do not stand for many; nothing by a plan without such limits."""
    if chosen.least_answers > RECOMMENDED.least_answers:
        yield _translated(STRATA_OF_FEW) % {"answers": chosen.least_answers}
    if chosen.largest_factor is not None:
        yield _translated(LARGE_FACTORS) % {"factor": f"{chosen.largest_factor:g}"}
    if chosen.largest_weight is not None:
        yield _translated(LARGE_WEIGHTS) % {"weight": f"{chosen.largest_weight:g}"}
