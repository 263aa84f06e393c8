"""A text as it is written: one input for each language of the content."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst, format_lazy
from django.utils.translation import get_language_info

from survey.instrument.schema import NO_TEXT, Text
from survey.models.choices import said_when_shown as _
from survey.models.translated import BOTH_LANGUAGES, TranslatedField
from survey.selectors.design.languages import content_languages

INTERFACE_LANGUAGES = {"zh": _("Chinese"), "en": _("English")}
"""Always offered, because the pages speak them; further ones where the survey lists them or a text has them."""


def language_name(code: str) -> Any:
    """What the input of a language is called: in its own words where Django knows the code, else the code."""
    if code in INTERFACE_LANGUAGES:
        return INTERFACE_LANGUAGES[code]
    try:
        return get_language_info(code)["name_local"]
    except KeyError:
        return code


class TranslatedInput(forms.Widget):
    """The inputs of one text, named ``{name}_{language}``."""

    template_name = "office/translated_input.html"
    use_fieldset = True

    def __init__(self, attrs: Any = None, *, is_long: bool = False) -> None:
        super().__init__(attrs)
        self.is_long = is_long
        self.label: Any = ""
        self.needed: tuple[str, ...] = ()
        self.languages: tuple[str, ...] = ()

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shared = context["widget"]["attrs"]
        # Each input gets an id of its own, and only the languages that are needed are required.
        id_, is_required = shared.pop("id", None), shared.pop("required", False)
        wordings = _text(value).to_dict()
        context["widget"]["is_long"] = self.is_long
        context["widget"]["parts"] = [
            {
                "language": language,
                "label": language_name(language),
                "name": f"{name}_{language}",
                "value": wordings.get(language, ""),
                "attrs": {
                    **shared,
                    **({"id": f"{id_}_{language}"} if id_ else {}),
                    **({"required": True} if is_required and language in self.needed else {}),
                    "aria-label": format_lazy("{} ({})", self.label, language_name(language)),
                },
            }
            # With those that the text has: a language taken off the list must not lose its wording by saving.
            for language in dict.fromkeys((*INTERFACE_LANGUAGES, *self.languages, *wordings))
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Text:
        # Whatever languages were posted, not those that are offered: a language taken off the list meanwhile keeps
        # its text.
        start = f"{name}_"
        return Text.from_dict({key.removeprefix(start): data[key] for key in data if key.startswith(start)})

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(key.startswith(f"{name}_") for key in data)

    def id_for_label(self, id_: str | None) -> str:
        """None of its own: the inputs stand in a group that bears the label."""
        return ""


class TranslatedFormField(forms.Field):
    """A text that is filled in at least in the ``needed`` languages; each wording has at most ``max_length`` signs."""

    widget = TranslatedInput

    def __init__(
        self, *, needed: tuple[str, ...] = BOTH_LANGUAGES, max_length: int | None = None, **options: Any
    ) -> None:
        widget = options.pop("widget", None) or TranslatedInput(is_long=max_length is None)
        super().__init__(**{"required": bool(needed), **options, "widget": widget})
        self.needed, self.max_length = needed, max_length
        inputs: Any = self.widget
        inputs.needed, inputs.label = needed, self.label
        if max_length is not None:
            inputs.attrs.setdefault("maxlength", max_length)

    def to_python(self, value: Any) -> Text:
        """Without the spaces around a wording, and without the further languages that are left empty."""
        wordings = {language: wording.strip() for language, wording in _text(value).to_dict().items()}
        return Text.from_dict({key: wording for key, wording in wordings.items() if wording or key in BOTH_LANGUAGES})

    def clean(self, value: Any) -> Text:
        """The text. Raises ValidationError that names the language of each wording at fault."""
        text = self.to_python(value)
        faults = [fault for language, wording in text.to_dict().items() for fault in self._faults(language, wording)]
        if faults:
            raise ValidationError(faults)
        return text

    def _faults(self, language: str, wording: str) -> list[str]:
        try:
            forms.CharField(required=language in self.needed, max_length=self.max_length).clean(wording)
        except ValidationError as error:
            return [f"{language_name(language)}: {message}" for message in error.messages]
        return []

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _text(initial) != self.to_python(data)


def _text(value: Any) -> Text:
    return value if isinstance(value, Text) else NO_TEXT


def form_field_of(field: TranslatedField, **attrs: Any) -> TranslatedFormField:
    """The form field of a column; ``attrs`` are those of each input, such as its size."""
    return TranslatedFormField(
        label=capfirst(field.verbose_name),
        help_text=field.help_text,
        needed=field.needed,
        max_length=field.max_length,
        widget=TranslatedInput(attrs, is_long=field.max_length is None),
    )


def offer_languages(fields: Iterable[forms.Field], languages: tuple[str, ...]) -> None:
    """Let each text among the fields be written in these further languages."""
    for field in fields:
        if isinstance(field, TranslatedFormField):
            inputs: Any = field.widget
            inputs.languages = languages


class ContentForm(forms.ModelForm):  # type: ignore[type-arg]
    """A part of the content, whose texts are written in the languages of its survey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_languages(self.fields.values(), content_languages(self.instance))
