"""A mark of the firm in its pages, so that answers typed for one firm are never saved for another."""

from django.conf import settings
from django.utils.crypto import constant_time_compare

from survey.algorithms import keyed_digest
from survey.models import Case


def firm_mark(case: Case) -> str:
    """A short keyed hash of the case."""
    # Keyed, so that a page tells nobody the case's key; 16 digits are enough to tell firms apart, since it opens
    # nothing.
    return keyed_digest(f"survey.firm_mark{settings.SECRET_KEY}".encode(), case.key.hex.encode()).hex()[:16]


def is_marked_for(case: Case, mark: str) -> bool:
    """Whether a page with this mark belongs to the case."""
    return constant_time_compare(mark, firm_mark(case))
