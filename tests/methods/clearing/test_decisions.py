"""What is withheld, worked by hand: by numbers of firms, by who they are, by what few of them carry."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from survey.instrument.plan.plan import Threshold
from survey.methods.arrays import Ints
from survey.methods.clearing.behind import Units
from survey.methods.clearing.clearing import clearing_of
from survey.methods.clearing.cube import Cube
from survey.methods.clearing.decisions import decide, is_dominated
from survey.methods.clearing.subjects import FIRMS_THEMSELVES, Subject
from survey.methods.collected import Collected
from survey.methods.extract import Coded, Extract
from survey.methods.production import prepare
from survey.methods.protection.disclosure import DisclosureRule
from survey.methods.tables.domain import ALL_FIRMS, Domain, domain_of
from tests.methods.clearing.surveyed import INDUSTRIES, STEPS, WORDS, collected

EVEN = [[20, 20], [20, 20], [20, 20], [20, 20]]


def withheld(wave: Collected, subject: str = "B1") -> set[Domain]:
    """The domains in which the subject is withheld."""
    found = clearing_of(prepare(wave, WORDS), WORDS)
    return {found.cube.domains[number] for number in found.decisions[subject].withheld} & found.peopled


def by(**values: str) -> Domain:
    return domain_of(**values)


def test_enough_firms_everywhere_are_shown() -> None:
    assert withheld(collected(EVEN)) == set()


def test_too_few_firms_take_their_smallest_sibling_along() -> None:
    """H has 9 firms; services less G would be H, and goods and services hold nothing back: G goes too."""
    assert withheld(collected([[20, 20], [20, 20], [20, 20], [6, 3]])) == {by(industry="G"), by(industry="H")}


def test_companions_are_enough_firms_together() -> None:
    """G has 5 firms and H 4: all of services are 9, too few as well, so goods go, and with them an industry of goods."""
    few = withheld(collected([[20, 20], [20, 20], [3, 2], [2, 2]]))
    assert {by(industry="G"), by(industry="H"), by(sector="services"), by(sector="goods")} <= few
    assert ALL_FIRMS not in few


def test_planned_crossings_are_linked_with_their_margins() -> None:
    """Four large firms of services: large firms of goods would give them away, and small ones of services; so would
    the small of goods those."""
    crossed = {
        by(sector=sector, size=size) for sector in ("goods", "services") for size in ("small", "large")
    }  # fmt: skip
    assert withheld(collected([[20, 20], [20, 20], [20, 2], [20, 2]])) == crossed


def test_nearly_complete_group_is_withheld() -> None:
    """All firms of B and C but three of each are small, and so is the rest: small firms less all firms would be few."""
    few = withheld(collected([[40, 3], [40, 3], [40, 0], [40, 0]]))
    assert by(size="large") in few
    assert by(size="small") in few


def test_group_that_holds_another_but_for_few_firms_is_withheld_where_no_sum_says_so() -> None:
    """Districts are not crossed with sizes here: all firms of district 1 are large, and two large ones are elsewhere."""
    wave = collected([[20, 7], [20, 7], [20, 7], [20, 7]])
    large = wave.domains["size"].codes == 1
    district = np.where(large & (np.cumsum(large) > 2), 0, 1)
    words = with_districts()
    found = clearing_of(
        prepare(replace(wave, domains={**wave.domains, "district": Coded(district, ("1", "2"))}), words), words
    )
    hidden = {found.cube.domains[number] for number in found.decisions["B1"].withheld}
    assert by(district="1") in hidden


def with_districts() -> Any:
    """The words with districts among the groups of the frame."""
    from survey.instrument.plan.default import FRAME_GROUPS
    from survey.methods.tables.vocabulary import group_headings

    plan = replace(WORDS.plan, groups=(*WORDS.plan.groups, FRAME_GROUPS[2]))
    return replace(
        WORDS, plan=plan, frame={**WORDS.frame, "district": group_headings("district", {"1": "1", "2": "2"})}
    )


def test_firms_of_one_enterprise_group_count_as_one() -> None:
    """H has 12 firms, four of which are of one group: nine units."""
    wave = collected([[20, 20], [20, 20], [20, 20], [6, 6]])
    group = np.full(wave.sampled, -1)
    group[-4:] = 0
    assert by(industry="H") not in withheld(wave)
    assert by(industry="H") in withheld(replace(wave, enterprise=group))


def test_group_in_two_industries_counts_once_in_what_both_leave() -> None:
    """Eight firms of G and eight of H, of which four each are of one group: eight others and the group are nine."""
    wave = collected([[20, 20], [20, 20], [4, 4], [4, 4]])
    group = np.full(wave.sampled, -1)
    group[[80, 81, 82, 83, 88, 89, 90, 91]] = 0
    assert by(sector="services") not in withheld(wave)
    assert by(sector="services") in withheld(replace(wave, enterprise=group))


def test_remainder_of_two_industries_counts_a_group_once() -> None:
    """Without a sector between them G and H are what all firms leave: C goes as well where they are nine units."""
    wave = collected([[20, 20], [20, 20], [4, 4], [4, 4]])
    group = np.full(wave.sampled, -1)
    group[[80, 81, 82, 83, 88, 89, 90, 91]] = 0
    words = replace(WORDS, plan=replace(WORDS.plan, groups=WORDS.plan.groups[:1], crossings=(("industry", "size"),)))
    hidden = []
    for each in (wave, replace(wave, enterprise=group)):
        found = clearing_of(prepare(each, words), words)
        hidden.append({found.cube.domains[number] for number in found.decisions["B1"].withheld} & found.peopled)
    assert hidden[0] == {by(industry="G"), by(industry="H")}
    assert len(hidden[1]) == 3


def test_firms_that_consent_need_no_protection() -> None:
    wave = collected([[20, 20], [20, 20], [20, 20], [5, 3]])
    consents = np.zeros(wave.sampled, bool)
    consents[-7:] = True
    assert by(industry="H") in withheld(replace(wave, consents=consents))
    consents[-8] = True
    assert withheld(replace(wave, consents=consents)) == set()


def test_share_of_two_firms_is_no_share_of_a_group() -> None:
    """Two of the 12 firms of H stand for 40 each, the ten others for one: 80 of 90."""
    wave = collected([[20, 20], [20, 20], [20, 20], [10, 2]])
    weight = wave.design_weight.copy()
    weight[-12:], weight[-2:] = 1.0, 40.0
    assert by(industry="H") in withheld(replace(wave, design_weight=weight))


def test_dominated_amount_is_withheld_whatever_its_statistic() -> None:
    """One firm of H has more than 85 % of its revenue: means, totals and medians of it go together, shares stay."""
    wave = collected(EVEN, weight=1.0)
    revenue = wave.values["revenue"].copy()
    revenue[-1] = 1e6
    wave = replace(wave, values={"revenue": revenue})
    found = clearing_of(prepare(wave, WORDS), WORDS)
    page = found.tables(by(industry="H"))
    assert [page[code].cell("revenue", "all").is_withheld for code in ("means", "medians", "totals")] == [True] * 3
    assert not page["ranking"].cell("B1", "4+5").is_withheld


def test_as_many_firms_may_dominate_together_as_the_plan_names() -> None:
    """Eight firms of H have nearly all of its revenue, no five of them more than five eighths."""
    wave = collected(EVEN, weight=1.0)
    revenue = wave.values["revenue"].copy()
    revenue[-8:] = 1e6
    wave, gone = replace(wave, values={"revenue": revenue}), []
    for dominant in (5, 8):
        words = replace(WORDS, plan=replace(WORDS.plan, threshold=Threshold(dominant=dominant)))
        found = clearing_of(prepare(wave, words), words)
        gone.append(found.cube.number[by(industry="H")] in found.decisions["revenue"].withheld)
    assert gone == [False, True]


def test_firm_that_consents_may_dominate() -> None:
    wave = collected(EVEN, weight=1.0)
    revenue, consents = wave.values["revenue"].copy(), np.zeros(wave.sampled, bool)
    revenue[-1], consents[-1] = 1e6, True
    assert by(industry="H") in withheld(replace(wave, values={"revenue": revenue}), "revenue")
    assert withheld(replace(wave, values={"revenue": revenue}, consents=consents), "revenue") == set()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_decisions_do_not_hang_on_answers(seed: int) -> None:
    """Answers exchanged among those that gave one: the same is withheld, and rounded by the same steps."""
    firms = [[20, 4], [13, 20], [20, 20], [6, 5]]
    wave = collected(firms)
    rng = np.random.default_rng(seed)
    skipped = np.where(np.arange(wave.sampled) % 7 == 0, -1, wave.items["B1"].codes)
    codes = skipped.copy()
    given = np.flatnonzero(codes >= 0)
    codes[given] = codes[rng.permutation(given)]
    one, other = (replace(wave, items={**wave.items, "B1": Coded(each, STEPS)}) for each in (skipped, codes))
    assert withheld(one) == withheld(other)
    assert len(INDUSTRIES) == 4


def test_largest_of_all_looks_at_the_next_whether_it_consented_or_not() -> None:
    """Of 155 the largest unit has 100 and consented, the second 50: 5 are left, less than a tenth of 50. Where the
    second has 45 and others 10 that is enough."""
    largest, guarded = np.array([[100.0, 50.0], [100.0, 45.0]]), np.array([[50.0, 4.0], [45.0, 5.0]])
    assert is_dominated(np.array([154.0, 155.0]), largest, guarded, DisclosureRule()).tolist() == [True, False]


def test_withheld_share_that_could_be_shown_has_nothing_to_keep() -> None:
    decision = clearing_of(prepare(collected(EVEN), WORDS), WORDS).decisions["B1"]
    relieved = replace(decision, relieved=frozenset({1}))
    assert (relieved.keeps(1), relieved.keeps(2)) == (0, float(decision.steps[2]))


def test_few_firms_beyond_a_part_count_with_it_in_what_they_leave_together() -> None:
    """Seven firms of B are all in district x, which has four more: both follow from x as eleven, and x is told."""
    places: dict[tuple[str, ...], Ints] = {
        (): np.zeros(46, int),
        ("industry",): np.repeat([1, 2, 3], [7, 24, 15]),
        ("district",): np.repeat([4, 5], [11, 35]),
    }
    names = [by(industry="B"), by(industry="C"), by(industry="D"), by(district="x"), by(district="y")]
    cube = Cube(domains=(ALL_FIRMS, *names), places=places, nesting={})
    extract = Extract(stratum=np.zeros(46, int), strata=("all",), weight=np.ones(46))
    subjects = {FIRMS_THEMSELVES: Subject(answered=np.ones(46, bool))}
    units = Units(unit=np.arange(46), consents=np.zeros(46, bool))
    found = decide(extract, subjects, cube, units, DisclosureRule(threshold=10))
    assert found[FIRMS_THEMSELVES].withheld == {1, 3}
