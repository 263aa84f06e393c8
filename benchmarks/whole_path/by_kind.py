"""The study in a line per kind of figure, as the text of `survey/methods/tables/coverage_by_kind.py`."""

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.whole_path.fieldwork import SCENARIOS
from benchmarks.whole_path.tally import Tally
from survey.methods.tables.covered import Covered, ResponseScenario
from survey.methods.tables.table import Statistic

STATISTICS = {
    "share": Statistic.SHARE,
    "mean": Statistic.MEAN,
    "total": Statistic.TOTAL,
    "ratio": Statistic.RATIO,
    "median": Statistic.QUANTILE,
    "firms in scope": Statistic.COUNT,
    "change of share": Statistic.SHARE_CHANGE,
    "change of mean": Statistic.MEAN_CHANGE,
    "change of total": Statistic.VALUE_CHANGE,
    "change of ratio": Statistic.VALUE_CHANGE,
}
LEAST_INTERVALS = 100
"""Intervals of reliable domains that a coverage is told from."""
HEAD = '''"""Written by `python -m benchmarks.coverage --write`; what it means stands in docs/coverage.md."""

from survey.methods.tables.covered import Covered, ResponseScenario
from survey.methods.tables.table import Statistic

ROUNDS = {rounds}
COVERAGE_BY_KIND: tuple[Covered, ...] = (
'''


def by_kind(found: Sequence[Tally]) -> Iterator[Covered]:
    """One line per statistic that a table can have, in their order."""
    fair = [one for one in found if not SCENARIOS[one.scenario].biased]
    for statistic in dict.fromkeys(STATISTICS.values()):
        few = [one for one in fair if STATISTICS[one.kind] is statistic]
        whole = [one for one in few if not one.domain]
        if whole:
            worst = min(whole, key=lambda one: one.coverage)
            mean = float(np.mean([one.coverage for one in whole]))
            domains = _pooled([one for one in few if one.domain and one.cells])
            yield Covered(
                statistic=statistic,
                all_firms=mean,
                lowest=worst.coverage,
                error=worst.error,
                domains=domains,
                scenario=ResponseScenario(worst.scenario),
            )


def _pooled(domains: Sequence[Tally]) -> float | None:
    cells = sum(one.cells for one in domains)
    return sum(one.coverage * one.cells for one in domains) / cells if cells >= LEAST_INTERVALS else None


def module(found: Sequence[Tally], rounds: int) -> str:
    """The text of the module with the constant."""
    return "".join([HEAD.format(rounds=rounds), *map(_entry, by_kind(found)), ")\n"])


def _entry(one: Covered) -> str:
    domains = None if one.domains is None else round(one.domains, 3)
    return (
        "    Covered(\n"
        f"        statistic=Statistic.{one.statistic.name},\n"
        f"        all_firms={one.all_firms:.3f},\n"
        f"        lowest={one.lowest:.3f},\n"
        f"        error={one.error:.3f},\n"
        f"        domains={domains},\n"
        f"        scenario={_named(one.scenario)},\n"
        "    ),\n"
    )


def _named(scenario: ResponseScenario | None) -> str:
    return "None" if scenario is None else f"ResponseScenario.{scenario.name}"
