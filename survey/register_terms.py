"""The words of the firm register: how a firm stands, where a fact about it comes from, what a contact is for."""

from survey.terms import Labelled
from survey.terms import gettext_noop as _


class FirmStatus(Labelled):
    """How a firm stands. All but active, moved and split say that it reports no more under its own code."""

    ACTIVE = "active", _("Active")
    MOVED = "moved", _("Moved, whereabouts unknown")
    SPLIT = "split", _("Split into several firms")
    CLOSED = "closed", _("Closed")
    MERGED = "merged", _("Merged into another firm")
    DUPLICATE = "duplicate", _("Duplicate of another firm")


GONE = (FirmStatus.CLOSED, FirmStatus.MERGED, FirmStatus.DUPLICATE)
"""The firm is no unit of the population any more, or is in it under another code."""
WITH_SUCCESSOR = (FirmStatus.MERGED, FirmStatus.DUPLICATE, FirmStatus.SPLIT)
"""There is another firm to name."""


class FactSource(Labelled):
    """Where a fact about a firm comes from."""

    LIST = "list", _("List of firms")
    REGISTER = "register", _("Register of companies")
    AUTHORITY = "authority", _("Another authority")
    FIELDWORK = "fieldwork", _("Fieldwork of a survey")
    FIRM = "firm", _("The firm itself")
    OFFICE = "office", _("Entered in the office")


INDEPENDENT = (FactSource.LIST, FactSource.REGISTER, FactSource.AUTHORITY)
"""Sources that know of every firm alike, whether a sample has met it or not."""


def identity_of(credit_code: str, unit_key: str) -> str:
    """What tells a row of a list from all others, in every list: the firm's code, for a local unit with its number."""
    return f"{credit_code}{UNIT_SIGN}{unit_key}" if unit_key else credit_code


UNIT_SIGN = "/"
"""Between the code of a firm and the number of its unit; no credit code has it."""


def firm_of(identity: str) -> str:
    """The credit code of what an identity tells."""
    return identity.split(UNIT_SIGN, 1)[0]


class ContactRole(Labelled):
    """What a person at a firm, or for it, does."""

    STATISTICS = "statistics", _("Fills in statistics")
    FINANCE = "finance", _("Finance")
    MANAGER = "manager", _("Manager who signs")
    BOOKKEEPER = "bookkeeper", _("Bookkeeper outside the firm")
    GROUP = "group", _("Head office of the group")


class ContactChannel(Labelled):
    """How a person wants to be written to."""

    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Telephone")
    SMS = "sms", _("SMS")
    WECHAT = "wechat", _("WeChat")
    LETTER = "letter", _("Letter")


class ClassificationKind(Labelled):
    """What a classification divides firms by."""

    INDUSTRY = "industry", _("Industry")
    DISTRICT = "district", _("District")
    SIZE = "size", _("Size class")
