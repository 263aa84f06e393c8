"""The rule of calling of a wave, as the office sets it."""

from django import forms

from survey.models import CallingPlan
from survey.models.choices import said_when_shown as _
from survey.services.casework.calling import CallingChoice


class CallingRuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is decided before the first list of calls."""

    class Meta:
        model = CallingPlan
        fields = ("size", "points", "percent", "dominance", "least_gain", "enough")
        help_texts = {
            "size": _("Between 10 and 1,000; what the office can call in a day or two."),
            "points": _("Half width of the interval (95 %) that is wanted of each share, balance and index."),
            "percent": _("Half width of the interval (95 %) that is wanted of each mean, total and ratio."),
            "dominance": _(
                "A firm taken with certainty comes first where its silence alone costs this part of a target squared. "
                "0 puts every such firm first, also those that weigh little."
            ),
            "least_gain": _("Calling ends when the next list is expected to lower the error by less than this."),
            "enough": _("Calling ends when the error is expected to be this: 1 is as wanted, 1.2 is a fifth more."),
        }

    def choice(self) -> CallingChoice:
        """What a valid form says."""
        return CallingChoice(**{name: self.cleaned_data[name] for name in CallingChoice.__slots__})


class FollowUpForm(forms.Form):
    """Which part of the silent firms a follow-up sample takes."""

    DEFAULT = 30

    part = forms.FloatField(
        label=_("Part of the silent firms, in per cent"), initial=DEFAULT, min_value=5, max_value=90
    )

    def chosen_part(self) -> float:
        """As a part of 1; the default where none was given or the one given is none."""
        given = self.cleaned_data.get("part") if self.is_bound and self.is_valid() else None
        # So that the page always has a preview to show.
        return float(given or self.DEFAULT) / 100
