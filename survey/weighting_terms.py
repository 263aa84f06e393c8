"""The words of the weighting plan, as enums that carry their English label: each is a choice that an analyst makes."""

from survey.terms import Labelled, gettext_noop

_ = gettext_noop


class OutlierChoice(Labelled):
    """What the analyst decides of an influential value."""

    KEEP = "keep", _("Keep as it is")
    WEIGH_DOWN = "weigh_down", _("Weigh down")


class MergingOrder(Labelled):
    """What merged strata keep in common as long as they can."""

    SIZE_FIRST = "size_first", _("The same size of the nearest industry, then the nearest size")
    INDUSTRY_FIRST = "industry_first", _("The nearest size of the same industry, then the nearest industry")


class EligibilityClass(Labelled):
    """Within what e is estimated."""

    SIZE = "size", _("Size class")
    INDUSTRY = "industry", _("Industry")
    ALL = "all", _("All firms")


class EligibilityRule(Labelled):
    """Where e, the eligible share of the cases of unknown eligibility, comes from."""

    KNOWN_CASES = "known_cases", _("Share of eligible firms among the firms of known eligibility")
    FOLLOW_UP = "follow_up", _("Share of eligible firms among the silent firms that a follow-up resolved")
    STATED = "stated", _("Stated from outside the survey")


class Nonresponse(Labelled):
    """Who answers for the firms that did not."""

    STRATA = "strata", _("Respondents of the same stratum, merged where too few answered")
    PROPENSITY = "propensity", _("Respondents as likely to respond, by a model of what the frame knows")


class FillingRule(Labelled):
    """How a missing number is filled."""

    RATIO = "ratio", _("Ratio to a variable of the frame within classes")
    NEAREST = "nearest", _("Value of the nearest respondent of the class")


class CalibrationMethod(Labelled):
    """How weights are made to meet what the frame holds."""

    LINEAR = "linear", _("Linear (GREG), also to totals of numbers")
    RAKING = "raking", _("Raking; factors stay positive")
    LOGIT = "logit", _("Logit; factors never leave the bounds")
    POSTSTRATIFY = "poststratify", _("Post-stratification to the counts of one margin")
    NONE = "none", _("No calibration")


class FrameMargin(Labelled):
    """What of the frame counts are known, and weights can be made to meet them."""

    INDUSTRY = "industry", _("Industry")
    SIZE = "size", _("Size class")
    STRATUM = "industry x size", _("Industry by size class")


class FrameTotal(Labelled):
    """Numbers that the frame has of every firm, so that their totals are known."""

    EMPLOYEES = "employees", _("Employees")
    REVENUE = "revenue", _("Revenue, 10,000 yuan")
