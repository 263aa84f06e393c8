"""The plan of a questionnaire without a word of configuration."""

from dataclasses import replace

from survey.instrument.plan.default import FRAME_GROUPS, completed_plan
from survey.instrument.plan.plan import AnalysisPlan, Indicator, PlannedBlock, Scale, Step, Theme
from survey.instrument.schema import Item, Option, Page, Questionnaire, Section, Text
from survey.terms import IndicatorKind, ItemType, Missing, Presentation

GRADES = tuple(Option(code=code, text=Text(code, code)) for code in ("good", "fair", "poor"))
OTHERS = tuple(Option(code=code, text=Text(code, code)) for code in ("web", "travel_agent"))


def item(code: str, kind: ItemType, *options: Option, missing: tuple[Missing, ...] = ()) -> Item:
    return Item(code=code, type=kind, text=Text(code, code), options=options, missing=missing)


def asking(*items: Item) -> Questionnaire:
    return Questionnaire(
        code="hotel",
        title=Text("", "Hotel"),
        sections=(Section(code="s", title=Text(), pages=(Page(code="p", title=Text(), items=items),)),),
    )


HOTEL = asking(
    item("room", ItemType.SINGLE, *GRADES),
    item("food", ItemType.SINGLE, *GRADES),
    item("booked", ItemType.SINGLE, *OTHERS),
    item("nights", ItemType.INTEGER),
    item("satisfied", ItemType.PERCENTAGE),
    item("wishes", ItemType.RANKING, *OTHERS),
    item("remarks", ItemType.LONG_TEXT),
)


def test_choices_with_the_same_options_make_a_scale() -> None:
    (scale,) = completed_plan(HOTEL).scales
    assert (scale.items, scale.codes, scale.marked) == (("room", "food"), ("good", "fair", "poor"), ())
    assert scale.text == Text("good—poor", "good – poor")


def test_tables_stand_in_a_stable_order() -> None:
    assert [block.code for block in completed_plan(HOTEL).blocks] == [
        "distribution_scale_room",
        *("means", "medians", "totals"),
        *("means_by_industry", "means_by_size", "means_by_district"),
        "choices_booked",
        *("first_wishes", "choices_wishes"),
        *("room_by_industry", "room_by_size", "room_by_district"),
        *("food_by_industry", "food_by_size", "food_by_district"),
        *("booked_by_industry", "booked_by_size", "booked_by_district"),
    ]


def test_percentages_have_no_total() -> None:
    blocks = {block.code: block.rows for block in completed_plan(HOTEL).blocks}
    assert (blocks["means"], blocks["totals"]) == (("nights", "satisfied"), ("nights",))


def test_severity_items_are_ranked_by_their_two_worst_steps() -> None:
    asked = item("noise", ItemType.SEVERITY, missing=(Missing.NOT_APPLICABLE,)), item("heat", ItemType.SEVERITY)
    plan = completed_plan(asking(*asked))
    assert [(scale.code, scale.marked, scale.is_adverse) for scale in plan.scales] == [("severity", ("4", "5"), True)]
    assert [(block.code, block.rows) for block in plan.blocks] == [
        ("ranking_severity", ("noise", "heat")),
        ("distribution_severity", ("noise", "heat")),
        ("apart_severity", ("noise",)),
        *((f"severity_by_{group.code}", ("noise", "heat")) for group in FRAME_GROUPS),
    ]


def test_scored_scale_has_balances_and_diffusion_indices() -> None:
    steps = tuple(Step(code=code, text=Text(), score=score) for code, score in (("good", 1), ("fair", 0), ("poor", -1)))
    scale = Scale(code="trend", text=Text("", "Trend"), items=("room", "food", "gone"), steps=steps)
    blocks = completed_plan(HOTEL, AnalysisPlan(scales=(scale,))).blocks
    assert [(block.code, block.statistic, block.rows) for block in blocks[1:3]] == [
        ("balance_trend", IndicatorKind.BALANCE, ("room", "food")),
        ("diffusion_trend", IndicatorKind.DIFFUSION, ("room", "food")),
    ]


def test_themes_and_headline_indicators_come_first() -> None:
    base = completed_plan(HOTEL)
    total = Indicator(code="all_nights", text=Text("", "Nights"), kind=IndicatorKind.TOTAL, item="nights")
    theme = Theme(code="stay", text=Text("", "Stay"), scale="scale_room", items=("room",))
    plan = AnalysisPlan(
        scales=base.scales, themes=(theme,), indicators=(replace(total, is_headline=True), replace(total, code="b"))
    )
    assert [(block.code, block.presentation, block.rows) for block in completed_plan(HOTEL, plan).blocks[:3]] == [
        ("themes", Presentation.HEADLINE, ("stay",)),
        ("headline_total", Presentation.HEADLINE, ("all_nights",)),
        ("indicators_total", Presentation.INDICATORS, ("b",)),
    ]


def test_planned_parts_stay_as_they_are() -> None:
    block = PlannedBlock(code="one", presentation=Presentation.CHOICES, statistic=IndicatorKind.SHARE, item="booked")
    plan = completed_plan(HOTEL, AnalysisPlan(blocks=(block,)))
    assert (plan.blocks, plan.groups) == ((block,), FRAME_GROUPS)


def test_completed_plan_is_read_back_from_its_json() -> None:
    plan = completed_plan(HOTEL)
    assert AnalysisPlan.from_dict(plan.to_dict()) == plan
