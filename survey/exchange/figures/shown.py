"""How a figure is written: its number, its interval, or the sign that stands for it with the reason."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from survey.methods.tables.beside import Whole
from survey.methods.tables.table import Cell, Statistic
from survey.selectors.said import said
from survey.terms import CellStatus

SIGNS = {CellStatus.PRIMARY: "c", CellStatus.SECONDARY: "c", CellStatus.WITHHELD: "c", CellStatus.EMPTY: "–"}
"""Sign in place of a figure: c is the European Statistical System's for "confidential"."""

REASONS = {
    CellStatus.PRIMARY: _("withheld: fewer firms than the threshold"),
    CellStatus.SECONDARY: _("withheld: another withheld figure would follow from it"),
    CellStatus.WITHHELD: _("withheld"),
    CellStatus.UNRELIABLE: _("unreliable: few firms or a wide interval"),
    CellStatus.CAUTION: _("use with care: the interval is wide, or may hold less often than it says"),
    CellStatus.EMPTY: _("nobody was asked, or nobody answered"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A figure as text; ``sign`` stands behind it, or alone where ``text`` is empty; ``reason`` says what it means.

    ``n`` are the firms that it is of, where they stand with it and not in a column of their own.
    """

    text: str
    sign: str = ""
    reason: str = ""
    status: str = CellStatus.SHOWN.value
    value: float | None = None
    n: str = ""


MINUS = "\N{MINUS SIGN}"
"""As the axes of the charts write it, and as wide as a plus."""


def signed(value: float, form: str) -> str:
    """A number by a format of Python with the minus sign of print; what rounds to nothing has no sign."""
    text = format(value, form)
    return text.replace("-", MINUS) if text.strip("+-0.,%") else text.lstrip("+-")


def percentage(value: float, decimals: int = 1) -> str:
    """A fraction in percent."""
    return signed(100 * value, f".{decimals}f") + "%"


def number(value: float, decimals: int = 1) -> str:
    """A quantity with its decimals and thousands separators; without decimals from a thousand on."""
    # From a thousand on a decimal promises more than a sample can hold.
    return signed(value, ",.0f" if abs(value) >= 1000 else f",.{decimals}f")


def change_of_number(value: float, decimals: int = 1) -> str:
    """A change of a quantity with its sign, and as many decimals as the quantity has."""
    return signed(value, "+,.0f" if abs(value) >= 1000 else f"+,.{decimals}f")


def points(value: float, decimals: int = 1) -> str:
    """A balance or a change with its sign."""
    return signed(value, f"+,.{decimals}f")


WRITTEN: dict[Statistic, Callable[..., str]] = {
    Statistic.SHARE: percentage,
    Statistic.RATE: percentage,
    Statistic.EMPLOYEE_SHARE: percentage,
    Statistic.REVENUE_SHARE: percentage,
    Statistic.COUNT: number,
    Statistic.MEAN: number,
    Statistic.TOTAL: number,
    Statistic.RATIO: number,
    Statistic.QUANTILE: number,
    Statistic.BALANCE: points,
    Statistic.DIFFUSION: number,
    Statistic.INDEX: number,
    Statistic.SHARE_CHANGE: points,
    Statistic.MEAN_CHANGE: change_of_number,
    Statistic.POINT_CHANGE: points,
    Statistic.VALUE_CHANGE: change_of_number,
}


def number_written(value: float, cell: Cell, statistic: Statistic) -> str:
    """A number of the cell as text, with as many decimals as its row has where it is a quantity."""
    write = WRITTEN[statistic]
    # Shares and balances have one decimal whatever the plan says of their row, but for those that are rounded further.
    fixed = write in (percentage, points) and cell.decimals > 0
    text: str = write(value) if fixed else write(value, cell.decimals)
    return text


def band_text(band: tuple[float, float], statistic: Statistic) -> str:
    """What is told in place of a figure: between which two it lies, such as "0 – 7.5%"."""
    times, unit = (100, "%") if statistic.is_fraction else (1, "")
    low, high = (signed(times * end, ".6g") for end in band)
    return f"{low} – {high}{unit}"


def figure_text(cell: Cell, statistic: Statistic) -> str:
    """The estimate as text, or the band that is told in place of it; that of a cell that has one."""
    assert cell.estimate is not None, "a figure that is not shown has no text"
    return band_text(cell.band, statistic) if cell.band else number_written(cell.estimate, cell, statistic)


def of_all_share(whole: Whole, cell: Cell) -> str:
    """The share of all firms beside a share of those asked, which is as round as that."""
    return (
        band_text(whole.band, Statistic.SHARE) if whole.band else number_written(whole.estimate, cell, Statistic.SHARE)
    )


def sign_of(cell: Cell) -> tuple[str, str]:
    """The sign of a cell that is withheld, empty or to be used with care, and what it means."""
    sign = SIGNS.get(cell.status, cell.quality)
    reason = said(REASONS[cell.status]) if sign and cell.status in REASONS else ""
    return sign or (SIGNS[CellStatus.EMPTY] if cell.estimate is None else ""), reason


def shown_estimate(cell: Cell, statistic: Statistic, n: str = "") -> Shown:
    """The estimate of a cell, with a sign where it is withheld or to be used with care, and ``n`` firms beside it."""
    sign, reason = sign_of(cell)
    if cell.estimate is None:
        return Shown(text="", sign=sign, reason=reason, status=cell.status.value, n=n)
    return Shown(
        text=figure_text(cell, statistic),
        sign=sign,
        reason=reason,
        status=cell.status.value,
        value=cell.estimate,
        n=n,
    )


def shown_interval(cell: Cell, statistic: Statistic) -> str:
    """The 95 % interval as "57.2% – 65.4%"; empty where there is none."""
    if cell.ci_low is None or cell.ci_high is None:
        return ""
    return f"{number_written(cell.ci_low, cell, statistic)} – {number_written(cell.ci_high, cell, statistic)}"


def shown_second(cell: Cell, statistic: Statistic) -> str:
    """The second interval in the same way; empty where there is none."""
    if cell.second is None:
        return ""
    low, high = cell.second
    return f"{number_written(low, cell, statistic)} – {number_written(high, cell, statistic)}"


def shown_ranks(cell: Cell) -> str:
    """The interval of ranks as "1 – 3"; empty where there is none."""
    if cell.rank_low is None or cell.rank_high is None:
        return ""
    return f"{cell.rank_low}" if cell.rank_low == cell.rank_high else f"{cell.rank_low} – {cell.rank_high}"


def levels_text(cell: Cell) -> str:
    """The firms that the two figures of a change rest on, as "410 → 434"; empty where there are none."""
    levels = cell.levels
    return "" if levels is None else f"{levels.n_before:,} → {levels.n_after:,}"


def p_text(p: float) -> str:
    """A p-value as it is written in a sentence."""
    # "p = 0.000" would say that chance is ruled out.
    return gettext("p < 0.001") if p < 0.001 else gettext("p = %(p)s") % {"p": f"{p:.3f}"}
