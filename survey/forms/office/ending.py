"""A date that would end the collection of open waves at once is asked about before it is stored."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from survey.models import Survey, Wave
from survey.selectors.fieldwork.collection_period import closes_at
from survey.selectors.said import said as gettext
from survey.selectors.said import said_many as ngettext
from survey.terms import WaveStatus

CONFIRMED = "_end_collection"


def collecting_waves(now: datetime, **of: Any) -> list[Wave]:
    """The waves that collect at this moment."""
    waves = Wave.objects.filter(status=WaveStatus.OPEN.value, **of).select_related("survey")
    return [wave for wave in waves if now < closes_at(wave)]


def ended_by_approval(survey: int, expires: date, now: datetime) -> list[Wave]:
    """The waves of a survey that collect now, and would not with an approval until that day."""
    collecting = collecting_waves(now, survey=survey)
    # A survey of its own: the row of the form must not change before it is saved.
    changed = Survey(approval_expires=expires)
    for wave in collecting:
        wave.survey = changed
    return [wave for wave in collecting if closes_at(wave) <= now]


def ended_by_deadline(wave: int, closes: datetime | None, now: datetime) -> list[Wave]:
    """The wave, where it collects now and would not with that deadline; None is no deadline."""
    return collecting_waves(now, pk=wave) if closes is not None and closes <= now else []


@dataclass(frozen=True, kw_only=True)
class Ending:
    """The field with the date, and which waves it ends: of (primary key of the row, date typed, now)."""

    field: str
    waves: Callable[[int, Any, datetime], list[Wave]]


class AsksBeforeEnding(forms.ModelForm):  # type: ignore[type-arg]
    """Mixed into the form of a survey or a wave; ``ends_collection`` is the question to ask, "" for none."""

    ends_collection = ""
    ending: ClassVar[Ending]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        field, row = self.ending.field, self.instance.pk
        # A new row ends nothing.
        ended = self.ending.waves(row, cleaned[field], timezone.now()) if field in cleaned and row else []
        if ended and not self.data.get(CONFIRMED):
            self.ends_collection = ngettext(
                "With this date the collection of %(waves)s ends at once: firms can no longer save.",
                "With this date the collection of these waves ends at once: %(waves)s. Firms can no longer save.",
                len(ended),
            ) % {"waves": ", ".join(str(wave) for wave in ended)}
            self.add_error(field, gettext("This date ends the collection. Tick the box above if it is to."))
        return cleaned


class AsksBeforeApprovalEnds(AsksBeforeEnding):
    """For the survey: its approval covers every wave."""

    ending = Ending(field="approval_expires", waves=ended_by_approval)


class AsksBeforeWaveEnds(AsksBeforeEnding):
    """For the wave: its own deadline."""

    ending = Ending(field="closes_at", waves=ended_by_deadline)
