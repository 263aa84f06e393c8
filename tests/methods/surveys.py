"""Small made-up surveys for the tests of the statistics room."""

from typing import Any

import numpy as np

from survey.methods.calibrated.auxiliaries import Margin, auxiliaries
from survey.methods.calibrated.calibration import calibrate
from survey.methods.extract import Coded, Extract

SCALE = ("1", "2", "3", "4", "5")
LABELS = (*SCALE, "na")


def random_extract(
    seed: int = 1,
    rows: int = 400,
    strata: int = 6,
    items: int = 3,
    lonely: str = "fail",
    domain_lonely: bool = False,
    with_population: bool = True,
    calibrated: str | None = None,
    numeric: bool = False,
) -> Extract:
    """A stratified survey with unequal weights, missing answers and two domain variables."""
    rng = np.random.default_rng(seed)
    stratum = np.concatenate([np.repeat(np.arange(strata), 2), rng.integers(0, strata, rows - 2 * strata)])
    if lonely != "fail":
        stratum[stratum == strata - 1] = 0
        stratum[3] = strata - 1
    weight = rng.uniform(1, 6, rows)
    population = np.bincount(stratum, weight, strata) + 1.5 if with_population else None
    domains = {
        "industry": Coded(rng.integers(-1, 4, rows).astype(np.int8), ("a", "b", "c", "d")),
        "size": Coded(rng.integers(0, 3, rows).astype(np.int8), ("s", "m", "l")),
    }
    codes = {f"q{k}": Coded(rng.integers(-1, len(LABELS), rows).astype(np.int8), LABELS) for k in range(items)}
    revenue = np.exp(rng.normal(3, 1, rows)) + 5 * stratum
    revenue[rng.random(rows) < 0.1] = np.nan
    staff = np.exp(rng.normal(2, 1, rows))
    values = {"revenue": revenue, "staff": staff}
    calibration = None
    if calibrated:
        calibration = calibrated_to_margins(rng, weight, domains["size"], staff, calibrated, numeric)
        weight = calibration.weight
    return Extract(
        stratum=stratum, strata=tuple(f"h{k}" for k in range(strata)), weight=weight, population=population, items=codes, values=values, domains=domains, lonely=lonely,  # type: ignore[arg-type]
        domain_lonely=domain_lonely, calibration=calibration,
    )  # fmt: skip


def calibrated_to_margins(rng: Any, weight: Any, size: Coded, staff: Any, method: str, numeric: bool) -> Any:
    """Calibration to size classes and a random region, and with `numeric` to the total of staff."""
    region = rng.integers(0, 2, len(weight))
    n_hat = weight.sum()
    margins = [
        Margin(
            name="size",
            values=[size.labels[c] for c in size.codes],
            targets=dict(zip(size.labels, n_hat * np.array([0.3, 0.3, 0.4]), strict=True)),
        ),
        Margin(name="region", values=[str(r) for r in region], targets={"0": n_hat * 0.45, "1": n_hat * 0.55}),
    ]
    totals = {"staff": (staff, 1.05 * float(weight @ staff))} if numeric else None
    return calibrate(auxiliaries(margins, totals, n_hat), weight, method, (0.3, 3.0) if method == "logit" else None)
