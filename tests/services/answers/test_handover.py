"""Sections in the hands of colleagues: who gets one, how long its code opens, and what is kept of it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from survey.models import Case, Paradata, SectionHandover
from survey.services.answers.handover import (
    LONGEST_DAYS,
    MOST_OPEN,
    HandoverRefusedError,
    close_handed_on,
    find_handover,
    hand_section_on,
    handover_code,
    note_saved,
    open_handover,
)
from tests.every_type import EVERY_TYPE
from tests.interrupted import half_written

pytestmark = pytest.mark.django_db
SECTION = EVERY_TYPE.sections[0].code
NOW = timezone.now()


def hand(case: Case, **other: Any) -> SectionHandover:
    given = {"section": SECTION, "colleague": "Li Na", "days": 7, "now": NOW, **other}
    return hand_section_on(case=case, **given)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"section": "nowhere"}, "no_section"),
        ({"colleague": "  "}, "no_colleague"),
        ({"colleague": "n" * 61}, "no_colleague"),
        ({"colleague": "Li\x00Na"}, "no_colleague"),
        ({"days": 0}, "days_out_of_range"),
        ({"days": LONGEST_DAYS + 1}, "days_out_of_range"),
    ],
)
def test_what_cannot_be_handed_on_is_refused(case: Case, given: dict[str, Any], code: str) -> None:
    with pytest.raises(HandoverRefusedError) as refused:
        hand(case, **given)
    assert refused.value.code == code
    assert not SectionHandover.objects.exists()


def test_longest_name_and_time_are_taken(case: Case) -> None:
    made = hand(case, colleague="n" * 60, days=LONGEST_DAYS)
    assert (made.colleague, made.expires_at) == ("n" * 60, NOW + timedelta(days=LONGEST_DAYS))


def test_so_many_are_open_at_once_and_one_taken_back_makes_room(case: Case) -> None:
    made = [hand(case) for _ in range(MOST_OPEN)]
    with pytest.raises(HandoverRefusedError) as refused:
        hand(case)
    assert refused.value.code == "too_many"
    close_handed_on(case=case, handover=made[0].pk)
    assert hand(case).pk != made[0].pk


def test_code_opens_until_the_moment_it_expires(case: Case) -> None:
    made = hand(case)
    last, over = made.expires_at - timedelta(seconds=1), made.expires_at

    def opens(moment: datetime) -> tuple[SectionHandover | None, SectionHandover | None]:
        return find_handover(handover_code(made), moment), open_handover(made.pk, moment)

    assert (opens(last), opens(over)) == ((made, made), (None, None))


@pytest.mark.parametrize("change", [{"is_closed": True}, {"code_generation": 2}])
def test_closed_case_and_a_new_access_code_end_what_was_handed_on(case: Case, change: dict[str, Any]) -> None:
    made = hand(case)
    assert open_handover(made.pk, NOW) == made
    Case.objects.filter(pk=case.pk).update(**change)
    assert (find_handover(handover_code(made), NOW), open_handover(made.pk, NOW)) == (None, None)


@pytest.mark.parametrize("key", [None, "", "1", 0])
def test_session_without_a_key_opens_nothing(case: Case, key: object) -> None:
    hand(case)
    assert open_handover(key, NOW) is None


@pytest.mark.parametrize("typed", ["", "AAAA-AAAA-AAAA-AAAA", "not a code"])
def test_what_is_no_code_finds_nothing(case: Case, typed: str) -> None:
    hand(case)
    assert find_handover(typed, NOW) is None


def test_each_section_has_a_code_of_its_own(case: Case) -> None:
    first, second = hand(case), hand(case)
    assert find_handover(handover_code(first), NOW) == first
    assert find_handover(handover_code(second), NOW) == second


def test_handing_on_and_taking_back_are_written_down_once(case: Case) -> None:
    made = hand(case)
    for _time in range(2):
        close_handed_on(case=case, handover=made.pk)
    assert list(Paradata.objects.order_by("pk").values_list("event", "detail")) == [
        ("section_handed_on", {"section": SECTION, "days": 7}),
        ("section_taken_back", {"section": SECTION}),
    ]


def test_firm_takes_back_only_what_is_its_own(case: Case) -> None:
    made, other = hand(case), Case.objects.exclude(pk=case.pk)[0]
    close_handed_on(case=other, handover=made.pk)
    assert open_handover(made.pk, NOW) == made


def test_saved_pages_are_kept_in_order_and_once(case: Case) -> None:
    made = hand(case)
    for page in ("choices", "amounts", "choices"):
        note_saved(made, page)
    made.refresh_from_db()
    assert made.pages == ["amounts", "choices"]
    assert made.saved_at is not None
    assert made.saved_at >= NOW


def test_section_is_handed_on_and_taken_back_with_what_tells_of_it_or_not_at_all(case: Case) -> None:
    assert half_written(lambda: hand(case)) == []
    made = SectionHandover.objects.get()
    assert half_written(lambda: close_handed_on(case=case, handover=made.pk)) == []
