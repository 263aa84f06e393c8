"""What a wave withholds is decided once, item by item, for every filter that a page may set."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from survey.methods.arrays import followed
from survey.methods.extract import Coded, Extract
from survey.methods.moments.finest import finest_of
from survey.methods.protection.disclosure import DisclosureRule, DomainProtection
from survey.methods.protection.domains import protect_domains
from survey.methods.protection.wave import ALL_ITEMS, answered, bases_by_item, protect_items
from survey.methods.tables.domain import Domain, domain_of
from survey.methods.tables.vocabulary import group_headings
from survey.terms import CellStatus
from tests.methods.words import WORDS as TWO_ITEMS
from tests.methods.words import tables

LABELS = ("1", "2", "3", "4", "5", "not_applicable")
INDUSTRIES, SIZES = ("C", "I"), ("large", "small")
# Firms that answered by industry and size: 12 + 30 in C, 4 + 40 in I.
FIRMS = {("C", "large"): 12, ("C", "small"): 30, ("I", "large"): 4, ("I", "small"): 40}
SMALL = domain_of(industry="I", size="large")
WORDS = replace(
    TWO_ITEMS,
    frame={
        "industry": group_headings("industry", {code: code for code in INDUSTRIES}),
        "size": group_headings("size", {code: code for code in SIZES}),
    },
)
RULE = DisclosureRule(threshold=10)


def extract(second: Mapping[tuple[str, str], int] | None = None) -> Extract:
    """The firms; all rate the first item, of the second so many in each group find that it applies to them."""
    groups = [group for group, count in FIRMS.items() for _ in range(count)]
    numbers = [number for count in FIRMS.values() for number in range(count)]
    applies = [second is None or number < second[group] for group, number in zip(groups, numbers, strict=True)]
    rows = len(groups)
    return Extract(
        stratum=np.zeros(rows, np.intp),
        strata=("all",),
        weight=np.ones(rows),
        population=np.array([2.0 * rows]),
        items={
            "B1": Coded(np.zeros(rows, np.int16), LABELS),
            "B2": Coded(np.where(applies, 0, LABELS.index("not_applicable")).astype(np.int16), LABELS),
        },
        domains={
            "industry": Coded(np.array([INDUSTRIES.index(each) for each, _ in groups], np.int16), INDUSTRIES),
            "size": Coded(np.array([SIZES.index(each) for _, each in groups], np.int16), SIZES),
        },
    )


def decided(firms: Extract, rule: DisclosureRule = RULE) -> dict[str, DomainProtection]:
    return protect_items(firms, tables(WORDS, "ranking"), rule, WORDS)


def withheld(protection: DomainProtection, reason: CellStatus) -> set[Domain]:
    return {domain for domain, status in protection.items() if status == reason}


def test_domain_of_few_firms_is_withheld_for_the_survey_as_a_whole() -> None:
    assert withheld(decided(extract())[ALL_ITEMS], CellStatus.PRIMARY) == {SMALL}


def test_domains_from_which_a_small_one_follows_are_withheld_too() -> None:
    """16 large firms less the 12 of C, and 44 of I less the 40 small ones, would both give the 4 away."""
    shown = set(decided(extract())[ALL_ITEMS])
    beside, below = domain_of(industry="C", size="large"), domain_of(industry="I", size="small")
    assert {beside, domain_of(size="large")} & shown
    assert {below, domain_of(industry="I")} & shown


def test_all_firms_together_are_shown() -> None:
    assert () not in decided(extract())[ALL_ITEMS]


def test_every_item_of_the_tables_has_a_decision() -> None:
    assert set(decided(extract())) == {ALL_ITEMS, "B1", "B2"}


def test_item_that_few_firms_answered_is_withheld_where_the_survey_is_shown() -> None:
    few = extract({("C", "large"): 12, ("C", "small"): 9, ("I", "large"): 4, ("I", "small"): 40})
    found = decided(few)
    assert withheld(found["B2"], CellStatus.PRIMARY) == {domain_of(industry="C", size="small"), SMALL}
    assert found["B1"] == found[ALL_ITEMS]


def test_threshold_itself_is_enough_firms() -> None:
    enough = extract({("C", "large"): 10, ("C", "small"): 30, ("I", "large"): 0, ("I", "small"): 40})
    assert withheld(decided(enough)["B2"], CellStatus.PRIMARY) == set()


def test_item_that_nobody_answered_in_a_domain_needs_no_protection_there() -> None:
    none = extract({("C", "large"): 12, ("C", "small"): 30, ("I", "large"): 0, ("I", "small"): 40})
    assert SMALL not in decided(none)["B2"]


@pytest.mark.parametrize("codes", [("ranking", "not_applicable"), ("not_applicable", "ranking")])
def test_item_in_two_tables_rests_on_the_smaller_number_of_firms(codes: tuple[str, ...]) -> None:
    """The ranking is of the 10 firms to which the second item applies, the other table of all 86."""
    few = extract({("C", "large"): 1, ("C", "small"): 2, ("I", "large"): 3, ("I", "small"): 4})
    planned = [table for code in codes for table in tables(WORDS, code)]
    counts = {item: int(answered(few, bases).sum()) for item, bases in bases_by_item(planned).items()}
    assert counts == {"B1": 86, "B2": 10}


def test_every_combination_of_filters_is_decided() -> None:
    """With a threshold above every count each domain that has a firm is named: of no, one and two filters."""
    everything = decided(extract(), DisclosureRule(threshold=1000))[ALL_ITEMS]
    singles = {domain_of(industry="C"), domain_of(industry="I"), domain_of(size="large"), domain_of(size="small")}
    crossed = {domain_of(industry=industry, size=size) for industry, size in FIRMS}
    assert set(everything) == {(), *singles, *crossed}


@pytest.mark.parametrize("few", FIRMS)
def test_place_of_a_firm_is_that_of_its_own_group(few: tuple[str, str]) -> None:
    """Only the group with fewer firms than the threshold is small, whichever of the four it is."""
    counts = {group: 5 if group == few else 20 for group in FIRMS} | {("I", "large"): 4, ("C", "large"): 12}
    counts |= {few: min(counts[few], 5)}
    primary = withheld(decided(extract(counts))["B2"], CellStatus.PRIMARY)
    assert {domain for domain in primary if len(domain) == 2} == {domain_of(industry=few[0], size=few[1]), SMALL}


def test_numbers_of_firms_that_were_seen_before_are_not_decided_about_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is asked for after one changed answer takes the decisions of the page before."""
    taken: list[int] = []

    def counting(counts: Mapping[Domain, int], *rule: Any) -> DomainProtection:
        taken.append(len(counts))
        return protect_domains(counts, *rule)

    monkeypatch.setattr("survey.methods.protection.wave.protect_domains", counting)
    rule = DisclosureRule(threshold=10, p=0.123)
    first, again = decided(extract(), rule), decided(extract(), rule)
    assert (len(taken), again) == (1, first)
    fewer = decided(extract({**FIRMS, ("C", "large"): 3}), rule)
    assert (len(taken), fewer["B1"]) == (2, first["B1"])
    assert domain_of(industry="C", size="large") in fewer["B2"]


@pytest.mark.parametrize("item", ["ranking", "not_applicable"])
def test_answers_added_up_by_cell_decide_as_those_of_every_firm(item: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Firms out of scope stand behind those that responded, in strata of their own and in no group."""
    monkeypatch.setattr("survey.methods.moments.finest.FEWEST_FIRMS", 0)
    monkeypatch.setattr("survey.methods.moments.finest.FIRMS_IN_A_CELL", 1)
    few = extract({("C", "large"): 12, ("C", "small"): 9, ("I", "large"): 4, ("I", "small"): 40})
    more = {name: Coded(followed(one.codes, -1, 20), one.labels) for name, one in few.items.items()}
    groups = {name: Coded(followed(one.codes, -1, 20), one.labels) for name, one in few.domains.items()}
    whole = Extract(
        stratum=np.repeat([0, 1], [86, 20]),
        strata=("all", "out of scope"),
        weight=np.ones(106),
        population=np.array([172.0, 40]),
        items=more,
        domains=groups,
        respondents=86,
    )
    planned = tables(WORDS, item)
    finest = finest_of(whole, ["B1", "B2"], [], list(groups))
    assert finest is not None
    # Counted from the cells alone: what the firms themselves say is taken away.
    silent = {name: Coded(np.full(86, -1, np.int16), one.labels) for name, one in few.items.items()}
    found = protect_items(replace(whole.responding, items=silent), planned, RULE, WORDS, finest)
    assert found == protect_items(few, planned, RULE, WORDS)
