"""The words of the office's work on cases: outcomes as the office says them, calls, and what is decided of answers."""

from survey.terms import Disposition, Labelled
from survey.terms import gettext_noop as _


class FirmOutcome(Labelled):
    """What an officer has found out about a firm, in the words of the office; ``AAPOR`` says how it counts."""

    DEREGISTERED = "deregistered", _("Deregistered")
    CEASED = "ceased", _("Ceased business")
    DUPLICATE = "duplicate", _("Duplicate of another firm")
    MERGED = "merged", _("Merged into another firm")
    OUT_OF_SCOPE = "out_of_scope", _("Not in the scope of the survey")
    PAUSED = "paused", _("Business paused, still registered")
    MOVED = "moved", _("Moved, whereabouts unknown")
    REFUSED = "refused", _("Refuses to report")
    UNREACHED = "unreached", _("Cannot be reached")
    UNABLE = "unable", _("Cannot report (nobody able, records lost)")


AAPOR: dict[FirmOutcome, Disposition] = {
    FirmOutcome.DEREGISTERED: Disposition.NOT_ELIGIBLE,
    FirmOutcome.CEASED: Disposition.NOT_ELIGIBLE,
    FirmOutcome.DUPLICATE: Disposition.NOT_ELIGIBLE,
    FirmOutcome.MERGED: Disposition.NOT_ELIGIBLE,
    FirmOutcome.OUT_OF_SCOPE: Disposition.NOT_ELIGIBLE,
    # It exists and belongs to the population, and nobody is there to answer.
    FirmOutcome.PAUSED: Disposition.OTHER,
    # Whether the firm still exists is not known, so it keeps a part of its weight (e).
    FirmOutcome.MOVED: Disposition.UNKNOWN_OTHER,
    FirmOutcome.REFUSED: Disposition.REFUSAL,
    FirmOutcome.UNREACHED: Disposition.NON_CONTACT,
    FirmOutcome.UNABLE: Disposition.OTHER,
}
"""The final disposition of each outcome (AAPOR, Standard Definitions, 10th ed. 2023, establishment surveys)."""


class OutcomeSource(Labelled):
    """How the office knows an outcome."""

    FIRM = "firm", _("The firm said so")
    REGISTER = "register", _("Register of companies")
    VISIT = "visit", _("Visit on the spot")
    MAIL = "mail", _("Letter or e-mail came back")
    AUTHORITY = "authority", _("Another authority")
    ANSWERS = "answers", _("Its own answers")
    CALLS = "calls", _("Calls without success")


class EntryKind(Labelled):
    """What an entry in the log of a case is."""

    CALL = "call", _("Call")
    VISIT = "visit", _("Visit")
    RECEIVED = "received", _("Letter or e-mail received")
    NOTE = "note", _("Note")
    MESSAGE = "message", _("Message from the firm")
    MORE_TIME = "more_time", _("The firm asks for more time")


CALLED = (EntryKind.CALL.value, EntryKind.VISIT.value)
"""Entries that end with a `CallResult`."""


class CallResult(Labelled):
    """How a call or a visit ended."""

    PROMISED = "promised", _("Promised to answer")
    CALL_BACK = "call_back", _("Asked to be called again")
    HELPED = "helped", _("Question answered")
    UNWILLING = "unwilling", _("Unwilling")
    NO_ANSWER = "no_answer", _("Nobody answered")
    WRONG_NUMBER = "wrong_number", _("Number or address is wrong")


class CaseMark(Labelled):
    """A mark by which officers find cases again."""

    WATCH = "watch", _("Watch")
    URGENT = "urgent", _("Urgent")
    DIFFICULT = "difficult", _("Difficult")


class CallReason(Labelled):
    """Why a firm stands on a list of calls; `WHY` says it in a sentence."""

    DOMINANT = "dominant", _("Nobody can stand for it")
    CLASS = "class", _("Its class helps most")
    RANDOM = "random", _("Drawn at random")
    FOLLOW_UP = "follow_up", _("In the follow-up sample")


WHY: dict[CallReason, str] = {
    CallReason.DOMINANT: _("It was taken with certainty and weighs so much that no other firm can stand for it."),
    CallReason.CLASS: _("One more answer of its class lowers the remaining error of the key figures most per minute."),
    CallReason.RANDOM: _(
        "One call in ten goes to a firm drawn at random, to learn who answers and what calling gains."
    ),
    CallReason.FOLLOW_UP: _("It was drawn for the follow-up sample of silent firms, which stands for all of them."),
}
"""The sentence that a list of calls gives for each reason."""


class FollowUpPart(Labelled):
    """What a random follow-up sample of the silent made of a firm; firms that were not silent have neither."""

    DRAWN = "drawn", _("Drawn: called until it answers")
    LEFT = "left", _("Left alone: drawn firms stand for it")
