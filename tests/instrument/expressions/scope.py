"""Answers that expressions of the tests read."""

from datetime import date

from survey.instrument.expressions.evaluation import Scope

SCOPE = Scope(
    answers={
        "staff": 30,
        "zero": 0,
        "sites": ["sz", "gz"],
        "refusal": "refused",
        "empty": "",
        "scale": "4",
        "founded": "2020-02-29",
        "costs": {"power": {"y1": 2.0, "y2": 3.0}, "rent": {"y1": 5.0}},
        "split": {"own": 60.0, "other": 40.0},
    },
    facts={"frame_revenue": 500.0, "previous_staff": 20},
    today=date(2026, 3, 31),
    own=7,
)
