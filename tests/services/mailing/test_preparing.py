"""Preparing runs: whom they take, and that nobody is taken twice."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from survey.mailing_terms import MailingChannel, MailingPurpose
from survey.models import Case, Contact, Mailing, MailingRow, Response, Wave
from survey.selectors.mailing.audience import audience
from survey.services.mailing.preparing import MailingError, prepare_rows, start_mailing
from tests.interrupted import half_written
from tests.services.mailing.runs import SITE, counts, prepared
from tests.waves import version_of

pytestmark = pytest.mark.usefixtures("english")
INVITATION, EMAIL = MailingPurpose.INVITATION, MailingChannel.EMAIL


def keys(cases: list[Case]) -> list[int]:
    return [case.pk for case in cases]


def reasons(wave: Wave, purpose: MailingPurpose, channel: str = "merge") -> dict[str, int]:
    return {reason.value: count for reason, count in audience(wave, purpose, channel, "", {}).left_out}


def test_invitation_leaves_out_whoever_is_done_refused_or_out_of_scope(wave: Wave, cases: list[Case]) -> None:
    Case.objects.filter(pk__in=keys(cases[:2])).update(disposition="refusal", status="finalised")
    Case.objects.filter(pk__in=keys(cases[2:5])).update(disposition="not_eligible", status="finalised")
    Case.objects.filter(pk__in=keys(cases[5:9])).update(status="submitted")
    Case.objects.filter(pk__in=keys(cases[9:10])).update(is_closed=True)
    found = {"closed": 1, "refused": 2, "out_of_scope": 3, "submitted": 4}
    assert reasons(wave, INVITATION) == found
    assert audience(wave, INVITATION, "merge", "", {}).taken == 14


def test_reminder_goes_to_those_who_have_their_code_and_have_not_submitted(wave: Wave, cases: list[Case]) -> None:
    Case.objects.filter(pk__in=keys(cases[:10])).update(code_sent_at=timezone.now())
    Case.objects.filter(pk__in=keys(cases[:4])).update(status="submitted")
    assert reasons(wave, MailingPurpose.REMINDER_1) == {"submitted": 4, "no_code": 14}


def test_request_to_correct_goes_to_returned_cases_and_thanks_to_submitted_ones(wave: Wave, cases: list[Case]) -> None:
    Case.objects.filter(pk__in=keys(cases[:3])).update(status="returned")
    Case.objects.filter(pk__in=keys(cases[3:5])).update(status="submitted")
    assert reasons(wave, MailingPurpose.SEND_BACK) == {"not_returned": 21}
    assert reasons(wave, MailingPurpose.THANKS) == {"not_submitted": 22}


def test_firm_that_one_way_does_not_reach_is_written_to_otherwise_or_left_out(wave: Wave, cases: list[Case]) -> None:
    units = [case.sample_unit.unit_id for case in cases]
    Contact.objects.filter(unit__in=units[:3]).update(email="")
    Contact.objects.filter(unit__in=units[:1]).delete()
    assert reasons(wave, INVITATION, "email") == {"no_address": 3}
    both = audience(wave, INVITATION, "email", "letter", {})
    assert (both.by_channel, both.left_out) == (((EMAIL, 21), (MailingChannel.LETTER, 3)), ())


def test_second_way_is_kept_with_the_run_and_is_another_one(wave: Wave, cases: list[Case]) -> None:
    made = prepared(wave, otherwise=MailingChannel.MERGE)
    assert (made.channel, made.otherwise) == ("email", "merge")
    with pytest.raises(MailingError) as refused:
        prepared(wave, number=2, otherwise=MailingChannel.EMAIL)
    assert refused.value.code == "same_channel"


def test_chosen_cases_alone_are_taken(wave: Wave, cases: list[Case]) -> None:
    assert audience(wave, INVITATION, "merge", "", {"cases": keys(cases[:3])}).taken == 3
    assert audience(wave, INVITATION, "merge", "", {"filter": {"text": cases[0].sample_unit.unit.name}}).taken == 1


def test_every_chosen_case_has_its_row_with_its_reason(wave: Wave, cases: list[Case]) -> None:
    Case.objects.filter(pk__in=keys(cases[:2])).update(status="submitted")
    made = prepared(wave)
    assert (made.state, counts(made)) == ("prepared", {"waiting": 22, "left_out": 2})
    assert set(made.rows.filter(state="left_out").values_list("case", "reason")) == {
        (case.pk, "submitted") for case in cases[:2]
    }


def test_second_press_gives_the_run_of_the_first(wave: Wave, cases: list[Case]) -> None:
    press: dict[str, Any] = {
        "wave": wave,
        "purpose": INVITATION,
        "number": 1,
        "channel": EMAIL,
        "actor": None,
        "site": SITE,
    }
    first, second = start_mailing(**press), start_mailing(**press)
    assert (first[0].pk, first[1], second[0].pk, second[1]) == (first[0].pk, True, first[0].pk, False)
    assert Mailing.objects.count() == 1


def test_preparing_again_after_it_was_ended_adds_what_was_missing(wave: Wave, cases: list[Case]) -> None:
    made = prepared(wave)
    missing = list(made.rows.values_list("pk", flat=True)[:9])
    MailingRow.objects.filter(pk__in=missing).delete()
    assert prepare_rows(mailing=made, progress=lambda done, total: None) == 24
    assert counts(made) == {"waiting": 24}


def test_run_of_another_officer_leaves_out_whom_the_first_takes(wave: Wave, cases: list[Case]) -> None:
    first = prepared(wave, selection={"cases": keys(cases[:10])})
    second = prepared(wave, number=2)
    assert (counts(first), counts(second)) == ({"waiting": 10}, {"waiting": 14, "left_out": 10})
    assert set(second.rows.filter(state="left_out").values_list("reason", flat=True)) == {"written_to"}


def test_firm_that_another_run_took_between_reading_and_writing_is_left_out(
    wave: Wave, cases: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(wave, selection={"cases": keys(cases[:10])})
    # As if both had looked at the same moment: nobody seems to be written to yet.
    monkeypatch.setattr("survey.selectors.mailing.audience.LIVE", ())
    second = prepared(wave, number=2)
    assert counts(second) == {"waiting": 14, "left_out": 10}


def test_database_refuses_a_second_live_row_of_an_occasion(wave: Wave, cases: list[Case]) -> None:
    first = prepared(wave, selection={"cases": keys(cases[:1])})
    other = prepared(wave, number=2, selection={"cases": keys(cases[1:2])})
    row = first.rows.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        MailingRow.objects.create(mailing=other, case=row.case, occasion=row.occasion)


def test_new_code_is_a_new_invitation(wave: Wave, cases: list[Case]) -> None:
    prepared(wave)
    Case.objects.filter(pk=cases[0].pk).update(code_generation=2)
    second = prepared(wave, number=2)
    assert list(second.rows.filter(state="waiting").values_list("case", "occasion")) == [(cases[0].pk, "invitation:2")]


def test_another_return_is_another_request_to_correct(wave: Wave, cases: list[Case]) -> None:
    case, version = cases[0], version_of(wave)
    Case.objects.filter(pk=case.pk).update(status="returned")
    draft = Response.objects.create(case=case, version=version)
    assert counts(prepared(wave, MailingPurpose.SEND_BACK))["waiting"] == 1
    assert "waiting" not in counts(prepared(wave, MailingPurpose.SEND_BACK, number=2))
    Response.objects.filter(pk=draft.pk).update(is_current=False)
    Response.objects.create(case=case, version=version)
    assert counts(prepared(wave, MailingPurpose.SEND_BACK, number=3))["waiting"] == 1


def test_closed_wave_gets_thanks_alone(wave: Wave, cases: list[Case]) -> None:
    Wave.objects.update(status="closed")
    wave.refresh_from_db()
    with pytest.raises(MailingError, match="does not collect any more"):
        prepared(wave)
    Case.objects.filter(pk=cases[0].pk).update(status="submitted", is_closed=True)
    assert counts(prepared(wave, MailingPurpose.THANKS)) == {"waiting": 1, "left_out": 23}


def test_run_is_started_with_its_entry_in_the_history_or_not_at_all(wave: Wave) -> None:
    how: dict[str, Any] = {"number": 1, "channel": EMAIL, "actor": None, "site": SITE}
    assert half_written(lambda: start_mailing(wave=wave, purpose=INVITATION, **how)) == []
