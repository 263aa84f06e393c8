"""A mark of the firm in its pages, so that answers typed for one firm are never saved for another."""

from django.utils.crypto import constant_time_compare, salted_hmac

from survey.models import Case


def firm_mark(case: Case) -> str:
    """A short keyed hash of the case."""
    # Keyed, so that a page tells nobody the case's key; 16 digits are enough to tell firms apart, since it opens
    # nothing.
    return salted_hmac("survey.firm_mark", case.key.hex).hexdigest()[:16]


def is_marked_for(case: Case, mark: str) -> bool:
    """Whether a page with this mark belongs to the case."""
    return constant_time_compare(mark, firm_mark(case))
