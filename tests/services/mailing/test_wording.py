"""The texts of mailings: checked before a firm can get them, filled in for one firm, kept by the runs that have them."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from survey.instrument.schema import Text
from survey.mailing_terms import CARRIES_CODE, MailingPurpose
from survey.models import Case, Contact, Firm, FirmContact, FrameUnit, StaffAction, Wave
from survey.selectors.mailing.audience import audience
from survey.services.fieldwork.access_codes import derive_code
from survey.services.mailing.wording import (
    MailingWording,
    WordingError,
    check_wording,
    filled,
    mailing_wording_of,
    message_to,
    save_wording,
)
from survey.terms import AskedUnit, Role
from tests.interrupted import half_written
from tests.services.mailing.runs import SITE, prepared

pytestmark = pytest.mark.usefixtures("english")


def wording(body: str, subject: str = "S") -> MailingWording:
    return MailingWording(
        subject=Text(subject, subject), body=Text(body, body), short=Text(body, body), return_address=Text()
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{firm.__class__} {link}", "“{firm.__class__}” is no placeholder. Use one of those listed"),
        ("{frim} {link}", "“{frim}” is no placeholder."),
        ("{link} {", "A brace has no partner. Write a placeholder as {firm}."),
        ("Dear {firm}", "The text (zh) tells the firm neither its code nor the link. Add {link} or {code}."),
        ("", "The text (zh) is empty. Write it in Chinese and in English."),
    ],
)
def test_text_that_would_go_wrong_at_a_firm_is_refused(body: str, said: str) -> None:
    with pytest.raises(WordingError) as refused:
        check_wording(wording(body), MailingPurpose.INVITATION)
    assert str(refused.value).startswith(said)


def test_thanks_need_no_code() -> None:
    check_wording(wording("Thank you, {firm}"), MailingPurpose.THANKS)


@pytest.mark.parametrize("purpose", MailingPurpose)
def test_texts_that_come_with_the_product_pass_the_check(wave: Wave, purpose: MailingPurpose) -> None:
    check_wording(mailing_wording_of(wave.survey, purpose), purpose)


def test_value_with_a_placeholder_in_it_is_not_filled_in_again() -> None:
    assert filled("{firm}: {code}", {"firm": "{code} Ltd", "code": "X"}) == "{code} Ltd: X"


def test_message_names_firm_code_and_deadline_in_its_language(wave: Wave, cases: list[Case]) -> None:
    said = message_to(
        cases[0],
        mailing_wording_of(wave.survey, MailingPurpose.INVITATION),
        language="en",
        site=SITE,
        code=derive_code(cases[0]),
    )
    assert said.subject == "Please fill in: Industrial internet pain points"
    assert said.body.splitlines()[0] == cases[0].sample_unit.unit.name
    assert f"Address: {SITE}#code={derive_code(cases[0])}\nAccess code: {derive_code(cases[0])}" in said.body


def test_message_without_a_code_tells_none(wave: Wave, cases: list[Case]) -> None:
    said = message_to(cases[0], wording("{code}|{link}"), language="zh", site=SITE, code="")
    assert (said.body, said.code) == (f"|{SITE}", "")


def test_run_keeps_its_text_when_that_of_the_survey_changes(
    wave: Wave, cases: list[Case], office_user: Callable[[Role | str], User]
) -> None:
    before, officer = prepared(wave), office_user(Role.FIELD_OFFICER)
    new = wording("New: {link}")
    save_wording(survey=wave.survey, purpose=MailingPurpose.INVITATION, wording=new, actor=officer)
    before.refresh_from_db()
    after = prepared(wave, number=2)
    assert (before.body.en.startswith("{firm}"), after.body.en) == (True, "New: {link}")


def test_change_of_a_text_is_written_down_with_its_author(
    wave: Wave, office_user: Callable[[Role | str], User]
) -> None:
    survey, officer = wave.survey, office_user(Role.FIELD_OFFICER)
    save_wording(survey=survey, purpose=MailingPurpose.INVITATION, wording=wording("{link}"), actor=officer)
    action = StaffAction.objects.get(verb="change_mailing_text")
    assert (action.actor, action.subject, action.detail) == (officer, survey.code, {"purpose": "invitation"})


def speaks(case: Case, language: str, channel: str = "email") -> None:
    """The firm of the case has a person in the register who wishes this."""
    unit = case.sample_unit.unit
    firm, _is_new = Firm.objects.get_or_create(credit_code=unit.credit_code, defaults={"name": unit.name})
    FrameUnit.objects.filter(pk=unit.pk).update(firm=firm)
    FirmContact.objects.create(firm=firm, name="P", language=language, channel=channel)


def test_each_firm_reads_the_language_of_its_contact(wave: Wave, cases: list[Case]) -> None:
    speaks(cases[0], "en")
    speaks(cases[1], "zh-hans")
    thanks = mailing_wording_of(wave.survey, MailingPurpose.THANKS)
    said = [
        message_to(Case.objects.get(pk=case.pk), thanks, language="own", site=SITE, code="").language
        for case in cases[:3]
    ]
    assert said == ["en", "zh", "zh"]


def test_each_firm_is_reached_by_the_channel_of_its_contact_or_else_otherwise(wave: Wave, cases: list[Case]) -> None:
    for case, channel in zip(cases, ("sms", "wechat", "letter", "phone", "email"), strict=False):
        speaks(case, "en", channel)
    Contact.objects.filter(unit=cases[0].sample_unit.unit_id).update(phone="")
    found = audience(wave, MailingPurpose.INVITATION, "own", "letter", {})
    assert {way.value: count for way, count in found.by_channel} == {
        "email": 1, "telephone": 1, "wechat": 1, "letter": 21,
    }  # fmt: skip
    assert audience(wave, MailingPurpose.INVITATION, "own", "", {}).taken == 4


@pytest.mark.parametrize("purpose", MailingPurpose)
def test_short_text_fits_into_few_messages_and_tells_the_way(
    wave: Wave, cases: list[Case], purpose: MailingPurpose
) -> None:
    said = message_to(
        cases[0], mailing_wording_of(wave.survey, purpose), language="zh", site=SITE, code="XXXX-XXXX-XXXX-XXXX"
    )
    assert (SITE in said.short) is (purpose in CARRIES_CODE)
    assert len(said.short) <= 2 * 67, said.short


@pytest.mark.parametrize("purpose", MailingPurpose)
def test_texts_to_local_units_name_them_and_pass_the_check(wave: Wave, purpose: MailingPurpose) -> None:
    wave.survey.asks = AskedUnit.LOCAL_UNIT.value
    texts = mailing_wording_of(wave.survey, purpose)
    check_wording(texts, purpose)
    said = " ".join(words for text in (texts.subject, texts.body, texts.short) for words in text.to_dict().values())
    assert re.findall(r"\bfirm\b|企业", said.replace("{firm}", "")) == []


def test_text_to_a_local_unit_is_that_to_a_firm_where_it_names_none(wave: Wave) -> None:
    of_firms = [mailing_wording_of(wave.survey, purpose) for purpose in MailingPurpose]
    wave.survey.asks = AskedUnit.LOCAL_UNIT.value
    differing = {
        purpose.value for purpose, text in zip(MailingPurpose, of_firms, strict=True)
        if mailing_wording_of(wave.survey, purpose) != text
    }  # fmt: skip
    assert differing == {"announcement", "invitation", "reminder_2"}


def test_text_is_changed_with_its_entry_in_the_history_or_not_at_all(
    wave: Wave, office_user: Callable[[Role | str], User]
) -> None:
    new, officer, purpose = wording("{link}"), office_user(Role.FIELD_OFFICER), MailingPurpose.INVITATION

    def save() -> None:
        save_wording(survey=wave.survey, purpose=purpose, wording=new, actor=officer)

    assert half_written(save) == []
