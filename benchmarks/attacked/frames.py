"""Made surveys to attack: a frame, its sample, what the firms answered by two dates, and the words of the survey."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from survey.instrument.kinds.severity import SEVERITY_TEXTS
from survey.instrument.plan.plan import AnalysisPlan, Group, PlannedBlock, Scale, Step, Theme
from survey.instrument.schema import Item, Option, Page, Questionnaire, Section, Text
from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.coding import part_name
from survey.methods.collected import Collected
from survey.methods.extract import Coded
from survey.methods.tables.vocabulary import Vocabulary, group_headings
from survey.methods.weights.fieldwork import FrameTotals
from survey.methods.weights.merging import Places
from survey.terms import Disposition, GroupSource, IndicatorKind, ItemType, Presentation

INDUSTRIES, SIZES, DISTRICTS = tuple("CDEFGI"), ("micro", "small", "medium", "large"), tuple("123456")
SCALES, STEPS = ("severity_a", "severity_b", "severity_c"), ("1", "2", "3", "4", "5")
WANTED = ("funding", "people", "rules", "networks")
RESPONSE = (0.60, 0.70, 0.80, 0.95)
"""By size class; what is left is 1 in 20 who answer between the two dates."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Surveyed:
    """A wave at two dates: `late` holds all of `early` and a few firms more."""

    name: str
    words: Vocabulary
    early: Collected
    late: Collected


def made_survey(firms: int, seed: int = 20261129) -> Surveyed:
    """A frame of so many firms, one in five of them drawn, all large ones."""
    rng = np.random.default_rng([seed, firms])
    industry = rng.choice(len(INDUSTRIES), firms, p=_shares(len(INDUSTRIES), 0.25))
    size = rng.choice(len(SIZES), firms, p=(0.50, 0.32, 0.14, 0.04))
    district = rng.choice(len(DISTRICTS), firms, p=_shares(len(DISTRICTS), 0.35))
    employees = np.floor(5.0 * 4.0**size * np.exp(rng.normal(0, 0.4, firms))) + 1
    stratum = industry * len(SIZES) + size
    drawn, weight = _sample(rng, stratum, size, firms)
    chance = np.array(RESPONSE)[size[drawn]]
    answers = _answers(rng, industry[drawn], size[drawn], district[drawn])
    when = rng.random(len(drawn)) / chance
    groups = {"industry": (industry, INDUSTRIES), "size": (size, SIZES), "district": (district, DISTRICTS)}
    frame = FrameTotals(
        counts={
            name: dict(zip(labels, np.bincount(codes, minlength=len(labels)).astype(float).tolist(), strict=True))
            for name, (codes, labels) in groups.items()
            if name != "district"
        },
        totals={"employees": float(employees.sum())},
    )
    whole = Collected(
        strata=tuple(f"{one}-{other}" for one in INDUSTRIES for other in SIZES),
        places=Places(
            np.repeat(np.arange(len(INDUSTRIES)), len(SIZES)), np.tile(np.arange(len(SIZES)), len(INDUSTRIES))
        ),
        stratum=stratum[drawn],
        design_weight=weight,
        disposition=np.full(len(drawn), Disposition.COMPLETE.value, "U40"),
        domains={name: Coded(codes[drawn], labels) for name, (codes, labels) in groups.items()},
        respondents=np.arange(len(drawn)),
        items=answers,
        values={"cost": np.round(employees[drawn] * np.exp(rng.normal(1.0, 0.3, len(drawn))), 1)},
        numbers={"employees": employees[drawn]},
        frame=frame,
        identity=np.array([f"{number:08d}" for number in drawn.tolist()]),
    )
    return Surveyed(
        name=f"made, {firms:,} firms",
        words=WORDS,
        early=answered_by(whole, when < 0.85),
        late=answered_by(whole, when < 1),
    )


def answered_by(whole: Collected, responded: Bools) -> Collected:
    """The wave when these firms (m,) had responded and no others."""
    rows = np.flatnonzero(responded)
    disposition = np.where(responded, Disposition.COMPLETE.value, Disposition.REFUSAL.value)
    return replace(
        whole,
        disposition=disposition,
        respondents=rows,
        items={name: Coded(column.codes[rows], column.labels) for name, column in whole.items.items()},
        values={name: values[rows] for name, values in whole.values.items()},
    )


def earlier(collected: Collected, seed: int, part: float = 0.03) -> Collected:
    """The wave before the last few of its firms responded."""
    rng = np.random.default_rng(seed)
    kept = np.sort(rng.choice(collected.answered, round(collected.answered * (1 - part)), replace=False))
    rows = collected.respondents[kept]
    gone = np.setdiff1d(collected.respondents, rows)
    disposition = collected.disposition.copy()
    disposition[gone] = Disposition.REFUSAL.value
    return replace(
        collected,
        disposition=disposition,
        respondents=rows,
        items={name: Coded(column.codes[kept], column.labels) for name, column in collected.items.items()},
        values={name: values[kept] for name, values in collected.values.items()},
    )


def _shares(number: int, drop: float) -> Floats:
    part = (1 - drop) ** np.arange(number)
    return np.asarray(part / part.sum())


def _sample(rng: np.random.Generator, stratum: Ints, size: Ints, firms: int) -> tuple[Ints, Floats]:
    """One in five of each stratum, four at least; large firms all."""
    drawn, weights = [], []
    for one in np.unique(stratum):
        rows = np.flatnonzero(stratum == one)
        taken = len(rows) if size[rows[0]] == len(SIZES) - 1 else min(len(rows), max(4, len(rows) // 5))
        drawn.append(np.sort(rng.choice(rows, taken, replace=False)))
        weights.append(np.full(taken, len(rows) / taken))
    return np.concatenate(drawn), np.concatenate(weights)


def _answers(rng: np.random.Generator, industry: Ints, size: Ints, district: Ints) -> dict[str, Coded]:
    """Answers that lean by industry, size and district, so that groups tell of their firms."""
    rows = len(industry)
    found: dict[str, Coded] = {}
    for item in SCALES:
        leaning = rng.normal(0, 0.9, len(INDUSTRIES))[industry] + rng.normal(0, 0.5, len(DISTRICTS))[district]
        found[item] = Coded(
            np.clip(np.round(2.0 + leaning + 0.2 * size + rng.normal(0, 1.0, rows)), 0, 4).astype(np.int16), STEPS
        )
    chosen = np.stack([_yes(rng, industry, 0.9, -0.5) for _ in WANTED])
    chosen[0, ~chosen.any(axis=0)] = True
    found |= {part_name("wanted", code): Coded(chosen[k].astype(np.int16), ("0", "1")) for k, code in enumerate(WANTED)}
    return found | {"exports": Coded((~_yes(rng, industry, 1.5, -1.5)).astype(np.int16), ("yes", "no"))}


def _yes(rng: np.random.Generator, industry: Ints, spread: float, middle: float) -> Bools:
    logit = rng.normal(middle, spread, len(INDUSTRIES))[industry]
    return np.asarray(rng.random(len(industry)) < 1 / (1 + np.exp(-logit)))


def _block(
    code: str, presentation: Presentation, statistic: IndicatorKind = IndicatorKind.SHARE, **more: Any
) -> PlannedBlock:
    return PlannedBlock(code=code, text=Text("", code), presentation=presentation, statistic=statistic, **more)


def _item(code: str, kind: ItemType, options: tuple[str, ...] = ()) -> Item:
    return Item(
        code=code,
        type=kind,
        text=Text("", code),
        options=tuple(Option(code=one, text=Text("", one)) for one in options),
    )


_ITEMS = (
    *(_item(code, ItemType.SEVERITY) for code in SCALES),
    _item("wanted", ItemType.MULTIPLE, WANTED),
    _item("exports", ItemType.SINGLE, ("yes", "no")),
    _item("cost", ItemType.MONEY),
)
_PLAN = AnalysisPlan(
    scales=(
        Scale(
            code="severity",
            text=Text("", "Severity"),
            items=SCALES,
            steps=tuple(Step(code=step.value, text=text) for step, text in SEVERITY_TEXTS.items()),
            marked=("4", "5"),
        ),
    ),
    themes=(Theme(code="any_severe", text=Text("", "Any"), scale="severity", items=SCALES),),
    groups=tuple(
        Group(code=code, text=Text("", code), source=GroupSource.FRAME, variable=code)
        for code in ("industry", "size", "district")
    ),
    crossings=(("industry", "size"), ("district", "size")),
    blocks=(
        _block("core", Presentation.HEADLINE, rows=("any_severe",)),
        _block("marked", Presentation.INDICATORS, rows=SCALES, scale="severity"),
        _block("distribution", Presentation.DISTRIBUTION, rows=SCALES, scale="severity"),
        _block("wanted", Presentation.CHOICES, item="wanted"),
        _block("exports", Presentation.CHOICES, item="exports"),
        _block("means", Presentation.INDICATORS, rows=("cost",), statistic=IndicatorKind.MEAN),
        _block("medians", Presentation.INDICATORS, rows=("cost",), statistic=IndicatorKind.MEDIAN),
    ),
)
WORDS = Vocabulary(
    questionnaire=Questionnaire(
        code="made",
        title=Text("", "Made"),
        sections=(Section(code="s", title=Text(), pages=(Page(code="p", title=Text(), items=_ITEMS),)),),
    ),
    plan=_PLAN,
    frame={
        name: group_headings(name, {code: code for code in codes})
        for name, codes in (("industry", INDUSTRIES), ("size", SIZES), ("district", DISTRICTS))
    },
)
