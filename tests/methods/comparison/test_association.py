"""Rao-Scott under simple random sampling is Pearson's test; contrasts and empty cells."""

from typing import Any

import numpy as np
import pytest
from scipy import stats

from survey.methods.comparison.association import TwoWay, interaction_contrasts, rao_scott, two_way
from survey.methods.errors import EmptyDomain, OutOfRange, UnknownStatus, WrongShape
from survey.methods.estimates.design import make_design

TABLE = np.array([[20, 30, 10], [30, 20, 40]])
ROWS = np.repeat([0, 1], TABLE.sum(axis=1))
COLUMNS = np.concatenate([np.repeat([0, 1, 2], row) for row in TABLE])
LABELS = ("no", "yes"), ("low", "mid", "high")


def table(weight: float = 1.0, rows: Any = ROWS, columns: Any = COLUMNS, domain: Any = None) -> Any:
    return two_way(make_design(np.full(len(rows), weight)), rows, columns, *LABELS, domain)


def test_simple_random_sampling_gives_pearsons_test() -> None:
    pearson = stats.chi2_contingency(TABLE, correction=False)
    test = rao_scott(table())
    assert test.x2 == pytest.approx(pearson.statistic)
    assert test.degrees == 2
    assert test.p_value_chisq == pytest.approx(pearson.pvalue, rel=0.1)
    assert test.df2 == pytest.approx(149 * test.df1)


def test_scale_of_the_weights_does_not_matter() -> None:
    assert rao_scott(table(7.0)).f == pytest.approx(rao_scott(table()).f)


def test_shares_add_up_and_unanswered_rows_are_outside() -> None:
    columns = COLUMNS.copy()
    columns[:5] = -1
    found = table(columns=columns)
    assert found.n == 145
    assert found.shares.sum() == pytest.approx(1)
    assert found.covariance.sum() == pytest.approx(0, abs=1e-15)


def test_categories_that_nobody_chose_are_left_out() -> None:
    found = table(domain=COLUMNS != 1)
    assert found.column_labels == ("low", "high")


def test_empty_cell_weighs_nothing() -> None:
    found = rao_scott(table(domain=~((ROWS == 0) & (COLUMNS == 2))))
    assert found.f > 0


def test_cells_that_calibration_made_negative_keep_their_weight() -> None:
    shares = np.array([[0.5, -0.1], [0.2, 0.4]])
    simple = np.diag(shares.ravel()) - np.outer(shares, shares)
    found = rao_scott(
        TwoWay(row_labels=("a", "b"), column_labels=("c", "d"), shares=shares, covariance=simple / 50, n=50, df=49)
    )
    assert found.f == pytest.approx(found.x2)


def test_census_has_a_statistic_but_no_test() -> None:
    census = make_design(np.ones(len(ROWS)), population=np.full(len(ROWS), float(len(ROWS))))
    found = rao_scott(two_way(census, ROWS, COLUMNS, *LABELS))
    assert found.x2 == pytest.approx(stats.chi2_contingency(TABLE, correction=False).statistic)
    assert found.p_value_chisq == 0
    assert np.isnan([found.f, found.df1, found.p_value_f]).all()


def test_table_with_too_many_empty_cells_is_refused() -> None:
    three = np.repeat([0, 1, 2], 5)
    labels = ("a", "b", "c")
    with pytest.raises(OutOfRange, match="6 of 9 cells"):
        rao_scott(two_way(make_design(np.ones(15)), three, three, labels, labels))


def test_codes_and_lengths_that_do_not_fit_are_named() -> None:
    with pytest.raises(WrongShape, match="150 rows"):
        table(rows=ROWS, columns=COLUMNS[1:])
    with pytest.raises(UnknownStatus, match="code 3"):
        table(columns=np.where(COLUMNS == 2, 3, COLUMNS))


def test_contrasts_are_orthogonal_to_rows_and_columns() -> None:
    contrasts = interaction_contrasts(3, 4).reshape(3, 4, 6)
    np.testing.assert_allclose(contrasts.sum(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(contrasts.sum(axis=1), 0, atol=1e-12)


def test_one_row_has_no_association() -> None:
    with pytest.raises(OutOfRange, match="1 by 3"):
        rao_scott(table(domain=ROWS == 0))


def test_table_of_nobody_is_refused() -> None:
    with pytest.raises(EmptyDomain):
        table(domain=np.zeros(len(ROWS), bool))
