"""Intervals that withheld shares need, worked by hand and on made-up waves."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.instrument.plan.plan import MOST_DOMINANT
from survey.methods.clearing.behind import Behind
from survey.methods.clearing.clearing import clearing_of
from survey.methods.clearing.required import required_steps
from survey.methods.clearing.steps import LADDER
from survey.methods.clearing.subjects import FIRMS_THEMSELVES
from survey.methods.production import prepare
from survey.methods.protection.suppression import Relation
from tests.methods.clearing.surveyed import WORDS, collected


def behind(firms: list[int], weights: list[float]) -> Behind:
    """Units that weigh alike within each domain."""
    total = np.array(firms) * np.array(weights)
    largest = np.repeat(np.array(weights)[:, None], MOST_DOMINANT, axis=1)
    return Behind(units=np.array(firms), guarded=np.array(firms), total=total, largest=largest, largest_guarded=largest)


def test_whole_of_light_and_withheld_heavy_firms_is_told_in_coarser_steps() -> None:
    """300 firms of 1, 290 of them shown in steps of 1 % (2.9), and two withheld groups of five that weigh 10 each: the
    whole of 390 has to leave 20 open, 17.1 of which are its own: 4.4 %, so steps of 5."""
    firms = [300, 290, 5, 5]
    steps = required_steps([Relation(whole=0, parts=(1, 2, 3))], {2, 3}, np.array(firms), behind_of(firms))
    assert steps.tolist() == [0.05, 0.01, 0.10, 0.10]


def behind_of(firms: list[int]) -> Behind:
    found = behind(firms, [1.0, 1.0, 10.0, 10.0])
    found.total[0] = 390.0
    return found


def test_whole_keeps_its_step_where_nothing_is_withheld() -> None:
    firms = [300, 290, 5, 5]
    steps = required_steps([Relation(whole=0, parts=(1, 2, 3))], set(), np.array(firms), behind_of(firms))
    assert steps.tolist() == [0.01, 0.01, 0.10, 0.10]


def test_whole_that_is_withheld_itself_keeps_its_step() -> None:
    firms = [300, 290, 5, 5]
    steps = required_steps([Relation(whole=0, parts=(1, 2, 3))], {0, 2, 3}, np.array(firms), behind_of(firms))
    assert steps.tolist() == [0.01, 0.01, 0.10, 0.10]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(2, 25), min_size=8, max_size=8))
def test_no_shown_sum_closes_in_on_withheld_groups(counts: list[int]) -> None:
    """Whatever the firms of the strata: what a shown whole leaves is two groups or more, of enough firms, and open by
    two of the firms; sums with nothing withheld have no part to hide."""
    found = clearing_of(prepare(collected(np.array(counts).reshape(4, 2), weight=3.0), WORDS), WORDS)
    decision, weight = found.decisions[FIRMS_THEMSELVES], found.estimates.prepared.extract.weight
    heaviest = np.sort(weight)[-2:].sum()
    total = np.array([weight[found.cube.places[tuple(v for v, _ in d)] == k].sum()
                      for k, d in enumerate(found.cube.domains)])  # fmt: skip
    for relation in found.cube.relations:
        hidden = [part for part in relation.parts if part in decision.withheld and decision.firms[part]]
        if relation.whole in decision.withheld or not hidden:
            continue
        shown = [part for part in relation.parts if part not in decision.withheld]
        left = sum(decision.steps[one] * total[one] for one in (relation.whole, *shown))
        assert len(hidden) >= 2
        assert decision.firms[hidden].sum() >= 10
        assert left >= heaviest - 1e-6 or decision.steps[relation.whole] == LADDER[-1]
