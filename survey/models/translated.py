"""A wording in the languages of the content, kept as one value in one column."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.json import KeyTransform
from django.db.models.lookups import IContains
from django.utils.translation import get_language, gettext

from survey.instrument.schema import NO_TEXT, Text

BOTH_LANGUAGES = ("zh", "en")


class PlainEncoder(json.JSONEncoder):
    """Writes characters as themselves: a search for a Chinese word reads the column as it stands."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False, "separators": (",", ":")})


class TranslatedField(models.JSONField):
    """A column of JSON whose value in Python is a ``Text``: language -> wording.

    ``needed`` are the languages that must be filled in: Chinese and English, or none where the field may be blank.
    ``max_length`` is that of each wording; without it a wording may have several lines.
    """

    def __init__(self, *args: Any, needed: tuple[str, ...] | None = None, **options: Any) -> None:
        super().__init__(*args, **{**options, "default": Text, "encoder": PlainEncoder})
        self.needed: tuple[str, ...] = needed if needed is not None else () if self.blank else BOTH_LANGUAGES

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        # Always the same: named in a migration they would tie its state to these classes.
        del options["default"], options["encoder"]
        if self.needed != (() if self.blank else BOTH_LANGUAGES):
            options["needed"] = self.needed
        return name, path, args, options

    def to_python(self, value: Any) -> Any:
        """A text, from what a fixture holds: by language its wording."""
        if value is None:
            return NO_TEXT
        if isinstance(value, Mapping):
            try:
                return Text.from_dict(value)
            except TypeError as error:
                raise ValidationError(gettext("A wording is a text for each language."), code="invalid") from error
        return value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """The text of a row; of a lookup into it (``title__zh``) the wording."""
        # Only a whole text: a lookup into it gives a wording, which may begin with a brace.
        if isinstance(value, str) and not isinstance(expression, KeyTransform) and value.startswith("{"):
            return _text(value)
        stored = super().from_db_value(value, expression, connection)
        return Text.from_dict(stored) if isinstance(stored, dict) else stored

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value.to_dict() if isinstance(value, Text) else value)

    def value_to_string(self, obj: models.Model) -> Any:
        """What a fixture holds."""
        return self.value_from_object(obj).to_dict()

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Raises ValidationError where a needed language is missing or a wording too long."""
        if not isinstance(value, Text):
            raise ValidationError(gettext("A wording is a text for each language."), code="invalid")
        wordings = value.to_dict()
        if any(not wordings[language].strip() for language in self.needed):
            raise ValidationError(self.error_messages["blank"], code="blank")
        if self.max_length and any(len(wording) > self.max_length for wording in wordings.values()):
            message = gettext("At most %(limit)s characters in each language.")
            raise ValidationError(message, code="max_length", params={"limit": self.max_length})


@lru_cache(maxsize=4096)
def _text(stored: str) -> Text:
    """The text of a column; a text never changes, and every page of a survey reads the same ones again."""
    return Text.from_dict(json.loads(stored))


@TranslatedField.register_lookup
class AnyWordingContains(IContains):
    """Whether the wording in any language contains a text; the names of the languages are not looked at."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        column, column_values = compiler.compile(self.lhs)
        sought, sought_values = self.process_rhs(compiler, connection)
        wording = connection.ops.lookup_cast("icontains") % "wording.value"
        # Both give a row for each language, with the wording in a column "value"; a search of the whole text would
        # find "zh" everywhere.
        parts = {"postgresql": "jsonb_each_text", "sqlite": "json_each"}[connection.vendor]
        holds = f"{wording} {self.get_rhs_op(connection, sought)}"
        sql = f"EXISTS (SELECT 1 FROM {parts}({column}) wording WHERE {holds})"
        return sql, (*column_values, *sought_values)


def in_page_language(text: Text) -> str:
    """The wording in the language of the page, or in the one nearest to it that has one."""
    return text.of(get_language() or "zh")
