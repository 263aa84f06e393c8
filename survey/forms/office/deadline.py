"""The dates of a wave: a wrong order is said at the field, and a deadline says what it does before it does it."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from survey.models import Wave
from survey.selectors.fieldwork.deadline import FirmsWaiting, waiting_for
from survey.selectors.said import said as gettext
from survey.selectors.said import said_many as ngettext
from survey.terms import WaveStatus

CONFIRMED = "_change_deadline"
FAR = timedelta(days=366)
"""A longer collection is a slip of the year more often than it is meant."""


class AsksAboutDeadline(forms.ModelForm):  # type: ignore[type-arg]
    """Mixed into the form of a wave; ``deadline_question`` is what the new deadline would do, "" where nothing."""

    deadline_question = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        closes = cleaned.get("closes_at")
        # One complaint a field: what ends the collection at once has been asked about already.
        if closes is not None and "closes_at" in self.changed_data and "closes_at" not in self.errors:
            self._judge(cleaned.get("opens_at") or self.instance.opens_at, closes, timezone.now())
        elif closes is not None and "opens_at" in self.changed_data:
            self._refuse_late_opening(cleaned.get("opens_at"), closes)
        return cleaned

    def _refuse_late_opening(self, opens: datetime | None, closes: datetime) -> None:
        # At the date that was changed: the deadline stands as it did.
        if opens is not None and closes <= opens:
            message = gettext("The opening is behind the deadline (%(closes)s). Enter an earlier opening.")
            self.add_error("opens_at", message % {"closes": _shown(closes)})

    def _judge(self, opens: datetime | None, closes: datetime, now: datetime) -> None:
        # Mistakes before questions: nobody is asked to confirm what cannot be.
        if opens is not None and closes <= opens:
            message = gettext("The deadline is before the opening (%(opens)s). Enter a later deadline.")
            self.add_error("closes_at", message % {"opens": _shown(opens)})
        elif closes <= now and self.instance.status != WaveStatus.OPEN.value:
            message = gettext("This day is over, and nothing could be collected any more. Enter a later one.")
            self.add_error("closes_at", message)
        elif not self.data.get(CONFIRMED):
            self.deadline_question = " ".join(self._effects(max(opens or now, now), closes))
            if self.deadline_question:
                self.add_error("closes_at", gettext("Tick the box above if this deadline is meant."))

    def _effects(self, begins: datetime, closes: datetime) -> list[str]:
        effects = []
        if closes - begins > FAR:
            words = gettext("The deadline is %(days)s days away, more than a year.")
            effects.append(words % {"days": (closes - begins).days})
        was = Wave.objects.filter(pk=self.instance.pk, status=WaveStatus.OPEN.value).first()
        if was is not None and closes > timezone.now():
            effects += _moved(was.closes_at, closes, waiting_for(was))
        return effects


def _moved(old: datetime, new: datetime, waiting: FirmsWaiting) -> list[str]:
    moved = gettext("The deadline moves from %(old)s to %(new)s.") % {"old": _shown(old), "new": _shown(new)}
    for_firms = ngettext(
        "%(count)s firm that has not submitted can fill in until then.",
        "%(count)s firms that have not submitted can fill in until then.",
        waiting.unanswered,
    ) % {"count": waiting.unanswered}
    # Where no letter has gone out, nobody has to be told of another date.
    if not waiting.written_to:
        return [moved, for_firms]
    old_date = ngettext(
        "%(count)s of them has been written to with the old date: tell it in the next reminder.",
        "%(count)s of them have been written to with the old date: tell them in the next reminder.",
        waiting.written_to,
    ) % {"count": waiting.written_to}
    return [moved, for_firms, old_date]


def _shown(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
