"""The account of the weights says which categories of the frame were met only together with others, and what limits
did."""

from dataclasses import replace

from django.utils.translation import override

from survey.exchange.figures.weighting import account_tables
from survey.instrument.plan.weighting import Weighting
from survey.methods.calibrated.against_frame import FrameRow
from survey.methods.calibrated.to_frame import Joined
from survey.methods.collected import Weighted, weigh
from survey.methods.tables.account import account_of
from survey.methods.weights.final import CalibrationReport
from survey.methods.weights.trimming import Trimming
from survey.methods.weights.weighting import Merge
from tests.methods.test_production import seven_firms
from tests.methods.words import WORDS

FRAME = (
    FrameRow(variable="size", category="small+micro", frame=30, before=31, after=30),
    FrameRow(variable="size", category="small", frame=10, before=12, after=8, within="small+micro"),
    FrameRow(variable="size", category="micro", frame=20, before=19, after=22, within="small+micro"),
    FrameRow(variable="industry", category="C", frame=30, before=31, after=30),
    FrameRow(variable="industry", category="D", frame=0, before=0, after=0),
    FrameRow(variable="employees", category="", frame=500, before=480, after=490),
)


def calibrated() -> Weighted:
    report = CalibrationReport(
        method="linear",
        smallest=0.8,
        largest=1.2,
        worst="size",
        distance=0.0,
        below_one=0,
        joined=(Joined("size", ("small", "micro")),),
        frame=FRAME,
        problem=None,
    )
    weighted = weigh(seven_firms())
    return replace(weighted, weights=replace(weighted.weights, report=report))


def frame_rows(weighted: Weighted) -> list[tuple[str, ...]]:
    with override("en"):
        tables = account_tables(account_of(seven_firms(), weighted), weighted, WORDS)
        return list(next(table.rows for table in tables if table.title == "Frame against estimate"))


def test_every_line_of_the_frame_says_whether_it_comes_back() -> None:
    assert frame_rows(calibrated()) == [
        ("Size class", "Small + Micro", "30", "31", "30", "0.00%", "exactly, as one joined line"),
        ("Size class", "Small", "10", "12", "8", "−20.00%", "only together with Micro"),
        ("Size class", "Micro", "20", "19", "22", "+10.00%", "only together with Small"),
        ("Industry", "Manufacturing", "30", "31", "30", "0.00%", "exactly"),
        ("Industry", "D", "0", "0", "0", "", "exactly"),
        ("Employees", "Total", "500", "480", "490", "−2.00%", "not calibrated to"),
    ]


def factors_table(weighted: Weighted, plan: Weighting) -> tuple[str, ...]:
    words = replace(WORDS, plan=replace(WORDS.plan, weighting=plan))
    with override("en"):
        tables = account_tables(account_of(seven_firms(), weighted), weighted, words)
        return next(table.sentences for table in tables if table.title == "Factors and merged strata")


def test_account_says_why_strata_were_merged_and_what_limits_of_weights_did() -> None:
    few, large = Merge(code="C-small", into="C-micro", respondents=4), Merge(code="C-micro", into="D", respondents=12)
    trimming = Trimming(limit=31.5, cut=3, moved=0.0213, above=2)
    weighted = weigh(seven_firms())
    weighted = replace(weighted, weights=replace(weighted.weights, merges=(few, large), trimming=trimming))
    assert factors_table(weighted, Weighting(least_answers=10, largest_factor=2.0, largest_weight=4.0))[1:] == (
        "Manufacturing · Small has fewer than 10 answers and was merged with Manufacturing · Micro.",
        "Manufacturing · Micro has a factor above 2 times that of all strata and was merged with D.",
        "No answer is to count more than 4 times the mean: 3 weights were above it, and 2.1% of all weights went to "
        "others of their classes.",
        "2 weights remain above it: the mean of their class is, or the frame could not be met otherwise.",
    )


def test_account_without_limits_speaks_of_strata_with_fewer_than_two_answers_alone() -> None:
    weighted = weigh(seven_firms())
    merge = Merge(code="C-small", into="C-micro", respondents=1)
    weighted = replace(weighted, weights=replace(weighted.weights, merges=(merge,)))
    assert factors_table(weighted, Weighting())[1:] == (
        "Manufacturing · Small has fewer than two answers and was merged with Manufacturing · Micro.",
    )
