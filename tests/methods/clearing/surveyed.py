"""A made-up survey whose wave can be cleared: two questions on a scale and an amount, by industry, sector and size."""

from dataclasses import replace
from typing import Any

import numpy as np

from survey.instrument.plan.plan import Group, GroupClass, PlannedBlock, Threshold
from survey.instrument.schema import Item, Text
from survey.methods.collected import Collected
from survey.methods.extract import Coded
from survey.methods.production import Prepared, prepare
from survey.methods.tables.vocabulary import Vocabulary, group_headings
from survey.methods.weights.merging import Places
from survey.terms import GroupSource, IndicatorKind, ItemType, Presentation
from tests.methods.words import PLAN, asking, severity

STEPS = (*"12345", "not_applicable")
INDUSTRIES, SIZES = ("B", "C", "G", "H"), ("small", "large")
SECTOR = Group(
    code="sector",
    text=Text("", "sector"),
    source=GroupSource.FRAME,
    variable="industry",
    classes=(
        GroupClass(code="goods", text=Text("", "Goods"), values=("B", "C")),
        GroupClass(code="services", text=Text("", "Services"), values=("G", "H")),
    ),
    is_filter=False,
)


def amounts(code: str, kind: IndicatorKind, **more: Any) -> PlannedBlock:
    """A table of the amount."""
    shape = Presentation.HEAT_MAP if more else Presentation.INDICATORS
    return PlannedBlock(code=code, text=Text("", code), presentation=shape, statistic=kind, rows=("revenue",), **more)


WORDS = Vocabulary(
    questionnaire=asking(
        severity("B1", "First"),
        severity("B2", "Second"),
        Item(code="revenue", type=ItemType.MONEY, text=Text("", "Revenue")),
    ),
    plan=replace(
        PLAN,
        groups=(*PLAN.groups, SECTOR),
        crossings=(("sector", "size"),),
        blocks=(
            *PLAN.blocks,
            amounts("means", IndicatorKind.MEAN),
            amounts("medians", IndicatorKind.MEDIAN),
            amounts("totals", IndicatorKind.TOTAL),
            amounts("means_by_size", IndicatorKind.MEAN, split="size"),
        ),
    ),
    frame={
        "industry": group_headings("industry", {code: code for code in INDUSTRIES}),
        "size": group_headings("size", {code: code for code in SIZES}),
    },
)


def collected(firms: Any, *, seed: int = 1, weight: float = 2.0, **changes: Any) -> Collected:
    """A wave in which every sampled firm answered: `firms[industry][size]` of them, with answers of chance."""
    counts = np.asarray(firms)
    industry, size = (np.repeat(one.ravel(), counts.ravel()) for one in np.indices(counts.shape))
    rows, rng = len(industry), np.random.default_rng(seed)
    answers = {
        "items": {item: Coded(rng.integers(0, 5, rows).astype(np.int16), STEPS) for item in ("B1", "B2")},
        "values": {"revenue": np.round(np.exp(rng.normal(3, 0.5, rows)), 1)},
    }
    return Collected(
        strata=tuple(f"{one}-{other}" for one in INDUSTRIES for other in SIZES),
        places=Places(np.repeat(np.arange(4), 2), np.tile(np.arange(2), 4)),
        stratum=industry * 2 + size,
        design_weight=np.full(rows, weight),
        disposition=np.full(rows, "complete", dtype="U20"),
        domains={"industry": Coded(industry, INDUSTRIES), "size": Coded(size, SIZES)},
        respondents=np.arange(rows),
        identity=np.array([f"firm{row}" for row in range(rows)]),
        **{**answers, **changes},
    )


def with_answers_of(wave: Collected, answered: Any) -> Collected:
    """The wave in which the other firms refused."""
    rows = np.flatnonzero(answered)
    return replace(
        wave,
        respondents=rows,
        disposition=np.where(answered, "complete", "refusal").astype("U20"),
        items={code: Coded(one.codes[rows], one.labels) for code, one in wave.items.items()},
        values={code: one[rows] for code, one in wave.values.items()},
    )


def prepared(firms: Any, *, threshold: int = 10, **more: Any) -> Prepared:
    """The wave made ready for clearing under a threshold."""
    words = replace(WORDS, plan=replace(WORDS.plan, threshold=Threshold(firms=threshold)))
    return prepare(collected(firms, **more), words)
