from survey.methods.protection.figures import Address
from survey.methods.protection.implied import fixed_at_bounds, implied_companion
from survey.methods.protection.suppression import Relation
from survey.methods.tables.table import Cell, Statistic


def shares(*estimates: float, statistic: Statistic = Statistic.SHARE) -> tuple[list[Address], list[Cell]]:
    addresses = [
        Address(domain=(("g", str(k)),), statistic=statistic, item="q", option="") for k in range(len(estimates))
    ]
    return addresses, [Cell(n=20, estimate=estimate) for estimate in estimates]


def test_sum_of_zero_fixes_its_parts() -> None:
    relations = [Relation(whole=0, parts=(1, 2))]
    assert fixed_at_bounds(*shares(0.0, 0.0, 0.0), [1, 2], relations) == {1, 2}


def test_zero_beside_a_positive_share_is_not_fixed() -> None:
    assert fixed_at_bounds(*shares(0.3, 0.0, 0.5), [1, 2], [Relation(whole=0, parts=(1, 2))]) == set()


def test_shares_that_are_all_one_are_fixed() -> None:
    assert fixed_at_bounds(*shares(1.0, 1.0, 1.0), [1, 2], [Relation(whole=0, parts=(1, 2))]) == {1, 2}


def test_means_have_no_bounds() -> None:
    assert (
        fixed_at_bounds(*shares(0.0, 0.0, 0.0, statistic=Statistic.MEAN), [1, 2], [Relation(whole=0, parts=(1, 2))])
        == set()
    )


def test_zeros_across_two_sums_give_a_third_away_until_a_companion_is_withheld() -> None:
    # rows 3+4+(5 shown) and 6+7; columns 3+6 and 4+7: the row 6+7 adds to 0, so 3 and 4 follow from the columns
    addresses, cells = shares(0.2, 0.1, 0.3, 0.2, 0.1, 0.3, 0.0, 0.0)
    relations = [
        Relation(whole=0, parts=(3, 4, 5)),
        Relation(whole=None, parts=(6, 7)),
        Relation(whole=1, parts=(3, 6)),
        Relation(whole=2, parts=(4, 7)),
    ]
    hidden = {3, 4, 6, 7}
    assert fixed_at_bounds(addresses, cells, sorted(hidden), relations) == {6, 7}
    assert implied_companion(addresses, cells, relations, hidden) == 0


def test_single_sum_needs_no_companion() -> None:
    assert implied_companion(*shares(0.5, 0.0, 0.7, 0.6), [Relation(whole=0, parts=(1, 2, 3))], {1, 2}) is None
