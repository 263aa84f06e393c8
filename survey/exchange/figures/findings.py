"""The one sentence of a table: what its figures prove, or what it measures where they prove nothing.

A figure is called first or highest only where it is significantly above every other, and a change is called one only
where its p-value by Holm's rule is below 5 %. Else the group is named that leads together. Nothing is claimed of
figures that are withheld or carry a mark of quality.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from survey.exchange.figures.shown import figure_text, number_written, of_all_share, percentage
from survey.methods.change.tables import adjusted_p
from survey.methods.tables.plan import FIRST_CHOICE
from survey.methods.tables.table import Cell, Grid, Heading, Statistic, TableKind
from survey.selectors.said import said as _

SIGNIFICANT = 0.05
NAMED = 3
"""As many rows that lead together are named one by one; of more only the largest, with how many others."""


def title_of(table: Grid) -> str:
    """The finding of the table, or what it measures where nothing stands out or may be said."""
    finding = FINDINGS.get(table.spec.kind, _no_finding)(table)
    return finding or measure_of(table)


def measure_of(table: Grid) -> str:
    """What the table measures."""
    return _(table.spec.title) if table.spec.title else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leader:
    """A figure that none is significantly above, with the row and the column that it stands in."""

    row: Heading
    column: Heading
    cell: Cell

    @property
    def value(self) -> float:
        return self.cell.estimate or 0.0


def _ranking_finding(table: Grid) -> str:
    leaders = _leaders(table)
    if not leaders:
        return ""
    first = leaders[0]
    firms = first.row.base or _("firms")
    words = {"item": first.row.label, "figure": _figure(table, first), "counted": table.spec.counted, "firms": firms}
    if _compared(table) == 1:
        # A row that is the only one shown is first of nothing.
        return _beside_all(_single(table, words), first)
    if len(leaders) > 1:
        return _together(table, leaders)
    if not table.spec.counted:
        return _beside_all(_("“%(item)s” ranks first: %(figure)s") % words, first)
    finding = _("“%(item)s” ranks first: %(figure)s of %(firms)s %(counted)s") % words
    return _beside_all(finding, first)


def _single(table: Grid, words: dict[str, str]) -> str:
    """The figure of the only row, which is compared with nothing."""
    if not table.spec.counted:
        return _("“%(item)s”: %(figure)s") % words
    return _("“%(item)s”: %(figure)s of %(firms)s %(counted)s") % words


def _choice_finding(table: Grid) -> str:
    leaders = _leaders(table)
    if not leaders:
        return ""
    first = leaders[0]
    words = {"item": first.row.label, "share": _figure(table, first), "firms": first.row.base or _("firms")}
    if _compared(table) == 1:
        return _beside_all(_("“%(item)s”: %(share)s of %(firms)s") % words, first)
    if len(leaders) > 1:
        return _together(table, leaders)
    if table.rows.code == FIRST_CHOICE:
        return _beside_all(_("“%(item)s” is the most frequent first choice: of %(share)s of %(firms)s") % words, first)
    return _beside_all(_("“%(item)s” is named most often: by %(share)s of %(firms)s") % words, first)


def _beside_all(finding: str, leader: _Leader) -> str:
    """The finding with the share of all firms where that of those asked is another."""
    if leader.cell.of_all is None:
        return finding
    share = of_all_share(leader.cell.of_all, leader.cell)
    return _("%(finding)s, %(share)s of all firms") % {"finding": finding, "share": share}


def _heat_map_finding(table: Grid) -> str:
    leaders = _leaders(table)
    if not leaders or _compared(table) == 1:
        return ""
    first = leaders[0]
    if len(leaders) == 1:
        words = {"group": first.column.label, "item": first.row.label, "share": _figure(table, first)}
        return _("Highest among %(group)s: “%(item)s”, %(share)s") % words
    rows, groups = ({getattr(leader, name).label for leader in leaders} for name in ("row", "column"))
    if len(rows) == 1:
        words = {"item": first.row.label, "groups": _listed([leader.column.label for leader in leaders])}
        return _("“%(item)s” leads, in several groups together: %(groups)s") % words if len(leaders) <= NAMED else ""
    if len(groups) == 1 and len(leaders) <= NAMED:
        words = {"group": first.column.label, "items": _listed([leader.row.label for leader in leaders])}
        return _("Highest among %(group)s, together: %(items)s") % words
    return ""


def _together(table: Grid, leaders: Sequence[_Leader]) -> str:
    """The group that leads together; that nothing differs where it is everything."""
    # Everything leads where no figure is significantly above another.
    if len(leaders) == _compared(table):
        return _("%(measure)s – no significant difference") % {"measure": measure_of(table)}
    if len(leaders) <= NAMED:
        names = _listed([leader.row.label for leader in leaders])
        return _("%(items)s lead together: %(figures)s") % {"items": names, "figures": _reach(table, leaders)}
    others = len(leaders) - 1
    sentence = ngettext(
        "“%(item)s” and %(others)s other lead together: %(figures)s",
        "“%(item)s” and %(others)s others lead together: %(figures)s",
        others,
    )
    return sentence % {"item": leaders[0].row.label, "others": others, "figures": _reach(table, leaders)}


def _reach(table: Grid, leaders: Sequence[_Leader]) -> str:
    """From the largest to the smallest figure of those that lead, and whose shares they are."""
    reach = _("%(most)s to %(least)s") % {"most": _figure(table, leaders[0]), "least": _figure(table, leaders[-1])}
    bases = {leader.row.base for leader in leaders}
    # Shares of different firms have no base that one word could name.
    firms = (next(iter(bases)) or _("firms")) if len(bases) == 1 else _("the firms asked")
    words = {"figures": reach, "firms": firms, "counted": table.spec.counted}
    if table.spec.counted:
        return _("%(figures)s of %(firms)s %(counted)s") % words
    return _("%(figures)s of %(firms)s") % words if table.spec.kind is TableKind.CHOICES else reach


def _listed(labels: Sequence[str]) -> str:
    """Names as a sentence lists them."""
    quoted = [_("“%(item)s”") % {"item": label} for label in labels]
    return _(" and ").join(filter(None, [_(", ").join(quoted[:-1]), quoted[-1]]))


def _figure(table: Grid, leader: _Leader) -> str:
    return figure_text(leader.cell, table.spec.statistic)


def _leaders(table: Grid) -> list[_Leader]:
    """The leading figures, largest first; none where one of them is too uncertain to be said in a title."""
    leaders = [_Leader(row=row, column=column, cell=cell) for row, column, cell in table.walk() if cell.leads]
    # Where one of those that lead is uncertain, leaving it out of the title would make the others look proven.
    if not all(_is_firm(leader.cell) for leader in leaders):
        return []
    return sorted(leaders, key=lambda leader: -leader.value)


def _compared(table: Grid) -> int:
    """How many figures were compared: a withheld one was not, nor all firms beside their groups."""
    is_by_group = table.spec.kind is TableKind.HEAT_MAP
    return sum(
        1 for _row, column, cell in table.walk()
        if cell.n and not cell.is_withheld and (column.domain or not is_by_group)
    )  # fmt: skip


def _response_finding(table: Grid) -> str:
    cell = table.cells[0][0]
    if not cell.n or cell.estimate is None:
        return ""
    if cell.weighted_count is None:
        # A rounded rate: how many answered would say more than it.
        return _("About %(rate)s of the sampled firms answered") % {"rate": figure_text(cell, table.spec.statistic)}
    return _("%(answered)s of %(sampled)s sampled firms answered: %(rate)s") % {
        "answered": f"{cell.weighted_count:,.0f}",
        "sampled": f"{cell.n:,}",
        "rate": percentage(cell.estimate),
    }


def _change_finding(table: Grid) -> str:
    """What rose or fell significantly, or that nothing did.

    One row is said to have changed most only where no other changed significantly: changes are not compared with one
    another.
    """
    # Adjusted over all rows of the table: of many changes one in twenty would look significant by chance.
    p = adjusted_p(table)
    changed = [(row, cell) for row, _column, cell in table.walk() if p.get(row.code, 1) < SIGNIFICANT]
    firm = [(row, cell) for row, cell in changed if _is_firm(cell)]
    if not firm:
        # A change that is significant but too uncertain for a title is not said, and not denied either.
        is_denied = bool(p) and not changed
        return _("%(measure)s – no significant change") % {"measure": measure_of(table)} if is_denied else ""
    if len(firm) == 1:
        ((row, cell),) = firm
        words = _("“%(item)s” rose: %(change)s") if _size(cell) > 0 else _("“%(item)s” fell: %(change)s")
        return words % {"item": row.label, "change": shown_change(row, cell, table)}
    return _changes_together(sorted(firm, key=lambda found: -abs(_size(found[1]))))


def _size(cell: Cell) -> float:
    return cell.estimate or 0.0


def _changes_together(firm: Sequence[tuple[Heading, Cell]]) -> str:
    """Which rows rose and which fell; how many, where they are too many to be named."""
    rose, fell = ([row.label for row, cell in firm if sign * _size(cell) > 0] for sign in (1, -1))
    if len(firm) > NAMED:
        counted = [_("%(rose)s rose") % {"rose": len(rose)}] if rose else []
        counted += [_("%(fell)s fell") % {"fell": len(fell)}] if fell else []
        return _("Significantly changed: %(told)s") % {"told": _(", ").join(counted)}
    told = [(_("%(items)s rose"), rose), (_("%(items)s fell"), fell)]
    return _("; ").join(words % {"items": _listed(labels)} for words, labels in told if labels)


def shown_change(row: Heading, cell: Cell, table: Grid) -> str:
    """A change with its sign, of what it is one, where that is not a share of firms, and in which unit."""
    change = number_written(_size(cell), cell, table.spec.statistic)
    if table.spec.statistic is Statistic.SHARE_CHANGE:
        change = _("%(points)s percentage points") % {"points": change}
    measured = table.spec.measured
    # "+3.3 %" would be read as a rise by 3.3 per cent of what it was.
    unit = _("percentage points") if row.unit == "%" else row.unit
    told = [_(measured.label) if measured and measured is not Statistic.SHARE else "", unit]
    if not any(told):
        return change
    return _("%(change)s (%(of)s)") % {"change": change, "of": _(", ").join(filter(None, told))}


def _no_finding(table: Grid) -> str:
    return ""


FINDINGS: dict[TableKind, Callable[[Grid], str]] = {
    TableKind.RANKING: _ranking_finding,
    TableKind.CHOICES: _choice_finding,
    TableKind.HEAT_MAP: _heat_map_finding,
    TableKind.RESPONSE: _response_finding,
    TableKind.CHANGE: _change_finding,
}


def _is_firm(cell: Cell) -> bool:
    return cell.estimate is not None and not cell.quality
