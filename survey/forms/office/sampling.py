"""The form that a sample is planned and drawn with."""

import secrets
from typing import Any

from django import forms
from django.utils.timezone import localdate, now

from survey.methods.sampling.precision import AMOUNTS
from survey.models import Sample, SamplingFrame, Wave
from survey.models.choices import choices
from survey.models.choices import said_when_shown as _
from survey.selectors.fieldwork.sampling import (
    frames_to_draw_from,
    samples_to_keep,
    usual_response,
    waves_without_sample,
)
from survey.selectors.said import said as gettext
from survey.services.fieldwork.sample_plan import ALL, SECTION, SIZE, Coordination, Precision
from survey.services.fieldwork.sampling import SEED_LIMIT, refuse_other_rows
from survey.services.fieldwork.sampling_refusals import SamplingError
from survey.terms import AllocationMethod, AskedUnit, SampleRelation

FIELD_OF_ERROR = {
    "frame_not_ready": "frame",
    "lists_units": "frame",
    "lists_firms": "frame",
    "kept_other_rows": "related_to",
    "minimum_too_small": "minimum_per_stratum",
    "size_missing": "size",
    "targets_missing": "points_all",
    "targets_out_of_reach": "response",
    "response_out_of_range": "response",
    "nothing_to_keep": "related_to",
    "nothing_to_avoid": "relation",
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
        if obj.lists == AskedUnit.LOCAL_UNIT.value:
            return gettext("%(frame)s (%(firms)s local units, imported %(day)s)") % words
        return gettext("%(frame)s (%(firms)s firms, imported %(day)s)") % words


class SampleChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An earlier sample by its wave and how many firms it has."""

    def label_from_instance(self, obj: Sample) -> str:
        words = {"wave": obj.wave, "firms": f"{obj.size:,}"}
        if obj.wave.survey.asks == AskedUnit.LOCAL_UNIT.value:
            return gettext("%(wave)s (%(firms)s local units)") % words
        return gettext("%(wave)s (%(firms)s firms)") % words


def usual_percent() -> int:
    """The share that answered last time, as it is proposed."""
    return round(100 * usual_response(now()))


CVS = {f"cv_{variable}_{group}": (variable, group) for variable in AMOUNTS for group in (ALL, SECTION)}
"""Fields of the form by which a coefficient of variation is wanted: of which amount, and of whom."""


def points(label: Any) -> forms.FloatField:
    return forms.FloatField(label=label, min_value=0.1, max_value=50, required=False, localize=False)


class SampleForm(forms.Form):
    """What a sample is planned by; ``GROUPS`` are its parts as the page shows them."""

    GROUPS = (
        (None, ("wave", "frame", "method", "size", "minimum_per_stratum")),
        (_("How exact"), ("response", "points_all", "points_section", "points_size", *CVS)),
        (_("Which firms"), ("relation", "related_to", "kept_percent", "seed")),
    )

    wave = forms.ModelChoiceField(waves_without_sample(), label=_("Wave"))
    frame = FrameChoice(frames_to_draw_from(), label=_("Sampling frame"))
    method = forms.ChoiceField(
        label=_("Allocation"),
        choices=choices(AllocationMethod),
        help_text=_(
            "How the sample is shared among the strata. Proportional serves all figures alike; Neyman gives more to "
            "strata whose firms differ more in the square root of revenue; power lets small strata speak. The smallest "
            "sample for wanted errors (Bethel) finds its own size."
        ),
    )
    size = forms.IntegerField(
        label=_("Sample size"),
        min_value=1,
        required=False,
        help_text=_("Number of firms in the sample. Leave it empty for the smallest sample."),
    )
    minimum_per_stratum = forms.IntegerField(
        label=_("Least per stratum"),
        min_value=2,
        initial=2,
        help_text=_("Where a stratum has fewer firms, all are taken. Large firms are always all taken."),
    )
    response = forms.IntegerField(
        label=_("Firms that will answer, per cent"),
        min_value=1,
        max_value=100,
        initial=usual_percent,
        help_text=_("The share of the last closed wave, or 60 where there is none. Expected errors rest on it."),
    )
    points_all = points(_("Wanted error of all firms, points"))
    points_section = points(_("Wanted error of each industry section, points"))
    points_size = points(_("Wanted error of each size class, points"))
    cv_employees_all = points(_("Wanted CV of employees of all firms, per cent"))
    cv_employees_industry_section = points(_("Wanted CV of employees of each industry section, per cent"))
    cv_revenue_all = points(_("Wanted CV of revenue of all firms, per cent"))
    cv_revenue_industry_section = points(_("Wanted CV of revenue of each industry section, per cent"))
    relation = forms.ChoiceField(
        label=_("Earlier samples"),
        choices=choices(SampleRelation),
        initial=SampleRelation.FRESH.value,
        help_text=_(
            "Firms keep their random numbers from sample to sample. A sample that keeps or avoids firms starts at "
            "another point of them, fixed beforehand, so that every firm keeps its probability."
        ),
    )
    related_to = SampleChoice(
        samples_to_keep(), label=_("Sample whose firms are kept"), required=False, empty_label="—"
    )
    kept_percent = forms.IntegerField(
        label=_("Firms kept, per cent"), min_value=0, max_value=100, initial=70, required=False
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=SEED_LIMIT - 1,
        initial=fresh_seed,
        help_text=_(
            "The same seed draws the same firms from the same frame. A sample that keeps or avoids firms takes over "
            "the seed of theirs."
        ),
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name in ("points_all", "points_section", "points_size"):
            # Two signs in the catalogue, where a single one would begin a placeholder.
            self.fields[name].help_text = gettext(
                "Half of the 95 %% interval of a share of 50 %%. Only for the smallest sample."
            ).replace("%%", "%")
        for name in CVS:
            self.fields[name].help_text = gettext(
                "Coefficient of variation of the mean, as the list has it. Only for the smallest sample."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wave, frame = cleaned.get("wave"), cleaned.get("frame")
        if wave is not None and frame is not None:
            try:
                # Told with the preview: what is shown must be what can be drawn.
                refuse_other_rows(wave, frame)
            except SamplingError as error:
                self.add_refusal(error)
        return cleaned

    def wave_chosen(self) -> Wave | None:
        """The wave that was posted, before anything is complained about; None where it is none."""
        try:
            chosen: Wave = self.fields["wave"].clean(self["wave"].data)
        except forms.ValidationError:
            return None
        return chosen

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Title and fields of each part."""
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    def plan(self) -> dict[str, Any]:
        """The arguments of ``plan_sample``."""
        given = self.cleaned_data
        kept = given["kept_percent"]
        is_kept = given["relation"] == SampleRelation.KEEP.value
        wanted = {ALL: given["points_all"], SECTION: given["points_section"], SIZE: given["points_size"]}
        return {
            **{name: given[name] for name in ("frame", "size", "method", "minimum_per_stratum")},
            "precision": Precision(
                response=given["response"] / 100,
                # An empty one is not wanted: 0 would ask for the whole frame.
                half_widths={group: value / 100 for group, value in wanted.items() if value},
                cvs={of: given[name] / 100 for name, of in CVS.items() if given[name]},
            ),
            "relation": Coordination(
                kind=SampleRelation(given["relation"]),
                # What stands in a field that the relation does not use does not count.
                sample=given["related_to"] if is_kept else None,
                share=kept / 100 if is_kept and kept is not None else None,
            ),
        }

    def draw(self) -> dict[str, Any]:
        """The arguments of ``draw_sample``, but for who draws."""
        return self.plan() | {"wave": self.cleaned_data["wave"], "seed": self.cleaned_data["seed"]}

    def fingerprint(self) -> str:
        """What a preview was made for; a draw is only carried out for what was previewed."""
        # The seed is part of it: another seed draws other firms than were shown.
        return "/".join(str(getattr(value, "pk", value)) for value in self.cleaned_data.values())

    def add_refusal(self, error: SamplingError) -> None:
        """Show why the draw was refused, at the field that mends it."""
        self.add_error(FIELD_OF_ERROR.get(error.code), str(error))
