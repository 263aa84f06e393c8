"""Preparing a mailing: the run is stored first, then a row for every chosen case, in portions."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Max

from survey.complaints import Catalogue, Entry
from survey.mailing_terms import LeftOut, MailingChannel, MailingPurpose, MailingState, RowState
from survey.models import Mailing, MailingRow, Wave
from survey.selectors.mailing.audience import chosen_cases, due_cases, marked
from survey.services.audit import record_action
from survey.services.mailing.wording import check_wording, mailing_wording_of
from survey.services.refusals import RefusedError
from survey.terms import WaveStatus
from survey.terms import gettext_noop as _

BATCH = 2000
Progress = Callable[[int, int], None]


class MailingError(RefusedError):
    """Why a mailing is not prepared or sent."""

    catalogue = Catalogue(
        entries={
            "mail_off": Entry(
                _("This office has no mail server."),
                _("Choose letters or a list, or let the administrator set EMAIL_URL."),
            ),
            "wave_closed": Entry(_("The wave does not collect any more."), _("Extend the wave first.")),
            "same_channel": Entry(
                _("Both ways are the same."), _("Choose another way for firms that the first does not reach, or none.")
            ),
            "not_prepared": Entry(_("The mailing is still being prepared."), _("Wait until it is prepared.")),
            "ended": Entry(_("The mailing has been sent."), _("Prepare another one for further firms.")),
            "server_away": Entry(
                _("The mail server does not take mail now: %(value)s"),
                _("Nothing is lost. Go on with the mailing when the server works again."),
            ),
        }
    )


def next_number(wave: Wave, purpose: MailingPurpose) -> int:
    """The number that the next run of a purpose has."""
    last = Mailing.objects.filter(wave=wave, purpose=purpose.value).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def start_mailing(
    *,
    wave: Wave,
    purpose: MailingPurpose,
    number: int,
    channel: MailingChannel,
    actor: User | None,
    site: str,
    otherwise: MailingChannel | None = None,
    selection: dict[str, Any] | None = None,
    **how: str,
) -> tuple[Mailing, bool]:
    """The run with this number, and whether it is new: whoever asks for it a second time gets the first one.

    ``how`` is its ``language`` and ``envelope``. Its rows are made by ``prepare_rows``. Raises MailingError and
    WordingError.
    """
    if wave.status == WaveStatus.CLOSED.value and purpose is not MailingPurpose.THANKS:
        raise MailingError("wave_closed", wave.code)
    if otherwise is channel:
        raise MailingError("same_channel", channel)
    wording = mailing_wording_of(wave.survey, purpose)
    # Before the run is stored: the texts are copied into it and could not be mended there any more.
    check_wording(wording, purpose)
    texts = {name: getattr(wording, name) for name in ("subject", "body", "short", "return_address")}
    key = {"wave": wave, "purpose": purpose.value, "number": number}
    ways = {"channel": channel.value, "otherwise": otherwise.value if otherwise else ""}
    # The constraint decides who is first: a form pressed twice, and two schedulers, ask for the same number.
    try:
        with transaction.atomic():
            made = Mailing.objects.create(
                **key, **ways, **texts, **how, site=site, selection=selection or {}, created_by=actor
            )
            record_action(actor=actor, verb="prepare_mailing", subject=wave.code, purpose=purpose.value, number=number)
    except IntegrityError:
        return Mailing.objects.get(**key), False
    return made, True


def prepare_rows(*, mailing: Mailing, progress: Progress) -> int:
    """Make the rows that are not there yet, and say that the run is prepared: the number of rows.

    It may be called again after it was ended anywhere. A firm that another run took meanwhile is left out.
    """
    purpose = MailingPurpose(mailing.purpose)
    cases = chosen_cases(mailing.wave, mailing.selection)
    if "due" in mailing.selection:
        cases = due_cases(cases, purpose, mailing.channel, mailing.otherwise, own=mailing)
    total, done, last = cases.count(), 0, 0
    while True:
        # By key and not by offset: rows that an ended attempt made do not shift what comes next.
        portion = cases.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
        keys = list(portion)
        if not keys:
            break
        _add_rows(mailing, purpose, keys)
        last, done = keys[-1], done + len(keys)
        progress(done, total)
    # Only from "preparing": an officer may have stopped the run while its rows were made.
    Mailing.objects.filter(pk=mailing.pk, state=MailingState.PREPARING.value).update(state=MailingState.PREPARED.value)
    return mailing.rows.count()


@transaction.atomic
def _add_rows(mailing: Mailing, purpose: MailingPurpose, keys: list[int]) -> None:
    cases = mailing.wave.cases.filter(pk__in=keys)
    read = marked(cases, purpose, mailing.channel, mailing.otherwise, own=mailing).order_by("pk")
    rows = [_row(mailing, *values) for values in read.values_list("pk", "occasion", "by", "left_out")]
    # What is there already stays: an earlier attempt made it, or another run writes to the firm on this occasion.
    MailingRow.objects.bulk_create(rows, ignore_conflicts=True)
    there = set(mailing.rows.filter(case__in=keys).values_list("case", flat=True))
    taken = [row for row in rows if row.case_id not in there]
    for row in taken:
        # Kept with its reason and not dropped, so that the numbers of chosen firms add up.
        row.state, row.reason, row.channel = RowState.LEFT_OUT.value, LeftOut.WRITTEN_TO.value, ""
    MailingRow.objects.bulk_create(taken, ignore_conflicts=True)


def _row(mailing: Mailing, case: int, occasion: str | None, by: str, left_out: str) -> MailingRow:
    state = RowState.LEFT_OUT if left_out else RowState.WAITING
    return MailingRow(
        mailing=mailing,
        case_id=case,
        occasion=occasion or mailing.purpose,
        state=state.value,
        reason=left_out,
        channel="" if left_out else by,
    )
