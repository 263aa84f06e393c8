"""What a designer types: expressions that can be read, lists of codes, bilingual wordings."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst, format_lazy

from survey.forms.office.ending import AsksBeforeApprovalEnds
from survey.forms.office.translated import ContentForm
from survey.instrument.expressions.evaluation import ExpressionError, parse
from survey.instrument.kinds.cells import IN_CELLS
from survey.instrument.kinds.choice_lines import line_without_code
from survey.instrument.kinds.file_types import FILE_TYPES
from survey.models import EditRule, Item, Option, Page, Section, Survey
from survey.models.choices import said_when_shown as _
from survey.selectors.said import said as gettext
from survey.terms import Missing

EXPRESSION_HELP = _("An XLSForm expression over earlier items, such as ${uses_5g} = 'yes'. Empty: always.")
REQUIRED_HELP = _("An XLSForm expression; true() for always. Empty: the item may be left blank.")


class Expression(forms.CharField):
    """A text that is empty or an expression of the XLSForm language."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "widget": forms.Textarea(attrs={"rows": 2, "cols": 60}), **options})

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        try:
            if text:
                # Read here already: the check before publishing comes days later, when the designer has forgotten
                # what was meant.
                parse(text)
        except ExpressionError as error:
            message = gettext("This expression cannot be read at character %(place)s: %(problem)s %(repair)s")
            said = error.complaint
            parameters = {
                "place": said.place.character,
                "problem": said.message(gettext),
                "repair": said.repair(gettext),
            }
            raise ValidationError(message % parameters, code=error.code) from error
        return text


class CodeList(forms.CharField):
    """Codes with spaces or commas between them, kept in their order as a list."""

    def prepare_value(self, value: Any) -> Any:
        return " ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        # The full-width comma too: it is what a Chinese input method types. A code that is written twice is meant
        # once.
        return list(dict.fromkeys(str(value or "").replace(",", " ").replace("，", " ").split()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or []) != self.to_python(data))


class MissingCodes(forms.MultipleChoiceField):
    """The non-answers that an item offers, as boxes to tick."""

    def __init__(self, **options: Any) -> None:
        choices = [(word.value, _(word.label)) for word in Missing]
        widget = forms.CheckboxSelectMultiple
        super().__init__(**{"choices": choices, "widget": widget, "required": False, **options})


class LanguageList(forms.CharField):
    """Languages with commas between them, kept as a list; Chinese and English need no mention."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        named = (part.strip() for part in re.split(r"[,，、;；\s]+", str(value or "")))
        # Chinese and English are always offered, and would be so twice.
        return [language for language in dict.fromkeys(named) if language not in ("", "zh", "en")]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or []) != self.to_python(data))


class SurveyForm(AsksBeforeApprovalEnds, ContentForm):
    languages = LanguageList(
        label=capfirst(_("further languages")),
        required=False,
        help_text=_("Codes of the languages besides Chinese and English in which texts are kept, such as fr, vi."),
    )

    class Meta:
        model = Survey
        fields = "__all__"

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if "asks" in self.fields:
            # A form that does not name it leaves it as it is.
            self.fields["asks"].required = False

    def clean_asks(self) -> str:
        """Weights, codes and words of a sample are of what it was drawn from."""
        asks: str = self.cleaned_data["asks"] or self.instance.asks
        before = Survey.objects.filter(pk=self.instance.pk).exclude(asks=asks)
        if before.filter(waves__sample__isnull=False).exists():
            message = gettext("A sample was drawn for this survey. Make another survey for the others.")
            raise forms.ValidationError(message, code="sample_drawn")
        return asks


class SectionForm(ContentForm):
    relevant = Expression(label=capfirst(_("asked if")), help_text=EXPRESSION_HELP)

    class Meta:
        model = Section
        fields = "__all__"


class PageContentForm(ContentForm):
    relevant = Expression(label=capfirst(_("asked if")), help_text=EXPRESSION_HELP)

    class Meta:
        model = Page
        fields = "__all__"


class OptionForm(ContentForm):
    relevant = Expression(label=capfirst(_("offered if")), widget=forms.TextInput(attrs={"size": 24}))

    class Meta:
        model = Option
        fields = "__all__"

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # Pages of items without columns do not show it.
        if "type" in self.fields:
            # Only kinds that are answered in one field can stand in a cell (0050).
            fitting = [(kind.value, _(kind.label)) for kind in IN_CELLS]
            self.fields["type"] = forms.ChoiceField(
                label=self.fields["type"].label,
                help_text=self.fields["type"].help_text,
                choices=[("", "—"), *fitting],
                required=False,
            )

    def clean_choices(self) -> Any:
        """The lines of choices. Raises ValidationError at a line that begins with no code."""
        lines = self.cleaned_data["choices"]
        if unread := line_without_code(lines):
            message = gettext("“%(line)s” has no code. Begin each line with one of letters and digits, then a space.")
            raise ValidationError(message % {"line": unread}, code="choice_without_code")
        return lines


class ItemForm(ContentForm):
    relevant = Expression(label=capfirst(_("asked if")), help_text=EXPRESSION_HELP)
    required = Expression(label=capfirst(_("required if")), help_text=REQUIRED_HELP)
    constraint = Expression(
        label=capfirst(_("constraint")), help_text=_("What the answer, written as a point, must meet, such as . > 0.")
    )
    calculation = Expression(label=capfirst(_("calculation")), help_text=_("For calculated values only."))
    missing = MissingCodes(label=capfirst(_("non-answers offered")))
    file_types = CodeList(
        label=capfirst(_("file types")),
        required=False,
        help_text=format_lazy(_("Among {types}, with spaces between them."), types=" ".join(FILE_TYPES)),
    )

    class Meta:
        model = Item
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("constraint") and cleaned.get("constraint_message"):
            self.add_error("constraint", gettext("A message is given, but no constraint. Enter the constraint."))
        self._refuse_taken_code(cleaned)
        return cleaned

    def _refuse_taken_code(self, cleaned: dict[str, Any]) -> None:
        """An item's code is unique in the whole questionnaire, because answers are kept under it."""
        page, code = cleaned.get("page"), cleaned.get("code")
        if page is None or not code:
            return
        # A constraint of the database could hold only for a page, since the questionnaire stands two tables away.
        others = Item.objects.filter(page__section__questionnaire=page.section.questionnaire_id, code=code)
        taken = others.exclude(pk=self.instance.pk).select_related("page").first()
        if taken is not None:
            message = gettext("The item %(code)s exists already, on the page %(page)s. Choose another code.")
            self.add_error("code", message % {"code": code, "page": taken.page.code})


class EditRuleForm(ContentForm):
    condition = Expression(
        label=capfirst(_("condition that must hold")),
        required=True,
        help_text=_("Checked where every item that it names is answered, such as ${obtained} <= ${wanted}."),
    )
    items = CodeList(
        label=capfirst(_("items, the first is where it shows")), help_text=_("Item codes with spaces between them.")
    )

    class Meta:
        model = EditRule
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        questionnaire, codes = cleaned.get("questionnaire"), cleaned.get("items") or []
        if questionnaire is not None:
            unknown = unknown_codes(questionnaire.pk, codes)
            if unknown:
                message = gettext("The questionnaire has no item %(codes)s. Enter codes of its items.")
                self.add_error("items", message % {"codes": ", ".join(unknown)})
        return cleaned


def unknown_codes(questionnaire: int, codes: Iterable[str]) -> list[str]:
    """The codes that no item of the questionnaire has, in their order."""
    known = set(Item.objects.filter(page__section__questionnaire=questionnaire).values_list("code", flat=True))
    return [code for code in codes if code not in known]
