"""The pages of mailings: previewed, prepared, sent, stopped and fetched again by an officer."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries, Settings

from survey.models import Case, FrameUnit, Job, Mailing, MailingTemplate, PlannedMailing, Territory, Wave
from survey.services.fieldwork.access_codes import derive_code
from survey.terms import Role
from tests.working import work_off

INVITE = {"purpose": "invitation", "channel": "email", "otherwise": "", "language": "en", "envelope": "din"}
PREPARE = {**INVITE, "number": "1", "prepare": "1"}
LIST = {**PREPARE, "channel": "merge"}


@pytest.fixture(autouse=True)
def officer(client: Client, office_user: Callable[[Role | str], User], settings: Settings) -> User:
    settings.SENDS_MAIL, settings.MAIL_PER_MINUTE = True, 10_000_000
    user = office_user(Role.FIELD_OFFICER)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


def page(client: Client, name: str, *args: Any, **query: Any) -> str:
    answer: Any = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def prepare(client: Client, **more: Any) -> Mailing:
    answer = client.post(reverse("mailing_new", args=["w1"]), {**PREPARE, **more})
    assert answer.status_code == 302
    work_off()
    return Mailing.objects.get(pk=int(answer["Location"].rstrip("/").rsplit("/", 1)[1]))


def act(client: Client, mailing: Mailing, action: str) -> Mailing:
    assert client.post(reverse("mailing_action", args=[mailing.pk, action])).status_code == 302
    work_off()
    mailing.refresh_from_db()
    return mailing


def fetched(client: Client, mailing: Mailing, channel: str) -> Any:
    asked = client.post(reverse("mailing_file", args=[mailing.pk, channel, 1]))
    work_off()
    return client.get(asked["Location"] + "file/")


def test_preview_says_whom_it_takes_whom_it_leaves_out_and_what_a_firm_reads(client: Client, cases: list[Case]) -> None:
    Case.objects.filter(pk=cases[0].pk).update(status="submitted")
    Case.objects.filter(pk__in=[cases[1].pk, cases[2].pk]).update(disposition="refusal")
    seen = page(client, "mailing_new", "w1", **INVITE)
    assert "21 firms will be written to." in seen
    assert "<li>2 refused</li><li>1 submitted already</li>" in seen
    assert "Please fill in: Industrial internet pain points" in seen
    assert derive_code(cases[0]) not in seen
    assert "XXXX-XXXX-XXXX-XXXX" in seen
    # The firm that is shown is one that is written to.
    assert f"<p>{cases[3].sample_unit.unit.name}<br>" in seen
    assert not Mailing.objects.exists()


def test_prepared_mailing_is_sent_when_that_is_pressed(client: Client, cases: list[Case]) -> None:
    made = prepare(client)
    assert (made.state, len(mail.outbox)) == ("prepared", 0)
    assert "Send to 24 firms" in page(client, "mailing_run", made.pk)
    assert act(client, made, "send").state == "sent"
    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox) == 24
    assert "http://testserver/#code=" in mail.outbox[0].body
    assert "Sent at" in page(client, "mailing_run", made.pk)


def test_preparing_and_sending_pressed_twice_does_nothing_twice(client: Client, cases: list[Case]) -> None:
    first, second = prepare(client), prepare(client)
    assert (first.pk, Mailing.objects.count()) == (second.pk, 1)
    address = reverse("mailing_action", args=[first.pk, "send"])
    client.post(address)
    client.post(address)
    work_off()
    client.post(address)
    work_off()
    assert len(mail.outbox) == 24


def test_chosen_cases_of_the_list_alone_are_written_to(client: Client, cases: list[Case]) -> None:
    chosen = ",".join(str(case.pk) for case in cases[:3])
    assert prepare(client, cases=chosen).rows.count() == 3
    district = cases[0].sample_unit.unit.district.code
    found = prepare(client, filters=f"wave=w1&district={district}", number="2")
    assert found.rows.count() == Case.objects.filter(sample_unit__unit__district__code=district).count()


def test_stopped_mailing_goes_on_where_it_stood(client: Client, cases: list[Case]) -> None:
    made = prepare(client)
    Mailing.objects.filter(pk=made.pk).update(state="sending")
    client.post(reverse("mailing_action", args=[made.pk, "stop"]))
    made.refresh_from_db()
    assert made.state == "stopped"
    assert "Go on with 24 firms" in page(client, "mailing_run", made.pk)
    assert (act(client, made, "send").state, len(mail.outbox)) == ("sent", 24)


def test_workbook_can_be_fetched_again_without_counting_again(client: Client, cases: list[Case]) -> None:
    made = act(client, prepare(client, channel="merge"), "send")
    issued = set(Case.objects.values_list("code_sent_at", flat=True))
    for _time in range(2):
        head, *rows = load_workbook(BytesIO(fetched(client, made, "merge").content)).active.values
        assert head[:6] == ("Firm", "Contact person", "E-mail", "Telephone", "Access code", "Link")
        assert [(row[0], row[4], row[5]) for row in rows] == [
            (case.sample_unit.unit.name, derive_code(case), f"http://testserver/#code={derive_code(case)}")
            for case in cases
        ]
    assert set(Case.objects.values_list("code_sent_at", flat=True)) == issued
    assert Job.objects.filter(kind="mailing_file").count() == 2


def test_letters_are_one_page_to_print_with_address_and_picture_of_the_link(client: Client, cases: list[Case]) -> None:
    FrameUnit.objects.filter(pk=cases[0].sample_unit.unit_id).update(name="<b>A & B</b>")
    made = act(client, prepare(client, channel="letter", envelope="cn"), "send")
    answer = fetched(client, made, "letter")
    assert answer["Content-Disposition"] == 'attachment; filename="w1-invitation-1-letter-1.html"'
    text = answer.content.decode()
    assert (text.count('<section class="letter cn" lang="en">'), text.count("<svg")) == (24, 24)
    assert "<address>&lt;b&gt;A &amp; B&lt;/b&gt;<br>" in text
    assert all(derive_code(case) in text for case in cases)


def test_sms_list_has_number_and_a_short_text(client: Client, cases: list[Case]) -> None:
    made = act(client, prepare(client, channel="sms"), "send")
    _head, first, *_rows = load_workbook(BytesIO(fetched(client, made, "sms").content)).active.values
    code = derive_code(cases[0])
    assert (first[0], first[2]) == ("0755-1234567", cases[0].sample_unit.unit.name)
    assert first[1].startswith("Bureau of Statistics: please fill in “Industrial internet pain points” by ")
    assert first[1].endswith(f": http://testserver/#code={code}")


@pytest.mark.parametrize(("channel", "part"), [("email", 1), ("letter", 1), ("merge", 2), ("merge", 0), ("dove", 1)])
def test_file_that_a_run_does_not_have_is_not_there(client: Client, cases: list[Case], channel: str, part: int) -> None:
    made = act(client, prepare(client, channel="merge"), "send")
    assert client.post(reverse("mailing_file", args=[made.pk, channel, part])).status_code == 404


def test_closed_wave_refuses_an_invitation_with_a_sentence(client: Client, cases: list[Case]) -> None:
    Wave.objects.update(status="closed")
    answer = client.post(reverse("mailing_new", args=["w1"]), PREPARE)
    assert (answer.status_code, "Extend the wave first." in answer.content.decode()) == (422, True)


def test_same_channel_twice_is_refused_at_its_field(client: Client, cases: list[Case]) -> None:
    answer = client.post(reverse("mailing_new", args=["w1"]), {**PREPARE, "otherwise": "email"})
    assert "Both ways are the same." in answer.content.decode()
    assert not Mailing.objects.exists()


def test_failed_job_of_a_mailing_is_said_on_its_page(client: Client, cases: list[Case], settings: Settings) -> None:
    made = prepare(client)
    settings.SENDS_MAIL = False
    act(client, made, "send")
    seen = page(client, "mailing_run", made.pk)
    assert "The last job ended without finishing." in seen
    assert "Send to 24 firms" in seen


def test_text_of_a_purpose_is_kept_after_its_check(client: Client, cases: list[Case]) -> None:
    address = reverse("mailing_text", args=["w1", "invitation"])
    refused = client.post(address, {**TEXTS, "body_en": "{lnik}"})
    assert (refused.status_code, "“{lnik}” is no placeholder." in refused.content.decode()) == (422, True)
    assert client.post(address, TEXTS).status_code == 302
    assert MailingTemplate.objects.get().body.en == "{link}"


TEXTS = {
    "subject_zh": "题",
    "subject_en": "S",
    "body_zh": "{link}",
    "body_en": "{link}",
    "short_zh": "{link}",
    "short_en": "{link}",
}


@pytest.mark.parametrize(("choice", "kept"), [("stored", "first {link}"), ("typed", "second {link}")])
def test_text_that_somebody_else_changed_is_not_overwritten_unseen(
    client: Client, cases: list[Case], choice: str, kept: str
) -> None:
    address = reverse("mailing_text", args=["w1", "invitation"])
    opened: Any = client.get(address)
    texts = {**TEXTS, "_state": opened.context["state"]}
    assert client.post(address, {**texts, "body_en": "first {link}"}).status_code == 302
    refused: Any = client.post(address, {**texts, "body_en": "second {link}"})
    shown = [(both.name, both.stored, both.typed) for both in refused.context["conflicts"] if both.name == "body"]
    assert (refused.status_code, shown) == (409, [("body", "{link} / first {link}", "{link} / second {link}")])
    assert MailingTemplate.objects.get().body.en == "first {link}"
    again = {**texts, "_state": refused.context["state"], "_keep_body": choice, "body_en": "second {link}"}
    assert client.post(address, again).status_code == 302
    assert MailingTemplate.objects.get().body.en == kept


def test_plan_has_one_entry_for_each_purpose_and_it_can_be_taken_out(client: Client, cases: list[Case]) -> None:
    entry = {"purpose": "reminder_1", "days": "7", "counted_from": "after_invitation", "channel": "email"}
    address = reverse("mailing_plan", args=["w1"])
    assert client.post(address, {**entry, "language": "zh"}).status_code == 302
    again = client.post(address, {**entry, "language": "zh"})
    assert (again.status_code, "in the plan already" in again.content.decode()) == (422, True)
    assert "7 days after the invitation" in page(client, "mailing_list", "w1")
    client.post(reverse("mailing_unplan", args=["w1", PlannedMailing.objects.get().pk]))
    assert not PlannedMailing.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_many_queries_for_three_firms_as_for_one(
    client: Client, cases: list[Case], count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = prepare(client, cases=",".join(str(case.pk) for case in cases[:count]))
    for name, args, most in (("mailing_run", [made.pk], 20), ("mailing_list", ["w1"], 13), ("mailing_new", ["w1"], 15)):
        client.get(reverse(name, args=args))
        with django_assert_max_num_queries(most):
            client.get(reverse(name, args=args))


def test_officer_of_a_district_writes_to_its_firms_and_sees_his_own_runs_alone(
    client: Client, cases: list[Case], officer: User
) -> None:
    whole = prepare(client)
    district = cases[0].sample_unit.unit.district
    Territory.objects.create(user=officer, district=district)
    mine = prepare(client, number="2", channel="merge")
    assert set(mine.rows.values_list("case", flat=True)) == set(
        Case.objects.filter(sample_unit__unit__district=district).values_list("pk", flat=True)
    )
    seen = page(client, "mailing_list", "w1")
    assert reverse("mailing_run", args=[mine.pk]) in seen
    assert reverse("mailing_run", args=[whole.pk]) not in seen
    assert client.get(reverse("mailing_run", args=[whole.pk])).status_code == 404
    assert client.post(reverse("mailing_action", args=[whole.pk, "send"])).status_code == 404
    assert client.get(reverse("mailing_plan", args=["w1"])).status_code == 403
