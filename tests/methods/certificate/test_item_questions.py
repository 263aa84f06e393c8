import numpy as np

from survey.methods.certificate.item_questions import GroupPlaces, column_of, item_questions, uncovered
from survey.methods.tables.domain import Domain
from tests.methods.certificate.wave_and_question import cleared_view, derive
from tests.methods.clearing.surveyed import WORDS, prepared

VIEW = cleared_view(prepared([[15, 15]] * 4))


def test_every_closed_item_is_asked_about_or_one_alone() -> None:
    assert [one.item for one in item_questions(VIEW, WORDS, derive)] == ["B1", "B2"]
    assert [one.item for one in item_questions(VIEW, WORDS, derive, only=["B2"])] == ["B2"]


def test_no_item_holds_what_is_told_of_amounts() -> None:
    assert {column_of(one.asked) for one in uncovered(VIEW, WORDS, derive)} == {""}
    assert {one.statistic.split(":")[0] for one in uncovered(VIEW, WORDS, derive)} == {"revenue"}


def test_each_firm_has_its_place_in_every_combination_of_groups() -> None:
    places = GroupPlaces.of(VIEW)
    counts = np.bincount(places.place.ravel(), minlength=len(places.number) + 1)
    expected: dict[Domain, int] = {(): 120}
    expected |= {(("industry", code),): 30 for code in "BCGH"}
    expected |= {(("size", code),): 60 for code in ("small", "large")}
    expected |= {(("sector", code),): 60 for code in ("goods", "services")}
    assert {domain: int(counts[k]) for domain, k in places.number.items() if len(domain) < 2} == expected
