"""The follow-up of silent firms: one in ten, spread over the strata, the same whenever it is drawn."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from survey.models import Case, QuestionnaireVersion, SamplingFrame, StaffAction, Wave
from survey.services.fieldwork.follow_up import draw_follow_up, follow_up_of
from survey.services.fieldwork.sampling import draw_sample
from survey.terms import Role
from tests.interrupted import half_written

pytestmark = pytest.mark.django_db


@pytest.fixture
def silent(wave: Wave, version: QuestionnaireVersion, frame: Callable[..., SamplingFrame]) -> Wave:
    draw_sample(wave=wave, frame=frame(units=160), size=160, method="proportional", seed=5, actor=None)
    return wave


def test_one_in_ten_is_drawn_from_every_part_of_the_list(silent: Wave) -> None:
    drawn = follow_up_of(Case.objects.filter(wave=silent))
    sections = Counter(drawn.values_list("sample_unit__stratum__industry_section", flat=True))
    assert (drawn.count(), sections) == (16, {"C": 8, "I": 8})


def test_the_same_cases_give_the_same_draw(silent: Wave) -> None:
    cases = Case.objects.filter(wave=silent)
    assert set(follow_up_of(cases)) == set(follow_up_of(cases.order_by("-pk")))


def test_of_few_firms_one_is_drawn(silent: Wave) -> None:
    few = Case.objects.filter(pk__in=list(Case.objects.values_list("pk", flat=True)[:3]))
    assert follow_up_of(few).count() == 1


def test_drawn_cases_are_marked_and_written_down(silent: Wave, office_user: Callable[[Role | str], User]) -> None:
    count = draw_follow_up(cases=Case.objects.filter(wave=silent), actor=office_user(Role.FIELD_OFFICER))
    assert (count, Case.objects.filter(is_followed_up=True).count()) == (16, 16)
    assert StaffAction.objects.filter(verb="draw_follow_up").values_list("detail", flat=True)[0] == {"cases": 16}


def test_follow_up_is_drawn_whole_or_not_at_all(silent: Wave, office_user: Callable[[Role | str], User]) -> None:
    cases, officer = Case.objects.filter(wave=silent), office_user(Role.FIELD_OFFICER)
    assert half_written(lambda: draw_follow_up(cases=cases, actor=officer)) == []
