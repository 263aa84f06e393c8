"""What the tables of a wave are about: questionnaire, plan and groups of firms, in the language of one reader."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from typing import Any

from survey.instrument.edits.condition_words import ANSWERS, condition_words
from survey.instrument.kinds.choices import options_of
from survey.instrument.kinds.registry import kind_of
from survey.instrument.plan.frame_numbers import FRAME_NUMBERS
from survey.instrument.plan.plan import AnalysisPlan, Group, Indicator, Scale, Theme
from survey.instrument.routing.asked_of import conditions_of
from survey.instrument.schema import NO_TEXT, Item, Questionnaire, Text
from survey.methods.tables.domain import Nesting, domain_of
from survey.methods.tables.table import Heading
from survey.terms import AskedUnit, GroupSource
from survey.terms import gettext_noop as _

WHICH = {
    AskedUnit.FIRM: Text("{which}的企业", "firms {which}"),
    AskedUnit.LOCAL_UNIT: Text("{which}的产业活动单位", "local units {which}"),
}
ASKED = {
    AskedUnit.FIRM: Text("被问到的企业", "firms that were asked"),
    AskedUnit.LOCAL_UNIT: Text("被问到的产业活动单位", "local units that were asked"),
}
WHERE = Text("{condition}", "where {condition}")
AND = Text("且", " and ")
EVERYBODY = Heading(code="all", label=_("All firms"))


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """What the tables of a wave can be about, with labels in ``language``.

    ``plan`` is complete. ``frame`` are the values of the frame's variables that the sample has. What the plan names and
    the questionnaire does not ask is left out. ``asks``: whom the tables are of.
    """

    questionnaire: Questionnaire
    plan: AnalysisPlan
    frame: Mapping[str, tuple[Heading, ...]]
    language: str = "en"
    everybody: Heading = EVERYBODY
    asks: AskedUnit = AskedUnit.FIRM
    kept: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What follows from these words, made where it is asked for first and kept with them."""
        if name not in self.kept:
            self.kept[name] = make()
        return self.kept[name]

    def read(self, text: Text) -> str:
        """The wording in the language of the reader."""
        return text.of(self.language)

    def item(self, code: str) -> Item | None:
        """The item with this code, if it is asked."""
        return self.questionnaire.items.get(code)

    def label(self, code: str) -> str:
        """What people read of an item in results: its short name, or its wording."""
        item, of_frame = self.item(code), FRAME_NUMBERS.get(code)
        own = item.text if item else of_frame.text if of_frame else Text(code, code)
        return self.read(self.plan.names.get(code) or own)

    @cached_property
    def conditions(self) -> dict[str, tuple[str, ...]]:
        """By item those under which its route leads to it; () is everybody."""
        return conditions_of(self.questionnaire)

    def base(self, code: str) -> str:
        """Which firms an item or an indicator is asked of: "firms with automated equipment"; "" for all firms."""
        indicator = self.indicators.get(code)
        conditions = self.conditions.get(indicator.item if indicator else code, ())
        if not conditions:
            return ""
        words = [self._filter_words(condition) for condition in conditions]
        # Half a description would name more firms than were asked: then it says only that they were asked.
        if not all(words):
            return self.read(ASKED[self.asks])
        return self.read(WHICH[self.asks]).format(which=self.read(AND).join(words))

    def _filter_words(self, condition: str) -> str:
        """Whom the condition leaves: in the words of the plan, or by the answers that it reads; "" beyond both."""
        planned = self.read(self.plan.filters.get(condition, NO_TEXT))
        names = {code: self.label(code) for code in self.questionnaire.items}
        said = condition_words((condition,), self.questionnaire, names, self.language, ANSWERS)
        return planned or (self.read(WHERE).format(condition=said) if said else "")

    def unit(self, code: str) -> str:
        """The unit of an item or an indicator."""
        indicator = self.indicators.get(code)
        item = self.item(indicator.item if indicator else code)
        own = self.read(indicator.unit) if indicator else ""
        asked = item or FRAME_NUMBERS.get(indicator.item if indicator else code)
        return own or (self.read(asked.unit) if asked else "")

    def is_quantity(self, code: str) -> bool:
        """Whether single firms' amounts could dominate an item."""
        item = self.item(code)
        # Kinds with a unit of their own are percentages: bounded, so that no firm makes up most of a total.
        return item is None or not kind_of(item).unit

    @cached_property
    def scales(self) -> dict[str, Scale]:
        """By their codes."""
        return {scale.code: scale for scale in self.plan.scales}

    def scale_of(self, item: str, scale: str = "") -> Scale | None:
        """The scale with this code, or the first that the item is answered on."""
        return self.scales.get(scale) or next((each for each in self.plan.scales if item in each.items), None)

    @cached_property
    def themes(self) -> dict[str, Theme]:
        """Themes with the items of them that are asked; without those of which none is."""
        asked = {
            theme.code: tuple(filter(self.questionnaire.items.__contains__, theme.items)) for theme in self.plan.themes
        }
        return {theme.code: replace(theme, items=asked[theme.code]) for theme in self.plan.themes if asked[theme.code]}

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """By their codes."""
        return {indicator.code: indicator for indicator in self.plan.indicators}

    @cached_property
    def strong(self) -> frozenset[str]:
        """Codes of rows that are set bold: items of the headline themes, and headline indicators."""
        items = (code for theme in self.themes.values() if theme.is_headline for code in theme.items)
        return frozenset(items) | {code for code, one in self.indicators.items() if one.is_headline}

    @cached_property
    def groups(self) -> dict[str, tuple[Heading, ...]]:
        """The values of each group that results are filtered or split by, as headings."""
        return {group.code: headings for group in self.used_groups if (headings := headings_of(self, group))}

    @property
    def filters(self) -> dict[str, tuple[Heading, ...]]:
        """The groups that a page offers as filters."""
        offered = {group.code for group in self.plan.groups if group.is_filter}
        return {code: headings for code, headings in self.groups.items() if code in offered}

    @cached_property
    def used_groups(self) -> tuple[Group, ...]:
        """Groups of which a figure can be asked; others would only make protection withhold more."""
        split = {block.split for block in self.plan.blocks}
        return tuple(group for group in self.plan.groups if group.is_filter or group.code in split)

    @cached_property
    def crossings(self) -> tuple[tuple[str, ...], ...]:
        """Which groups can restrict the firms of one figure together: one by each frame variable, and one answer."""
        by_variable: dict[str, list[str]] = {}
        answers: list[str] = []
        for group in self.used_groups:
            is_frame = group.source is GroupSource.FRAME
            (by_variable.setdefault(group.variable, []) if is_frame else answers).append(group.code)
        # Groups over one frame variable (industries and sectors of them) never meet in one filter, and neither do two
        # answers; every further crossing would make protection withhold more for a figure that nobody can ask for.
        choices = [*(["", *codes] for codes in by_variable.values()), ["", *answers]]
        return tuple(tuple(sorted(filter(None, chosen))) for chosen in product(*choices))

    @cached_property
    def nesting(self) -> Nesting:
        """For each value of a group the values of coarser groups over the same variable that take it in."""
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for finer, coarser, value, taken in self._classes():
            found.setdefault((finer.code, value), []).append((coarser.code, taken))
        return found

    def _classes(self) -> Iterator[tuple[Group, Group, str, str]]:
        for finer, coarser in product(self.used_groups, repeat=2):
            alike = (finer.source, finer.variable) == (coarser.source, coarser.variable)
            # A group without classes has the values themselves, which is as fine as it gets.
            if alike and coarser.classes and not finer.classes:
                yield from ((finer, coarser, value, each.code) for each in coarser.classes for value in each.values)


def group_headings(variable: str, labels: Mapping[str, str]) -> tuple[Heading, ...]:
    """Headings of the values of a domain variable."""
    return tuple(
        Heading(code=code, label=label, domain=domain_of(**{variable: code})) for code, label in labels.items()
    )


def headings_of(words: Vocabulary, group: Group) -> tuple[Heading, ...]:
    """The values of a group that the sample has, or that the item offers; coarser ones of which any is there."""
    if group.source is GroupSource.FRAME:
        fine = {heading.code: heading.label for heading in words.frame.get(group.variable, ())}
    else:
        item = words.item(group.variable)
        fine = {option.code: words.read(option.text) for option in options_of(item)} if item else {}
    if not group.classes:
        return group_headings(group.code, fine)
    coarse = {each.code: words.read(each.text) for each in group.classes if fine.keys() & set(each.values)}
    return group_headings(group.code, coarse)
