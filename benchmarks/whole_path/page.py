"""The study as text: a table for the terminal, the page of the documentation, and the figures for the method page."""

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.whole_path.fieldwork import FOLLOWED_UP, ROTATED, SCENARIOS
from benchmarks.whole_path.population import FIRMS, SAMPLE
from benchmarks.whole_path.tally import Tally, missed

WHERE = {"": "all firms", "size": "size classes", "industry": "industries"}
HEAD = (
    "| kind | of | coverage | bias | SE/SD | intervals | graded reliable | target |\n|---|---|---|---|---|---|---|---|"
)


def lines(found: Sequence[Tally]) -> Iterator[str]:
    """Markdown, one table per scenario."""
    for code, scenario in SCENARIOS.items():
        few = [one for one in found if one.scenario == code]
        if few:
            yield from ("", f"### {scenario.title}", "", HEAD, *map(_line, few))


def _line(one: Tally) -> str:
    target = "none" if one.target is None else f"{100 * one.target[0]:.0f} to {100 * one.target[1]:.0f}"
    verdict = target if one.met else f"{target}, **missed**"
    if not one.cells:
        return f"| {one.kind} | {WHERE[one.domain]} | none graded reliable | | | 0 | 0 % | {verdict} |"
    bias = _bias(one)
    return (
        f"| {one.kind} | {WHERE[one.domain]} | {100 * one.coverage:.1f} ± {100 * one.error:.1f} | {bias} |"
        f" {_number(one.ratio)} | {one.cells} |"
        f" {_part(one)} | {verdict} |"
    )


def _bias(one: Tally) -> str:
    if np.isnan(one.bias):
        return ""
    return f"{one.bias:+.2f} SD" if one.kind.startswith("change") else f"{100 * one.bias:+.1f} %"


def _part(one: Tally) -> str:
    """Of domains the part of all figures that is graded reliable; those of all firms count whatever their grade."""
    return f"{100 * one.cells / one.estimates:.0f} %" if one.domain else ""


def _number(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.2f}"


def page(found: Sequence[Tally], rounds: int, seed: int) -> str:
    """`docs/coverage.md`."""
    failed = [f"{SCENARIOS[one.scenario].title.lower()}: {one.kind}, {WHERE[one.domain]}" for one in missed(found)]
    verdict = (
        "No target is missed by more than two Monte Carlo errors."
        if not failed
        else "Missed: " + "; ".join(failed) + "."
    )
    if rounds < ENOUGH_ROUNDS:
        verdict += f" {rounds} rounds are a first look: only a miss of 6 points or more would show."
    option = "" if any(one.domain for one in found) else " --all-firms"
    head = INTRODUCTION.format(rounds=rounds, seed=seed, option=option, verdict=f"{verdict}{SCOPE[option]}")
    return "\n".join([head, *lines(found), ""])


ENOUGH_ROUNDS = 300
SCOPE = {
    "": "",
    " --all-firms": " Figures of domains are not in this run: their target is neither met nor missed here.",
}
INTRODUCTION = f"""# How often the intervals hold the truth

A simulation of the whole path, from the frame to the figure, with the product's own functions:

- {FIRMS:,} made-up firms in 76 strata (19 industries by 4 sizes), employees and revenue skew with outliers; the
  largest firm has 7 % of all costs, the large ones together 72 %;
- {SAMPLE} drawn: Neyman allocation by the root of revenue, large firms all taken;
- weights by the default plan: merging, nonresponse, calibration to the frame's counts by industry and size, employees
  and revenue;
- estimates with intervals by domain, graded by the default quality rules;
- a second wave that replaces {100 * ROTATED:.0f} % of the sample, for changes.

The frame and all answers are fixed; each round draws a sample and its response anew. Coverage is the share of 95 %
intervals that hold the value of the whole population of living firms, with its Monte Carlo error (rounds as clusters).
Domains count where their figure is graded reliable; a column tells what part of their figures that is. Bias is relative
to the truth, for changes in standard deviations of the estimate. SE/SD is the mean standard error over the standard
deviation of the estimates. A target counts as missed where it is farther away than two Monte Carlo errors.

| scenario | what happens |
|---|---|
| full response | everybody responds |
| response by size | 50, 60, 75 and 95 % respond, from micro to large |
| response by answer | of the firms with a severe problem 80 % respond, of the others 60 %, which no frame tells |
| take-all nonresponse | 40 % of the take-all firms are missing, 10 % of the others |
| dead firms marked | 11 % of the frame is closed and reported as such; 70 to 85 % of the others respond |
| dead firms silent | they say nothing; e comes from a follow-up of {100 * FOLLOWED_UP:.0f} % of the silent firms |

Every respondent answers every question here; what skipped questions add to an error is studied by
`tests/methods/estimates/test_skipping.py`.

{{rounds}} rounds per scenario, seed {{seed}}. Again, in one process:

    python -m benchmarks.coverage --rounds {{rounds}} --seed {{seed}}{{option}} --write

{{verdict}}

## Results"""
