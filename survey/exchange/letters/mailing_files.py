"""The files of a run: letters, workbooks and lists of the firms that a channel reached, as often as one likes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from survey.exchange.letters.access_letters import letters_workbook
from survey.exchange.letters.lists import ListedMessage, list_workbook
from survey.exchange.letters.printed import PrintedLetter, letters_page
from survey.mailing_terms import OWN_LANGUAGE, Envelope, MailingChannel, RowState
from survey.models import Case, Mailing, MailingRow
from survey.selectors.fieldwork.collection_period import case_closes_at
from survey.selectors.said import said as _
from survey.services.fieldwork.access_letters import EMPTY_CONTACT, AccessLetter
from survey.services.mailing.sending import message_of
from survey.services.mailing.wording import Message

PART = 2000
"""Letters in one file: a browser can still print them."""
XLSX, HTML = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/html"
Progress = Callable[[int, int], None]
Written = Iterator[tuple[Case, Message]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingFile:
    """What is saved, and as what."""

    content: bytes
    suffix: str
    type: str


def number_of_files(mailing: Mailing, channel: MailingChannel) -> int:
    """How many files the firms of this channel make."""
    return -(-sent_by(mailing, channel) // PART)


def sent_by(mailing: Mailing, channel: MailingChannel) -> int:
    """How many firms the run has written to by this channel."""
    return mailing.rows.filter(channel=channel.value, state=RowState.SENT.value).count()


def mailing_file(mailing: Mailing, channel: MailingChannel, part: int, progress: Progress) -> MailingFile:
    """A file of the run, ``part`` counted from 1; nothing is changed by it."""
    return MAKERS[channel](mailing, _written(mailing, channel, part, progress))


def _written(mailing: Mailing, channel: MailingChannel, part: int, progress: Progress) -> Written:
    related = ("case__wave__survey", "case__sample_unit__unit__contact", "case__sample_unit__unit__firm",
               "case__sample_unit__unit__local_unit", "case__sample_unit__unit__district")  # fmt: skip
    rows = MailingRow.objects.filter(mailing=mailing, channel=channel.value, state=RowState.SENT.value)
    # By number as well: firms may share a name, and the parts must not share a firm.
    rows = rows.select_related(*related).order_by("case__sample_unit__unit__name", "pk")
    if mailing.language == OWN_LANGUAGE:
        rows = rows.prefetch_related("case__sample_unit__unit__firm__contacts")
    portion = list(rows[(part - 1) * PART : part * PART])
    for done, row in enumerate(portion):
        if done % 200 == 0:
            progress(done, len(portion))
        yield row.case, message_of(mailing, row.case)


def _letters(mailing: Mailing, written: Written) -> MailingFile:
    letters = [
        PrintedLetter(
            to=address_lines(case),
            back=message.return_address,
            subject=message.subject,
            body=message.body,
            code=message.code,
            link=message.link,
            language=message.language,
            is_demonstration=case.wave.survey.is_demonstration,
        )
        for case, message in written
    ]
    page = letters_page(letters, Envelope(mailing.envelope), str(mailing))
    return MailingFile(content=page, suffix="html", type=HTML)


def address_lines(case: Case) -> tuple[str, ...]:
    """What stands in the window: the firm, the person, and its address where the register has one; a local unit is
    named below its firm, and written to where it is as far as that is known."""
    unit = case.sample_unit.unit
    firm, place, contact = unit.firm, unit.local_unit, getattr(unit, "contact", EMPTY_CONTACT)
    address = (firm.postal_address or firm.registered_address) if firm else ""
    if place is not None and place.address:
        address = place.address
    above = firm.name if firm and unit.unit_key and firm.name != unit.name else ""
    lines = (above, unit.full_name, contact.name, address or str(unit.district))
    return tuple(line for line in lines if line)


def _merge(mailing: Mailing, written: Written) -> MailingFile:
    letters = [
        AccessLetter(
            firm=case.sample_unit.unit.full_name,
            contact=contact.name,
            email=contact.email,
            phone=contact.phone,
            code=message.code,
            link=message.link,
            deadline=case_closes_at(case),
            is_demonstration=case.wave.survey.is_demonstration,
        )
        for case, message in written
        for contact in [getattr(case.sample_unit.unit, "contact", EMPTY_CONTACT)]
    ]
    return MailingFile(content=letters_workbook(letters), suffix="xlsx", type=XLSX)


def _list(mailing: Mailing, written: Written) -> MailingFile:
    rows = [
        ListedMessage(
            phone=contact.phone,
            # Runs of before there were short texts have none.
            text=message.short or f"{message.subject} {message.link}",
            firm=case.sample_unit.unit.full_name,
            contact=contact.name,
            code=message.code,
            link=message.link,
        )
        for case, message in written
        for contact in [getattr(case.sample_unit.unit, "contact", EMPTY_CONTACT)]
    ]
    return MailingFile(content=list_workbook(rows, _("Firms to write to")), suffix="xlsx", type=XLSX)


MAKERS: dict[MailingChannel, Callable[[Mailing, Written], MailingFile]] = {
    MailingChannel.LETTER: _letters,
    MailingChannel.MERGE: _merge,
    MailingChannel.TELEPHONE: _list,
    MailingChannel.SMS: _list,
    MailingChannel.WECHAT: _list,
}
"""By channel; e-mails leave by themselves and have no file, and each row by a contact's own channel is in the file of
that."""
