"""Sum, ratio and change edits as a designer enters them: by their figures, not as an expression."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst

from survey.forms.office.design import CodeList
from survey.forms.office.translated import TranslatedFormField, TranslatedInput, offer_languages
from survey.instrument.edits.conditions import change_rule, ratio_rule, sum_rule
from survey.instrument.kinds.registry import KINDS
from survey.instrument.schema import EditRule, Text
from survey.models import Item, Questionnaire
from survey.models.choices import choices
from survey.models.choices import said_when_shown as _
from survey.models.questionnaire import code_validator
from survey.selectors.design.languages import content_languages
from survey.selectors.said import said as gettext
from survey.terms import EditLevel, gettext_noop

FACTS = ("frame_employees", "frame_revenue")
ADDABLE = frozenset(type_.value for type_, kind in KINDS.items() if kind.is_numeric or kind.is_calculated)
NAME_HELP = _("The code of a number, such as staff; of a cell, such as racks__wanted__y1; or frame_employees.")


class EditRuleByFigures(forms.Form):
    """What every kind has: code, level and message.

    ``named`` are the fields that name numbers; ``proposed`` is the level of a new rule of the kind.
    """

    named: ClassVar[tuple[str, ...]] = ()
    proposed: ClassVar[EditLevel] = EditLevel.VERIFY
    code = forms.CharField(label=capfirst(_("code")), max_length=40, validators=[code_validator])
    level = forms.ChoiceField(label=capfirst(_("level")), choices=choices(EditLevel))
    message = TranslatedFormField(label=capfirst(_("message")), widget=TranslatedInput({"rows": 2}, is_long=True))

    def __init__(self, data: Any = None, *, questionnaire: Questionnaire) -> None:
        super().__init__(data)
        self.questionnaire = questionnaire
        offer_languages(self.fields.values(), content_languages(questionnaire))
        self.fields["level"].initial = self.proposed.value
        self.order_fields(
            ["code", *(name for name in self.fields if name not in EditRuleByFigures.base_fields), "level"]
        )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if self.questionnaire.edit_rules.filter(code=code).exists():
            raise forms.ValidationError(
                gettext("The rule %(code)s exists already. Choose another code.") % {"code": code}
            )
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for field in self.named:
            written = cleaned.get(field) or []
            # A name that stands for no number would make a rule that never fires.
            for name in unaddable(self.questionnaire, [written] if isinstance(written, str) else written):
                message = gettext("“%(name)s” is no number of the questionnaire or the frame. Enter the code of one.")
                self.add_error(field, message % {"name": name})
        return cleaned


def unaddable(questionnaire: Questionnaire, names: Iterable[str]) -> list[str]:
    """The names that stand for no number, in their order."""
    items = Item.objects.filter(page__section__questionnaire=questionnaire, type__in=ADDABLE)
    codes = set(items.values_list("code", flat=True))
    # What stands before "__" is the code of the table; the cell behind it is checked by lint.
    return [
        name for name in names if name not in FACTS and name.removeprefix("previous_").partition("__")[0] not in codes
    ]


class SumRuleForm(EditRuleByFigures):
    """A total and its parts."""

    named = ("total", "parts")
    proposed = EditLevel.HARD
    total = forms.CharField(label=_("Total"), max_length=100, help_text=NAME_HELP)
    parts = CodeList(label=_("Parts"), help_text=_("Codes with spaces between them."))
    tolerance = forms.FloatField(
        label=_("Tolerance"), min_value=0, initial=0, help_text=_("How far the sum may miss the total, in its unit.")
    )


class RatioRuleForm(EditRuleByFigures):
    """One number as a multiple of another."""

    named = ("numerator", "denominator")
    numerator = forms.CharField(label=_("Number"), max_length=100, help_text=NAME_HELP)
    denominator = forms.CharField(label=_("Compared with"), max_length=100, help_text=NAME_HELP)
    least = forms.FloatField(label=_("At least, times"), min_value=0, initial=0)
    most = forms.FloatField(label=_("At most, times"), min_value=0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("most") is not None and (cleaned.get("least") or 0) > cleaned["most"]:
            self.add_error("most", gettext("The upper bound is below the lower one. Enter a larger number."))
        return cleaned


class ChangeRuleForm(EditRuleByFigures):
    """An answer against the firm's own in the wave before."""

    named = ("item",)
    item = forms.CharField(label=_("Number"), max_length=100, help_text=NAME_HELP)
    ratio = forms.FloatField(
        label=_("Largest change, times"),
        min_value=1,
        help_text=_("3 means: at most three times, and at least a third of, the answer in the wave before."),
    )


def sum_rule_of(entered: Mapping[str, Any]) -> EditRule:
    return sum_rule(entered["code"], entered["total"], entered["parts"], *_said(entered), entered["tolerance"])


def ratio_rule_of(entered: Mapping[str, Any]) -> EditRule:
    bounds = (entered["least"], entered["most"])
    return ratio_rule(entered["code"], entered["numerator"], entered["denominator"], bounds, *_said(entered))


def change_rule_of(entered: Mapping[str, Any]) -> EditRule:
    return change_rule(entered["code"], entered["item"], entered["ratio"], *_said(entered))


def _said(entered: Mapping[str, Any]) -> tuple[EditLevel, Text]:
    return EditLevel(entered["level"]), entered["message"]


@dataclass(frozen=True, kw_only=True)
class EditRuleKind:
    """A form, its title, translated where it is shown, and the rule that what was entered describes."""

    form: type[EditRuleByFigures]
    title: str
    rule_of: Callable[[Mapping[str, Any]], EditRule]


EDIT_RULE_KINDS = {
    "sum": EditRuleKind(form=SumRuleForm, title=gettext_noop("Add a sum edit"), rule_of=sum_rule_of),
    "ratio": EditRuleKind(form=RatioRuleForm, title=gettext_noop("Add a ratio edit"), rule_of=ratio_rule_of),
    "change": EditRuleKind(
        form=ChangeRuleForm, title=gettext_noop("Add an edit against the wave before"), rule_of=change_rule_of
    ),
}
