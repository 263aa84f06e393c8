import numpy as np
import pytest

from survey.methods.errors import OutOfRange
from survey.methods.estimates.economy import size_share, size_share_of, with_sizes
from survey.methods.estimates.estimation import ratio, share
from survey.methods.estimates.statistics import share_of
from survey.methods.extract import Coded
from tests.methods.made_design import make_design
from tests.methods.surveys import LABELS, SCALE, random_extract
from tests.methods.tabulating import tabulate

DESIGN = make_design([2.0, 2, 4, 4], stratum=list("aabb"), population=[4.0, 4, 8, 8])
CHOSEN = np.array([1.0, 0, 1, 0])
STAFF = np.array([10.0, 30, 5, 20])


def test_share_of_employees_counts_firms_by_their_staff() -> None:
    row = size_share(DESIGN, CHOSEN, STAFF)
    assert row.estimate == (20 + 20) / (20 + 60 + 20 + 80)
    assert row.se == ratio(DESIGN, CHOSEN * STAFF, STAFF).se
    assert 0 < row.ci_low < row.estimate < row.ci_high < 1


def test_firms_of_equal_size_give_the_share_of_firms() -> None:
    by_size, by_firm = size_share(DESIGN, CHOSEN, np.full(4, 7.0)), share(DESIGN, CHOSEN, interval="logit")
    assert (by_size.estimate, by_size.se) == pytest.approx((by_firm.estimate, by_firm.se))


def test_share_of_a_negative_size_is_refused() -> None:
    with pytest.raises(OutOfRange, match="Row 1"):
        size_share(DESIGN, CHOSEN, np.array([1.0, -2, 3, 4]))


def test_tables_give_the_share_of_the_units() -> None:
    asked = size_share_of(share_of("q0", ["4", "5"], SCALE), "staff")
    extract = with_sizes(random_extract(), [asked])
    rows = tabulate(extract, [asked])
    codes = extract.items["q0"].codes
    chosen = np.where((codes < 0) | (codes == LABELS.index("na")), np.nan, np.isin(codes, [3, 4]).astype(float))
    domain = extract.domains["size"].codes == 1
    row = next(one for one in rows if (one.domain, one.domain_value) == ("size", "m"))
    units = size_share(extract.design, chosen, extract.values["staff"], domain)
    assert (row.estimate, row.se) == pytest.approx((units.estimate, units.se))
    assert (row.ci_low, row.ci_high) == pytest.approx((units.ci_low, units.ci_high))


def test_column_of_a_size_is_missing_outside_the_base() -> None:
    extract = with_sizes(random_extract(), [size_share_of(share_of("q0", ["5"], SCALE), "staff")])
    column = next(values for name, values in extract.values.items() if name.startswith("q0=5"))
    assert np.isnan(column[extract.items["q0"].codes == -1]).all()
    assert isinstance(extract.items["q0"], Coded)
