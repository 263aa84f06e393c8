"""The account of the weights says which categories of the frame were met only together with others."""

from dataclasses import replace

from django.utils.translation import override

from survey.exchange.figures.weighting import account_tables
from survey.methods.calibrated.against_frame import FrameRow
from survey.methods.calibrated.to_frame import Joined
from survey.methods.collected import Weighted, weigh
from survey.methods.tables.account import account_of
from survey.methods.weights.final import CalibrationReport
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
