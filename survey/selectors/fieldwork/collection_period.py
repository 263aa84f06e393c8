"""When a wave collects: between its opening and the earlier of its deadline and the end of the approval.

A firm that was given more time has a deadline of its own, never before that of the wave nor after the approval.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from survey.models import Case, Wave
from survey.terms import WaveStatus


def closes_at(wave: Wave) -> datetime:
    """The moment from which nothing is accepted any more; the approval is valid to the end of its last day."""
    day_after = wave.survey.approval_expires + timedelta(days=1)
    # Midnight in the time zone of the office, in which the approval is written.
    return min(wave.closes_at, timezone.make_aware(datetime.combine(day_after, time.min)))


def is_collecting(wave: Wave, now: datetime) -> bool:
    """Whether an answer that arrives now counts."""
    is_open = wave.status == WaveStatus.OPEN and wave.version_id is not None
    # Open on the right: at the moment of the deadline itself nothing is accepted any more.
    return is_open and wave.opens_at <= now < closes_at(wave)


def end_of(day: date) -> datetime:
    """The last minute of a day in the time zone of the office, as a deadline that people read."""
    # A day that ends at 24:00 would be shown as 0:00 of the next, and be read as a day more.
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def case_closes_at(case: Case) -> datetime:
    """The moment from which nothing is accepted of this firm any more."""
    if case.extended_until is None:
        return closes_at(case.wave)
    # By the end of the approval: it may have been shortened after the time was given.
    return max(closes_at(case.wave), min(end_of(case.extended_until), end_of(case.wave.survey.approval_expires)))


def case_is_collecting(case: Case, now: datetime) -> bool:
    """Whether an answer of this firm that arrives now counts."""
    wave = case.wave
    is_open = wave.status == WaveStatus.OPEN and wave.version_id is not None
    return is_open and wave.opens_at <= now < case_closes_at(case)


def is_still_to_open(wave: Wave, now: datetime) -> bool:
    """Whether collection has not begun yet."""
    is_planned = wave.status == WaveStatus.PLANNED or wave.version_id is None
    return is_planned or (wave.status == WaveStatus.OPEN and now < wave.opens_at)
