"""Titles that say the finding where there is one and the measure elsewhere, and the grey line with base and n."""

import math
from collections.abc import Callable

from django.utils.translation import gettext as _

from survey.exchange.figures.shown import WRITTEN, percentage, points
from survey.instrument.plan.plan import Reference
from survey.methods.change.tables import adjusted_p
from survey.methods.comparison.contrasts import two_sided_p
from survey.methods.tables.plan import FIRST_CHOICE
from survey.methods.tables.table import Cell, Heading, ProtectedTable, Statistic, TableKind
from survey.methods.tables.vocabulary import Vocabulary
from survey.methods.weights.weighting import Merge


def title_of(table: ProtectedTable) -> str:
    """The finding of the table, or what it measures where nothing stands out or may be said."""
    finding = FINDINGS.get(table.spec.kind, _no_finding)(table)
    return finding or measure_of(table)


def measure_of(table: ProtectedTable) -> str:
    """What the table measures."""
    return _(table.spec.title) if table.spec.title else ""


def base_line(table: ProtectedTable, population: str = "") -> str:
    """Base and n in one line."""
    if table.spec.kind is TableKind.RESPONSE:
        return _("Base: all sampled firms, n = %(n)s.") % {"n": f"{table.base.n or 0:,}"}
    firms = population or _("all firms")
    if table.base.n is None:
        return _("Base: %(firms)s.") % {"firms": firms}
    line = _("Base: %(firms)s, %(n)s answered. Weighted; 95%% intervals.")
    return line % {"firms": firms, "n": f"{table.base.n:,}"}


def reference_finding(cell: Cell, finding: str, reference: Reference, name: str) -> str:
    """What the firms' own figure says about a value from outside, by a two-sided t test; empty without an error.

    ``finding`` is the plan's sentence about the figure, ``name`` what it calls the value.
    """
    if cell.estimate is None or cell.se is None or not cell.se > 0:
        return ""
    t = (cell.estimate - reference.value) / cell.se
    p = two_sided_p(t, cell.df or math.inf)
    words = {"finding": _with_figures(finding, cell), "reference": name, "p": p_text(p)}
    if p >= 0.05:
        return _("%(finding)s: not significantly different from %(reference)s (%(p)s).") % words
    if t < 0:
        return _("%(finding)s: below %(reference)s (%(p)s).") % words
    return _("%(finding)s: above %(reference)s (%(p)s).") % words


def _with_figures(finding: str, cell: Cell) -> str:
    """The sentence with its figures in place; other braces stay as they are."""
    for name, value in (("value", cell.estimate), ("low", cell.ci_low), ("high", cell.ci_high)):
        finding = finding.replace(f"{{{name}}}", f"{value:.{cell.decimals}f}")
    return finding


def p_text(p: float) -> str:
    """A p-value as it is written in a sentence."""
    return _("p < 0.001") if p < 0.001 else _("p = %(p)s") % {"p": f"{p:.3f}"}


def _ranking_finding(table: ProtectedTable) -> str:
    top = _leading(table)
    if top is None:
        return ""
    row, cell = top
    if not table.spec.counted:
        figure = WRITTEN[table.spec.statistic](cell.estimate or 0.0)
        return _("“%(item)s” ranks first: %(figure)s") % {"item": row.label, "figure": figure}
    return _("“%(item)s” ranks first: %(share)s of firms %(counted)s") % {
        "item": row.label,
        "share": percentage(cell.estimate or 0.0),
        "counted": table.spec.counted,
    }


def _choice_finding(table: ProtectedTable) -> str:
    top = _leading(table)
    if top is None:
        return ""
    row, cell = top
    is_first = table.rows.code == FIRST_CHOICE
    words = (
        _("“%(item)s” is the first choice of most: of %(share)s of firms")
        if is_first
        else _("“%(item)s” is named most often: by %(share)s of firms")
    )
    return words % {
        "item": row.label,
        "share": percentage(cell.estimate or 0.0),
    }


def _heat_map_finding(table: ProtectedTable) -> str:
    shown = [(cell.estimate, row, column) for row, column, cell in table.walk() if column.domain and _is_firm(cell)]
    if not shown:
        return ""
    share, row, column = max(shown, key=lambda found: found[0] or 0.0)
    return _("Highest among %(group)s: “%(item)s”, %(share)s") % {
        "group": column.label,
        "item": row.label,
        "share": WRITTEN[table.spec.statistic](share or 0.0),
    }


def _response_finding(table: ProtectedTable) -> str:
    cell = table.cells[0][0]
    if not cell.n or cell.estimate is None:
        return ""
    return _("%(answered)s of %(sampled)s sampled firms answered: %(rate)s") % {
        "answered": f"{cell.weighted_count or 0:,.0f}",
        "sampled": f"{cell.n:,}",
        "rate": percentage(cell.estimate),
    }


def _change_finding(table: ProtectedTable) -> str:
    """The largest change among those that are significant by Holm's rule, or that there is none."""
    p = adjusted_p(table)
    firm = [
        (row, cell.estimate or 0.0)
        for row, _column, cell in table.walk()
        if _is_firm(cell) and p.get(row.code, 1) < 0.05
    ]
    if not firm:
        return _("%(measure)s – nothing significant") % {"measure": measure_of(table)} if p else ""
    row, change = max(firm, key=lambda found: abs(found[1]))
    words = _("“%(item)s” rose most: %(change)s") if change > 0 else _("“%(item)s” fell most: %(change)s")
    return words % {"item": row.label, "change": shown_change(change, table)}


def shown_change(change: float, table: ProtectedTable) -> str:
    """A change with its sign, in percentage points where it is one of shares."""
    if table.spec.statistic is Statistic.SHARE_CHANGE:
        return _("%(points)s percentage points") % {"points": points(change)}
    return points(change)


def _no_finding(table: ProtectedTable) -> str:
    return ""


FINDINGS: dict[TableKind, Callable[[ProtectedTable], str]] = {
    TableKind.RANKING: _ranking_finding,
    TableKind.CHOICES: _choice_finding,
    TableKind.HEAT_MAP: _heat_map_finding,
    TableKind.RESPONSE: _response_finding,
    TableKind.CHANGE: _change_finding,
}


def _leading(table: ProtectedTable) -> tuple[Heading, Cell] | None:
    """The first row of a ranked table, if its figure is firm enough to be said in a title."""
    first = next(((row, cell) for row, _, cell in table.walk()), None)
    return first if first and first[1].rank == 1 and _is_firm(first[1]) else None


def _is_firm(cell: Cell) -> bool:
    return cell.estimate is not None and not cell.quality


def stratum_names(merge: Merge, words: Vocabulary) -> tuple[str, str]:
    """A merged stratum and the one that it joined, by the names of industry and size."""
    names = {heading.code: heading.label for headings in words.frame.values() for heading in headings}
    code, into = (" · ".join(names.get(part, part) for part in each.split("-")) for each in (merge.code, merge.into))
    return code, into
