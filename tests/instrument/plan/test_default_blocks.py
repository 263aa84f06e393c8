"""The tables that a plan without tables has, kind by kind."""

from survey.instrument.plan.default import FRAME_GROUPS
from survey.instrument.plan.default_blocks import default_blocks
from survey.instrument.plan.plan import AnalysisPlan, PlannedBlock
from survey.instrument.schema import Item, Text
from survey.terms import IndicatorKind, ItemType, Missing, Presentation
from tests.instrument.plan.small import SECTOR, TREND
from tests.instrument.tiny import item, one_page, options

CHOICE = item("place", ItemType.SINGLE, options=options("a", "b"))
BY_FRAME = [group.code for group in FRAME_GROUPS]


def blocks_of(*items: Item, plan: AnalysisPlan | None = None) -> dict[str, PlannedBlock]:
    return {block.code: block for block in default_blocks(one_page(*items), plan or AnalysisPlan(groups=FRAME_GROUPS))}


def test_single_choice_is_shown_in_the_order_of_its_options_and_by_group_in_the_release_alone() -> None:
    blocks = blocks_of(CHOICE)
    assert list(blocks) == ["choices_place", *(f"place_by_{group}" for group in BY_FRAME)]
    assert blocks["choices_place"].ordered_by == ""
    assert [block.on_dashboard for block in blocks.values()] == [True, False, False, False]


def test_several_choices_are_shown_from_the_most_named_down() -> None:
    blocks = blocks_of(item("causes", ItemType.MULTIPLE, options=options("a", "b")))
    assert [(one.code, one.ordered_by) for one in blocks.values()] == [("choices_causes", "choices_causes")]


def test_ranking_is_shown_by_the_first_choice_and_then_by_all_of_them() -> None:
    blocks = list(blocks_of(item("wishes", ItemType.RANKING, options=options("a", "b"))).values())
    assert [(one.code, one.first_only, one.ordered_by) for one in blocks] == [
        ("first_wishes", True, "first_wishes"),
        ("choices_wishes", False, "choices_wishes"),
    ]
    assert blocks[0].text == Text("wishes（中）（首选）", "wishes (first choice)")


def test_numbers_share_three_tables_side_by_side_and_are_split_by_their_means() -> None:
    blocks = blocks_of(item("staff"), item("share", ItemType.PERCENTAGE))
    assert [(one.code, one.rows, one.beside, one.split) for one in blocks.values()] == [
        ("means", ("staff", "share"), "", ""),
        ("medians", ("staff", "share"), "means", ""),
        ("totals", ("staff",), "means", ""),
        *((f"means_by_{group}", ("staff", "share"), "", group) for group in BY_FRAME),
    ]


def test_rows_and_cells_of_numbers_have_their_means() -> None:
    mix = item("mix", ItemType.SHARES, rows=options("own", "rented"))
    racks = item("racks", ItemType.NUMBER_TABLE, rows=options("x"), options=options("y"))
    assert [(one.code, one.statistic, one.item) for one in blocks_of(mix, racks).values()] == [
        ("means_mix", IndicatorKind.MEAN, "mix"),
        ("means_racks", IndicatorKind.MEAN, "racks"),
    ]


def test_table_of_any_answers_has_means_where_a_column_holds_numbers() -> None:
    of_numbers = item("n", ItemType.TABLE, rows=options("r"), options=options("c", type=ItemType.INTEGER))
    of_words = item("w", ItemType.TABLE, rows=options("r"), options=options("c", type=ItemType.TEXT))
    assert list(blocks_of(of_numbers, of_words)) == ["means_n"]


def test_what_has_no_figures_has_no_table() -> None:
    assert blocks_of(item("remark", ItemType.LONG_TEXT), item("since", ItemType.DATE), item("f", ItemType.FILE)) == {}


def test_scale_with_a_marked_share_is_ranked_by_it_throughout() -> None:
    asked = [item(code, ItemType.SINGLE, options=options("up", "same", "down")) for code in ("orders", "stocks")]
    blocks = blocks_of(*asked, plan=AnalysisPlan(scales=(TREND,), groups=(SECTOR, *FRAME_GROUPS)))
    by_group = [f"trend_by_{group}" for group in BY_FRAME]
    assert list(blocks) == ["ranking_trend", "distribution_trend", "balance_trend", "diffusion_trend", *by_group]
    ordered = ["ranking_trend", "distribution_trend", *by_group]
    assert {code for code, block in blocks.items() if block.ordered_by == "ranking_trend"} == set(ordered)
    assert blocks["trend_by_size"].text == Text("走势（分企业规模）", "Trend by size of the firm")


def test_single_item_of_a_scale_is_not_ranked_against_itself() -> None:
    asked = item("orders", ItemType.SINGLE, options=options("up", "same", "down"))
    blocks = blocks_of(asked, plan=AnalysisPlan(scales=(TREND,)))
    assert list(blocks) == ["distribution_trend", "balance_trend", "diffusion_trend"]
    assert (blocks["distribution_trend"].rows, blocks["distribution_trend"].ordered_by) == (("orders",), "")


def test_share_to_whom_a_step_does_not_apply_stands_beside_the_distribution() -> None:
    steps = options("up", "same", "down")
    asked = item("orders", ItemType.SINGLE, options=steps, missing=(Missing.NOT_APPLICABLE,))
    apart = blocks_of(asked, plan=AnalysisPlan(scales=(TREND,)))["apart_trend"]
    assert (apart.presentation, apart.rows, apart.beside) == (Presentation.APART, ("orders",), "distribution_trend")
