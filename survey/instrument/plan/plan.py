"""The analysis plan as a value: what the results of a questionnaire are about, published and hashed with its version.

Nothing that is shown is decided elsewhere: methods, dashboard, workbook and release read the questionnaire and this.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

from survey import algorithms
from survey.algorithms import canonical_json
from survey.instrument.plan.reading import read_part
from survey.instrument.plan.weighting import RECOMMENDED, Weighting
from survey.instrument.schema import NO_TEXT, Text, without_defaults
from survey.terms import GroupSource, IndicatorKind, Presentation


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One answer of a scale. ``score`` is its weight in a balance (1, 0, -1) or mean score; None where it has none."""

    code: str
    text: Text
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Ordered answers that several items share, from the first to the last step.

    ``items`` are answered on it. The ``marked`` steps are those that count ("serious or very serious"), in the words of
    ``marked_text``, which completes "% of firms ...". ``is_adverse`` says that the last step is the worst.
    """

    code: str
    text: Text
    items: tuple[str, ...]
    steps: tuple[Step, ...]
    marked: tuple[str, ...] = ()
    marked_text: Text = NO_TEXT
    is_adverse: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the steps, in order."""
        return tuple(step.code for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Items of one scale that are looked at together: a firm has the theme where one of them is marked.

    Themes stand in the order of the plan; ``is_headline`` puts one at the head of the results.
    """

    code: str
    text: Text
    scale: str
    items: tuple[str, ...]
    is_headline: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A value from outside that an indicator is held against, with the words for a chart and where it comes from.

    ``name`` are the words for a sentence: "below last year's 9". Without them ``text`` stands there.
    """

    value: float
    text: Text
    source: Text = NO_TEXT
    name: Text = NO_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPart:
    """One indicator in an index, with its stated weight. ``inverted`` parts count as 100 less their value."""

    indicator: str
    weight: float
    inverted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A figure derived from answers.

    SHARE: firms choosing one of ``options`` among those choosing one of ``base`` (empty: any answer) of ``item``;
    EMPLOYEE_SHARE, REVENUE_SHARE: the share of their employees or revenue. MEAN, MEDIAN, TOTAL: of the number
    ``item``. RATIO: total of ``item`` over total of ``denominator``. BALANCE, DIFFUSION: of ``item`` on its scale.
    INDEX: weighted ``parts``, which are shares, balances or diffusion indices. Numbers are of items or of the frame.

    A ratio is written ``times`` as large, 100 for one in percent.

    ``finding`` is a sentence about a figure that is held against its reference, with {value}, {low} and {high} in it:
    "Firms put the ratio at {value} ({low} to {high})".
    """

    code: str
    text: Text
    kind: IndicatorKind
    item: str = ""
    options: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    denominator: str = ""
    parts: tuple[IndexPart, ...] = ()
    unit: Text = NO_TEXT
    decimals: int = 1
    times: float = 1.0
    reference: Reference | None = None
    finding: Text = NO_TEXT
    is_headline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupClass:
    """One value of a coarser group: the values of the finer one that it takes together."""

    code: str
    text: Text
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A variable that splits firms: one of the frame, or a closed item. With ``classes`` it is coarser than that.

    ``is_filter`` offers it as a filter of the results; one that is not can still split tables.
    """

    code: str
    text: Text
    source: GroupSource
    variable: str
    classes: tuple[GroupClass, ...] = ()
    is_filter: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedBlock:
    """A table with its presentation, in the order of the results.

    ``rows`` are the codes of items, themes or indicators; without them the options or rows of ``item`` stand there, of
    a ranking those named first where ``first_only`` is set, at any place otherwise. ``statistic`` is what its cells
    are; a share of items on a ``scale`` is that of its marked steps. ``split`` is a group, which gives the columns.
    ``ordered_by`` is the code of the block whose ranking orders the rows, or its own. A block ``beside`` another is
    drawn together with that. Titles: ``text`` (empty: the wording of ``item``), ``page_text`` at the head of its place
    on a page, ``change_text`` of its table of change, ``note`` a sentence below.
    """

    code: str
    presentation: Presentation
    statistic: IndicatorKind
    text: Text = NO_TEXT
    page_text: Text = NO_TEXT
    change_text: Text = NO_TEXT
    note: Text = NO_TEXT
    rows: tuple[str, ...] = ()
    item: str = ""
    scale: str = ""
    split: str = ""
    ordered_by: str = ""
    beside: str = ""
    first_only: bool = False
    on_dashboard: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodNote:
    """A paragraph with its heading that stands among the notes on method of a release."""

    text: Text
    paragraph: Text


MOST_DOMINANT = 20
"""As many of the largest amounts of a group are kept for the dominance rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """The rule of protection: firms under a figure, and the dominance rules (n, k) and p % for quantities."""

    firms: int = 10
    dominant: int = 2
    dominance: float = 0.85
    p: float = 0.10


# Without slots, in which a cached property has no place.
@dataclass(frozen=True, kw_only=True)
class AnalysisPlan:
    """What the results of one questionnaire are about.

    ``names`` are the short names of items in results, ``row_text`` what one of them is, with its article ("a problem").
    ``filters`` says whom a condition of the questionnaire leaves, after "firms": "with automated equipment".
    ``crossings`` are pairs of groups of the frame by which firms are told apart together in cleared figures.
    A theme or an indicator must not have the code of an item. An empty part is filled in by ``default.completed_plan``.
    """

    scales: tuple[Scale, ...] = ()
    themes: tuple[Theme, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    groups: tuple[Group, ...] = ()
    # Named one by one: each crossing makes smaller cells, more of which have to be withheld.
    crossings: tuple[tuple[str, str], ...] = ()
    blocks: tuple[PlannedBlock, ...] = ()
    names: Mapping[str, Text] = field(default_factory=dict)
    filters: Mapping[str, Text] = field(default_factory=dict)
    # Sentences of findings speak of a row; which article it takes no program can tell in English.
    row_text: Text = NO_TEXT
    notes: tuple[MethodNote, ...] = ()
    # Part of the plan and so of its digest: that a release was protected by another rule than the plan's would show.
    threshold: Threshold = Threshold()
    weighting: Weighting = RECOMMENDED

    @cached_property
    def digest(self) -> str:
        """Digest of the canonical JSON, in hexadecimal: equal content has an equal digest."""
        return algorithms.digest(canonical_json(self.to_dict()).encode())

    def to_dict(self) -> dict[str, Any]:
        """The content as JSON values; parts at their default are left out."""
        # Left out, a field that a later version adds with a default changes no digest of plans published before.
        content = without_defaults(self)
        assert isinstance(content, dict)
        return content

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Self:
        """The plan that ``to_dict`` wrote. Raises KeyError, TypeError or ValueError on anything else."""
        return read_part(cls, content)


NO_PLAN = AnalysisPlan()
