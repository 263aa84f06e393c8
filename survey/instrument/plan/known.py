"""What a plan may name: the items of its questionnaire, the variables of the frame, and the other parts of the plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from survey.instrument.codebook import codebook_of
from survey.instrument.kinds.choices import options_of
from survey.instrument.kinds.registry import kind_of
from survey.instrument.kinds.variables import ValueKind
from survey.instrument.plan.default import completed_plan
from survey.instrument.plan.frame_numbers import FRAME_NUMBERS
from survey.instrument.plan.of_units import plan_in_words
from survey.instrument.plan.plan import AnalysisPlan, Group, Indicator, Scale, Theme
from survey.instrument.schema import Item, Questionnaire
from survey.terms import AskedUnit, GroupSource, Missing


@dataclass(frozen=True, kw_only=True)
class Known:
    """A plan with what it is about. ``frame`` has the values of each variable of the frame; empty: not known.

    ``whole`` is the plan with its empty parts filled in, so that a designed part may name a derived one; their titles
    are of what the survey ``asks``.
    """

    questionnaire: Questionnaire
    plan: AnalysisPlan
    frame: Mapping[str, tuple[str, ...]]
    asks: AskedUnit = AskedUnit.FIRM

    @cached_property
    def whole(self) -> AnalysisPlan:
        """The plan as it would be published."""
        return plan_in_words(self.questionnaire, completed_plan(self.questionnaire, self.plan), self.asks)

    @property
    def items(self) -> Mapping[str, Item]:
        """Every item by its code."""
        return self.questionnaire.items

    @cached_property
    def scales(self) -> Mapping[str, Scale]:
        """Scales by code."""
        return {scale.code: scale for scale in self.whole.scales}

    @cached_property
    def scale_of(self) -> Mapping[str, Scale]:
        """The scale on which an item is answered."""
        return {item: scale for scale in self.whole.scales for item in scale.items}

    @cached_property
    def themes(self) -> Mapping[str, Theme]:
        """Themes by code."""
        return {theme.code: theme for theme in self.whole.themes}

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """Indicators by code."""
        return {one.code: one for one in self.whole.indicators}

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """Groups by code."""
        return {group.code: group for group in self.whole.groups}

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Items whose answer is a number, the parts of those that hold several, and the numbers of the frame."""
        # From the codebook, which names the parts of shares and tables as the data do.
        rows = codebook_of(self.questionnaire)
        return frozenset({*(row.name for row in rows if row.kind is ValueKind.NUMBER), *FRAME_NUMBERS})

    def is_closed(self, code: str) -> bool:
        """Whether an item offers something to choose from."""
        return code in self.items and kind_of(self.items[code]).is_closed

    def answers(self, code: str) -> tuple[str, ...]:
        """The answers of a closed item, non-answers that it offers included."""
        item = self.items[code]
        # A share may count a non-answer: who does not know is a figure too.
        return (*(option.code for option in options_of(item)), *(word.value for word in item.missing))

    def is_grouping(self, code: str) -> bool:
        """Whether an item puts each firm into one of its options."""
        # With several answers a firm would stand in several groups, and parts would not add up to the whole.
        return self.is_closed(code) and not kind_of(self.items[code]).takes_several

    def values(self, group: Group) -> tuple[str, ...]:
        """The values that a group can have before they are taken together; empty where they are not known."""
        if group.source is GroupSource.FRAME:
            # Empty where no list of firms has been read yet: then nothing can be said against a value.
            return self.frame.get(group.variable, ())
        return tuple(code for code in self.answers(group.variable) if code not in set(Missing))
