import pytest

from survey.instrument.answers import parse_item
from survey.instrument.schema import Item, Text
from survey.terms import ItemType
from tests.instrument.tiny import item

PEOPLE = item("n", unit=Text("人", "people"), can_estimate=True)
WAN = item("n", ItemType.MONEY, unit=Text("万元", "10,000 yuan"), decimals=2, can_estimate=True)
YUAN = item("n", ItemType.MONEY, unit=Text("元", "yuan"))
SHARE = item("n", ItemType.PERCENTAGE, decimals=0)
FINE_SHARE = item("n", ItemType.PERCENTAGE)
DAYS = item("n", ItemType.DECIMAL, unit=Text("人天", "person-days"), can_estimate=True)
MILLISECONDS = item("n", unit=Text("毫秒", "ms"))


def read(asked: Item, typed: str) -> object:
    parsed = parse_item(asked, {"n": [typed]})
    return [error.code for error in parsed.errors] or parsed.answers.get("n")


@pytest.mark.parametrize(
    ("asked", "typed", "number"),
    [
        (PEOPLE, "500人", 500), (PEOPLE, "500 people", 500), (PEOPLE, "1，500 人", 1500), (PEOPLE, "约500", 500),
        (PEOPLE, "大约 500 人左右", 500), (PEOPLE, "500左右人", 500), (PEOPLE, "~500", 500), (PEOPLE, "about 500", 500),
        (PEOPLE, "５００人", 500), (MILLISECONDS, "20ms", 20), (MILLISECONDS, "20 MS", 20),
        (DAYS, "12。5", 12.5), (DAYS, "１２。５人天", 12.5), (DAYS, "12．5", 12.5), (DAYS, "1,250.5", 1250.5),
        (SHARE, "６０％", 60.0), (SHARE, "6０％", 60.0), (SHARE, "百分之60", 60.0), (SHARE, "6,0%", 6.0),
        (FINE_SHARE, "12,5 %", 12.5), (FINE_SHARE, "12，5", 12.5),
        (WAN, "560万元", 560.0), (WAN, "560 万", 560.0), (WAN, "5,600,000元", 560.0), (WAN, "1.2亿", 12000.0),
        (WAN, "1.2 亿元", 12000.0), (WAN, "110,000 yuan", 11.0), (WAN, "约3.5百万元", 350.0), (WAN, "560", 560.0),
        (YUAN, "560万元", 5600000.0), (YUAN, "560元", 560.0), (YUAN, "0.1万", 1000.0),
    ],
)  # fmt: skip
def test_number_is_understood_as_it_is_typed(asked: Item, typed: str, number: float) -> None:
    assert read(asked, typed) == number


@pytest.mark.parametrize(
    ("asked", "typed", "error"),
    [
        (PEOPLE, "500 kg", "number_with_unit"), (PEOPLE, "3万人", "number_with_unit"), (PEOPLE, "人", "not_a_number"),
        (PEOPLE, "约", "not_a_number"), (PEOPLE, "500多人", "number_with_unit"), (PEOPLE, "500-600", "not_a_number"),
        (WAN, "5千万多", "number_with_unit"), (WAN, "3 亿 5000 万", "number_with_unit"), (WAN, "12,5", "decimal_comma"),
        (WAN, "1元", "too_many_decimals"), (DAYS, "12。", "not_a_number"), (SHARE, "12.5", "not_whole"),
        (SHARE, "1,2,3", "not_a_number"), (PEOPLE, "12%", "not_a_number"),
    ],
)  # fmt: skip
def test_what_could_mean_something_else_is_asked_again(asked: Item, typed: str, error: str) -> None:
    assert read(asked, typed) == [error]


def test_about_sets_the_mark_of_an_estimate() -> None:
    assert parse_item(PEOPLE, {"n": ["约500人"]}).answers == {"n": 500, "n__estimated": True}
    assert parse_item(PEOPLE, {"n": ["500人左右"]}).answers == {"n": 500, "n__estimated": True}
    assert parse_item(PEOPLE, {"n": ["500人"]}).answers == {"n": 500}


def test_item_without_the_mark_takes_the_number_alone() -> None:
    assert parse_item(MILLISECONDS, {"n": ["约20"]}).answers == {"n": 20}


def test_example_of_a_percentage_is_below_100() -> None:
    error = parse_item(SHARE, {"n": ["half"]}).errors[0]
    assert error.parameters["example"] == "60"


@pytest.mark.parametrize(
    ("asked", "example"),
    [
        (PEOPLE, "1250"), (item("n", maximum=1000.0), "60"), (item("n", maximum=10.0), "5"),
        (item("n", minimum=2000.0, maximum=2100.0), "2100"), (item("n", maximum=-1.0), "-5"),
        (item("n", minimum=3000.0), "3000"), (DAYS, "12.5"), (item("n", ItemType.DECIMAL, maximum=1.0), "0.5"),
        (item("n", ItemType.DECIMAL, minimum=0.8, maximum=0.9), "0.9"),
    ],
)  # fmt: skip
def test_example_lies_within_the_limits_of_its_item(asked: Item, example: str) -> None:
    assert parse_item(asked, {"n": ["half"]}).errors[0].parameters["example"] == example
