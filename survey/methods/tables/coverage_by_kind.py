"""Written by `python -m benchmarks.coverage --write`; what it means stands in docs/coverage.md."""

from survey.methods.tables.covered import Covered
from survey.methods.tables.table import Statistic

ROUNDS = 400
COVERAGE_BY_KIND: tuple[Covered, ...] = (
    Covered(
        statistic=Statistic.SHARE,
        all_firms=0.968,
        lowest=0.965,
        error=0.008,
        domains=0.97,
    ),
    Covered(
        statistic=Statistic.MEAN,
        all_firms=0.939,
        lowest=0.890,
        error=0.016,
        domains=0.903,
    ),
    Covered(
        statistic=Statistic.TOTAL,
        all_firms=0.945,
        lowest=0.915,
        error=0.014,
        domains=0.902,
    ),
    Covered(
        statistic=Statistic.RATIO,
        all_firms=0.952,
        lowest=0.917,
        error=0.014,
        domains=0.906,
    ),
    Covered(
        statistic=Statistic.QUANTILE,
        all_firms=0.970,
        lowest=0.963,
        error=0.011,
        domains=0.953,
    ),
    Covered(
        statistic=Statistic.COUNT,
        all_firms=0.968,
        lowest=0.968,
        error=0.011,
        domains=0.908,
    ),
    Covered(
        statistic=Statistic.SHARE_CHANGE,
        all_firms=0.977,
        lowest=0.968,
        error=0.008,
        domains=None,
    ),
    Covered(
        statistic=Statistic.MEAN_CHANGE,
        all_firms=0.966,
        lowest=0.940,
        error=0.012,
        domains=None,
    ),
    Covered(
        statistic=Statistic.VALUE_CHANGE,
        all_firms=0.959,
        lowest=0.912,
        error=0.014,
        domains=None,
    ),
)
