"""What a later cut changes, worked by hand: only figures behind which enough firms have changed."""

import json
from dataclasses import replace
from typing import Any

import numpy as np

from survey.methods.clearing.clearing import clear, clearing_of, states_of
from survey.methods.clearing.content import ClearedCube
from survey.methods.clearing.cube import Cube
from survey.methods.clearing.differences import EarlierCut, staying
from survey.methods.clearing.states import FirmStates
from survey.methods.clearing.subjects import Subject
from survey.methods.collected import Collected
from survey.methods.extract import Coded
from survey.methods.production import prepare
from survey.methods.protection.disclosure import DisclosureRule
from survey.methods.tables.domain import ALL_FIRMS, Domain, domain_of
from survey.methods.tables.table import Cell
from tests.methods.clearing.surveyed import STEPS, WORDS, collected, with_answers_of

EVEN = [[20, 20], [20, 20], [20, 20], [20, 20]]
WAVE = collected(EVEN)


def cut(wave: Collected, *before: EarlierCut) -> EarlierCut:
    """A cut of the wave as it is now."""
    made = prepare(wave, WORDS)
    return EarlierCut(cube=clear(made, WORDS, before=before), states=states_of(made, WORDS))


def answering(rows: Any, code: int = 4, wave: Collected = WAVE) -> Collected:
    """The wave with another first answer of these firms."""
    codes = wave.items["B1"].codes.copy()
    codes[rows] = code
    return replace(wave, items={**wave.items, "B1": Coded(codes, STEPS)})


def share(one: EarlierCut, domain: Domain = ALL_FIRMS, item: str = "B1") -> Cell:
    return (
        one.cube.tables[domain]["ranking"]
        .cell(item, "4+5")
        .but(rank=None, rank_low=None, rank_high=None, p_next=None, leads=False)
    )


LOW = answering(np.arange(160), 0)
"""All firms give the lowest answer."""
FIRST = cut(LOW)


def test_figures_stay_where_fewer_than_ten_firms_changed() -> None:
    """Nine of 160 firms now find it very serious: 5.6 % would be told as 6 %."""
    second = cut(answering(np.arange(9), 4, LOW), FIRST)
    assert second.cube.tables == FIRST.cube.tables
    assert second.cube.kept["B1"] >= set(FIRST.cube.tables)


def test_ten_firms_of_one_group_change_it_and_what_it_is_part_of() -> None:
    """Ten small firms of B: B, goods and all firms have another figure, C and services the same one."""
    second = cut(answering(np.arange(10), 4, LOW), FIRST)
    changed = {domain for domain in second.cube.tables if share(second, domain) != share(FIRST, domain)}
    assert {ALL_FIRMS, domain_of(industry="B"), domain_of(sector="goods")} <= changed
    assert domain_of(industry="C") not in changed
    assert share(second).estimate == 0.06


def test_difference_of_a_group_is_not_left_by_its_siblings() -> None:
    """Ten firms of B and three of C changed: goods less B would be three firms of C, so B and goods wait for C."""
    second = cut(answering([*range(10), *range(40, 43)], 4, LOW), FIRST)
    assert share(second, domain_of(industry="C")) == share(FIRST, domain_of(industry="C"))
    new = [
        share(second, domain) != share(FIRST, domain) for domain in (domain_of(industry="B"), domain_of(sector="goods"))
    ]
    assert sum(new) < 2


def test_changes_add_up_over_cuts_until_they_may_be_told() -> None:
    second = cut(answering(np.arange(6), 4, LOW), FIRST)
    third = cut(answering(np.arange(12), 4, LOW), FIRST, second)
    assert share(second).estimate == share(FIRST).estimate
    assert share(third).estimate == 0.08


def test_figure_is_held_against_every_earlier_cut() -> None:
    """Twelve firms changed and all but one of them changed back: to the second cut eleven differ, to the first one."""
    second = cut(answering(np.arange(12), 4, LOW), FIRST)
    third = cut(answering(np.arange(1), 4, LOW), FIRST, second)
    assert share(third) == share(second)


def with_revenue(rows: Any, amount: Any) -> Collected:
    """The wave with other revenues of these firms."""
    revenue = WAVE.values["revenue"].copy()
    revenue[rows] = amount
    return replace(WAVE, values={"revenue": revenue})


def test_total_waits_where_one_firm_makes_up_its_change() -> None:
    """Twelve firms of B report another revenue, one of them 300 more and the others 1; that is told where all say 30."""
    before, rows = cut(WAVE), np.arange(12)
    one = with_revenue(rows, WAVE.values["revenue"][rows] + np.array([300, *[1] * 11]))
    even = with_revenue(rows, WAVE.values["revenue"][rows] + 30)
    kept, told = (cut(wave, before).cube.kept["revenue"] for wave in (one, even))
    assert (domain_of(industry="B") in kept, domain_of(industry="B") in told) == (True, False)


def test_firms_that_either_cut_knew_as_one_enterprise_group_are_one_that_changed() -> None:
    """Ten firms of B changed, two of which belong together: nine units, whenever the register learned of it."""
    together = np.where(np.arange(160) < 2, 0, -1)
    after = answering(np.arange(10), 4, LOW)
    cases = ((LOW, after), (LOW, replace(after, enterprise=together)), (replace(LOW, enterprise=together), after))
    kept = [domain_of(industry="B") in cut(now, cut(before)).cube.kept["B1"] for before, now in cases]
    assert kept == [False, True, True]


def test_index_stays_where_a_part_of_it_does() -> None:
    """Three firms changed the one part and twenty the index: less its other parts the index would give the three."""
    found = clearing_of(prepare(WAVE, WORDS), WORDS)
    old = FIRST.states.given["B1"]
    given = {"part": old + (np.arange(160) < 3), "index": old + (np.arange(160) < 20)}
    before = replace(FIRST, states=replace(FIRST.states, given={"part": old, "index": old}))
    everybody = np.ones(160, bool)
    subjects = {"part": Subject(answered=everybody), "index": Subject(answered=everybody, parts=("part",))}
    alone = {**subjects, "index": Subject(answered=everybody)}
    now, all_firms = replace(FIRST.states, given=given), found.cube.number[ALL_FIRMS]
    kept = [staying(found.cube, now, [before], each, DisclosureRule())["index"] for each in (subjects, alone)]
    assert [all_firms in each for each in kept] == [True, False]


def test_few_changed_firms_beyond_a_part_count_with_it_in_what_they_leave_together() -> None:
    """All changed: seven of B, all of them in district x, and four more there: of x eleven, which may be told."""
    names = [domain_of(industry=code) for code in "BCD"] + [domain_of(district=code) for code in "xy"]
    cube = Cube(
        domains=(ALL_FIRMS, *names),
        places={
            (): np.zeros(46, int),
            ("industry",): np.repeat([1, 2, 3], [7, 24, 15]),
            ("district",): np.repeat([4, 5], [11, 35]),
        },
        nesting={},
    )
    groups = {"industry": np.repeat(["B", "C", "D"], [7, 24, 15]), "district": np.repeat(["x", "y"], [11, 35])}
    old, new = (
        FirmStates(key=tuple(f"f{k}" for k in range(46)), groups=groups, given={"B1": np.full(46, code, np.uint32)})
        for code in (5, 6)
    )
    before = EarlierCut(cube=ClearedCube(tables={}, n={}), states=old)
    subjects = {"B1": Subject(answered=np.ones(46, bool))}
    assert staying(cube, new, [before], subjects, DisclosureRule(threshold=10)) == {"B1": {1, 3}}


def test_outcomes_and_new_answers_are_changes_as_well() -> None:
    """Four firms of G and nothing else: those of all firms that were there before stay as they were."""
    fewer = with_answers_of(LOW, ~np.isin(np.arange(160), [80, 81, 82, 83]))
    assert cut(fewer, FIRST).cube.n == FIRST.cube.n
    assert cut(LOW, cut(fewer)).cube.tables[ALL_FIRMS]["ranking"] == cut(fewer).cube.tables[ALL_FIRMS]["ranking"]


def test_states_and_what_was_kept_are_the_same_after_they_were_stored() -> None:
    second = cut(answering(np.arange(9), 4, LOW), FIRST)
    states = FirmStates.from_dict(json.loads(json.dumps(second.states.to_dict())))
    known = FirmStates.from_dict(json.loads(json.dumps(replace(states, enterprise=np.arange(160)).to_dict())))
    assert (states.enterprise, known.enterprise is not None and known.enterprise.tolist()) == (None, [*range(160)])
    assert (states.key, {code: given.tolist() for code, given in states.given.items()}) == (
        second.states.key,
        {code: given.tolist() for code, given in second.states.given.items()},
    )
    assert ClearedCube.from_dict(json.loads(json.dumps(second.cube.to_dict())), WORDS).kept == second.cube.kept
    third = cut(answering(np.arange(12), 4, LOW), FIRST, replace(second, states=states))
    assert share(third).estimate == 0.08
