"""The tables of a plan that lists none: shares, distributions, numbers and rankings, then all by the groups."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from survey.instrument.kinds.choices import number_columns
from survey.instrument.kinds.kind import Columns
from survey.instrument.kinds.registry import kind_of
from survey.instrument.plan.plan import AnalysisPlan, Group, Indicator, PlannedBlock, Scale
from survey.instrument.schema import Item, Questionnaire, Text
from survey.terms import AskedUnit, GroupSource, IndicatorKind, Missing, Presentation

Blocks = Iterator[PlannedBlock]


def default_blocks(questionnaire: Questionnaire, plan: AnalysisPlan) -> tuple[PlannedBlock, ...]:
    """The tables in order: headlines, scales, numbers, closed items; behind them the closed items by group.

    ``plan`` has its scales and groups. Tables of items that the questionnaire does not ask are not planned.
    """
    items = list(questionnaire.items.values())
    # A group with classes of its own is a coarser cut of one that stands here already.
    frame = [group for group in plan.groups if group.source is GroupSource.FRAME and not group.classes]
    return tuple(
        chain(
            _headlines(plan),
            chain.from_iterable(_of_scale(scale, questionnaire, frame) for scale in plan.scales),
            _of_numbers([item.code for item in items if kind_of(item).is_figure], items, frame),
            chain.from_iterable(OF_ITEM[kind_of(item).columns](item, plan) for item in items),
            _by_groups(items, plan, frame),
        )
    )


def _headlines(plan: AnalysisPlan) -> Blocks:
    """Themes, then the indicators: those at the head apart from the others, by what they say."""
    if plan.themes:
        rows = tuple(theme.code for theme in plan.themes)
        yield _block("themes", Presentation.HEADLINE, IndicatorKind.SHARE, Text("主题", "Themes"), rows=rows)
    for kind in dict.fromkeys(one.kind for one in plan.indicators):
        of_kind = [one for one in plan.indicators if one.kind is kind]
        yield from _indicators("headline", Presentation.HEADLINE, kind, [one for one in of_kind if one.is_headline])
        yield from _indicators(
            "indicators", Presentation.INDICATORS, kind, [one for one in of_kind if not one.is_headline]
        )


def _indicators(code: str, presentation: Presentation, kind: IndicatorKind, listed: list[Indicator]) -> Blocks:
    if listed:
        rows = tuple(one.code for one in listed)
        yield _block(f"{code}_{kind.value}", presentation, kind, KIND_TEXTS[kind], rows=rows)


def _of_scale(scale: Scale, questionnaire: Questionnaire, groups: list[Group]) -> Blocks:
    """The marked share in the order of its size, all steps with the non-answers beside them, and both by group."""
    asked = [questionnaire.items[code] for code in scale.items if code in questionnaire.items]
    rows = tuple(item.code for item in asked)
    # An order needs two items, and a share needs steps that count.
    order = f"ranking_{scale.code}" if scale.marked and len(rows) > 1 else ""
    if order:
        title = share_order(scale.marked_text)
        yield _block(order, Presentation.RANKING, IndicatorKind.SHARE, title, rows, scale=scale.code, ordered_by=order)
    distribution = f"distribution_{scale.code}"
    yield _block(
        distribution, Presentation.DISTRIBUTION, IndicatorKind.SHARE, scale.text, rows, scale.code, ordered_by=order
    )
    # Beside the distribution and not in it: its base is those to whom the item applies.
    offering = tuple(item.code for item in asked if Missing.NOT_APPLICABLE in item.missing)
    if offering:
        title = _titled("{0}：不适用", "{0}: does not apply", scale.text)
        apart = f"apart_{scale.code}"
        yield _block(apart, Presentation.APART, IndicatorKind.SHARE, title, offering, scale.code, beside=distribution)
    yield from _averages(scale, rows)
    # By group only the marked share: five steps of many items by six groups nobody reads.
    for group in groups if scale.marked else []:
        title = _by_group(scale.text, group)
        yield _block(
            f"{scale.code}_by_{group.code}", Presentation.HEAT_MAP, IndicatorKind.SHARE, title, rows, scale.code,
            split=group.code, ordered_by=order,
        )  # fmt: skip


def _averages(scale: Scale, rows: tuple[str, ...]) -> Blocks:
    """Balance and diffusion index of a scale of which every step has a score."""
    if all(step.score is not None for step in scale.steps):
        for kind in (IndicatorKind.BALANCE, IndicatorKind.DIFFUSION):
            yield _block(
                f"{kind.value}_{scale.code}", Presentation.INDICATORS, kind, KIND_TEXTS[kind], rows, scale.code
            )


def _of_numbers(numbers: list[str], items: list[Item], groups: list[Group]) -> Blocks:
    """Mean, median and total side by side, and the means by group. Percentages have no total."""
    # A percentage of one firm and one of another add up to nothing.
    rows, amounts = tuple(numbers), tuple(item.code for item in items if kind_of(item).is_quantity)
    if not rows:
        return
    page = Text("数值指标：均值、中位数与总计", "Numeric indicators: mean, median and total")
    means = Text("数值指标：均值", "Numeric indicators: means")
    medians, totals = (
        Text("数值指标：中位数", "Numeric indicators: medians"),
        Text("数值指标：总计", "Numeric indicators: totals"),
    )
    shape = Presentation.INDICATORS
    yield _block("means", shape, IndicatorKind.MEAN, means, rows, page_text=page)
    yield _block("medians", shape, IndicatorKind.MEDIAN, medians, rows, beside="means")
    if amounts:
        yield _block("totals", shape, IndicatorKind.TOTAL, totals, amounts, beside="means")
    for group in groups:
        title = _by_group(means, group)
        yield _block(f"means_by_{group.code}", Presentation.HEAT_MAP, IndicatorKind.MEAN, title, rows, split=group.code)


def _shares(item: Item, plan: AnalysisPlan) -> Blocks:
    """Of an item on a scale the distribution tells all."""
    if item.code not in {code for scale in plan.scales for code in scale.items}:
        yield _choices(item)


def _several(item: Item, plan: AnalysisPlan) -> Blocks:
    if kind_of(item).is_ranked:
        return _ranking(item)
    # Several answers of one firm have no order of their own, so the largest share stands first.
    return iter((_choices(item, f"choices_{item.code}"),))


def _ranking(item: Item) -> Blocks:
    """Those named first, then those named at any place."""
    first = f"first_{item.code}"
    yield PlannedBlock(
        code=first,
        text=_titled("{0}（首选）", "{0} (first choice)", item.text),
        presentation=Presentation.CHOICES,
        statistic=IndicatorKind.SHARE,
        item=item.code,
        ordered_by=first,
        first_only=True,
    )
    yield _choices(item, f"choices_{item.code}", _titled("{0}（全部选择）", "{0} (all choices)", item.text))


def _rows_of_numbers(item: Item, plan: AnalysisPlan) -> Blocks:
    yield _block(f"means_{item.code}", Presentation.INDICATORS, IndicatorKind.MEAN, item.text, item=item.code)


def _columns_of_numbers(item: Item, plan: AnalysisPlan) -> Blocks:
    """Of a table of any answers the numbers; its choices stand in the microdata, cell by cell."""
    return _rows_of_numbers(item, plan) if number_columns(item) else iter(())


def _nothing(item: Item, plan: AnalysisPlan) -> Blocks:
    return iter(())


OF_ITEM: dict[Columns, Callable[[Item, AnalysisPlan], Blocks]] = {
    Columns.NONE: _nothing,
    Columns.CODE: _shares,
    Columns.CHOSEN: _several,
    Columns.NUMBER: _nothing,
    Columns.ROWS: _rows_of_numbers,
    Columns.CELLS: _rows_of_numbers,
    Columns.MIXED: _columns_of_numbers,
}
"""The tables of an item by itself; single numbers share theirs."""


def _by_groups(items: Iterable[Item], plan: AnalysisPlan, groups: list[Group]) -> Blocks:
    """Shares of each closed item by group, for the release alone: a page filters instead."""
    # Items on a scale with marked steps have their heat map already.
    marked = {code for scale in plan.scales if scale.marked for code in scale.items}
    for item in items:
        if kind_of(item).columns is Columns.CODE and item.code not in marked:
            for group in groups:
                yield PlannedBlock(
                    code=f"{item.code}_by_{group.code}",
                    text=_by_group(item.text, group),
                    presentation=Presentation.HEAT_MAP,
                    statistic=IndicatorKind.SHARE,
                    item=item.code,
                    split=group.code,
                    on_dashboard=False,
                )


def _choices(item: Item, ordered_by: str = "", text: Text | None = None) -> PlannedBlock:
    return PlannedBlock(
        code=f"choices_{item.code}",
        text=text or item.text,
        presentation=Presentation.CHOICES,
        statistic=IndicatorKind.SHARE,
        item=item.code,
        ordered_by=ordered_by,
    )


def _block(
    code: str,
    presentation: Presentation,
    statistic: IndicatorKind,
    text: Text,
    rows: tuple[str, ...] = (),
    scale: str = "",
    **more: object,
) -> PlannedBlock:
    named = {"code": code, "presentation": presentation, "statistic": statistic, "text": text}
    return PlannedBlock(**named, rows=rows, scale=scale, **more)  # type: ignore[arg-type]


def share_order(marked: Text, asks: AskedUnit = AskedUnit.FIRM) -> Text:
    """The title of items in the order of the firms, or local units, that mark them."""
    if asks is AskedUnit.LOCAL_UNIT:
        return _titled("按{0}的产业活动单位占比排列", "By the share of local units that {0}", marked)
    return _titled("按{0}的企业占比排列", "By the share of firms that {0}", marked)


KIND_TEXTS = {
    IndicatorKind.SHARE: Text("企业占比", "Shares of firms"),
    IndicatorKind.EMPLOYEE_SHARE: Text("从业人员占比", "Shares of employees"),
    IndicatorKind.REVENUE_SHARE: Text("营业收入占比", "Shares of revenue"),
    IndicatorKind.MEAN: Text("均值", "Means"),
    IndicatorKind.MEDIAN: Text("中位数", "Medians"),
    IndicatorKind.TOTAL: Text("总计", "Totals"),
    IndicatorKind.RATIO: Text("总量之比", "Ratios of totals"),
    IndicatorKind.BALANCE: Text("差额（上升减下降，百分点）", "Balances (up less down, in points)"),
    IndicatorKind.DIFFUSION: Text("扩散指数", "Diffusion indices"),
    IndicatorKind.INDEX: Text("综合指数", "Composite indices"),
}


def _by_group(text: Text, group: Group) -> Text:
    return _titled("{0}（分{1}）", "{0} by {2}", text, group.text, Text("", group.text.of("en").lower()))


def _titled(zh: str, en: str, *texts: Text) -> Text:
    """A title in both languages of the interface; contents in a third one are read in the nearest of them."""
    return Text(zh.format(*(text.of("zh") for text in texts)), en.format(*(text.of("en") for text in texts)))
