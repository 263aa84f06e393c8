"""The files of a run, by channel."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from survey.exchange.letters import mailing_files
from survey.exchange.letters.mailing_files import MAKERS, address_lines, mailing_file, number_of_files, sent_by
from survey.mailing_terms import OFFERED, MailingChannel, RowState
from survey.models import Case, Contact, Mailing, Wave
from tests.services.mailing.runs import prepared

FILES = {channel: ("html" if channel is MailingChannel.LETTER else "xlsx") for channel in MAKERS}


def silent(done: int, total: int) -> None:
    """Nobody waits."""


@pytest.fixture
def run(case: Case) -> Callable[[MailingChannel], Mailing]:
    """Makes a run of the wave that has written to all of its firms by a channel."""

    def make(channel: MailingChannel) -> Mailing:
        mailing = prepared(Wave.objects.get(pk=case.wave_id), channel=channel)
        mailing.rows.update(channel=channel.value, state=RowState.SENT.value)
        return mailing

    return make


def test_every_channel_but_mail_has_a_maker() -> None:
    """Each row of a run by each contact's own channel leaves by one of those offered, and is in the file of that."""
    assert set(MAKERS) == set(OFFERED) - {MailingChannel.EMAIL}


@pytest.mark.parametrize("channel", FILES)
def test_file_holds_every_firm_that_was_written_to(run: Callable[..., Mailing], channel: MailingChannel) -> None:
    mailing = run(channel)
    made, firms = mailing_file(mailing, channel, 1, silent), sent_by(mailing, channel)
    assert (made.suffix, firms) == (FILES[channel], 24)
    if made.suffix == "html":
        assert made.content.decode().count("<section") == firms
    else:
        assert load_workbook(BytesIO(made.content)).active.max_row == firms + 1


def test_firms_beyond_one_file_go_into_further_ones(run: Callable[..., Mailing], monkeypatch: Any) -> None:
    monkeypatch.setattr(mailing_files, "PART", 10)
    mailing = run(MailingChannel.LETTER)
    parts = [mailing_file(mailing, MailingChannel.LETTER, part, silent).content.decode() for part in (1, 2, 3)]
    assert [part.count("<section") for part in parts] == [10, 10, 4]
    assert number_of_files(mailing, MailingChannel.LETTER) == 3


def test_what_was_not_sent_is_in_no_file(run: Callable[..., Mailing]) -> None:
    mailing = run(MailingChannel.LETTER)
    mailing.rows.update(state=RowState.WAITING.value)
    assert (sent_by(mailing, MailingChannel.LETTER), number_of_files(mailing, MailingChannel.LETTER)) == (0, 0)


def test_window_shows_the_district_where_the_register_has_no_address(case: Case) -> None:
    unit = case.sample_unit.unit
    Contact.objects.filter(unit=unit).delete()
    unit.refresh_from_db()
    unit.firm = None
    assert address_lines(case) == (unit.name, str(unit.district))
