"""What a mark of quality means, and how often intervals of each kind of figure held the truth, as tables of texts."""

from collections.abc import Sequence

from survey.exchange.figures.shown import REASONS, SIGNS, percentage
from survey.exchange.figures.weighting import AccountTable
from survey.methods.tables.coverage_by_kind import COVERAGE_BY_KIND, ROUNDS
from survey.methods.tables.covered import Covered
from survey.methods.tables.quality import BY_CV, BY_WIDTH, DEFAULT, RELIABLE, UNRELIABLE, WITH_CARE
from survey.methods.tables.table import Statistic
from survey.selectors.said import said as _
from survey.terms import CellStatus, IndicatorKind, gettext_noop

KINDS = {
    Statistic.QUANTILE: IndicatorKind.MEDIAN.label,
    Statistic.SHARE_CHANGE: gettext_noop("Change of a share"),
    Statistic.VALUE_CHANGE: gettext_noop("Change of a total or ratio"),
}
"""Where the label of the statistic is not what the study looked at."""


def reliability_tables() -> list[AccountTable]:
    """The marks of quality with their rules, and beside them the coverage of intervals by kind of figure."""
    return [_marks(), coverage_table(COVERAGE_BY_KIND, ROUNDS)]


def marks_in_short() -> list[tuple[str, str]]:
    """Each sign that stands at a figure or in its place, with its meaning."""
    withheld = SIGNS[CellStatus.WITHHELD], _(REASONS[CellStatus.WITHHELD])
    return [*((grade.mark, _(grade.label)) for grade in (WITH_CARE, UNRELIABLE)), withheld]


def _marks() -> AccountTable:
    # From the rule itself: limits written here would go on saying what it was.
    reliable, care = (f"{band.limit:.0%}" for band in BY_CV.bands)
    said = {
        "reliable": reliable,
        "care": care,
        "least": BY_CV.minimum_n,
        "df": BY_CV.minimum_df,
        "widest": f"{100 * BY_WIDTH.widest:.0f}",
        "narrow": f"{100 * BY_WIDTH.narrow:.0f}",
        "relative": f"{BY_WIDTH.relative:.0%}",
        "least_df": f"{BY_WIDTH.minimum_df:g}",
        "chance": DEFAULT.caveats.least_chance,
        "absent": f"{DEFAULT.caveats.most_absent:.0%}",
        "effective": f"{DEFAULT.caveats.least_effective:g}",
    }
    rules = {
        RELIABLE: (
            _("Coefficient of variation up to %(reliable)s"),
            _("Interval below %(widest)s points and %(relative)s of the share, or at most %(narrow)s points"),
        ),
        WITH_CARE: (
            _(
                "Up to %(care)s; or fewer than %(chance)s answers drawn by chance, or more than %(absent)s carried by "
                "large firms that did not respond; a median or number of firms on fewer than %(effective)s answers, "
                "counted by their weights"
            ),
            _("Fewer than %(least_df)s degrees of freedom, or a share of 0%% or 100%%"),
        ),
        UNRELIABLE: (
            _("Above that, or fewer than %(least)s answers or %(df)s degrees of freedom"),
            _("A wider interval, or fewer than %(least)s answers, counted by their weights"),
        ),
    }
    rows = tuple(
        (grade.mark or _("none"), _(grade.label), *(rule % said for rule in rule_of))
        for grade, rule_of in rules.items()
    )
    head = (_("Mark"), _("Meaning"), _("Means, totals and ratios"), _("Shares"))
    return AccountTable(title=_("Marks of quality"), head=head, rows=rows)


def coverage_table(covered: Sequence[Covered], rounds: int) -> AccountTable:
    """By kind of figure how often its 95 % intervals held the truth in the simulated surveys."""
    text = _(
        "Simulated surveys, drawn, answered in part, weighted and tabled as here, %(rounds)s of each "
        "scenario: how often the 95%% interval held the value of all firms. “±” is the error of the simulation "
        "itself. Left out is the scenario in which the answer decides who responds: no weights mend that."
    )
    head = (
        _("Figure"), _("All firms, mean of the scenarios"), _("All firms, lowest"), _("Lowest where"),
        _("Groups of firms, without a mark"),
    )  # fmt: skip
    sentence = text % {"rounds": f"{rounds:,}"}
    return AccountTable(
        title=_("How often intervals hold the truth"),
        sentences=(sentence,),
        head=head,
        rows=tuple(map(_covered, covered)),
    )


def _covered(one: Covered) -> tuple[str, ...]:
    return (
        _(KINDS.get(one.statistic, one.statistic.label)),
        percentage(one.all_firms),
        f"{percentage(one.lowest)} ± {percentage(one.error)}",
        _(one.scenario.label) if one.scenario else "",
        _("too few, or not studied") if one.domains is None else percentage(one.domains),
    )
