from survey.methods.tables.domain import ALL_FIRMS, domain_of, within


def test_domain_is_one_value_in_whatever_order_its_variables_are_named() -> None:
    assert domain_of(size="small", industry="C") == domain_of(industry="C", size="small")
    assert domain_of(size="small", industry="C") == (("industry", "C"), ("size", "small"))


def test_firms_in_two_domains_meet_both_and_name_a_shared_value_once() -> None:
    small = domain_of(size="small")
    assert within(small, domain_of(industry="C", size="small")) == (("industry", "C"), ("size", "small"))


def test_all_firms_restrict_nothing() -> None:
    assert within(ALL_FIRMS, domain_of(size="small")) == (("size", "small"),)
