"""The weighting section of a plan as a designer fills it in."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst

from survey.forms.office.plan.part import PlanPartForm, sentence
from survey.forms.office.plan.rows import PlanRow, short_code
from survey.instrument.plan.weighting import FilledItem, StatedShare, WeighedDown, Weighting
from survey.models.choices import choices
from survey.models.choices import said_when_shown as _
from survey.weighting_terms import (
    CalibrationMethod,
    EligibilityClass,
    EligibilityRule,
    FillingRule,
    FrameMargin,
    FrameTotal,
    MergingOrder,
    Nonresponse,
)


class StatedRow(PlanRow):
    kind = StatedShare
    leading = "share"
    within = short_code(_("size or industry"))
    share = forms.FloatField(
        label=capfirst(_("eligible share")), required=False, min_value=0, max_value=1,
        widget=forms.TextInput(attrs={"size": 6}),
    )  # fmt: skip

    @property
    def is_filled(self) -> bool:
        # By None: a share of 0 is a statement.
        return self.cleaned_data.get("share") is not None and not self.cleaned_data.get("DELETE")


class FilledRow(PlanRow):
    kind = FilledItem
    leading = "item"
    item = short_code(_("item"))
    filling = forms.ChoiceField(label=capfirst(_("filled by")), choices=choices(FillingRule), required=False)
    by = forms.ChoiceField(label=capfirst(_("ratio to")), choices=choices(FrameTotal), required=False)

    def clean(self) -> dict[str, Any]:
        """The choices are made in every row, so they do not tell that a row was meant."""
        return forms.Form.clean(self) or {}

    def value(self) -> FilledItem:
        given = self.cleaned_data
        return FilledItem(
            item=given["item"],
            filling=FillingRule(given["filling"] or FillingRule.NEAREST.value),
            by=FrameTotal(given["by"] or FrameTotal.EMPLOYEES.value),
        )


class WeighedDownRow(PlanRow):
    kind = WeighedDown
    leading = "item"
    item = short_code(_("item"))
    limit = forms.FloatField(
        label=capfirst(_("limit of the cut-off; empty: the best one")), required=False,
        widget=forms.TextInput(attrs={"size": 10}),
    )  # fmt: skip


def _one(terms: Any, label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=capfirst(label), choices=choices(terms), coerce=terms, help_text=help_text)


def _several(terms: Any, label: Any) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=capfirst(label), choices=choices(terms), coerce=terms, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


def _times(label: Any, help_text: Any) -> forms.FloatField:
    return forms.FloatField(label=capfirst(label), required=False, min_value=1, max_value=100, help_text=help_text)


class WeightingForm(PlanPartForm):
    """What a survey chooses for its weights; ``lint`` says what cannot be."""

    kind = Weighting
    row_kinds: ClassVar[Mapping[str, type[PlanRow]]] = {
        "stated": StatedRow,
        "filled": FilledRow,
        "weighed_down": WeighedDownRow,
    }
    merging = _one(
        MergingOrder, _("strata with too few answers join"),
        _("A take-all stratum in which every firm answered takes no part in it."),
    )  # fmt: skip
    least_answers = forms.IntegerField(
        label=capfirst(_("answers that a stratum needs")), min_value=2, max_value=1000,
        help_text=_("With fewer it joins another one. 2 are needed; with 10 no few answers stand for many."),
    )  # fmt: skip
    largest_factor = _times(
        _("largest factor for nonresponse, in times that of all strata"),
        _("A stratum above it joins another one; empty: no limit. 2 is usual."),
    )
    largest_weight = _times(
        _("largest weight, in times the mean weight"),
        _("What is above goes to the other answers of the stratum; empty: no limit. 3 to 6 are usual."),
    )
    eligibility = _one(
        EligibilityRule, _("eligible share of the firms of which nobody knows"),
        _("Where closed firms simply do not report, only a follow-up of silent firms tells it."),
    )  # fmt: skip
    eligibility_by = _one(EligibilityClass, _("estimated within"))
    reason = sentence(_("reason of a stated share"), _("It is printed beside the share."))
    nonresponse = _one(Nonresponse, _("who answers for firms that did not"))
    calibration = _one(CalibrationMethod, _("calibration to the frame"))
    margins = _several(FrameMargin, _("counts that are met"))
    numbers = _several(FrameTotal, _("totals that are met"))
    low = forms.FloatField(label=capfirst(_("smallest factor of calibration")), min_value=0, max_value=1)
    high = forms.FloatField(label=capfirst(_("largest factor of calibration")), min_value=1)
