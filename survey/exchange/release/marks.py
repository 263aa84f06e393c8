"""What stands on everything that leaves of a wave that is made up, or still open."""

from survey.exchange.sheets.writing import demonstration_mark
from survey.models import Wave
from survey.selectors.said import said as _
from survey.terms import WaveStatus


def marks_of(wave: Wave) -> tuple[str, ...]:
    """The sentences that every page, file and sheet of the wave bears."""
    # Not only while it collects: until it is closed answers may still be corrected.
    is_open = wave.status != WaveStatus.CLOSED
    marks = (demonstration_mark() if wave.survey.is_demonstration else "", provisional_mark() if is_open else "")
    return tuple(filter(None, marks))


def working_mark() -> str:
    """What stands on every page and file of figures that are exact and protected page by page only."""
    return _("Working figure, not to be passed on.")


def provisional_mark() -> str:
    """What is said of the figures of a wave that still takes answers."""
    return _("Provisional: the wave is still open, and figures will change.")
