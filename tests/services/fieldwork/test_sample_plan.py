"""What a draw would take: the errors that it leaves, and where it meets earlier samples."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from survey.models import Sample, SamplingFrame, Wave
from survey.services.fieldwork.sample_plan import Coordination, Precision, SamplePlan, domains_of, plan_sample
from survey.services.fieldwork.sampling import draw_sample
from survey.services.fieldwork.sampling_refusals import SamplingError
from survey.terms import SampleRelation

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(frame: Callable[..., SamplingFrame]) -> Callable[..., SamplePlan]:
    """Plans 24 of 40 firms; arguments change the plan."""
    made = frame()

    def planned(**changes: Any) -> SamplePlan:
        return plan_sample(**{"frame": made, "size": 24, "method": "proportional", **changes})

    return planned


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"minimum_per_stratum": 1}, "minimum_too_small"),
        ({"precision": Precision(response=0.0)}, "response_out_of_range"),
        ({"precision": Precision(response=1.01)}, "response_out_of_range"),
        ({"size": None}, "size_missing"),
        ({"size": 5}, "size_too_small"),
        ({"size": 41}, "size_too_large"),
        ({"method": "targets"}, "targets_missing"),
        (
            {"method": "targets", "precision": Precision(response=0.01, half_widths={"all": 0.01})},
            "targets_out_of_reach",
        ),
        ({"relation": Coordination(kind=SampleRelation.KEEP)}, "nothing_to_keep"),
        ({"relation": Coordination(kind=SampleRelation.AVOID)}, "nothing_to_avoid"),
    ],
)
def test_plan_that_cannot_be_is_refused(plan: Callable[..., SamplePlan], given: dict[str, Any], code: str) -> None:
    with pytest.raises(SamplingError) as refused:
        plan(**given)
    assert refused.value.code == code


def test_smallest_and_largest_size_are_planned(plan: Callable[..., SamplePlan]) -> None:
    with pytest.raises(SamplingError) as refused:
        plan(size=1)
    least = refused.value.complaint.parameters["least"]
    assert [plan(size=size).size for size in (least, 40)] == [least, 40]


def test_frame_that_is_loading_is_refused(plan: Callable[..., SamplePlan]) -> None:
    SamplingFrame.objects.update(status=SamplingFrame.Status.LOADING)
    frame = SamplingFrame.objects.get()
    with pytest.raises(SamplingError) as refused:
        plan(frame=frame)
    assert refused.value.code == "frame_not_ready"


def test_domains_are_all_firms_then_sections_then_sizes_from_large_on() -> None:
    strata = pd.DataFrame({"industry_section": ["I", "C", "C"], "size_class": ["micro", "large", "micro"]})
    assert [(domain.group, domain.code, sorted(domain.members)) for domain in domains_of(strata)] == [
        ("all", "", ["C-large", "C-micro", "I-micro"]),
        ("industry_section", "C", ["C-large", "C-micro"]),
        ("industry_section", "I", ["I-micro"]),
        ("size_class", "large", ["C-large"]),
        ("size_class", "micro", ["C-micro", "I-micro"]),
    ]


def test_wider_errors_take_a_smaller_sample(plan: Callable[..., SamplePlan]) -> None:
    sizes = [
        plan(method="targets", size=None, precision=Precision(half_widths={"all": width})).size for width in (0.1, 0.3)
    ]
    assert 40 > sizes[0] > sizes[1]


def test_wanted_cv_is_reached_for_whom_it_is_wanted_and_a_smaller_one_takes_more(
    plan: Callable[..., SamplePlan],
) -> None:
    made = {
        cv: plan(method="targets", size=None, precision=Precision(cvs={("revenue", "all"): cv})) for cv in (0.02, 0.2)
    }
    assert {cv: found.expected[0].cvs["revenue"] <= cv for cv, found in made.items()} == {0.02: True, 0.2: True}
    assert made[0.02].size > made[0.2].size
    assert made[0.2].precision.targets == {"revenue all": 0.2}


def test_errors_of_strata_stand_in_the_order_of_the_strata(plan: Callable[..., SamplePlan]) -> None:
    made = plan()
    assert [(found.population, found.drawn) for found in made.of_strata] == list(
        zip(made.strata["population"], made.strata["sample_size"], strict=True)
    )
    assert [found.domain.code for found in made.of_strata] == list(
        made.strata["industry_section"] + "-" + made.strata["size_class"]
    )


def test_draw_keeps_or_avoids_the_firms_of_a_sample_before(plan: Callable[..., SamplePlan], wave: Wave) -> None:
    sample = draw_sample(
        wave=wave, frame=SamplingFrame.objects.get(), size=24, method="proportional", seed=5, actor=None
    )
    found = {
        name: plan(relation=relation)
        for name, relation in {
            "fresh": Coordination(),
            "kept": Coordination(kind=SampleRelation.KEEP, sample=sample, share=1.0),
            "avoided": Coordination(kind=SampleRelation.AVOID),
        }.items()
    }
    assert {name: (one.seed, one.meetings[0].is_coordinated) for name, one in found.items()} == {
        "fresh": (None, False), "kept": (5, True), "avoided": (5, True),
    }  # fmt: skip
    firms = {name: one.meetings[0].firms for name, one in found.items()}
    assert firms["kept"] == pytest.approx(24)
    # By chance the two meet in the sum of n^2/N over the strata.
    strata = found["fresh"].strata
    assert firms["fresh"] == pytest.approx(float((strata["sample_size"] ** 2 / strata["population"]).sum()))
    assert firms["avoided"] < firms["fresh"] < firms["kept"]
    assert Sample.objects.get() == sample
