"""Small made-up fieldworks for the tests of weights."""

import numpy as np

from survey.methods.arrays import Bools, Floats
from survey.methods.extract import Coded
from survey.methods.weights.fieldwork import Fieldwork, FrameTotals
from survey.methods.weights.merging import Places

CODES = {
    "R": "complete", "n": "refusal", "x": "not_eligible", "u": "unknown_if_eligible", "c": "non_contact",
}  # fmt: skip


def fieldwork(
    outcomes: dict[str, str],
    weights: dict[str, float],
    *,
    frame: bool = False,
    followed_up: Bools | None = None,
    employees: Floats | None = None,
    employees_total: float | None = None,
) -> Fieldwork:
    """Strata named industry + size ("A1"), one letter of outcome per sampled firm: R responded, n refused, x out of
    scope, u unknown; with `frame` its counts are those of the design."""
    strata = tuple(outcomes)
    letters = [letter for label in strata for letter in outcomes[label]]
    stratum = np.repeat(np.arange(len(strata)), [len(outcomes[label]) for label in strata])
    industries = tuple(sorted({label[0] for label in strata}))
    sizes = tuple(sorted({label[1] for label in strata}))
    industry = np.array([industries.index(label[0]) for label in strata])
    size = np.array([sizes.index(label[1]) for label in strata])
    weight = np.array([weights[strata[h]] for h in stratum.tolist()])
    categories = {"industry": Coded(industry[stratum], industries), "size": Coded(size[stratum], sizes)}
    counts = {
        name: dict(zip(one.labels, np.bincount(one.codes, weight, len(one.labels)).tolist(), strict=True))
        for name, one in categories.items()
    }
    totals = {} if employees_total is None else {"employees": employees_total}
    return Fieldwork(
        strata=strata,
        places=Places(industry, size),
        stratum=stratum,
        design_weight=weight,
        disposition=np.array([CODES[letter] for letter in letters]),
        respondents=np.flatnonzero(np.array(letters) == "R"),
        followed_up=followed_up,
        categories=categories,
        numbers={} if employees is None else {"employees": employees},
        frame=FrameTotals(counts=counts, totals=totals) if frame else None,
    )
