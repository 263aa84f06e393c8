"""Tables of estimates, and the protected ones that alone may be shown.

Dashboard, workbook, report and programming interface take `ProtectedTable`, which only `disclosure.protect` makes. A
table holds codes; labels are strings that the caller brings, translated or in both languages.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import InitVar, dataclass, field, fields
from operator import attrgetter
from typing import Any, Self

from survey.methods.errors import UnknownColumn, WrongShape
from survey.methods.tables.beside import Contributions, Levels, Whole
from survey.methods.tables.domain import ALL_FIRMS, Domain
from survey.terms import CellStatus, Labelled
from survey.terms import gettext_noop as _

WITHHELD = frozenset({CellStatus.PRIMARY, CellStatus.SECONDARY, CellStatus.WITHHELD})


class TableKind(Labelled):
    """What a table is for; a page chooses its chart by it."""

    HEADLINE = "headline", _("Headline figures")
    RANKING = "ranking", _("Ranking")
    DISTRIBUTION = "distribution", _("Distribution")
    HEAT_MAP = "heat_map", _("Heat map")
    INDICATORS = "indicators", _("Numeric indicators")
    CHOICES = "choices", _("Choices")
    RESPONSE = "response", _("Response")
    CHANGE = "change", _("Rise or fall")


class Statistic(Labelled):
    """What a figure is. Shares (of firms, or of their employees or revenue) and rates are fractions from 0 to 1,
    balances and changes of shares points from -100 to 100, diffusion and other indices points from 0 to 100, changes of
    means in the unit of the item."""

    SHARE = "share", _("Share of firms")
    EMPLOYEE_SHARE = "employee_share", _("Share of employees")
    REVENUE_SHARE = "revenue_share", _("Share of revenue")
    RATE = "rate", _("Rate")
    COUNT = "count", _("Number of firms")
    MEAN = "mean", _("Mean")
    TOTAL = "total", _("Total")
    RATIO = "ratio", _("Ratio")
    QUANTILE = "quantile", _("Quantile")
    BALANCE = "balance", _("Balance")
    DIFFUSION = "diffusion", _("Diffusion index")
    INDEX = "index", _("Composite index")
    SHARE_CHANGE = "share_change", _("Change in percentage points")
    MEAN_CHANGE = "mean_change", _("Change of the mean")
    POINT_CHANGE = "point_change", _("Change in points")
    VALUE_CHANGE = "value_change", _("Change")

    @property
    def is_fraction(self) -> bool:
        """Whether the figure lies between 0 and 1."""
        return self in {Statistic.SHARE, Statistic.RATE, Statistic.EMPLOYEE_SHARE, Statistic.REVENUE_SHARE}


class Axis(Labelled):
    """What the headings of a dimension stand for."""

    ITEM = "item", _("Items")
    OPTION = "option", _("Options")
    DOMAIN = "domain", _("Groups of firms")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One row or column. `domain` restricts the firms (axis DOMAIN); `parts` are the options that it adds up (the
    share answering 4-5 has the parts "4" and "5"); `label` is what people read. `item` is what a row is about whose
    code is another, such as an indicator's; its quantities are in `unit`, written with `decimals`, and `times` as
    large. `base` says which firms it is of, where its route does not lead all to it."""

    code: str
    label: str = ""
    domain: Domain = ALL_FIRMS
    parts: tuple[str, ...] = ()
    item: str = ""
    decimals: int = 1
    times: float = 1.0
    base: str = ""
    unit: str = ""

    @property
    def about(self) -> str:
        """The item whose answers the figures of this heading come from."""
        return self.item or self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """The rows or columns of a table. `exclusive` options add up to all of the base: each follows from the rest."""

    code: str
    axis: Axis
    headings: tuple[Heading, ...]
    exclusive: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the headings, in order."""
        return tuple(heading.code for heading in self.headings)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """What a table shows, before any figure: `title` is a message key or a caption, `item` and `option` the one item
    and option of a table whose dimensions name none. `counted` says what is counted, after "% of firms ...";
    `measured` what the two figures are that a change lies between."""

    code: str
    title: str
    kind: TableKind
    rows: Dimension
    columns: Dimension
    statistic: Statistic
    item: str = ""
    option: str = ""
    counted: str = ""
    measured: Statistic | None = None


# Without slots: `but` copies the values of a cell as one dictionary, not field by field.
@dataclass(frozen=True, kw_only=True)
class Cell:
    """One figure. `n` is the number of firms that it rests on: the base of a share or mean, the firms of a count.

    `n_eff` is the effective number of answers of the domain and `df` are its degrees of freedom. Figures of amounts
    know how many answers chance drew (`n_chance`), and what part of their group certainty firms carry that did not
    respond (`absent`).
    `se` and the 95 % interval are in the unit of `estimate`, `cv` is a fraction of it; `decimals` are written of them.
    `of_all` stands beside a share of those asked, `levels` beside a change, whose `n` are the firms in both waves.
    `rank` and its interval count from 1; `p_next` is the p-value against the row of the next rank, by Holm's rule over
    all pairs, and `leads` says that no figure of the table is significantly larger. `enumerated` says that every firm
    of the domain answered, `unanimous` that a balance or index is at an end of its reach, where all answered alike,
    and `contributions` serves the dominance rules; they do not outlive protection.
    `second` is another 95 % interval, by the bootstrap. `filled` is the weighted share of the values that were filled
    in, `lacking` that of the firms which have a value that a total leaves out. Of a cleared figure `band` is what is
    told in place of a number, between which two it lies; a withheld one has the nearest `coarser` group that is shown.
    """

    n: int | None
    estimate: float | None = None
    se: float | None = None
    cv: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    df: float | None = None
    weighted_count: float | None = None
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    p_next: float | None = None
    leads: bool = False
    quality: str = ""
    status: CellStatus = CellStatus.SHOWN
    enumerated: bool = False
    contributions: Contributions | None = None
    unanimous: bool = False
    decimals: int = 1
    of_all: Whole | None = None
    levels: Levels | None = None
    second: tuple[float, float] | None = None
    filled: float | None = None
    lacking: float | None = None
    n_eff: float | None = None
    n_chance: int | None = None
    absent: float | None = None
    band: tuple[float, float] | None = None
    coarser: Domain | None = None

    @property
    def is_withheld(self) -> bool:
        """Whether the figure is hidden to protect firms."""
        return self.status in WITHHELD

    def but(self, **changes: Any) -> "Cell":
        """The cell with other values of these fields: what `replace` does, which takes ten times as long."""
        if not changes.keys() <= _NAMES:
            raise AttributeError(f"A cell has no {', '.join(sorted(changes.keys() - _NAMES))}.")
        # Past the frozen class: nobody knows the new cell yet, and pages make thousands of them.
        made = object.__new__(Cell)
        made.__dict__.update(self.__dict__, **changes)
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        # Packed by place: a page has thousands of cells, and looks up the names of their fields for each otherwise.
        return _cell, _values(self)

    def withhold(self, status: CellStatus) -> "Cell":
        """The cell without anything from which its figure could be computed."""
        return Cell(n=None, status=status)

    def blank(self) -> "Cell":
        """The cell with its base and mark, but without a figure: for what is empty or too unreliable."""
        return Cell(n=self.n, quality=self.quality, status=self.status, leads=self.leads)


_FIELDS = tuple(each.name for each in fields(Cell))
_NAMES = frozenset(_FIELDS)
_values: Callable[[Cell], tuple[Any, ...]] = attrgetter(*_FIELDS)
NO_FIGURE = Cell(n=0)
"""The cell of a figure that nobody gave."""


def _cell(*values: Any) -> Cell:
    made = object.__new__(Cell)
    made.__dict__.update(zip(_FIELDS, values, strict=True))
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """Whom a table is about: the filter in force, the respondents `n` under it, and a sentence for the grey line."""

    domain: Domain = ALL_FIRMS
    n: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Cells in rows and columns with their specification, base and notes."""

    spec: TableSpec
    cells: tuple[tuple[Cell, ...], ...]
    base: Base = field(default_factory=Base)
    notes: tuple[str, ...] = ()

    def _check_shape(self) -> None:
        shape = (len(self.cells), *{len(row) for row in self.cells})
        wanted = (len(self.rows.headings), len(self.columns.headings))
        # A table without rows has no line from which its columns could be counted.
        if shape != wanted and wanted[0] > 0:
            raise WrongShape(self.spec.code, f"Table '{self.spec.code}' has cells {shape} for headings {wanted}.")

    @property
    def rows(self) -> Dimension:
        return self.spec.rows

    @property
    def columns(self) -> Dimension:
        return self.spec.columns

    def cell(self, row: str, column: str) -> Cell:
        """The cell under these codes."""
        for code, dimension in ((row, self.rows), (column, self.columns)):
            if code not in dimension.codes:
                raise UnknownColumn(code, f"Table '{self.spec.code}' has no '{code}' in '{dimension.code}'.")
        return self.cells[self.rows.codes.index(row)][self.columns.codes.index(column)]

    def first_column(self) -> dict[str, Cell]:
        """By the codes of the rows the cells of the first column: of many rows one look at the headings."""
        return {row.code: cells[0] for row, cells in zip(self.rows.headings, self.cells, strict=True)}

    def walk(self) -> Iterator[tuple[Heading, Heading, Cell]]:
        """Every cell with its row and column heading, row by row."""
        for row, cells in zip(self.rows.headings, self.cells, strict=True):
            for column, cell in zip(self.columns.headings, cells, strict=True):
                yield row, column, cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Grid):
    """Figures before protection: for `disclosure.protect`, never for a screen."""

    def __post_init__(self) -> None:
        self._check_shape()


_SEAL: Any = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedTable(Grid):
    """Figures that may be shown. Only `disclosure.protect` makes one; a withheld cell holds nothing but its status."""

    seal: InitVar[Any] = None

    def __post_init__(self, seal: Any) -> None:
        if seal is not _SEAL:
            raise TypeError("A protected table is made by disclosure.protect, not by hand.")
        self._check_shape()

    def led_by(self, leading: Collection[tuple[str, str]]) -> Self:
        """The same with the mark of leading on the cells under these (row, column) codes that are not withheld."""
        cells = tuple(
            tuple(
                cell.but(leads=not cell.is_withheld and (row.code, column.code) in leading)
                for column, cell in zip(self.columns.headings, line, strict=True)
            )
            for row, line in zip(self.rows.headings, self.cells, strict=True)
        )
        return type(self)(spec=self.spec, cells=cells, base=self.base, notes=self.notes, seal=_SEAL)

    @classmethod
    def _of(cls, table: Table, cells: tuple[tuple[Cell, ...], ...], base: Base) -> Self:
        """`table` with protected `cells` and `base`; for `disclosure` alone."""
        return cls(spec=table.spec, cells=cells, base=base, notes=table.notes, seal=_SEAL)
