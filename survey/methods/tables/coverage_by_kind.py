"""Written by `python -m benchmarks.coverage --write`; what it means stands in docs/coverage.md."""

from survey.methods.tables.covered import Covered
from survey.methods.tables.table import Statistic

ROUNDS = 60
COVERAGE_BY_KIND: tuple[Covered, ...] = (
    Covered(
        statistic=Statistic.SHARE,
        all_firms=0.960,
        lowest=0.950,
        error=0.020,
        domains=None,
    ),
    Covered(
        statistic=Statistic.MEAN,
        all_firms=0.930,
        lowest=0.900,
        error=0.039,
        domains=None,
    ),
    Covered(
        statistic=Statistic.TOTAL,
        all_firms=0.937,
        lowest=0.900,
        error=0.039,
        domains=None,
    ),
    Covered(
        statistic=Statistic.RATIO,
        all_firms=0.943,
        lowest=0.917,
        error=0.036,
        domains=None,
    ),
    Covered(
        statistic=Statistic.QUANTILE,
        all_firms=0.983,
        lowest=0.967,
        error=0.028,
        domains=None,
    ),
    Covered(
        statistic=Statistic.COUNT,
        all_firms=0.967,
        lowest=0.950,
        error=0.028,
        domains=None,
    ),
    Covered(
        statistic=Statistic.SHARE_CHANGE,
        all_firms=0.982,
        lowest=0.967,
        error=0.020,
        domains=None,
    ),
    Covered(
        statistic=Statistic.MEAN_CHANGE,
        all_firms=0.957,
        lowest=0.933,
        error=0.032,
        domains=None,
    ),
    Covered(
        statistic=Statistic.VALUE_CHANGE,
        all_firms=0.947,
        lowest=0.867,
        error=0.044,
        domains=None,
    ),
)
