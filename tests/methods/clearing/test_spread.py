"""The spread of answers on a scale from shown shares, worked by hand."""

import pytest

from survey.methods.clearing.spread import spread_of_answers
from survey.methods.estimates.statistics import Asked, CodedStatistic, IndexStatistic, Key, NumericStatistic, share_of
from tests.methods.scale_statistics import oecd_balance

UP, SAME, DOWN = "up", "same", "down"
BALANCE = oecd_balance("orders", (UP, SAME, DOWN))


def spread(asked: Asked, **shares: float) -> float | None:
    known: dict[Key, float] = {("orders", "share", code): share for code, share in shares.items()}
    return spread_of_answers(asked, known.get)


def test_balance_of_nothing_but_same_has_no_spread() -> None:
    assert spread(BALANCE, up=0.0, same=1.0, down=0.0) == 0


def test_spread_of_a_balance_by_hand() -> None:
    """30 % up, 50 % same, 20 % down: a mean of 10 points; 0.3 x 90^2 + 0.5 x 10^2 + 0.2 x 110^2."""
    assert spread(BALANCE, up=0.3, same=0.5, down=0.2) == pytest.approx(4900)


def test_rounded_shares_need_not_add_up() -> None:
    assert spread(BALANCE, up=0.15, same=0.25, down=0.1) == pytest.approx(4900)


def test_errors_of_the_parts_of_an_index_add_up_at_most() -> None:
    """Of a share of 20 % the root of 0.16 is 0.4: twice half of it in points."""
    share = share_of("orders", [UP], [UP, SAME, DOWN], UP)
    index = IndexStatistic(item="pmi", parts=((share, 50.0), (share, 50.0)))
    assert spread(index, up=0.2) == pytest.approx(40**2)


def test_what_no_table_shows_tells_no_spread() -> None:
    assert spread(BALANCE, up=0.3) is None
    assert spread(BALANCE, up=0.0, same=0.0, down=0.0) is None
    assert spread(CodedStatistic(item="orders", name="count", points={UP: 1.0}, total=True), up=0.3) is None
    assert spread(NumericStatistic(item="orders", name="mean"), up=0.3) is None
