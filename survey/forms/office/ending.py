"""A date that would end the collection of open waves at once is asked about before it is stored."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from survey.models import Survey, Wave
from survey.selectors.fieldwork.collection_period import closes_at
from survey.terms import WaveStatus

CONFIRMED = "_end_collection"


class AsksBeforeEnding(forms.ModelForm):  # type: ignore[type-arg]
    """Mixed into the form of a survey or a wave; ``ends_collection`` is the question to ask, "" for none."""

    ends_collection = ""
    ending_field = ""

    def ended_waves(self, now: datetime) -> list[Wave]:
        """The open waves that collect now and would not with what was typed."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ended = self.ended_waves(timezone.now()) if self.ending_field in cleaned and self.instance.pk else []
        if ended and not self.data.get(CONFIRMED):
            self.ends_collection = ngettext(
                "With this date the collection of %(waves)s ends at once: firms can no longer save.",
                "With this date the collection of these waves ends at once: %(waves)s. Firms can no longer save.",
                len(ended),
            ) % {"waves": ", ".join(str(wave) for wave in ended)}
            self.add_error(self.ending_field, gettext("This date ends the collection. Tick the box above if it is to."))
        return cleaned


def open_waves(now: datetime, **of: Any) -> list[Wave]:
    """The waves that collect at this moment."""
    waves = Wave.objects.filter(status=WaveStatus.OPEN.value, **of).select_related("survey")
    return [wave for wave in waves if now < closes_at(wave)]


class AsksBeforeApprovalEnds(AsksBeforeEnding):
    """For the survey: its approval covers every wave."""

    ending_field = "approval_expires"

    def ended_waves(self, now: datetime) -> list[Wave]:
        ended = open_waves(now, survey=self.instance.pk)
        changed = Survey(approval_expires=self.cleaned_data["approval_expires"])
        for wave in ended:
            wave.survey = changed
        return [wave for wave in ended if closes_at(wave) <= now]


class AsksBeforeWaveEnds(AsksBeforeEnding):
    """For the wave: its own deadline."""

    ending_field = "closes_at"

    def ended_waves(self, now: datetime) -> list[Wave]:
        typed = self.cleaned_data["closes_at"]
        return open_waves(now, pk=self.instance.pk) if typed is not None and typed <= now else []
