"""Draws, openings, codes and returns that are asked for twice at the same moment; on PostgreSQL by locks alone."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from survey.models import Case, Firm, QuestionnaireVersion, SamplingFrame, StaffAction, Wave
from survey.services.design.publishing import retire_version
from survey.services.fieldwork.access_codes import revoke_code
from survey.services.fieldwork.cases import return_for_correction, set_disposition
from survey.services.fieldwork.follow_up_sample import draw_follow_up_sample
from survey.services.fieldwork.many_cases import update_cases
from survey.services.fieldwork.sampling import draw_sample, void_sample
from survey.services.fieldwork.taking_back import count_again, take_back
from survey.services.fieldwork.waves import close_wave, open_wave
from survey.services.register.from_frame import register_frame
from survey.services.register.next_frame import take_over
from survey.terms import Disposition
from tests.answered_case import submitted_case
from tests.at_once import meanwhile

pytestmark = pytest.mark.usefixtures("parallel_database", "english")


@pytest.fixture
def officer(parallel_database: None) -> User:
    return User.objects.create(username="officer")


def refusal(first: Callable[[], object], second: Callable[[], object] | None = None) -> Any:
    """The code by which the second action is refused, which is the first once more where none is given."""
    return getattr(meanwhile(first, second or first).exception(), "code", None)


def test_sample_is_drawn_once(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    how: dict[str, Any] = {"frame": frame(), "size": 24, "method": "proportional", "seed": 5, "actor": None}
    assert refusal(lambda: draw_sample(wave=wave, **how)) == "wave_has_sample"
    assert Case.objects.count() == 24


def test_sample_is_drawn_from_what_a_list_has_become_while_it_was_changed(
    wave: Wave, frame: Callable[..., SamplingFrame], officer: User
) -> None:
    listed = frame()
    register_frame(frame=listed, actor=None)
    Firm.objects.filter(size_class="small").update(size_class="large")
    how: dict[str, Any] = {"frame": listed, "size": 30, "method": "proportional", "seed": 5, "actor": None}

    def change() -> None:
        take_over(frame=listed, keys=None, actor=officer)

    sample = meanwhile(change, lambda: draw_sample(wave=wave, **how)).result()
    known = Counter(listed.units.values_list("industry_section", "size_class"))
    assert {(one.industry_section, one.size_class): one.population for one in sample.strata.all()} == known


def test_draw_is_not_taken_back_while_a_code_is_given_out(cases: list[Case], officer: User) -> None:
    def give_out() -> None:
        update_cases([cases[0].pk], officer, code_sent_at=timezone.now())

    wave = cases[0].wave
    assert refusal(give_out, lambda: void_sample(wave=wave, typed=wave.code, actor=officer)) == "codes_issued"
    assert Case.objects.count() == len(cases)


def test_draw_is_taken_back_once_and_told_of_once(cases: list[Case], officer: User) -> None:
    wave = cases[0].wave

    def void() -> None:
        void_sample(wave=wave, typed=wave.code, actor=officer)

    assert meanwhile(void, void).exception() is None
    assert (Case.objects.count(), StaffAction.objects.filter(verb="void_sample").count()) == (0, 1)


def test_follow_up_sample_is_drawn_once(cases: list[Case], officer: User) -> None:
    wave = cases[0].wave
    assert refusal(lambda: draw_follow_up_sample(wave=wave, part=0.3, seed=4, actor=officer)) == "drawn_already"


def test_wave_is_opened_and_closed_once(cases: list[Case]) -> None:
    wave = cases[0].wave
    Wave.objects.update(status="planned")
    assert refusal(lambda: open_wave(wave=wave, actor=None)) == "already_open"
    assert refusal(lambda: close_wave(wave=wave, actor=None)) == "not_open"
    verbs = StaffAction.objects.filter(verb__endswith="_wave").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["open_wave", "closed_wave"]


def test_version_is_not_retired_while_a_wave_is_opened_with_it_nor_the_other_way_round(cases: list[Case]) -> None:
    wave, version = cases[0].wave, QuestionnaireVersion.objects.get()
    Wave.objects.update(status="planned")

    def opened() -> Wave:
        return open_wave(wave=wave, actor=None)

    assert refusal(opened, lambda: retire_version(version=version, actor=None)) == "in_use"
    Wave.objects.update(status="planned")
    assert refusal(lambda: retire_version(version=version, actor=None), opened) == "version_retired"


def test_code_that_two_revoke_is_revoked_twice(cases: list[Case], officer: User) -> None:
    def revoke() -> Case:
        return revoke_code(case=cases[0], actor=officer)

    assert meanwhile(revoke, revoke).result().code_generation == 3


def test_submission_is_taken_back_returned_and_put_back_once(case: Case, officer: User) -> None:
    response = submitted_case(case)
    receipt = str(response.receipt_number)

    def take() -> None:
        take_back(case=case, receipt=receipt)

    assert refusal(take) == "not_the_one"
    assert meanwhile(lambda: count_again(case=case), lambda: count_again(case=case)).result() is None
    response.refresh_from_db()

    def send_back() -> None:
        return_for_correction(response=response, note="Which year?", actor=officer)

    assert refusal(take, send_back) == "not_submitted"


def test_firm_that_submits_keeps_its_outcome_from_an_officer_at_the_same_moment(case: Case, officer: User) -> None:
    chosen, refused = Case.objects.filter(pk=case.pk), Disposition.REFUSAL
    done = meanwhile(
        lambda: submitted_case(case), lambda: set_disposition(cases=chosen, disposition=refused, actor=officer)
    )
    assert (done.result(), Case.objects.get(pk=case.pk).disposition) == (0, "complete")
