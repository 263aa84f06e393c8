"""How fast production is: from a fieldwork to every share, weights made and calibrated as a survey does by default.

`python -m benchmarks.production`: firms in 72 strata (18 industries by 4 sizes) of which four in five respond, counts
by industry and size and totals of employees and revenue in the frame, 40 five-step items overall and by industry. One
work is weights and tables together; the frame is not timed. "CPU" is processor time, which other programs do not
lengthen.
"""

import argparse

import numpy as np

from benchmarks.estimation import ITEMS, SCALE, answers, every_share, seconds
from survey.methods.calibrated.to_frame import CalibrationPlan
from survey.methods.extract import Coded
from survey.methods.weights.fieldwork import Fieldwork, FrameTotals
from survey.methods.weights.merging import Places
from survey.methods.weights.plan import WeightingPlan
from survey.methods.weights.spine import weigh_as
from survey.terms import Disposition

SIZES, INDUSTRIES = ("micro", "small", "medium", "large"), tuple("ABCDEFGHIJKLMNOPQR")
FIRMS = (5_000, 1_000_000)
MOST_SECONDS, MOST_TIMES = 0.080, 3.0
"""Of 5,000 firms with calibration, and of 1,000,000 over the same without."""


def fieldwork(respondents: int, seed: int = 20260101) -> Fieldwork:
    """So many respondents, and a quarter as many firms that refused."""
    rng = np.random.default_rng(seed)
    strata = len(INDUSTRIES) * len(SIZES)
    drawn = respondents * 5 // 4
    stratum = np.concatenate([np.tile(np.arange(strata), 4), rng.integers(0, strata, drawn - 4 * strata)])
    place = Places(np.arange(strata) // len(SIZES), np.arange(strata) % len(SIZES))
    weight = np.array([9.0, 6, 3, 1.5])[place.size][stratum]
    employees = np.floor(5 * 5.0 ** place.size[stratum] * np.exp(rng.normal(0, 0.5, drawn)))
    revenue = employees * np.exp(rng.normal(4, 0.6, drawn))
    columns = {"industry": Coded(place.industry[stratum], INDUSTRIES), "size": Coded(place.size[stratum], SIZES)}
    counts = {
        name: dict(zip(one.labels, np.bincount(one.codes, weight, len(one.labels)).tolist(), strict=True))
        for name, one in columns.items()
    }
    numbers = {"employees": employees, "revenue": revenue}
    responded = np.ones(drawn, bool)
    responded[rng.choice(np.arange(4 * strata, drawn), drawn - respondents, replace=False)] = False
    return Fieldwork(
        strata=tuple(f"{industry}-{size}" for industry in INDUSTRIES for size in SIZES),
        places=place,
        stratum=stratum,
        design_weight=weight,
        disposition=np.where(responded, Disposition.COMPLETE.value, Disposition.REFUSAL.value),
        respondents=np.flatnonzero(responded),
        categories=columns,
        numbers=numbers,
        frame=FrameTotals(counts=counts, totals={name: float(weight @ one) for name, one in numbers.items()}),
    )


def work(field: Fieldwork, items: dict[str, Coded], *, calibrated: bool) -> int:
    """Weights and all shares, overall and by industry: the number of rows."""
    weights = weigh_as(field, WeightingPlan(calibration=CalibrationPlan(required=True) if calibrated else None))
    return every_share(weights.extract(items, domains={"industry": field.categories["industry"]}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=max(FIRMS), help="leave out sizes above this")
    options = parser.parse_args()
    print("     firms  seconds    CPU | calibrated    CPU  times")
    for firms in [one for one in FIRMS if one <= options.largest]:
        field, rng = fieldwork(firms), np.random.default_rng(1)
        items = {f"q{k:02d}": Coded(answers(rng, firms), SCALE) for k in range(ITEMS)}
        work(field, items, calibrated=True)
        repeats = 20 if firms <= 20_000 else 2
        plain = seconds(lambda: work(field, items, calibrated=False), repeats)  # noqa: B023
        again = seconds(lambda: work(field, items, calibrated=True), repeats)  # noqa: B023
        print(
            f"{firms:10,d} {plain[0]:8.3f} {plain[1]:6.3f} | "
            f"{again[0]:10.3f} {again[1]:6.3f} {again[1] / plain[1]:6.2f}"
        )
    print(f"targets: {min(FIRMS):,} firms {MOST_SECONDS:.3f} s; {max(FIRMS):,} firms {MOST_TIMES:.0f} times")


if __name__ == "__main__":
    main()
