"""Chance that the same firm meets again at every step, and that differs between firms and places."""

import hashlib
from typing import Any

import pytest

from survey.instrument.expressions.chance import drawn_number, drawn_uuid, in_drawn_order
from survey.instrument.routing.route import route_of
from survey.terms import ItemType
from tests.instrument.tiny import TODAY, item, one_page, options
from tests.instrument.whole_pages import prune

DRAWS = one_page(
    item("half", ItemType.CALCULATION, calculation="random()"),
    item("other_half", ItemType.CALCULATION, calculation="random()"),
    item("name", ItemType.CALCULATION, calculation="uuid()"),
    item("short", ItemType.CALCULATION, calculation="uuid(8)"),
)
ORDER = one_page(item("order", ItemType.SINGLE, options=options("a", "b", "c", "d"), shuffled=True))


def drawn(firm: Any) -> Any:
    return prune(DRAWS, {}, {"frame_credit_code": firm}, TODAY)


def order(firm: Any) -> Any:
    route = route_of(ORDER, {}, {"frame_credit_code": firm}, TODAY)
    return "".join(option.code for option in route.items["order"].options)


def test_draw_is_the_same_for_the_same_firm() -> None:
    assert drawn("A") == drawn("A")


def test_draw_differs_between_firms_and_between_items() -> None:
    assert len({drawn("A")["half"], drawn("A")["other_half"], drawn("B")["half"], drawn("B")["other_half"]}) == 4


def test_draw_is_the_digest_of_firm_and_place() -> None:
    by_hand = int.from_bytes(hashlib.sha256(b"A/half").digest(), "big") / 2**256
    assert (drawn("A")["half"], drawn_number("A", "half")) == (pytest.approx(by_hand), pytest.approx(by_hand))  # type: ignore[comparison-overlap]


def test_draws_are_spread_evenly() -> None:
    numbers = [drawn_number(f"firm {number}", "half") for number in range(4000)]
    counts = [sum(low <= number < low + 0.25 for number in numbers) for low in (0, 0.25, 0.5, 0.75)]
    assert (min(numbers) >= 0, max(numbers) < 1, all(900 < count < 1100 for count in counts)) == (True, True, True)


def test_uuid_has_the_form_of_a_random_one() -> None:
    assert drawn("A")["name"] == drawn_uuid("A", "name")
    assert (drawn("A")["name"][14], len(drawn("A")["name"])) == ("4", 36)
    assert drawn("A")["short"] == drawn_uuid("A", "short")[:8]


def test_shuffled_options_have_an_order_of_their_own_for_each_firm() -> None:
    orders = {order(f"firm {number}") for number in range(200)}
    assert len(orders) == 24
    assert order("firm 1") == order("firm 1")


def test_options_that_exclude_or_ask_to_specify_stay_at_the_end() -> None:
    last = (*options("other", specify=True), *options("none", exclusive=True))
    listed = (*last, *options("a", "b", "c"))
    assert in_drawn_order(listed, "A", "x")[-2:] == last
