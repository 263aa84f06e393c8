"""Whether is told of firms or of local units: the sentences of both, whole, and which of them is spoken.

As the language of a page, it is set where a page, file or release begins and holds until that ends.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from survey.asked_terms.audit import OF_AUDIT
from survey.asked_terms.both import OF_BOTH
from survey.asked_terms.calls import COUNTS_OF_CALLS, OF_CALLS
from survey.asked_terms.cases import COUNTS_OF_CASES, OF_CASES
from survey.asked_terms.design import OF_DESIGN
from survey.asked_terms.figures import OF_FIGURES
from survey.asked_terms.filling import OF_FILLING
from survey.asked_terms.lists import COUNTS_OF_LISTS, OF_LISTS
from survey.asked_terms.mailings import COUNTS_OF_MAILINGS, OF_MAILINGS
from survey.asked_terms.method import OF_METHOD
from survey.asked_terms.pages import OF_PAGES
from survey.asked_terms.sample import COUNTS_OF_SAMPLE, OF_SAMPLE
from survey.asked_terms.waves import COUNTS_OF_WAVES, OF_WAVES
from survey.terms import AskedUnit

OF_UNITS = {
    **OF_FIGURES,
    **OF_METHOD,
    **OF_PAGES,
    **OF_CASES,
    **OF_CALLS,
    **OF_WAVES,
    **OF_SAMPLE,
    **OF_MAILINGS,
    **OF_FILLING,
    **OF_LISTS,
    **OF_DESIGN,
    **OF_AUDIT,
}
"""Each sentence about firms that are asked, with the one that says it of local units."""
COUNTS_OF_UNITS = {
    **COUNTS_OF_CASES,
    **COUNTS_OF_CALLS,
    **COUNTS_OF_WAVES,
    **COUNTS_OF_SAMPLE,
    **COUNTS_OF_MAILINGS,
    **COUNTS_OF_LISTS,
}
"""As ``OF_UNITS``, for sentences with a number: that of one and that of several."""
_spoken: ContextVar[AskedUnit | None] = ContextVar("asked", default=AskedUnit.FIRM)
# None where some surveys of a page ask firms and others local units.


def spoken() -> AskedUnit:
    """What figures are of now; a page of several surveys shows none."""
    return _spoken.get() or AskedUnit.FIRM


def speak_of(asked: str) -> None:
    """Tell of firms or of local units from now on, until the request ends or another is named."""
    _spoken.set(AskedUnit(asked))


def speak_of_all(asked: Iterable[str]) -> None:
    """As ``speak_of``, for a page of several surveys: of what all of them ask, or of both; of firms without any."""
    found = {AskedUnit(each) for each in asked} or {AskedUnit.FIRM}
    _spoken.set(found.pop() if len(found) == 1 else None)


@contextmanager
def speaking_of(asked: str) -> Iterator[None]:
    """Tell of firms or of local units within the block."""
    before = _spoken.set(AskedUnit(asked))
    try:
        yield
    finally:
        _spoken.reset(before)


def as_asked(message: str) -> str:
    """The message about what is spoken of, not translated yet; one that names no firm stays as it is."""
    if _spoken.get() is AskedUnit.FIRM:
        return message
    return (OF_BOTH if _spoken.get() is None else OF_UNITS).get(message, message)


def many_as_asked(one: str, many: str) -> tuple[str, str]:
    """As ``as_asked``, for a message and its plural."""
    return COUNTS_OF_UNITS.get((one, many), (one, many)) if _spoken.get() is AskedUnit.LOCAL_UNIT else (one, many)
