"""A wording is one value in all its languages: each pair of columns ``_zh`` and ``_en`` becomes one column of JSON.

Rows and their histories are carried over, and back: a language that the old columns have no room for is lost then.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, JSONObject

from survey.models.translated import TranslatedField

TITLE = {"title": TranslatedField("title", max_length=200)}
INTRODUCED = {**TITLE, "intro": TranslatedField("introduction", blank=True)}
PLAIN = {
    "painpoint": {
        "name": TranslatedField("name", max_length=150),
        "raised_by": TranslatedField("raised by", max_length=100),
    },
    "industry": {"name": TranslatedField("name", max_length=150, needed=("zh",))},
    "district": {"name": TranslatedField("name", max_length=100)},
}
WITH_HISTORY = {
    "survey": {
        **TITLE,
        "issuing_authority": TranslatedField("issuing authority", max_length=200),
        "purpose": TranslatedField("purpose"),
        "legal_basis": TranslatedField("legal basis"),
        "confidentiality": TranslatedField("confidentiality"),
        "preparation": TranslatedField("what to have at hand", blank=True),
        "contact": TranslatedField("whom to call", max_length=200),
    },
    "questionnaire": TITLE,
    "section": INTRODUCED,
    "page": INTRODUCED,
    "item": {
        "text": TranslatedField("wording"),
        "hint": TranslatedField("hint", blank=True),
        "constraint_message": TranslatedField("constraint message", blank=True),
        "required_message": TranslatedField("message where it is left open", blank=True),
        "unit": TranslatedField("unit", max_length=40, blank=True),
    },
    "option": {"text": TranslatedField("wording", max_length=300)},
    "editrule": {"message": TranslatedField("message")},
    "wave": {
        **TITLE,
        "reference_period": TranslatedField("reference period", max_length=100, blank=True),
    },
}
FIELDS = {
    **PLAIN,
    **WITH_HISTORY,
    **{f"historical{name}": fields for name, fields in WITH_HISTORY.items()},
}
LANGUAGES = ("zh", "en")
FURTHER_LANGUAGES = models.JSONField(
    "further languages",
    default=list,
    blank=True,
    help_text="Codes of the languages besides Chinese and English in which texts are kept, such as fr, vi.",
)


def join(apps: Any, schema_editor: Any) -> None:
    """Each pair becomes one value; a statement for each table, whatever its length."""
    for model, fields in FIELDS.items():
        joined = {field: JSONObject(zh=F(f"{field}_zh"), en=F(f"{field}_en")) for field in fields}
        _rows(apps, schema_editor, model).update(**joined)


def part(apps: Any, schema_editor: Any) -> None:
    """Each value becomes its pair again."""
    for model, fields in FIELDS.items():
        parted = {
            f"{field}_{language}": Coalesce(KeyTextTransform(language, field), Value(""))
            for field in fields
            for language in LANGUAGES
        }
        _rows(apps, schema_editor, model).update(**parted)


def _rows(apps: Any, schema_editor: Any, model: str) -> Any:
    return apps.get_model("survey", model).objects.using(schema_editor.connection.alias)


class RemoveWording(migrations.RemoveField):
    """A required column is empty when it comes back, until ``part`` has filled it."""

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        field = to_state.apps.get_model(app_label, self.model_name)._meta.get_field(self.name)
        field.default = ""
        schema_editor.add_field(from_state.apps.get_model(app_label, self.model_name), field)


class Migration(migrations.Migration):
    dependencies = (("survey", "0006_change_log"),)

    operations = (
        *(
            migrations.AddField(model, name, field.clone())
            for model, fields in FIELDS.items()
            for name, field in fields.items()
        ),
        migrations.RunPython(join, part),
        *(
            RemoveWording(model, f"{name}_{language}")
            for model, fields in FIELDS.items()
            for name in fields
            for language in LANGUAGES
        ),
        migrations.RemoveConstraint("sizethreshold", "size_threshold_once"),
        migrations.RenameField("sizethreshold", "group_zh", "group_name"),
        migrations.RenameField("historicalsizethreshold", "group_zh", "group_name"),
        migrations.AddConstraint(
            "sizethreshold", models.UniqueConstraint(fields=["group_name", "indicator"], name="size_threshold_once")
        ),
        migrations.AddField("survey", "languages", FURTHER_LANGUAGES),
        migrations.AddField("historicalsurvey", "languages", FURTHER_LANGUAGES.clone()),
    )
