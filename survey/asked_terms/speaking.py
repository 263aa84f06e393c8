"""Whether figures are told of firms or of local units: the sentences of both, whole, and which of them is spoken.

As the language of a page, it is set where a page, file or release begins and holds until that ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from survey.asked_terms.figures import OF_FIGURES
from survey.asked_terms.method import OF_METHOD
from survey.asked_terms.pages import OF_PAGES
from survey.terms import AskedUnit

OF_UNITS = {**OF_FIGURES, **OF_METHOD, **OF_PAGES}
"""Each sentence about firms that is told with figures, with the one that says it of local units."""
_spoken: ContextVar[AskedUnit] = ContextVar("asked", default=AskedUnit.FIRM)


def spoken() -> AskedUnit:
    """What sentences are of now."""
    return _spoken.get()


def speak_of(asked: str) -> None:
    """Tell figures of firms or of local units from now on, until the request ends or another is named."""
    _spoken.set(AskedUnit(asked))


@contextmanager
def speaking_of(asked: str) -> Iterator[None]:
    """Tell figures of firms or of local units within the block."""
    before = _spoken.set(AskedUnit(asked))
    try:
        yield
    finally:
        _spoken.reset(before)


def as_asked(message: str) -> str:
    """The message about what is spoken of, not translated yet; one that names no firm stays as it is."""
    return OF_UNITS.get(message, message) if _spoken.get() is AskedUnit.LOCAL_UNIT else message
