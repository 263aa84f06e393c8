"""The form that a sample is planned and drawn with."""

import secrets
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from survey.models import SamplingFrame
from survey.models.choices import choices
from survey.selectors.fieldwork.sampling import frames_to_draw_from, waves_without_sample
from survey.services.fieldwork.sampling import SEED_LIMIT, SamplingError
from survey.terms import AllocationMethod

FIELD_OF_ERROR = {
    "frame_not_ready": "frame",
    "minimum_too_small": "minimum_per_stratum",
    "size_too_small": "size",
    "size_too_large": "size",
    "seed_out_of_range": "seed",
    "wave_closed": "wave",
    "wave_has_sample": "wave",
}


def fresh_seed() -> int:
    """A seed to propose; nine digits are easy to write down."""
    # Not by a person: a seed that somebody chose could have been tried out first.
    return secrets.randbelow(10**9)


class FrameChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A sampling frame with its firms and the day of its import, because lists of several years may share a title."""

    def label_from_instance(self, obj: SamplingFrame) -> str:
        words = {"frame": obj, "firms": f"{obj.unit_count:,}", "day": localdate(obj.created_at)}
        return gettext("%(frame)s (%(firms)s firms, imported %(day)s)") % words


class SampleForm(forms.Form):
    wave = forms.ModelChoiceField(waves_without_sample(), label=_("Wave"))
    frame = FrameChoice(frames_to_draw_from(), label=_("Sampling frame"))
    size = forms.IntegerField(label=_("Sample size"), min_value=1, help_text=_("Number of firms in the sample."))
    method = forms.ChoiceField(
        label=_("Allocation"),
        choices=choices(AllocationMethod),
        help_text=_(
            "How the sample is shared among the strata. Proportional serves all figures alike; Neyman gives more to "
            "strata whose firms differ more in the square root of revenue; power lets small strata speak."
        ),
    )
    minimum_per_stratum = forms.IntegerField(
        label=_("Least per stratum"),
        min_value=2,
        initial=2,
        help_text=_("Where a stratum has fewer firms, all are taken. Large firms are always all taken."),
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=SEED_LIMIT - 1,
        initial=fresh_seed,
        help_text=_("The same seed draws the same firms from the same frame."),
    )

    def plan(self) -> dict[str, Any]:
        """The arguments of ``plan_sample``."""
        return {name: self.cleaned_data[name] for name in ("frame", "size", "method", "minimum_per_stratum")}

    def fingerprint(self) -> str:
        """What a preview was made for; a draw is only carried out for what was previewed."""
        # The seed is part of it: another seed draws other firms than were shown.
        return "/".join(str(getattr(value, "pk", value)) for value in self.cleaned_data.values())

    def add_refusal(self, error: SamplingError) -> None:
        """Show why the draw was refused, at the field that mends it."""
        self.add_error(FIELD_OF_ERROR.get(error.code), str(error))
