"""The grey line with base and n, and the sentence about a value from outside."""

import math
from collections.abc import Mapping

from survey.exchange.figures.shown import of_all_share, p_text, percentage, signed
from survey.instrument.plan.plan import Reference
from survey.methods.comparison.contrasts import two_sided_p
from survey.methods.tables.table import Cell, Grid, Heading, Statistic, TableKind
from survey.methods.tables.vocabulary import Vocabulary
from survey.methods.weights.weighting import Merge
from survey.selectors.said import said as _
from survey.terms import gettext_noop


def base_line(table: Grid, population: str = "") -> str:
    """Base and n in one line."""
    if table.spec.kind is TableKind.RESPONSE:
        return _("Base: all sampled firms, n = %(n)s.") % {"n": f"{table.base.n or 0:,}"}
    firms = population or _("all firms")
    common = {row.base for row in table.rows.headings}
    if len(common) == 1 and common != {""}:
        (base,) = common
        firms = _("%(base)s (%(firms)s)") % {"base": base, "firms": population} if population else base
    elif len(common) > 1:
        firms = _("%(firms)s, or those that the row names") % {"firms": firms}
    n = table.base.n
    if len(common) == 1 and common != {""} and n is not None:
        # Of a question asked of some firms only, the n of the table (all that answered) would not be that of the
        # base.
        n = max((_answered(cell) for _row, _column, cell in table.walk()), default=0)
    if n is None:
        line = _("Base: %(firms)s.") % {"firms": firms}
    else:
        line = _("Base: %(firms)s, %(n)s answered. Weighted; 95%% intervals.") % {"firms": firms, "n": f"{n:,}"}
    counted = (OF_THESE if population else COUNTED).get(table.spec.measured or table.spec.statistic)
    return _("%(line)s %(counted)s") % {"line": line, "counted": _(counted)} if counted else line


_BY_FIRM = gettext_noop("Of the typical firm: every firm counts alike.")
COUNTED: Mapping[Statistic, str] = {
    Statistic.MEAN: _BY_FIRM,
    Statistic.QUANTILE: _BY_FIRM,
    Statistic.EMPLOYEE_SHARE: gettext_noop("Of the whole economy: a firm counts by its employees."),
    Statistic.REVENUE_SHARE: gettext_noop("Of the whole economy: a firm counts by its revenue."),
    Statistic.TOTAL: gettext_noop("Of the whole economy: the sum over all firms."),
    Statistic.RATIO: gettext_noop("Of the whole economy: one total over another, so that a firm counts by its size."),
}
"""By figure whether it is of firms or of the economy; shares of firms say so themselves."""


OF_THESE: Mapping[Statistic, str] = {
    Statistic.MEAN: gettext_noop("Every firm counts alike."),
    Statistic.QUANTILE: gettext_noop("Every firm counts alike."),
    Statistic.EMPLOYEE_SHARE: gettext_noop("A firm counts by its employees."),
    Statistic.REVENUE_SHARE: gettext_noop("A firm counts by its revenue."),
    Statistic.TOTAL: gettext_noop("The sum over these firms alone."),
    Statistic.RATIO: gettext_noop("One total of these firms over another, so that a firm counts by its size."),
}
"""The same under a filter, whose firms are not the whole economy."""


def under_filter(title: str, firms: str) -> str:
    """A title that names the firms under the filter, so that nobody takes it for one of all firms."""
    return _("%(firms)s: %(title)s") % {"firms": firms, "title": title} if firms else title


def _answered(cell: Cell) -> int:
    """The firms of this wave that a figure rests on; the n of a change are those in both waves."""
    return cell.levels.n_after if cell.levels else cell.n or 0


def base_of_row(table: Grid, row: Heading) -> str:
    """The firms that a row is of."""
    if table.spec.kind is TableKind.RESPONSE:
        return _("all sampled firms")
    return row.base or _("all firms")


def of_all_text(cell: Cell) -> str:
    """The share of all firms with its interval; empty where there is none."""
    whole = cell.of_all
    if whole is None:
        return ""
    interval = " – ".join(percentage(limit) for limit in (whole.ci_low, whole.ci_high) if limit is not None)
    if not interval:
        return _("%(share)s, n = %(n)s") % {"share": of_all_share(whole, cell), "n": f"{whole.n:,}"}
    return _("%(share)s (%(interval)s), n = %(n)s") % {
        "share": percentage(whole.estimate),
        "interval": interval,
        "n": f"{whole.n:,}",
    }


def reference_finding(cell: Cell, finding: str, reference: Reference, name: str) -> str:
    """What the firms' own figure says about a value from outside, by a two-sided t test; empty where a band is told
    or no error, and where it names an end of an interval that is not told.

    ``finding`` is the plan's sentence about the figure, ``name`` what it calls the value.
    """
    # What stands for a band is its middle, and no figure that could be above or below anything.
    if cell.estimate is None or cell.band or cell.se is None or not cell.se > 0:
        return ""
    figures = {"value": cell.estimate, "low": cell.ci_low, "high": cell.ci_high}
    if any(value is None and f"{{{name}}}" in finding for name, value in figures.items()):
        return ""
    t = (cell.estimate - reference.value) / cell.se
    p = two_sided_p(t, cell.df or math.inf)
    words = {"finding": _with_figures(finding, cell), "reference": name, "p": p_text(p)}
    # Fixed beside the 95 % intervals: a title that says more than its interval would contradict the picture.
    if p >= 0.05:
        return _("%(finding)s: not significantly different from %(reference)s (%(p)s).") % words
    if t < 0:
        return _("%(finding)s: below %(reference)s (%(p)s).") % words
    return _("%(finding)s: above %(reference)s (%(p)s).") % words


def _with_figures(finding: str, cell: Cell) -> str:
    """The sentence with its figures in place; other braces stay as they are."""
    for name, value in (("value", cell.estimate), ("low", cell.ci_low), ("high", cell.ci_high)):
        # replace(), not format(): the plan's sentence may hold other braces, and format() would reach attributes.
        if value is not None:
            finding = finding.replace(f"{{{name}}}", signed(value, f".{cell.decimals}f"))
    return finding


def stratum_names(merge: Merge, words: Vocabulary) -> tuple[str, str]:
    """A merged stratum and the one that it joined, by the names of industry and size."""
    names = {heading.code: heading.label for headings in words.frame.values() for heading in headings}
    code, into = (" · ".join(names.get(part, part) for part in each.split("-")) for each in (merge.code, merge.into))
    return code, into
