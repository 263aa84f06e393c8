"""The words of writing to firms, as enums that carry their English label."""

from survey.terms import Labelled, gettext_noop

_ = gettext_noop


class MailingPurpose(Labelled):
    """Why a firm is written to, in the order of a wave."""

    ANNOUNCEMENT = "announcement", _("Announcement")
    INVITATION = "invitation", _("Invitation with access code")
    REMINDER_1 = "reminder_1", _("First reminder")
    REMINDER_2 = "reminder_2", _("Second reminder")
    REMINDER_3 = "reminder_3", _("Third reminder")
    SEND_BACK = "send_back", _("Request to correct")
    THANKS = "thanks", _("Thanks")


REMINDERS = (MailingPurpose.REMINDER_1, MailingPurpose.REMINDER_2, MailingPurpose.REMINDER_3)
REPEATED = frozenset({MailingPurpose.SEND_BACK, MailingPurpose.THANKS})
"""A plan writes these day after day: firms submit, and are sent back to, until the wave ends."""
CARRIES_CODE = frozenset({MailingPurpose.INVITATION, MailingPurpose.SEND_BACK, *REMINDERS})
"""These tell the firm its access code, so that whoever takes their files needs the right to codes."""


class MailingChannel(Labelled):
    """How a firm is written to: by the site itself, or by a file that the office takes elsewhere."""

    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Printed letter")
    MERGE = "merge", _("Workbook for a mail merge")
    TELEPHONE = "telephone", _("Telephone list")
    SMS = "sms", _("SMS list")
    WECHAT = "wechat", _("WeChat list")
    OWN = "own", _("Each contact's own channel")


OWN_LANGUAGE = "own"
"""Each firm is written to in the language of its contact."""
SHORT = frozenset({MailingChannel.TELEPHONE, MailingChannel.SMS, MailingChannel.WECHAT})
"""These have room for a short text alone."""
OFFERED = tuple(way for way in MailingChannel if way is not MailingChannel.OWN)
"""What a message leaves by in the end."""


class MailingState(Labelled):
    """Where a run stands; its rows are complete once it is prepared."""

    PREPARING = "preparing", _("Being prepared")
    PREPARED = "prepared", _("Prepared")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    STOPPED = "stopped", _("Stopped")


class RowState(Labelled):
    """What became of the message to one firm."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being handed over")
    SENT = "sent", _("Sent")
    UNSURE = "unsure", _("Perhaps sent")
    BOUNCED = "bounced", _("Came back")
    FAILED = "failed", _("Failed")
    LEFT_OUT = "left_out", _("Left out")


LIVE = (RowState.WAITING.value, RowState.SENDING.value, RowState.SENT.value, RowState.UNSURE.value)
"""A firm with such a row has been written to or will be, so that no other run writes to it on the same occasion."""


class LeftOut(Labelled):
    """Why a firm is not written to; the first reason that holds is given."""

    WAVE_OVER = "wave_over", _("wave is closed")
    CLOSED = "closed", _("closed")
    REFUSED = "refused", _("refused")
    OUT_OF_SCOPE = "out_of_scope", _("not in scope")
    SUBMITTED = "submitted", _("submitted already")
    FINALISED = "finalised", _("finalised without a response")
    NOT_RETURNED = "not_returned", _("nothing to correct")
    NOT_SUBMITTED = "not_submitted", _("not submitted")
    NO_CODE = "no_code", _("no code issued yet")
    MORE_TIME = "more_time", _("was given more time")
    REMINDED_LATELY = "reminded_lately", _("reminded within a day")
    WRITTEN_TO = "written_to", _("written to for this already")
    NO_ADDRESS = "no_address", _("no address for this channel")


class Envelope(Labelled):
    """Where the window of an envelope shows the address of a letter."""

    DIN = "din", _("Window on the left (DIN 5008, form B)")
    CHINESE = "cn", _("Window on the right (Chinese DL envelope)")


class PlannedDay(Labelled):
    """What the day of a planned mailing is counted from."""

    AFTER_INVITATION = "after_invitation", _("days after the invitation")
    BEFORE_DEADLINE = "before_deadline", _("days before the deadline")
