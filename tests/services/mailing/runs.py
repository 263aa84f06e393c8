"""Runs of mailings as tests start them."""

from typing import Any

from survey.mailing_terms import MailingChannel, MailingPurpose
from survey.models import Mailing, Wave
from survey.services.mailing.preparing import prepare_rows, start_mailing

SITE = "https://survey.example.org/"


def prepared(
    wave: Wave,
    purpose: MailingPurpose = MailingPurpose.INVITATION,
    channel: MailingChannel = MailingChannel.EMAIL,
    number: int = 1,
    **more: Any,
) -> Mailing:
    """A run whose rows are there."""
    how = {"actor": None, "site": SITE, **more}
    made, _is_new = start_mailing(wave=wave, purpose=purpose, number=number, channel=channel, **how)
    prepare_rows(mailing=made, progress=lambda done, total: None)
    made.refresh_from_db()
    return made


def counts(mailing: Mailing) -> dict[str, int]:
    """How many rows of the run are in which state."""
    states = list(mailing.rows.values_list("state", flat=True))
    return {state: states.count(state) for state in set(states)}
