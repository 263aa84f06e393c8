"""Which tables a wave has: items, options and groups of firms with their labels, before any figure."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.instrument.kinds.registry import KINDS
from survey.methods.coding import CHOSEN, NOT_CHOSEN, part_name
from survey.methods.estimates.statistics import (
    CodedStatistic,
    NumericStatistic,
    QuantileStatistic,
    share,
)
from survey.methods.estimates.statistics import Statistic as Asked
from survey.methods.tables.table import Dimension, Heading, Role, Statistic, TableKind, TableSpec, domain_of
from survey.terms import ItemType, Missing, Severity
from survey.terms import gettext_noop as _

SCALE = tuple(step.value for step in Severity)
SERIOUS = SCALE[-2:]
SERIOUS_CODE = "+".join(SERIOUS)
RANKING = "ranking"
ENERGY_RATIO_ITEM = "E2_energy_ratio"
EVERYBODY = Heading("all", _("All firms"))
CORE_THEMES = {
    "device_heterogeneity": _("Device heterogeneity"),
    "protocol_mismatch": _("Protocol mismatch"),
    "data_security": _("Data security"),
    "data_centre_scarcity": _("Data-centre scarcity"),
    "energy_5g": _("5G energy cost"),
}
"""The five themes that head every result, in the order of the article."""


@dataclass(frozen=True, slots=True)
class SeverityItem:
    """An item on the five-step scale, with the short name of its pain point and the core theme that it belongs to."""

    code: str
    label: str
    theme: str = ""
    offers_not_applicable: bool = True


@dataclass(frozen=True, slots=True)
class NumberItem:
    """A numeric item with its unit; `is_quantity` where single firms' amounts could dominate it."""

    code: str
    label: str
    unit: str = ""
    is_quantity: bool = True
    decimals: int = 1


@dataclass(frozen=True, slots=True)
class ChoiceItem:
    """A closed item with its options in order; Missing codes are outside its base."""

    code: str
    label: str
    type: ItemType
    options: tuple[Heading, ...]

    @property
    def is_exclusive(self) -> bool:
        """Whether a firm chooses exactly one option."""
        return not KINDS[self.type].takes_several


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the tables of a wave can be about, with labels in one language. `groups`: domain variable -> its values."""

    severity: tuple[SeverityItem, ...]
    numbers: tuple[NumberItem, ...]
    choices: tuple[ChoiceItem, ...]
    themes: Mapping[str, str]
    steps: tuple[Heading, ...]
    not_applicable: str
    groups: Mapping[str, tuple[Heading, ...]]
    everybody: Heading = EVERYBODY

    @property
    def quantities(self) -> tuple[str, ...]:
        """Numeric items to which the dominance rules apply."""
        return tuple(item.code for item in self.numbers if item.is_quantity)

    @property
    def items_of_themes(self) -> dict[str, tuple[str, ...]]:
        """The severity items of each core theme that the questionnaire asks about."""
        found = {theme: tuple(item.code for item in self.severity if item.theme == theme) for theme in self.themes}
        return {theme: items for theme, items in found.items() if items}


@dataclass(frozen=True, slots=True)
class PlannedTable:
    """A specification with what to estimate: `asked[row code, column code]`, within the group of the headings.

    `splits` are the domain variables of its headings. Its rows stand in the order of the ranking of the table
    `ordered_by`, which may be the table itself; without one they keep their order.
    """

    spec: TableSpec
    asked: Mapping[tuple[str, str], Asked]
    splits: tuple[str, ...] = ()
    ordered_by: str = ""


def theme_item(theme: str) -> str:
    """Name of the derived column: whether at least one pain point of the theme is serious or very serious."""
    return f"core_{theme}"


def core_table(words: Vocabulary) -> PlannedTable:
    """Share of firms to which at least one pain point of the theme is serious, for the core five."""
    headings = tuple(Heading(theme_item(theme), words.themes[theme]) for theme in words.items_of_themes)
    title = _("Firms that find at least one pain point of the theme serious or very serious")
    spec = TableSpec("core", title, TableKind.HEADLINE, _items(headings), _everybody(words), Statistic.SHARE,
                     option=CHOSEN)  # fmt: skip
    return _planned(spec, {row.code: theme_share(row.code) for row in headings})


def ranking_table(words: Vocabulary) -> PlannedTable:
    """Share answering 4-5 of the firms to which the pain point applies."""
    spec = TableSpec(RANKING, _("Pain points by the share of firms that find them serious or very serious"),
                     TableKind.RANKING, _items(_severity(words)), _serious_option(words), Statistic.SHARE)  # fmt: skip
    asked = {(item.code, SERIOUS_CODE): serious_share(item.code) for item in words.severity}
    return PlannedTable(spec, asked, ordered_by=RANKING)


def distribution_table(words: Vocabulary) -> PlannedTable:
    """Shares of the five steps among the firms to which the pain point applies."""
    spec = TableSpec("distribution", _("How serious each pain point is"), TableKind.DISTRIBUTION,
                     _items(_severity(words)), Dimension("step", Role.OPTION, words.steps, exclusive=True),
                     Statistic.SHARE)  # fmt: skip
    asked = {(item.code, step): share(item.code, [step], SCALE, step) for item in words.severity for step in SCALE}
    return PlannedTable(spec, asked, ordered_by=RANKING)


def not_applicable_table(words: Vocabulary) -> PlannedTable:
    """Share of "does not apply" among all firms that were asked and answered."""
    code = Missing.NOT_APPLICABLE.value
    headings = tuple(Heading(item.code, item.label) for item in words.severity if item.offers_not_applicable)
    spec = TableSpec("not_applicable", _("Firms to which the pain point does not apply"), TableKind.DISTRIBUTION,
                     _items(headings), Dimension("step", Role.OPTION, (Heading(code, words.not_applicable),)),
                     Statistic.SHARE)  # fmt: skip
    asked = {(row.code, code): share(row.code, [code], [*SCALE, code], code) for row in headings}
    return PlannedTable(spec, asked, ordered_by=RANKING)


def heat_map_table(words: Vocabulary, variable: str) -> PlannedTable:
    """Share answering 4-5 by group of firms, all firms first."""
    columns = Dimension(variable, Role.DOMAIN, (words.everybody, *words.groups[variable]))
    spec = TableSpec(f"severity_by_{variable}", HEAT_MAP_TITLES[variable], TableKind.HEAT_MAP,
                     _items(_severity(words)), columns, Statistic.SHARE, option=SERIOUS_CODE)  # fmt: skip
    asked = {
        (item.code, column.code): serious_share(item.code) for item in words.severity for column in columns.headings
    }
    return PlannedTable(spec, asked, (variable,), RANKING)


def mean_table(words: Vocabulary) -> PlannedTable:
    """Means of the numeric items."""
    spec = TableSpec("means", _("Numeric indicators: means"), TableKind.INDICATORS, _items(_numbers(words)),
                     _everybody(words), Statistic.MEAN)  # fmt: skip
    return _planned(spec, {item.code: NumericStatistic(item.code, "mean") for item in words.numbers})


def energy_ratio_table(words: Vocabulary) -> PlannedTable:
    """Mean of the firms' own ratio of 5G to 4G energy; without rows where it is not asked."""
    headings = tuple(heading for heading in _numbers(words) if heading.code == ENERGY_RATIO_ITEM)
    spec = TableSpec("energy_ratio", _("Energy of 5G for each unit of 4G"), TableKind.INDICATORS, _items(headings),
                     _everybody(words), Statistic.MEAN)  # fmt: skip
    return _planned(spec, {row.code: NumericStatistic(row.code, "mean") for row in headings})


def median_table(words: Vocabulary) -> PlannedTable:
    """Medians of the numeric items."""
    spec = TableSpec("medians", _("Numeric indicators: medians"), TableKind.INDICATORS, _items(_numbers(words)),
                     _everybody(words), Statistic.QUANTILE)  # fmt: skip
    return _planned(spec, {item.code: QuantileStatistic(item.code) for item in words.numbers})


def choice_table(words: Vocabulary, item: ChoiceItem) -> PlannedTable:
    """Share of firms that chose each option (of a ranking: that named it at any place)."""
    rows = Dimension("option", Role.OPTION, item.options, exclusive=item.is_exclusive)
    spec = TableSpec(f"choices_{item.code}", item.label, TableKind.CHOICES, rows, _everybody(words),
                     Statistic.SHARE, item=item.code)  # fmt: skip
    ordered_by = "" if item.is_exclusive else spec.code
    return _planned(spec, {option.code: _chosen(item, option.code) for option in item.options}, ordered_by)


def every_table(words: Vocabulary) -> tuple[PlannedTable, ...]:
    """All tables of a wave, in the order in which a release prints them."""
    return (
        core_table(words),
        ranking_table(words),
        distribution_table(words),
        not_applicable_table(words),
        *(heat_map_table(words, variable) for variable in words.groups),
        energy_ratio_table(words),
        mean_table(words),
        median_table(words),
        *(choice_table(words, item) for item in words.choices),
    )


HEAT_MAP_TITLES = {
    "industry": _("Serious or very serious by industry"),
    "size": _("Serious or very serious by size of the firm"),
    "district": _("Serious or very serious by district"),
}


def theme_share(item: str) -> CodedStatistic:
    """Share of the firms to which something in the theme is serious, by its derived column."""
    return share(item, [CHOSEN], [NOT_CHOSEN, CHOSEN], CHOSEN)


def serious_share(item: str) -> CodedStatistic:
    """Share answering 4-5 among the answers on the scale."""
    return share(item, SERIOUS, SCALE, SERIOUS_CODE)


def _chosen(item: ChoiceItem, option: str) -> CodedStatistic:
    if item.is_exclusive:
        return share(item.code, [option], [each.code for each in item.options], option)
    return share(part_name(item.code, option), [CHOSEN], [NOT_CHOSEN, CHOSEN], option)


def _planned(spec: TableSpec, by_row: Mapping[str, Asked], ordered_by: str = "") -> PlannedTable:
    asked = {(row, EVERYBODY.code): one for row, one in by_row.items()}
    return PlannedTable(spec, asked, ordered_by=ordered_by)


def _items(headings: tuple[Heading, ...]) -> Dimension:
    return Dimension("item", Role.ITEM, headings)


def _severity(words: Vocabulary) -> tuple[Heading, ...]:
    return tuple(Heading(item.code, item.label) for item in words.severity)


def _numbers(words: Vocabulary) -> tuple[Heading, ...]:
    return tuple(Heading(item.code, item.label) for item in words.numbers)


def _everybody(words: Vocabulary) -> Dimension:
    return Dimension("group", Role.DOMAIN, (words.everybody,))


def _serious_option(words: Vocabulary) -> Dimension:
    labels = " + ".join(step.label for step in words.steps if step.code in SERIOUS)
    return Dimension("step", Role.OPTION, (Heading(SERIOUS_CODE, labels, parts=SERIOUS),))


def group_headings(variable: str, labels: Mapping[str, str]) -> tuple[Heading, ...]:
    """Headings of the values of a domain variable."""
    return tuple(Heading(code, label, domain_of(**{variable: code})) for code, label in labels.items())
