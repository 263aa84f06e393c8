"""All tables as the migrations up to 0036 leave them, made at once where there is none yet.

A database that has begun with the single migrations goes on with them, so that nothing stored is passed by; a new one
spares making models anew for every step, which took nearly all of the time of the first start. The tests compare the
tables that both ways make.
"""

import uuid
from importlib import import_module
from typing import Any

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

import survey.models.translated

versions = import_module("survey.migrations.0003_fielded_versions_never_change")
plans = import_module("survey.migrations.0005_plans_of_stored_versions")
editions = import_module("survey.migrations.0029_editions_of_classifications")


class MakeTables(Operation):
    """These models at once, as they are after all of the operations.

    One by one each operation would render anew every model that is related to its own, and all of ours are by way of
    the users.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [], {"operations": self.operations}

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for model in self._models(app_label, to_state):
            schema_editor.create_model(model)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for model in reversed(self._models(app_label, from_state)):
            schema_editor.delete_model(model)

    def describe(self) -> str:
        return "Make all tables"

    def _models(self, app_label: str, state: Any) -> list[Any]:
        made = [one for one in self.operations if isinstance(one, migrations.CreateModel)]
        return [state.apps.get_model(app_label, one.name) for one in made]


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("survey", "0001_initial"),
        ("survey", "0002_item_messages_and_order"),
        ("survey", "0003_fielded_versions_never_change"),
        ("survey", "0004_analysis_plan"),
        ("survey", "0005_plans_of_stored_versions"),
        ("survey", "0006_change_log"),
        ("survey", "0007_texts_as_one_value"),
        ("survey", "0008_states_of_values"),
        ("survey", "0009_time_of_day"),
        ("survey", "0010_themes_are_planned"),
        ("survey", "0011_export_microdata"),
        ("survey", "0012_outlier_decisions"),
        ("survey", "0013_follow_up"),
        ("survey", "0014_jobs_outside_the_web"),
        ("survey", "0015_last_answers_beside_items"),
        ("survey", "0016_what_was_deleted"),
        ("survey", "0017_forms_put_in"),
        ("survey", "0018_sections_handed_to_colleagues"),
        ("survey", "0019_audit_chain_and_erasing"),
        ("survey", "0020_returns_that_a_manager_signs"),
        ("survey", "0021_casework_outcomes_log_and_districts"),
        ("survey", "0022_rows_that_join_a_frame"),
        ("survey", "0023_samples_know_each_other"),
        ("survey", "0024_firm_register"),
        ("survey", "0025_register_of_stored_frames"),
        ("survey", "0026_mailings"),
        ("survey", "0027_accepted_answers_can_be_erased"),
        ("survey", "0028_what_an_hour_costs"),
        ("survey", "0029_editions_of_classifications"),
        ("survey", "0030_table_of_any_answers"),
        ("survey", "0031_a_firm_has_its_own_deadline"),
        ("survey", "0032_short_texts_and_actions_on_many_cases"),
        ("survey", "0033_cuts_and_what_leaves"),
        ("survey", "0034_life_of_a_release"),
        ("survey", "0035_calling"),
        ("survey", "0036_required_columns"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables(
            [
                migrations.CreateModel(
                    name="AccessFailure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("client", models.CharField(max_length=64, unique=True)),
                        ("failures", models.PositiveIntegerField(default=0)),
                        ("window_started_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "access failure",
                        "verbose_name_plural": "access failures",
                    },
                ),
                migrations.CreateModel(
                    name="AuditChain",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("scope", models.CharField(max_length=20, unique=True, verbose_name="chain")),
                        ("length", models.PositiveBigIntegerField(default=0, verbose_name="entries")),
                        ("last", models.CharField(blank=True, max_length=64, verbose_name="hash of the last entry")),
                    ],
                    options={
                        "verbose_name": "audit chain",
                        "verbose_name_plural": "audit chains",
                    },
                ),
                migrations.CreateModel(
                    name="Case",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("not_started", "Not started"),
                                    ("in_progress", "In progress"),
                                    ("submitted", "Submitted"),
                                    ("returned", "Returned for correction"),
                                    ("finalised", "Finalised without a response"),
                                ],
                                default="not_started",
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "disposition",
                            models.CharField(
                                choices=[
                                    ("complete", "Complete"),
                                    ("partial", "Partial"),
                                    ("refusal", "Refusal"),
                                    ("non_contact", "No contact"),
                                    ("other", "Eligible, other non-interview"),
                                    ("unknown_if_eligible", "Unknown if eligible"),
                                    ("unknown_other", "Unknown, other"),
                                    ("not_eligible", "Not eligible"),
                                ],
                                default="unknown_if_eligible",
                                max_length=30,
                                verbose_name="disposition",
                            ),
                        ),
                        (
                            "code_generation",
                            models.PositiveIntegerField(default=1, verbose_name="generation of the access code"),
                        ),
                        (
                            "code_hash",
                            models.CharField(max_length=64, unique=True, verbose_name="keyed hash of the access code"),
                        ),
                        ("is_closed", models.BooleanField(default=False, verbose_name="closed")),
                        (
                            "code_sent_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="access code issued at"),
                        ),
                        ("reminders", models.PositiveSmallIntegerField(default=0, verbose_name="reminders")),
                        (
                            "is_followed_up",
                            models.BooleanField(default=False, verbose_name="drawn for the follow-up of silent firms"),
                        ),
                        (
                            "follow_up_sample",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("drawn", "Drawn: called until it answers"),
                                    ("left", "Left alone: drawn firms stand for it"),
                                ],
                                help_text="Silent firms are in a random follow-up sample, or one that is in it stands for them.",
                                max_length=10,
                                verbose_name="follow-up sample",
                            ),
                        ),
                        (
                            "is_set_aside",
                            models.BooleanField(
                                default=False,
                                help_text="The firm submitted, and an outcome found out since says that its answers are not to be counted.",
                                verbose_name="answers do not count",
                            ),
                        ),
                        (
                            "extended_until",
                            models.DateField(
                                blank=True,
                                help_text="The last day that this firm was given; it is not reminded until then.",
                                null=True,
                                verbose_name="time until",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "case",
                        "verbose_name_plural": "cases",
                        "ordering": ["wave", "id"],
                        "permissions": [
                            ("issue_access_codes", "Can issue access codes"),
                            ("return_response", "Can return a response for correction"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delegate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("organisation", models.CharField(blank=True, max_length=200, verbose_name="organisation")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                        (
                            "code_generation",
                            models.PositiveIntegerField(default=1, verbose_name="generation of the access code"),
                        ),
                        (
                            "code_hash",
                            models.CharField(max_length=64, unique=True, verbose_name="keyed hash of the access code"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                    ],
                    options={
                        "verbose_name": "person who answers for firms",
                        "verbose_name_plural": "persons who answer for firms",
                        "ordering": ["name", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="District",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=8, unique=True, verbose_name="code")),
                        ("name", survey.models.translated.TranslatedField(max_length=100, verbose_name="name")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                    ],
                    options={
                        "verbose_name": "district",
                        "verbose_name_plural": "districts",
                        "ordering": ["position", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="DueRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=40, unique=True)),
                        ("begun_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("held_until", models.DateTimeField(null=True)),
                        ("has_failed", models.BooleanField(default=False)),
                        ("said", models.TextField(blank=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Item",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z][A-Za-z0-9_]*$",
                                        "Begin with a letter and use only letters, digits and underscores.",
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("severity", "Severity scale"),
                                    ("yes_no", "Yes or no"),
                                    ("single", "Single choice"),
                                    ("multiple", "Multiple choice"),
                                    ("ranking", "Ranking"),
                                    ("integer", "Whole number"),
                                    ("decimal", "Decimal number"),
                                    ("percentage", "Percentage"),
                                    ("money", "Money"),
                                    ("shares", "Shares that add to 100"),
                                    ("number_table", "Small table of numbers"),
                                    ("table", "Small table of any answers"),
                                    ("date", "Date"),
                                    ("year_month", "Year and month"),
                                    ("time", "Time of day"),
                                    ("text", "Short text"),
                                    ("long_text", "Long text"),
                                    ("email", "E-mail address"),
                                    ("phone", "Telephone number"),
                                    ("credit_code", "Unified social credit code"),
                                    ("industry", "Industry"),
                                    ("district", "District"),
                                    ("file", "File"),
                                    ("calculation", "Calculated value"),
                                    ("note", "Information"),
                                ],
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        ("text", survey.models.translated.TranslatedField(verbose_name="wording")),
                        ("hint", survey.models.translated.TranslatedField(blank=True, verbose_name="hint")),
                        ("concept", models.CharField(blank=True, max_length=60, verbose_name="concept")),
                        ("missing", models.JSONField(blank=True, default=list, verbose_name="non-answers offered")),
                        ("required", models.TextField(blank=True, verbose_name="required if")),
                        ("relevant", models.TextField(blank=True, verbose_name="asked if")),
                        ("constraint", models.TextField(blank=True, verbose_name="constraint")),
                        (
                            "constraint_message",
                            survey.models.translated.TranslatedField(blank=True, verbose_name="constraint message"),
                        ),
                        (
                            "required_message",
                            survey.models.translated.TranslatedField(
                                blank=True, verbose_name="message where it is left open"
                            ),
                        ),
                        ("calculation", models.TextField(blank=True, verbose_name="calculation")),
                        ("appearance", models.CharField(blank=True, max_length=40, verbose_name="appearance")),
                        (
                            "unit",
                            survey.models.translated.TranslatedField(blank=True, max_length=40, verbose_name="unit"),
                        ),
                        ("minimum", models.FloatField(blank=True, null=True, verbose_name="minimum")),
                        ("maximum", models.FloatField(blank=True, null=True, verbose_name="maximum")),
                        (
                            "decimals",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="decimal places"),
                        ),
                        (
                            "max_choices",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="choices at most"),
                        ),
                        (
                            "max_length",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="characters at most"),
                        ),
                        ("can_estimate", models.BooleanField(default=False, verbose_name="an estimate is fine")),
                        ("magnitude", models.FloatField(blank=True, null=True, verbose_name="magnitude check")),
                        ("prefill", models.TextField(blank=True, verbose_name="prefilled from the frame")),
                        ("file_types", models.JSONField(blank=True, default=list, verbose_name="file types")),
                        ("max_megabytes", models.FloatField(blank=True, null=True, verbose_name="megabytes at most")),
                        (
                            "shuffled",
                            models.BooleanField(
                                default=False,
                                help_text="Each firm sees them in an order of its own.",
                                verbose_name="options in a drawn order",
                            ),
                        ),
                        (
                            "beside_last",
                            models.BooleanField(
                                default=False,
                                help_text="A firm that answered the wave before sees its answer of then and can take it over.",
                                verbose_name="last answer beside it",
                            ),
                        ),
                        (
                            "largest_change",
                            models.FloatField(
                                blank=True,
                                help_text="What needs no reason, as a multiple of the figure in the wave before: 2 is up to double or half.",
                                null=True,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="largest change",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "item",
                        "verbose_name_plural": "items",
                        "ordering": ["position", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Page",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", survey.models.translated.TranslatedField(max_length=200, verbose_name="title")),
                        ("intro", survey.models.translated.TranslatedField(blank=True, verbose_name="introduction")),
                        ("relevant", models.TextField(blank=True, verbose_name="asked if")),
                        (
                            "code",
                            models.CharField(
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z][A-Za-z0-9_]*$",
                                        "Begin with a letter and use only letters, digits and underscores.",
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                    ],
                    options={
                        "verbose_name": "page",
                        "verbose_name_plural": "pages",
                        "ordering": ["position", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="PainPoint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=8, unique=True, verbose_name="code")),
                        ("theme", models.CharField(max_length=1, verbose_name="theme")),
                        ("name", survey.models.translated.TranslatedField(max_length=150, verbose_name="name")),
                        (
                            "raised_by",
                            survey.models.translated.TranslatedField(max_length=100, verbose_name="raised by"),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                    ],
                    options={
                        "verbose_name": "pain point",
                        "verbose_name_plural": "pain points",
                        "ordering": ["position", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="Questionnaire",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", survey.models.translated.TranslatedField(max_length=200, verbose_name="title")),
                        (
                            "code",
                            models.CharField(
                                max_length=40,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z][A-Za-z0-9_]*$",
                                        "Begin with a letter and use only letters, digits and underscores.",
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "questionnaire",
                        "verbose_name_plural": "questionnaires",
                        "ordering": ["code"],
                        "permissions": [("publish_questionnaire", "Can publish a questionnaire version")],
                    },
                ),
                migrations.CreateModel(
                    name="Survey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", survey.models.translated.TranslatedField(max_length=200, verbose_name="title")),
                        ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                        ("form_number", models.CharField(max_length=40, verbose_name="form number")),
                        (
                            "issuing_authority",
                            survey.models.translated.TranslatedField(max_length=200, verbose_name="issuing authority"),
                        ),
                        ("approval_number", models.CharField(max_length=100, verbose_name="approval or record number")),
                        (
                            "approval_expires",
                            models.DateField(
                                help_text="Collection closes at the end of this day, whatever the wave's deadline.",
                                verbose_name="valid until",
                            ),
                        ),
                        ("is_mandatory", models.BooleanField(default=False, verbose_name="mandatory")),
                        ("purpose", survey.models.translated.TranslatedField(verbose_name="purpose")),
                        ("legal_basis", survey.models.translated.TranslatedField(verbose_name="legal basis")),
                        ("confidentiality", survey.models.translated.TranslatedField(verbose_name="confidentiality")),
                        (
                            "preparation",
                            survey.models.translated.TranslatedField(blank=True, verbose_name="what to have at hand"),
                        ),
                        ("minutes", models.PositiveSmallIntegerField(default=10, verbose_name="minutes it takes")),
                        (
                            "hourly_cost",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="Of those who fill in, by the statistics of labour; the account of burden rests on it.",
                                null=True,
                                verbose_name="labour cost of an hour, yuan",
                            ),
                        ),
                        (
                            "contact",
                            survey.models.translated.TranslatedField(max_length=200, verbose_name="whom to call"),
                        ),
                        (
                            "languages",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="Codes of the languages besides Chinese and English in which texts are kept, such as fr, vi.",
                                verbose_name="further languages",
                            ),
                        ),
                        (
                            "reasons",
                            survey.models.translated.TranslatedField(
                                blank=True,
                                help_text="One a line: a code, a space, the words. Left empty, a list that suits most surveys is offered.",
                                verbose_name="reasons for unusual answers",
                            ),
                        ),
                        ("is_demonstration", models.BooleanField(default=False, verbose_name="demonstration")),
                    ],
                    options={
                        "verbose_name": "survey",
                        "verbose_name_plural": "surveys",
                        "ordering": ["code"],
                    },
                ),
                migrations.CreateModel(
                    name="Worker",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=64, unique=True)),
                        ("started_at", models.DateTimeField()),
                        ("heartbeat", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="AuditEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("scope", models.CharField(max_length=20, verbose_name="chain")),
                        ("position", models.PositiveBigIntegerField(verbose_name="place")),
                        ("kind", models.CharField(max_length=20, verbose_name="kind")),
                        ("object_id", models.BigIntegerField(verbose_name="row")),
                        ("case_id", models.BigIntegerField(blank=True, null=True, verbose_name="case")),
                        ("actor_id", models.BigIntegerField(blank=True, null=True, verbose_name="member of staff")),
                        (
                            "event",
                            models.CharField(
                                choices=[
                                    ("written", "written"),
                                    ("adopted", "taken into the chain later"),
                                    ("erased", "erased in part or whole"),
                                    ("sealed", "ends of the chains"),
                                ],
                                default="written",
                                max_length=10,
                                verbose_name="event",
                            ),
                        ),
                        ("algorithm", models.CharField(max_length=20, verbose_name="algorithm")),
                        ("digest", models.CharField(max_length=64, verbose_name="digest of the content")),
                        ("salt", models.CharField(blank=True, max_length=32, verbose_name="salt")),
                        ("address", models.CharField(blank=True, max_length=45, verbose_name="address of the client")),
                        ("address_salt", models.CharField(blank=True, max_length=32)),
                        ("address_digest", models.CharField(blank=True, max_length=64)),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "previous",
                            models.CharField(blank=True, max_length=64, verbose_name="hash of the entry before"),
                        ),
                        ("hash", models.CharField(max_length=64, verbose_name="hash")),
                    ],
                    options={
                        "verbose_name": "entry of the audit chain",
                        "verbose_name_plural": "entries of the audit chain",
                        "ordering": ["scope", "position"],
                        "indexes": [
                            models.Index(fields=["kind", "object_id"], name="audit_entry_of_row"),
                            models.Index(fields=["case_id"], name="audit_entry_of_case"),
                        ],
                        "constraints": [models.UniqueConstraint(fields=("scope", "position"), name="audit_place_once")],
                    },
                ),
                migrations.CreateModel(
                    name="CallList",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
                        ("answered", models.PositiveIntegerField(verbose_name="answers")),
                        ("error", models.FloatField(verbose_name="error now, in targets")),
                        ("expected", models.FloatField(verbose_name="error expected after these calls, in targets")),
                        ("answers", models.FloatField(verbose_name="answers expected")),
                        ("minutes", models.FloatField(verbose_name="minutes expected")),
                        ("advice", models.CharField(max_length=20, verbose_name="what the rule says")),
                        ("figures", models.JSONField(default=list, verbose_name="key figures")),
                        ("classes", models.JSONField(default=list, verbose_name="classes")),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "list of calls",
                        "verbose_name_plural": "lists of calls",
                        "ordering": ["wave", "-number"],
                    },
                ),
                migrations.CreateModel(
                    name="CaseOutcome",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("deregistered", "Deregistered"),
                                    ("ceased", "Ceased business"),
                                    ("duplicate", "Duplicate of another firm"),
                                    ("merged", "Merged into another firm"),
                                    ("out_of_scope", "Not in the scope of the survey"),
                                    ("paused", "Business paused, still registered"),
                                    ("moved", "Moved, whereabouts unknown"),
                                    ("refused", "Refuses to report"),
                                    ("unreached", "Cannot be reached"),
                                    ("unable", "Cannot report (nobody able, records lost)"),
                                ],
                                max_length=20,
                                verbose_name="outcome",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("firm", "The firm said so"),
                                    ("register", "Register of companies"),
                                    ("visit", "Visit on the spot"),
                                    ("mail", "Letter or e-mail came back"),
                                    ("authority", "Another authority"),
                                    ("answers", "Its own answers"),
                                    ("calls", "Calls without success"),
                                ],
                                max_length=20,
                                verbose_name="how it is known",
                            ),
                        ),
                        (
                            "other_firm",
                            models.CharField(blank=True, max_length=18, verbose_name="credit code of the other firm"),
                        ),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                        ("erased_at", models.DateTimeField(blank=True, null=True, verbose_name="erased at")),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="author",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="outcomes",
                                to="survey.case",
                                verbose_name="case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "outcome of a case",
                        "verbose_name_plural": "outcomes of cases",
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="ClassificationVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("industry", "Industry"), ("district", "District"), ("size", "Size class")],
                                max_length=10,
                                verbose_name="classification",
                            ),
                        ),
                        ("code", models.CharField(max_length=40, verbose_name="edition")),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("is_current", models.BooleanField(default=False, verbose_name="current")),
                    ],
                    options={
                        "verbose_name": "edition of a classification",
                        "verbose_name_plural": "editions of classifications",
                        "ordering": ["kind", "-valid_from"],
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "code"), name="classification_edition_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("is_current", True)), fields=("kind",), name="one_current_edition"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Cut",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        ("as_of", models.DateTimeField(verbose_name="as of")),
                        ("digest", models.CharField(max_length=64, verbose_name="digest")),
                        (
                            "source_digest",
                            models.CharField(max_length=64, verbose_name="digest of what it was made from"),
                        ),
                        ("about", models.JSONField(default=dict, verbose_name="what is said beside the figures")),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "cut",
                        "verbose_name_plural": "cuts",
                        "ordering": ["wave", "-number"],
                    },
                ),
                migrations.CreateModel(
                    name="CutSource",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("content", models.BinaryField(verbose_name="what it was made from")),
                        ("erased_at", models.DateTimeField(blank=True, null=True, verbose_name="erased at")),
                        (
                            "cut",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="source", to="survey.cut"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "source of a cut",
                        "verbose_name_plural": "sources of cuts",
                    },
                ),
                migrations.CreateModel(
                    name="Firm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "credit_code",
                            models.CharField(max_length=18, unique=True, verbose_name="unified social credit code"),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name of the firm")),
                        (
                            "registered_address",
                            models.CharField(blank=True, max_length=300, verbose_name="registered address"),
                        ),
                        ("postal_address", models.CharField(blank=True, max_length=300, verbose_name="postal address")),
                        (
                            "size_class",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("large", "Large"),
                                    ("medium", "Medium"),
                                    ("small", "Small"),
                                    ("micro", "Micro"),
                                ],
                                max_length=10,
                                verbose_name="size class",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("active", "Active"),
                                    ("moved", "Moved, whereabouts unknown"),
                                    ("split", "Split into several firms"),
                                    ("closed", "Closed"),
                                    ("merged", "Merged into another firm"),
                                    ("duplicate", "Duplicate of another firm"),
                                ],
                                default="active",
                                max_length=10,
                                verbose_name="standing",
                            ),
                        ),
                        (
                            "status_source",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("list", "List of firms"),
                                    ("register", "Register of companies"),
                                    ("authority", "Another authority"),
                                    ("fieldwork", "Fieldwork of a survey"),
                                    ("firm", "The firm itself"),
                                    ("office", "Entered in the office"),
                                ],
                                max_length=10,
                                verbose_name="how it is known",
                            ),
                        ),
                        (
                            "consents_to_be_shown",
                            models.BooleanField(
                                default=False,
                                help_text="In writing: figures that it dominates may be published, though its own could be estimated.",
                                verbose_name="consents to be shown",
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="known since")),
                        (
                            "district",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="survey.district",
                                verbose_name="district",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="predecessors",
                                to="survey.firm",
                                verbose_name="other firm",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "registered firm",
                        "verbose_name_plural": "firm register",
                        "ordering": ["credit_code"],
                    },
                ),
                migrations.CreateModel(
                    name="FirmContact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=100, verbose_name="contact person")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("statistics", "Fills in statistics"),
                                    ("finance", "Finance"),
                                    ("manager", "Manager who signs"),
                                    ("bookkeeper", "Bookkeeper outside the firm"),
                                    ("group", "Head office of the group"),
                                ],
                                default="statistics",
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                        ("phone_digits", models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh-hans", "Chinese"), ("en", "English")],
                                default="zh-hans",
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("email", "E-mail"),
                                    ("phone", "Telephone"),
                                    ("sms", "SMS"),
                                    ("wechat", "WeChat"),
                                    ("letter", "Letter"),
                                ],
                                default="email",
                                max_length=10,
                                verbose_name="channel",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                        (
                            "firm",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contacts",
                                to="survey.firm",
                                verbose_name="firm",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contact of a firm",
                        "verbose_name_plural": "contacts of firms",
                        "ordering": ["firm", "position", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="FirmGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, unique=True, verbose_name="name of the group")),
                        (
                            "head",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="heads",
                                to="survey.firm",
                                verbose_name="holding",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "enterprise group",
                        "verbose_name_plural": "enterprise groups",
                        "ordering": ["name"],
                    },
                ),
                migrations.AddField(
                    model_name="firm",
                    name="group",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="firms",
                        to="survey.firmgroup",
                        verbose_name="enterprise group",
                    ),
                ),
                migrations.CreateModel(
                    name="FrameUnit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("credit_code", models.CharField(max_length=18, verbose_name="unified social credit code")),
                        ("name", models.CharField(max_length=200, verbose_name="name of the firm")),
                        ("industry_section", models.CharField(max_length=1, verbose_name="industry section")),
                        (
                            "size_class",
                            models.CharField(
                                choices=[
                                    ("large", "Large"),
                                    ("medium", "Medium"),
                                    ("small", "Small"),
                                    ("micro", "Micro"),
                                ],
                                max_length=10,
                                verbose_name="size class",
                            ),
                        ),
                        ("employees", models.PositiveIntegerField(verbose_name="employees")),
                        ("revenue", models.FloatField(verbose_name="revenue, 10,000 yuan")),
                        (
                            "district",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="survey.district",
                                verbose_name="district",
                            ),
                        ),
                        (
                            "firm",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="frame_units",
                                to="survey.firm",
                                verbose_name="registered firm",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "firm",
                        "verbose_name_plural": "firms",
                        "ordering": ["credit_code"],
                    },
                ),
                migrations.AddField(
                    model_name="firm",
                    name="listed",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="survey.frameunit",
                    ),
                ),
                migrations.CreateModel(
                    name="Contact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=100, verbose_name="contact person")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                        (
                            "unit",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contact",
                                to="survey.frameunit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contact",
                        "verbose_name_plural": "contacts",
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalContact",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("name", models.CharField(blank=True, max_length=100, verbose_name="contact person")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.frameunit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical contact",
                        "verbose_name_plural": "historical contacts",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalFirmContact",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("name", models.CharField(blank=True, max_length=100, verbose_name="contact person")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("statistics", "Fills in statistics"),
                                    ("finance", "Finance"),
                                    ("manager", "Manager who signs"),
                                    ("bookkeeper", "Bookkeeper outside the firm"),
                                    ("group", "Head office of the group"),
                                ],
                                default="statistics",
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                        ("phone_digits", models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh-hans", "Chinese"), ("en", "English")],
                                default="zh-hans",
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("email", "E-mail"),
                                    ("phone", "Telephone"),
                                    ("sms", "SMS"),
                                    ("wechat", "WeChat"),
                                    ("letter", "Letter"),
                                ],
                                default="email",
                                max_length=10,
                                verbose_name="channel",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "firm",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.firm",
                                verbose_name="firm",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical contact of a firm",
                        "verbose_name_plural": "historical contacts of firms",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSamplingFrame",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "status",
                            models.CharField(
                                choices=[("loading", "Loading"), ("ready", "Ready")],
                                default="loading",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("source_name", models.CharField(max_length=200, verbose_name="file")),
                        ("source_digest", models.CharField(max_length=64, verbose_name="digest of the file")),
                        ("unit_count", models.PositiveIntegerField(default=0, verbose_name="firms")),
                        ("is_demonstration", models.BooleanField(default=False, verbose_name="demonstration")),
                        ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="imported at")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical sampling frame",
                        "verbose_name_plural": "historical sampling frames",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSizeThreshold",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("group_name", models.CharField(max_length=60, verbose_name="group")),
                        (
                            "industry_codes",
                            models.CharField(
                                help_text="Separated by semicolons.", max_length=200, verbose_name="industry codes"
                            ),
                        ),
                        (
                            "indicator",
                            models.CharField(
                                choices=[
                                    ("X", "Employees"),
                                    ("Y", "Revenue, 10,000 yuan"),
                                    ("Z", "Total assets, 10,000 yuan"),
                                ],
                                max_length=1,
                                verbose_name="indicator",
                            ),
                        ),
                        ("large_min", models.FloatField(verbose_name="large from")),
                        ("medium_min", models.FloatField(verbose_name="medium from")),
                        ("small_min", models.FloatField(verbose_name="small from")),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical size threshold",
                        "verbose_name_plural": "historical size thresholds",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSurvey",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("title", survey.models.translated.TranslatedField(max_length=200, verbose_name="title")),
                        ("code", models.SlugField(max_length=40, verbose_name="code")),
                        ("form_number", models.CharField(max_length=40, verbose_name="form number")),
                        (
                            "issuing_authority",
                            survey.models.translated.TranslatedField(max_length=200, verbose_name="issuing authority"),
                        ),
                        ("approval_number", models.CharField(max_length=100, verbose_name="approval or record number")),
                        (
                            "approval_expires",
                            models.DateField(
                                help_text="Collection closes at the end of this day, whatever the wave's deadline.",
                                verbose_name="valid until",
                            ),
                        ),
                        ("is_mandatory", models.BooleanField(default=False, verbose_name="mandatory")),
                        ("purpose", survey.models.translated.TranslatedField(verbose_name="purpose")),
                        ("legal_basis", survey.models.translated.TranslatedField(verbose_name="legal basis")),
                        ("confidentiality", survey.models.translated.TranslatedField(verbose_name="confidentiality")),
                        (
                            "preparation",
                            survey.models.translated.TranslatedField(blank=True, verbose_name="what to have at hand"),
                        ),
                        ("minutes", models.PositiveSmallIntegerField(default=10, verbose_name="minutes it takes")),
                        (
                            "hourly_cost",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="Of those who fill in, by the statistics of labour; the account of burden rests on it.",
                                null=True,
                                verbose_name="labour cost of an hour, yuan",
                            ),
                        ),
                        (
                            "contact",
                            survey.models.translated.TranslatedField(max_length=200, verbose_name="whom to call"),
                        ),
                        (
                            "languages",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="Codes of the languages besides Chinese and English in which texts are kept, such as fr, vi.",
                                verbose_name="further languages",
                            ),
                        ),
                        (
                            "reasons",
                            survey.models.translated.TranslatedField(
                                blank=True,
                                help_text="One a line: a code, a space, the words. Left empty, a list that suits most surveys is offered.",
                                verbose_name="reasons for unusual answers",
                            ),
                        ),
                        ("is_demonstration", models.BooleanField(default=False, verbose_name="demonstration")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical survey",
                        "verbose_name_plural": "historical surveys",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Industry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=4, unique=True, verbose_name="code")),
                        (
                            "name",
                            survey.models.translated.TranslatedField(
                                max_length=150, needed=("zh",), verbose_name="name"
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="survey.industry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "industry",
                        "verbose_name_plural": "industries",
                        "ordering": ["code"],
                    },
                ),
                migrations.AddField(
                    model_name="frameunit",
                    name="industry",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="survey.industry",
                        verbose_name="industry division",
                    ),
                ),
                migrations.AddField(
                    model_name="firm",
                    name="industry",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="survey.industry",
                        verbose_name="industry division",
                    ),
                ),
                migrations.CreateModel(
                    name="HistoricalOption",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(max_length=40, verbose_name="code")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        ("text", survey.models.translated.TranslatedField(max_length=300, verbose_name="wording")),
                        ("is_exclusive", models.BooleanField(default=False, verbose_name="excludes the others")),
                        ("asks_to_specify", models.BooleanField(default=False, verbose_name="asks to specify")),
                        ("is_row", models.BooleanField(default=False, verbose_name="row of a table")),
                        ("relevant", models.TextField(blank=True, verbose_name="offered if")),
                        (
                            "type",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("severity", "Severity scale"),
                                    ("yes_no", "Yes or no"),
                                    ("single", "Single choice"),
                                    ("multiple", "Multiple choice"),
                                    ("ranking", "Ranking"),
                                    ("integer", "Whole number"),
                                    ("decimal", "Decimal number"),
                                    ("percentage", "Percentage"),
                                    ("money", "Money"),
                                    ("shares", "Shares that add to 100"),
                                    ("number_table", "Small table of numbers"),
                                    ("table", "Small table of any answers"),
                                    ("date", "Date"),
                                    ("year_month", "Year and month"),
                                    ("time", "Time of day"),
                                    ("text", "Short text"),
                                    ("long_text", "Long text"),
                                    ("email", "E-mail address"),
                                    ("phone", "Telephone number"),
                                    ("credit_code", "Unified social credit code"),
                                    ("industry", "Industry"),
                                    ("district", "District"),
                                    ("file", "File"),
                                    ("calculation", "Calculated value"),
                                    ("note", "Information"),
                                ],
                                help_text="For the column of a table of any answers: what its cells hold.",
                                max_length=20,
                                verbose_name="answers in the column",
                            ),
                        ),
                        (
                            "choices",
                            survey.models.translated.TranslatedField(
                                blank=True,
                                help_text="One a line: a code, a space, the words. For a column that is chosen from.",
                                verbose_name="choices in the column",
                            ),
                        ),
                        (
                            "is_required",
                            models.BooleanField(
                                default=False,
                                help_text="For the column of a table: in each row, or in each begun row of a table that is not required.",
                                verbose_name="no cell left open",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.item",
                                verbose_name="item",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical option",
                        "verbose_name_plural": "historical options",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Job",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40, verbose_name="kind")),
                        ("key", models.CharField(max_length=120, verbose_name="key")),
                        ("subject", models.CharField(max_length=200, verbose_name="for")),
                        ("parameters", models.JSONField(blank=True, default=dict, verbose_name="parameters")),
                        ("language", models.CharField(max_length=10, verbose_name="language")),
                        ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked at")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("running", "At work"),
                                    ("done", "Done"),
                                    ("failed", "Failed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("attempt", models.PositiveSmallIntegerField(default=1, verbose_name="attempt")),
                        ("task", models.UUIDField(blank=True, null=True, verbose_name="task")),
                        ("step", models.CharField(blank=True, max_length=80, verbose_name="step")),
                        ("done", models.PositiveIntegerField(default=0, verbose_name="done")),
                        ("total", models.PositiveIntegerField(default=0, verbose_name="of")),
                        ("cancel_asked", models.BooleanField(default=False, verbose_name="asked to stop")),
                        ("heartbeat", models.DateTimeField(blank=True, null=True, verbose_name="last sign of life")),
                        ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                        ("fault", models.JSONField(blank=True, default=dict, verbose_name="what went wrong")),
                        ("page", models.CharField(blank=True, max_length=200, verbose_name="page")),
                        ("file", models.FileField(blank=True, upload_to="jobs", verbose_name="file")),
                        ("file_name", models.CharField(blank=True, max_length=200, verbose_name="name of the file")),
                        ("file_type", models.CharField(blank=True, max_length=100, verbose_name="type of the file")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "job",
                        "verbose_name_plural": "jobs",
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="JobStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("result", models.JSONField(default=None, null=True)),
                        (
                            "job",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="survey.job"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="LateDraft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("answers", models.JSONField(default=dict, verbose_name="answers")),
                        ("received_at", models.DateTimeField(auto_now_add=True, verbose_name="received at")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="late_drafts",
                                to="survey.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "late draft",
                        "verbose_name_plural": "late drafts",
                        "ordering": ["-received_at"],
                    },
                ),
                migrations.CreateModel(
                    name="ListedCall",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.PositiveIntegerField(verbose_name="place")),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("dominant", "Nobody can stand for it"),
                                    ("class", "Its class helps most"),
                                    ("random", "Drawn at random"),
                                    ("follow_up", "In the follow-up sample"),
                                ],
                                max_length=20,
                                verbose_name="why",
                            ),
                        ),
                        ("klass", models.CharField(blank=True, max_length=40, verbose_name="class")),
                        ("calls_before", models.PositiveIntegerField(default=0, verbose_name="calls before")),
                        (
                            "call_list",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calls",
                                to="survey.calllist",
                                verbose_name="list of calls",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="listed_calls",
                                to="survey.case",
                                verbose_name="case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "call on a list",
                        "verbose_name_plural": "calls on lists",
                        "ordering": ["call_list", "place"],
                    },
                ),
                migrations.CreateModel(
                    name="LocalUnit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name of the local unit")),
                        ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "district",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="survey.district",
                                verbose_name="district",
                            ),
                        ),
                        (
                            "firm",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="local_units",
                                to="survey.firm",
                                verbose_name="firm",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "local unit",
                        "verbose_name_plural": "local units",
                        "ordering": ["firm", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="Mailing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("announcement", "Announcement"),
                                    ("invitation", "Invitation with access code"),
                                    ("reminder_1", "First reminder"),
                                    ("reminder_2", "Second reminder"),
                                    ("reminder_3", "Third reminder"),
                                    ("send_back", "Request to correct"),
                                    ("thanks", "Thanks"),
                                ],
                                max_length=20,
                                verbose_name="purpose",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(default=1, verbose_name="number")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("email", "E-mail"),
                                    ("letter", "Printed letter"),
                                    ("merge", "Workbook for a mail merge"),
                                    ("telephone", "Telephone list"),
                                    ("sms", "SMS list"),
                                    ("wechat", "WeChat list"),
                                    ("own", "Each contact's own channel"),
                                ],
                                max_length=10,
                                verbose_name="channel",
                            ),
                        ),
                        (
                            "otherwise",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("email", "E-mail"),
                                    ("letter", "Printed letter"),
                                    ("merge", "Workbook for a mail merge"),
                                    ("telephone", "Telephone list"),
                                    ("sms", "SMS list"),
                                    ("wechat", "WeChat list"),
                                    ("own", "Each contact's own channel"),
                                ],
                                max_length=10,
                                verbose_name="otherwise",
                            ),
                        ),
                        ("language", models.CharField(default="zh", max_length=10, verbose_name="language")),
                        (
                            "envelope",
                            models.CharField(
                                choices=[
                                    ("din", "Window on the left (DIN 5008, form B)"),
                                    ("cn", "Window on the right (Chinese DL envelope)"),
                                ],
                                default="din",
                                max_length=10,
                                verbose_name="envelope",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preparing", "Being prepared"),
                                    ("prepared", "Prepared"),
                                    ("sending", "Being sent"),
                                    ("sent", "Sent"),
                                    ("stopped", "Stopped"),
                                ],
                                default="preparing",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("selection", models.JSONField(blank=True, default=dict, verbose_name="chosen cases")),
                        ("subject", survey.models.translated.TranslatedField(max_length=200, verbose_name="subject")),
                        ("body", survey.models.translated.TranslatedField(verbose_name="text")),
                        (
                            "short",
                            survey.models.translated.TranslatedField(
                                blank=True, max_length=300, verbose_name="short text"
                            ),
                        ),
                        (
                            "return_address",
                            survey.models.translated.TranslatedField(blank=True, verbose_name="return address"),
                        ),
                        ("site", models.URLField(verbose_name="address of the questionnaire")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="prepared at")),
                        ("began_at", models.DateTimeField(blank=True, null=True, verbose_name="sending began")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="sending ended")),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mailing",
                        "verbose_name_plural": "mailings",
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="MailingRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("occasion", models.CharField(max_length=40, verbose_name="occasion")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("sending", "Being handed over"),
                                    ("sent", "Sent"),
                                    ("unsure", "Perhaps sent"),
                                    ("bounced", "Came back"),
                                    ("failed", "Failed"),
                                    ("left_out", "Left out"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("wave_over", "wave is closed"),
                                    ("closed", "closed"),
                                    ("refused", "refused"),
                                    ("out_of_scope", "not in scope"),
                                    ("submitted", "submitted already"),
                                    ("finalised", "finalised without a response"),
                                    ("not_returned", "nothing to correct"),
                                    ("not_submitted", "not submitted"),
                                    ("no_code", "no code issued yet"),
                                    ("more_time", "was given more time"),
                                    ("reminded_lately", "reminded within a day"),
                                    ("written_to", "written to for this already"),
                                    ("no_address", "no address for this channel"),
                                ],
                                max_length=20,
                                verbose_name="reason",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("email", "E-mail"),
                                    ("letter", "Printed letter"),
                                    ("merge", "Workbook for a mail merge"),
                                    ("telephone", "Telephone list"),
                                    ("sms", "SMS list"),
                                    ("wechat", "WeChat list"),
                                    ("own", "Each contact's own channel"),
                                ],
                                max_length=10,
                                verbose_name="channel",
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                        ("next_try_at", models.DateTimeField(blank=True, null=True, verbose_name="not before")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                        (
                            "said",
                            models.CharField(blank=True, max_length=300, verbose_name="what the mail server said"),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mailing_rows",
                                to="survey.case",
                                verbose_name="case",
                            ),
                        ),
                        (
                            "mailing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="survey.mailing",
                                verbose_name="mailing",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "row of a mailing",
                        "verbose_name_plural": "rows of mailings",
                        "ordering": ["mailing", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Option",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=40, verbose_name="code")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        ("text", survey.models.translated.TranslatedField(max_length=300, verbose_name="wording")),
                        ("is_exclusive", models.BooleanField(default=False, verbose_name="excludes the others")),
                        ("asks_to_specify", models.BooleanField(default=False, verbose_name="asks to specify")),
                        ("is_row", models.BooleanField(default=False, verbose_name="row of a table")),
                        ("relevant", models.TextField(blank=True, verbose_name="offered if")),
                        (
                            "type",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("severity", "Severity scale"),
                                    ("yes_no", "Yes or no"),
                                    ("single", "Single choice"),
                                    ("multiple", "Multiple choice"),
                                    ("ranking", "Ranking"),
                                    ("integer", "Whole number"),
                                    ("decimal", "Decimal number"),
                                    ("percentage", "Percentage"),
                                    ("money", "Money"),
                                    ("shares", "Shares that add to 100"),
                                    ("number_table", "Small table of numbers"),
                                    ("table", "Small table of any answers"),
                                    ("date", "Date"),
                                    ("year_month", "Year and month"),
                                    ("time", "Time of day"),
                                    ("text", "Short text"),
                                    ("long_text", "Long text"),
                                    ("email", "E-mail address"),
                                    ("phone", "Telephone number"),
                                    ("credit_code", "Unified social credit code"),
                                    ("industry", "Industry"),
                                    ("district", "District"),
                                    ("file", "File"),
                                    ("calculation", "Calculated value"),
                                    ("note", "Information"),
                                ],
                                help_text="For the column of a table of any answers: what its cells hold.",
                                max_length=20,
                                verbose_name="answers in the column",
                            ),
                        ),
                        (
                            "choices",
                            survey.models.translated.TranslatedField(
                                blank=True,
                                help_text="One a line: a code, a space, the words. For a column that is chosen from.",
                                verbose_name="choices in the column",
                            ),
                        ),
                        (
                            "is_required",
                            models.BooleanField(
                                default=False,
                                help_text="For the column of a table: in each row, or in each begun row of a table that is not required.",
                                verbose_name="no cell left open",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="options",
                                to="survey.item",
                                verbose_name="item",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "option",
                        "verbose_name_plural": "options",
                        "ordering": ["position", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="OutlierDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("item", models.CharField(max_length=60, verbose_name="item")),
                        (
                            "choice",
                            models.CharField(
                                choices=[("keep", "Keep as it is"), ("weigh_down", "Weigh down")],
                                max_length=20,
                                verbose_name="decision",
                            ),
                        ),
                        ("cutoff", models.FloatField(null=True, verbose_name="cut-off")),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                        ("erased_at", models.DateTimeField(blank=True, null=True, verbose_name="erased at")),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="outlier_decisions",
                                to="survey.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "decision about an influential value",
                        "verbose_name_plural": "decisions about influential values",
                        "ordering": ["id"],
                    },
                ),
                migrations.AddField(
                    model_name="item",
                    name="page",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="survey.page",
                        verbose_name="page",
                    ),
                ),
                migrations.AddField(
                    model_name="item",
                    name="pain_point",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="survey.painpoint",
                        verbose_name="pain point",
                    ),
                ),
                migrations.CreateModel(
                    name="HistoricalItem",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "code",
                            models.CharField(
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z][A-Za-z0-9_]*$",
                                        "Begin with a letter and use only letters, digits and underscores.",
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("severity", "Severity scale"),
                                    ("yes_no", "Yes or no"),
                                    ("single", "Single choice"),
                                    ("multiple", "Multiple choice"),
                                    ("ranking", "Ranking"),
                                    ("integer", "Whole number"),
                                    ("decimal", "Decimal number"),
                                    ("percentage", "Percentage"),
                                    ("money", "Money"),
                                    ("shares", "Shares that add to 100"),
                                    ("number_table", "Small table of numbers"),
                                    ("table", "Small table of any answers"),
                                    ("date", "Date"),
                                    ("year_month", "Year and month"),
                                    ("time", "Time of day"),
                                    ("text", "Short text"),
                                    ("long_text", "Long text"),
                                    ("email", "E-mail address"),
                                    ("phone", "Telephone number"),
                                    ("credit_code", "Unified social credit code"),
                                    ("industry", "Industry"),
                                    ("district", "District"),
                                    ("file", "File"),
                                    ("calculation", "Calculated value"),
                                    ("note", "Information"),
                                ],
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        ("text", survey.models.translated.TranslatedField(verbose_name="wording")),
                        ("hint", survey.models.translated.TranslatedField(blank=True, verbose_name="hint")),
                        ("concept", models.CharField(blank=True, max_length=60, verbose_name="concept")),
                        ("missing", models.JSONField(blank=True, default=list, verbose_name="non-answers offered")),
                        ("required", models.TextField(blank=True, verbose_name="required if")),
                        ("relevant", models.TextField(blank=True, verbose_name="asked if")),
                        ("constraint", models.TextField(blank=True, verbose_name="constraint")),
                        (
                            "constraint_message",
                            survey.models.translated.TranslatedField(blank=True, verbose_name="constraint message"),
                        ),
                        (
                            "required_message",
                            survey.models.translated.TranslatedField(
                                blank=True, verbose_name="message where it is left open"
                            ),
                        ),
                        ("calculation", models.TextField(blank=True, verbose_name="calculation")),
                        ("appearance", models.CharField(blank=True, max_length=40, verbose_name="appearance")),
                        (
                            "unit",
                            survey.models.translated.TranslatedField(blank=True, max_length=40, verbose_name="unit"),
                        ),
                        ("minimum", models.FloatField(blank=True, null=True, verbose_name="minimum")),
                        ("maximum", models.FloatField(blank=True, null=True, verbose_name="maximum")),
                        (
                            "decimals",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="decimal places"),
                        ),
                        (
                            "max_choices",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="choices at most"),
                        ),
                        (
                            "max_length",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="characters at most"),
                        ),
                        ("can_estimate", models.BooleanField(default=False, verbose_name="an estimate is fine")),
                        ("magnitude", models.FloatField(blank=True, null=True, verbose_name="magnitude check")),
                        ("prefill", models.TextField(blank=True, verbose_name="prefilled from the frame")),
                        ("file_types", models.JSONField(blank=True, default=list, verbose_name="file types")),
                        ("max_megabytes", models.FloatField(blank=True, null=True, verbose_name="megabytes at most")),
                        (
                            "shuffled",
                            models.BooleanField(
                                default=False,
                                help_text="Each firm sees them in an order of its own.",
                                verbose_name="options in a drawn order",
                            ),
                        ),
                        (
                            "beside_last",
                            models.BooleanField(
                                default=False,
                                help_text="A firm that answered the wave before sees its answer of then and can take it over.",
                                verbose_name="last answer beside it",
                            ),
                        ),
                        (
                            "largest_change",
                            models.FloatField(
                                blank=True,
                                help_text="What needs no reason, as a multiple of the figure in the wave before: 2 is up to double or half.",
                                null=True,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="largest change",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "page",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.page",
                                verbose_name="page",
                            ),
                        ),
                        (
                            "pain_point",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.painpoint",
                                verbose_name="pain point",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical item",
                        "verbose_name_plural": "historical items",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Paradata",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("event", models.CharField(max_length=30, verbose_name="event")),
                        ("page", models.CharField(blank=True, max_length=40, verbose_name="page")),
                        ("detail", models.JSONField(blank=True, default=dict, verbose_name="detail")),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="paradata", to="survey.case"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "paradata",
                        "verbose_name_plural": "paradata",
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalSection",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("title", survey.models.translated.TranslatedField(max_length=200, verbose_name="title")),
                        ("intro", survey.models.translated.TranslatedField(blank=True, verbose_name="introduction")),
                        ("relevant", models.TextField(blank=True, verbose_name="asked if")),
                        (
                            "code",
                            models.CharField(
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z][A-Za-z0-9_]*$",
                                        "Begin with a letter and use only letters, digits and underscores.",
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "questionnaire",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.questionnaire",
                                verbose_name="questionnaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical section",
                        "verbose_name_plural": "historical sections",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalQuestionnaireVersion",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        ("digest", models.CharField(max_length=64, verbose_name="digest")),
                        (
                            "plan_digest",
                            models.CharField(
                                default="44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
                                max_length=64,
                                verbose_name="digest of the analysis plan",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("test", "Test"),
                                    ("fielded", "Fielded"),
                                    ("retired", "Retired"),
                                ],
                                default="test",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("published_at", models.DateTimeField(blank=True, editable=False, verbose_name="published at")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="published by",
                            ),
                        ),
                        (
                            "questionnaire",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.questionnaire",
                                verbose_name="questionnaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical questionnaire version",
                        "verbose_name_plural": "historical questionnaire versions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalEditRule",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "code",
                            models.CharField(
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z][A-Za-z0-9_]*$",
                                        "Begin with a letter and use only letters, digits and underscores.",
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        (
                            "level",
                            models.CharField(
                                choices=[("hard", "Hard"), ("verify", "Verify"), ("note", "Note")],
                                max_length=10,
                                verbose_name="level",
                            ),
                        ),
                        ("items", models.JSONField(default=list, verbose_name="items, the first is where it shows")),
                        ("condition", models.TextField(verbose_name="condition that must hold")),
                        ("message", survey.models.translated.TranslatedField(verbose_name="message")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "questionnaire",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.questionnaire",
                                verbose_name="questionnaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical edit rule",
                        "verbose_name_plural": "historical edit rules",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAnalysisPlan",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("content", models.JSONField(blank=True, default=dict, verbose_name="content")),
                        ("revision", models.PositiveIntegerField(default=0, verbose_name="revision")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "questionnaire",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.questionnaire",
                                verbose_name="questionnaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical analysis plan",
                        "verbose_name_plural": "historical analysis plans",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="EditRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z][A-Za-z0-9_]*$",
                                        "Begin with a letter and use only letters, digits and underscores.",
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        (
                            "level",
                            models.CharField(
                                choices=[("hard", "Hard"), ("verify", "Verify"), ("note", "Note")],
                                max_length=10,
                                verbose_name="level",
                            ),
                        ),
                        ("items", models.JSONField(default=list, verbose_name="items, the first is where it shows")),
                        ("condition", models.TextField(verbose_name="condition that must hold")),
                        ("message", survey.models.translated.TranslatedField(verbose_name="message")),
                        (
                            "questionnaire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="edit_rules",
                                to="survey.questionnaire",
                                verbose_name="questionnaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "edit rule",
                        "verbose_name_plural": "edit rules",
                        "ordering": ["position", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="AnalysisPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("content", models.JSONField(blank=True, default=dict, verbose_name="content")),
                        ("revision", models.PositiveIntegerField(default=0, verbose_name="revision")),
                        (
                            "questionnaire",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="analysis_plan",
                                to="survey.questionnaire",
                                verbose_name="questionnaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "analysis plan",
                        "verbose_name_plural": "analysis plans",
                        "ordering": ["questionnaire"],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionnaireVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        ("schema", models.JSONField(verbose_name="schema")),
                        ("digest", models.CharField(max_length=64, verbose_name="digest")),
                        ("plan", models.JSONField(default=dict, verbose_name="analysis plan")),
                        (
                            "plan_digest",
                            models.CharField(
                                default="44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
                                max_length=64,
                                verbose_name="digest of the analysis plan",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("test", "Test"),
                                    ("fielded", "Fielded"),
                                    ("retired", "Retired"),
                                ],
                                default="test",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("published_at", models.DateTimeField(auto_now_add=True, verbose_name="published at")),
                        (
                            "published_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="published by",
                            ),
                        ),
                        (
                            "questionnaire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="survey.questionnaire",
                                verbose_name="questionnaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "questionnaire version",
                        "verbose_name_plural": "questionnaire versions",
                        "ordering": ["questionnaire", "-number"],
                    },
                ),
                migrations.AddField(
                    model_name="cut",
                    name="version",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="survey.questionnaireversion",
                        verbose_name="version of the questionnaire",
                    ),
                ),
                migrations.CreateModel(
                    name="Release",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        ("digest", models.CharField(max_length=64, verbose_name="digest")),
                        ("content", models.JSONField(verbose_name="frozen content")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("checked", "checked"),
                                    ("signed", "signed"),
                                    ("embargoed", "under embargo"),
                                    ("published", "published"),
                                    ("revised", "revised"),
                                    ("withdrawn", "withdrawn before publication"),
                                    ("earlier", "made by an earlier version"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("embargo_until", models.DateTimeField(blank=True, null=True, verbose_name="embargo until")),
                        ("certificate", models.JSONField(blank=True, null=True, verbose_name="certificate")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "cut",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="releases",
                                to="survey.cut",
                                verbose_name="cut",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revisions",
                                to="survey.release",
                                verbose_name="stands for",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "release",
                        "verbose_name_plural": "releases",
                        "ordering": ["wave", "-number"],
                        "permissions": [("sign_release", "Can sign releases made by others")],
                    },
                ),
                migrations.CreateModel(
                    name="ReleaseStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("make", "made"),
                                    ("certify", "certified"),
                                    ("check", "checked"),
                                    ("sign", "signed"),
                                    ("embargo", "put under embargo"),
                                    ("publish", "published"),
                                    ("revise", "revised by a later release"),
                                    ("withdraw", "withdrawn"),
                                ],
                                max_length=10,
                                verbose_name="what was done",
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                        ("note", models.TextField(blank=True, verbose_name="reason")),
                        ("until", models.DateTimeField(blank=True, null=True, verbose_name="embargo until")),
                        ("detail", models.JSONField(default=dict, verbose_name="detail")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "release",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="survey.release"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of a release",
                        "verbose_name_plural": "steps of releases",
                        "ordering": ["release", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Removed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("model", models.CharField(max_length=100)),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("content", models.JSONField()),
                        (
                            "removed_at",
                            models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="deleted at"),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "deleted part",
                        "verbose_name_plural": "deleted, can be put back",
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Response",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("answers", models.JSONField(default=dict, verbose_name="answers")),
                        ("reasons", models.JSONField(default=dict, verbose_name="reasons")),
                        (
                            "taken_over",
                            models.JSONField(blank=True, default=list, verbose_name="taken over from the wave before"),
                        ),
                        ("revision", models.PositiveIntegerField(default=0, verbose_name="revision")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("submitted", "Submitted"),
                                    ("returned", "Returned for correction"),
                                    ("taken_back", "Taken back by the firm"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("is_current", models.BooleanField(default=True, verbose_name="current")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("web", "Web"),
                                    ("paper", "Paper"),
                                    ("telephone", "Telephone"),
                                    ("workbook", "Offline workbook"),
                                ],
                                default="web",
                                max_length=10,
                                verbose_name="channel",
                            ),
                        ),
                        ("language", models.CharField(blank=True, max_length=10, verbose_name="language")),
                        (
                            "receipt_number",
                            models.CharField(
                                blank=True, max_length=30, null=True, unique=True, verbose_name="receipt number"
                            ),
                        ),
                        ("submission_key", models.CharField(blank=True, max_length=64, verbose_name="submission key")),
                        ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="started at")),
                        ("saved_at", models.DateTimeField(auto_now=True, verbose_name="saved at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("seconds_spent", models.PositiveIntegerField(default=0, verbose_name="seconds spent")),
                        ("return_note", models.TextField(blank=True, verbose_name="what to correct")),
                        ("erased_at", models.DateTimeField(blank=True, null=True, verbose_name="erased at")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="responses",
                                to="survey.case",
                                verbose_name="case",
                            ),
                        ),
                        (
                            "corrects",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections_of_it",
                                to="survey.response",
                                verbose_name="corrects",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="responses",
                                to="survey.questionnaireversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "response",
                        "verbose_name_plural": "responses",
                        "ordering": ["case", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="OpenAnswerDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("item", models.CharField(max_length=40, verbose_name="item")),
                        ("leaves", models.BooleanField(verbose_name="leaves the office")),
                        ("text", models.TextField(blank=True, verbose_name="text as it leaves")),
                        (
                            "written",
                            models.CharField(blank=True, max_length=64, verbose_name="digest of what was written"),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                        ("erased_at", models.DateTimeField(blank=True, null=True, verbose_name="erased at")),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "response",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="open_answer_decisions",
                                to="survey.response",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "decision about an open answer",
                        "verbose_name_plural": "decisions about open answers",
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="EditingDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("item", models.CharField(max_length=60, verbose_name="item")),
                        ("value", models.FloatField(verbose_name="value")),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                        ("erased_at", models.DateTimeField(blank=True, null=True, verbose_name="erased at")),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="author",
                            ),
                        ),
                        (
                            "response",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="editing_decisions",
                                to="survey.response",
                                verbose_name="response",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "accepted answer",
                        "verbose_name_plural": "accepted answers",
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Correction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("item", models.CharField(max_length=40, verbose_name="item")),
                        ("old", models.JSONField(null=True, verbose_name="old value")),
                        ("new", models.JSONField(null=True, verbose_name="new value")),
                        ("rule", models.CharField(blank=True, max_length=40, verbose_name="edit rule")),
                        (
                            "state",
                            models.CharField(
                                choices=[("corrected", "Corrected"), ("imputed", "Imputed")],
                                default="corrected",
                                max_length=20,
                                verbose_name="what the new value is",
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                        ("erased_at", models.DateTimeField(blank=True, null=True, verbose_name="erased at")),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "response",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="survey.response",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "correction",
                        "verbose_name_plural": "corrections",
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="ReturnNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("item", models.CharField(max_length=60, verbose_name="item")),
                        ("text", models.TextField(verbose_name="note")),
                        (
                            "response",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="item_notes",
                                to="survey.response",
                                verbose_name="response",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "note about a question",
                        "verbose_name_plural": "notes about questions",
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Sample",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("proportional", "Proportional"),
                                    ("equal", "Equal"),
                                    ("neyman", "Neyman"),
                                    ("power", "Power"),
                                    ("targets", "Smallest for wanted errors"),
                                ],
                                max_length=20,
                                verbose_name="allocation",
                            ),
                        ),
                        ("size", models.PositiveIntegerField(verbose_name="size")),
                        (
                            "minimum_per_stratum",
                            models.PositiveIntegerField(
                                default=2,
                                validators=[django.core.validators.MinValueValidator(2)],
                                verbose_name="least per stratum",
                            ),
                        ),
                        ("seed", models.BigIntegerField(verbose_name="seed")),
                        (
                            "relation",
                            models.CharField(
                                choices=[
                                    ("fresh", "None: new random numbers"),
                                    ("keep", "Keep a part of the firms of an earlier sample"),
                                    ("avoid", "Avoid the firms asked in the last 12 months"),
                                ],
                                default="fresh",
                                max_length=10,
                                verbose_name="relation to other samples",
                            ),
                        ),
                        ("kept_share", models.FloatField(blank=True, null=True, verbose_name="share of firms kept")),
                        ("starts", models.JSONField(blank=True, default=dict, verbose_name="starts")),
                        ("expected_response", models.FloatField(default=1.0, verbose_name="share expected to answer")),
                        ("targets", models.JSONField(blank=True, default=dict, verbose_name="wanted errors")),
                        ("drawn_at", models.DateTimeField(auto_now_add=True, verbose_name="drawn at")),
                        (
                            "drawn_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "related_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="survey.sample",
                                verbose_name="sample whose firms are kept",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sample",
                        "verbose_name_plural": "samples",
                        "ordering": ["-drawn_at"],
                        "permissions": [("draw_sample", "Can draw a sample")],
                    },
                ),
                migrations.CreateModel(
                    name="SampleUnit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("permanent_random_number", models.FloatField(verbose_name="permanent random number")),
                        ("inclusion_probability", models.FloatField(verbose_name="inclusion probability")),
                        ("design_weight", models.FloatField(verbose_name="design weight")),
                        (
                            "sample",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="units", to="survey.sample"
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sample_units",
                                to="survey.frameunit",
                                verbose_name="firm",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sampled firm",
                        "verbose_name_plural": "sampled firms",
                        "ordering": ["sample", "id"],
                    },
                ),
                migrations.AddField(
                    model_name="case",
                    name="sample_unit",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case",
                        to="survey.sampleunit",
                        verbose_name="sampled firm",
                    ),
                ),
                migrations.CreateModel(
                    name="SamplingFrame",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "status",
                            models.CharField(
                                choices=[("loading", "Loading"), ("ready", "Ready")],
                                default="loading",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("source_name", models.CharField(max_length=200, verbose_name="file")),
                        ("source_digest", models.CharField(max_length=64, verbose_name="digest of the file")),
                        ("unit_count", models.PositiveIntegerField(default=0, verbose_name="firms")),
                        ("is_demonstration", models.BooleanField(default=False, verbose_name="demonstration")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="imported at")),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sampling frame",
                        "verbose_name_plural": "sampling frames",
                        "ordering": ["-created_at"],
                        "permissions": [("import_frame", "Can import a list of firms")],
                    },
                ),
                migrations.AddField(
                    model_name="sample",
                    name="frame",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="samples",
                        to="survey.samplingframe",
                        verbose_name="sampling frame",
                    ),
                ),
                migrations.AddField(
                    model_name="frameunit",
                    name="frame",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="units", to="survey.samplingframe"
                    ),
                ),
                migrations.CreateModel(
                    name="FrameImport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("source_name", models.CharField(max_length=200, verbose_name="file")),
                        (
                            "stored_file",
                            models.FileField(blank=True, upload_to="frame_imports", verbose_name="stored file"),
                        ),
                        (
                            "errors_file",
                            models.FileField(blank=True, upload_to="frame_imports", verbose_name="rows with errors"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("checking", "Being checked"),
                                    ("waiting", "Waiting for a decision"),
                                    ("loading", "Being loaded"),
                                    ("done", "Imported"),
                                    ("refused", "Refused"),
                                    ("discarded", "Discarded"),
                                    ("expired", "Expired"),
                                ],
                                default="checking",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("report", models.JSONField(blank=True, default=dict, verbose_name="report")),
                        ("rows_total", models.PositiveIntegerField(default=0, verbose_name="rows")),
                        ("rows_done", models.PositiveIntegerField(default=0, verbose_name="rows done")),
                        ("rows_good", models.PositiveIntegerField(default=0, verbose_name="good rows")),
                        ("rows_bad", models.PositiveIntegerField(default=0, verbose_name="rows with errors")),
                        ("heartbeat", models.DateTimeField(auto_now=True, verbose_name="last sign of life")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="put in at")),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "districts_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="survey.classificationversion",
                                verbose_name="districts by",
                            ),
                        ),
                        (
                            "industries_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="survey.classificationversion",
                                verbose_name="industries by",
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="survey.job",
                            ),
                        ),
                        (
                            "frame",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="origin",
                                to="survey.samplingframe",
                            ),
                        ),
                        (
                            "joins",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="joined_by",
                                to="survey.samplingframe",
                                verbose_name="goes into",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "frame import",
                        "verbose_name_plural": "frame imports",
                        "ordering": ["-created_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Section",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", survey.models.translated.TranslatedField(max_length=200, verbose_name="title")),
                        ("intro", survey.models.translated.TranslatedField(blank=True, verbose_name="introduction")),
                        ("relevant", models.TextField(blank=True, verbose_name="asked if")),
                        (
                            "code",
                            models.CharField(
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z][A-Za-z0-9_]*$",
                                        "Begin with a letter and use only letters, digits and underscores.",
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        (
                            "questionnaire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sections",
                                to="survey.questionnaire",
                                verbose_name="questionnaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "section",
                        "verbose_name_plural": "sections",
                        "ordering": ["position", "id"],
                    },
                ),
                migrations.AddField(
                    model_name="page",
                    name="section",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pages",
                        to="survey.section",
                        verbose_name="section",
                    ),
                ),
                migrations.CreateModel(
                    name="HistoricalPage",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("title", survey.models.translated.TranslatedField(max_length=200, verbose_name="title")),
                        ("intro", survey.models.translated.TranslatedField(blank=True, verbose_name="introduction")),
                        ("relevant", models.TextField(blank=True, verbose_name="asked if")),
                        (
                            "code",
                            models.CharField(
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z][A-Za-z0-9_]*$",
                                        "Begin with a letter and use only letters, digits and underscores.",
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "section",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.section",
                                verbose_name="section",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical page",
                        "verbose_name_plural": "historical pages",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="SectionHandover",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("section", models.CharField(max_length=40, verbose_name="section")),
                        ("colleague", models.CharField(max_length=60, verbose_name="colleague")),
                        ("generation", models.PositiveIntegerField(verbose_name="generation of the access code")),
                        (
                            "code_hash",
                            models.CharField(max_length=64, unique=True, verbose_name="keyed hash of the access code"),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="handed on at")),
                        ("expires_at", models.DateTimeField(verbose_name="open until")),
                        ("is_taken_back", models.BooleanField(default=False, verbose_name="taken back")),
                        ("saved_at", models.DateTimeField(blank=True, null=True, verbose_name="last saved at")),
                        ("pages", models.JSONField(blank=True, default=list, verbose_name="pages saved")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="handovers",
                                to="survey.case",
                                verbose_name="case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "section handed to a colleague",
                        "verbose_name_plural": "sections handed to colleagues",
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="SizeThreshold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("group_name", models.CharField(max_length=60, verbose_name="group")),
                        (
                            "industry_codes",
                            models.CharField(
                                help_text="Separated by semicolons.", max_length=200, verbose_name="industry codes"
                            ),
                        ),
                        (
                            "indicator",
                            models.CharField(
                                choices=[
                                    ("X", "Employees"),
                                    ("Y", "Revenue, 10,000 yuan"),
                                    ("Z", "Total assets, 10,000 yuan"),
                                ],
                                max_length=1,
                                verbose_name="indicator",
                            ),
                        ),
                        ("large_min", models.FloatField(verbose_name="large from")),
                        ("medium_min", models.FloatField(verbose_name="medium from")),
                        ("small_min", models.FloatField(verbose_name="small from")),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                    ],
                    options={
                        "verbose_name": "size threshold",
                        "verbose_name_plural": "size thresholds",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("group_name", "indicator"), name="size_threshold_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StaffAction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("verb", models.CharField(max_length=40, verbose_name="action")),
                        ("subject", models.CharField(max_length=200, verbose_name="subject")),
                        ("detail", models.JSONField(blank=True, default=dict, verbose_name="detail")),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                        ("erased_at", models.DateTimeField(blank=True, null=True, verbose_name="erased at")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "staff action",
                        "verbose_name_plural": "staff actions",
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Stratum",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("industry_section", models.CharField(max_length=1, verbose_name="industry section")),
                        (
                            "size_class",
                            models.CharField(
                                choices=[
                                    ("large", "Large"),
                                    ("medium", "Medium"),
                                    ("small", "Small"),
                                    ("micro", "Micro"),
                                ],
                                max_length=10,
                                verbose_name="size class",
                            ),
                        ),
                        ("population", models.PositiveIntegerField(verbose_name="firms in the frame")),
                        ("sample_size", models.PositiveIntegerField(verbose_name="firms in the sample")),
                        ("is_take_all", models.BooleanField(default=False, verbose_name="take-all")),
                        (
                            "sample",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="strata", to="survey.sample"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "stratum",
                        "verbose_name_plural": "strata",
                        "ordering": ["sample", "industry_section", "size_class"],
                    },
                ),
                migrations.AddField(
                    model_name="sampleunit",
                    name="stratum",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="units", to="survey.stratum"
                    ),
                ),
                migrations.CreateModel(
                    name="RetentionRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("contacts", "Contacts of firms"),
                                    ("register", "Persons in the firm register"),
                                    ("notes", "Notes, calls and remarks"),
                                    ("raw_returns", "Raw returns"),
                                    ("paradata", "Paradata"),
                                    ("import_files", "Files of imports"),
                                    ("export_files", "Files of exports"),
                                    ("sessions", "Sessions that have run out"),
                                    ("logs", "Client addresses and logs of logins"),
                                ],
                                max_length=20,
                                verbose_name="what is erased",
                            ),
                        ),
                        (
                            "days",
                            models.PositiveIntegerField(
                                help_text="From the end of collection of a wave; for files, sessions and logs from their day.",
                                verbose_name="after days",
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty for files, sessions and logs, which belong to no survey.",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="retention_rules",
                                to="survey.survey",
                                verbose_name="survey",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "retention rule",
                        "verbose_name_plural": "retention rules",
                        "ordering": ["survey", "kind"],
                        "permissions": [("erase_personal_data", "Can find and erase data of a person")],
                    },
                ),
                migrations.AddField(
                    model_name="questionnaire",
                    name="survey",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questionnaires",
                        to="survey.survey",
                        verbose_name="survey",
                    ),
                ),
                migrations.CreateModel(
                    name="MailingTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("announcement", "Announcement"),
                                    ("invitation", "Invitation with access code"),
                                    ("reminder_1", "First reminder"),
                                    ("reminder_2", "Second reminder"),
                                    ("reminder_3", "Third reminder"),
                                    ("send_back", "Request to correct"),
                                    ("thanks", "Thanks"),
                                ],
                                max_length=20,
                                verbose_name="purpose",
                            ),
                        ),
                        ("subject", survey.models.translated.TranslatedField(max_length=200, verbose_name="subject")),
                        ("body", survey.models.translated.TranslatedField(verbose_name="text")),
                        (
                            "short",
                            survey.models.translated.TranslatedField(
                                blank=True, max_length=300, verbose_name="short text"
                            ),
                        ),
                        (
                            "return_address",
                            survey.models.translated.TranslatedField(blank=True, verbose_name="return address"),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mailing_templates",
                                to="survey.survey",
                                verbose_name="survey",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "text of a mailing",
                        "verbose_name_plural": "texts of mailings",
                        "ordering": ["survey", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalWave",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.SlugField(max_length=40, verbose_name="code")),
                        ("title", survey.models.translated.TranslatedField(max_length=200, verbose_name="title")),
                        (
                            "reference_period",
                            survey.models.translated.TranslatedField(
                                blank=True, max_length=100, verbose_name="reference period"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[("planned", "Planned"), ("open", "Open"), ("closed", "Closed")],
                                default="planned",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("opens_at", models.DateTimeField(verbose_name="opens at")),
                        ("closes_at", models.DateTimeField(verbose_name="closes at")),
                        (
                            "target_responses",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="responses aimed at"),
                        ),
                        (
                            "may_take_back",
                            models.BooleanField(
                                default=True,
                                help_text="While the wave collects, a firm can correct its answers and submit again; every version is kept.",
                                verbose_name="firms may take back what they submitted",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.questionnaireversion",
                                verbose_name="version",
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.survey",
                                verbose_name="survey",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical wave",
                        "verbose_name_plural": "historical waves",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalQuestionnaire",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("title", survey.models.translated.TranslatedField(max_length=200, verbose_name="title")),
                        (
                            "code",
                            models.CharField(
                                db_index=True,
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z][A-Za-z0-9_]*$",
                                        "Begin with a letter and use only letters, digits and underscores.",
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.survey",
                                verbose_name="survey",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical questionnaire",
                        "verbose_name_plural": "historical questionnaires",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalMailingTemplate",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("announcement", "Announcement"),
                                    ("invitation", "Invitation with access code"),
                                    ("reminder_1", "First reminder"),
                                    ("reminder_2", "Second reminder"),
                                    ("reminder_3", "Third reminder"),
                                    ("send_back", "Request to correct"),
                                    ("thanks", "Thanks"),
                                ],
                                max_length=20,
                                verbose_name="purpose",
                            ),
                        ),
                        ("subject", survey.models.translated.TranslatedField(max_length=200, verbose_name="subject")),
                        ("body", survey.models.translated.TranslatedField(verbose_name="text")),
                        (
                            "short",
                            survey.models.translated.TranslatedField(
                                blank=True, max_length=300, verbose_name="short text"
                            ),
                        ),
                        (
                            "return_address",
                            survey.models.translated.TranslatedField(blank=True, verbose_name="return address"),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.survey",
                                verbose_name="survey",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical text of a mailing",
                        "verbose_name_plural": "historical texts of mailings",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="FormReading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("file", models.FileField(upload_to="xlsforms", verbose_name="file")),
                        ("source_name", models.CharField(max_length=200, verbose_name="name of the file")),
                        ("code", models.CharField(blank=True, max_length=40, verbose_name="code of the questionnaire")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="put in at")),
                        ("is_read", models.BooleanField(default=False, verbose_name="is read")),
                        ("content", models.JSONField(default=None, null=True, verbose_name="questionnaire")),
                        ("findings", models.JSONField(default=list, verbose_name="findings")),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "loaded",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="survey.questionnaire",
                                verbose_name="loaded as",
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="survey.survey",
                                verbose_name="survey",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "XLSForm put in",
                        "verbose_name_plural": "XLSForms put in",
                        "ordering": ["-created_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Territory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "district",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                to="survey.district",
                                verbose_name="district",
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                to="survey.survey",
                                verbose_name="survey",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="territories",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="member of staff",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "district of an officer",
                        "verbose_name_plural": "districts of officers",
                        "ordering": ["user", "district", "survey"],
                    },
                ),
                migrations.CreateModel(
                    name="Wave",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                        ("title", survey.models.translated.TranslatedField(max_length=200, verbose_name="title")),
                        (
                            "reference_period",
                            survey.models.translated.TranslatedField(
                                blank=True, max_length=100, verbose_name="reference period"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[("planned", "Planned"), ("open", "Open"), ("closed", "Closed")],
                                default="planned",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("opens_at", models.DateTimeField(verbose_name="opens at")),
                        ("closes_at", models.DateTimeField(verbose_name="closes at")),
                        (
                            "target_responses",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="responses aimed at"),
                        ),
                        (
                            "may_take_back",
                            models.BooleanField(
                                default=True,
                                help_text="While the wave collects, a firm can correct its answers and submit again; every version is kept.",
                                verbose_name="firms may take back what they submitted",
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waves",
                                to="survey.survey",
                                verbose_name="survey",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waves",
                                to="survey.questionnaireversion",
                                verbose_name="version",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "wave",
                        "verbose_name_plural": "waves",
                        "ordering": ["-opens_at", "code"],
                        "permissions": [
                            ("view_dashboard", "Can see the dashboard"),
                            ("view_working_figures", "Can see working figures, which are not to be passed on"),
                            ("make_cut", "Can make a cut"),
                            ("clear_open_answers", "Can let open answers leave the office"),
                            ("export_release", "Can export the release workbook"),
                            ("export_microdata", "Can export edited microdata"),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="sample",
                    name="wave",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sample",
                        to="survey.wave",
                        verbose_name="wave",
                    ),
                ),
                migrations.AddField(
                    model_name="release",
                    name="wave",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="survey.wave",
                        verbose_name="wave",
                    ),
                ),
                migrations.CreateModel(
                    name="PlannedMailing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("announcement", "Announcement"),
                                    ("invitation", "Invitation with access code"),
                                    ("reminder_1", "First reminder"),
                                    ("reminder_2", "Second reminder"),
                                    ("reminder_3", "Third reminder"),
                                    ("send_back", "Request to correct"),
                                    ("thanks", "Thanks"),
                                ],
                                max_length=20,
                                verbose_name="purpose",
                            ),
                        ),
                        ("days", models.PositiveSmallIntegerField(verbose_name="days")),
                        (
                            "counted_from",
                            models.CharField(
                                choices=[
                                    ("after_invitation", "days after the invitation"),
                                    ("before_deadline", "days before the deadline"),
                                ],
                                max_length=20,
                                verbose_name="counted from",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("email", "E-mail"),
                                    ("letter", "Printed letter"),
                                    ("merge", "Workbook for a mail merge"),
                                    ("telephone", "Telephone list"),
                                    ("sms", "SMS list"),
                                    ("wechat", "WeChat list"),
                                    ("own", "Each contact's own channel"),
                                ],
                                max_length=10,
                                verbose_name="channel",
                            ),
                        ),
                        (
                            "otherwise",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("email", "E-mail"),
                                    ("letter", "Printed letter"),
                                    ("merge", "Workbook for a mail merge"),
                                    ("telephone", "Telephone list"),
                                    ("sms", "SMS list"),
                                    ("wechat", "WeChat list"),
                                    ("own", "Each contact's own channel"),
                                ],
                                max_length=10,
                                verbose_name="otherwise",
                            ),
                        ),
                        ("language", models.CharField(default="zh", max_length=10, verbose_name="language")),
                        ("site", models.URLField(verbose_name="address of the questionnaire")),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "mailing",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="planned_by",
                                to="survey.mailing",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="planned_mailings",
                                to="survey.wave",
                                verbose_name="wave",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "planned mailing",
                        "verbose_name_plural": "planned mailings",
                        "ordering": ["wave", "id"],
                    },
                ),
                migrations.AddField(
                    model_name="mailing",
                    name="wave",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mailings",
                        to="survey.wave",
                        verbose_name="wave",
                    ),
                ),
                migrations.CreateModel(
                    name="HistoricalSample",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("proportional", "Proportional"),
                                    ("equal", "Equal"),
                                    ("neyman", "Neyman"),
                                    ("power", "Power"),
                                    ("targets", "Smallest for wanted errors"),
                                ],
                                max_length=20,
                                verbose_name="allocation",
                            ),
                        ),
                        ("size", models.PositiveIntegerField(verbose_name="size")),
                        (
                            "minimum_per_stratum",
                            models.PositiveIntegerField(
                                default=2,
                                validators=[django.core.validators.MinValueValidator(2)],
                                verbose_name="least per stratum",
                            ),
                        ),
                        ("seed", models.BigIntegerField(verbose_name="seed")),
                        (
                            "relation",
                            models.CharField(
                                choices=[
                                    ("fresh", "None: new random numbers"),
                                    ("keep", "Keep a part of the firms of an earlier sample"),
                                    ("avoid", "Avoid the firms asked in the last 12 months"),
                                ],
                                default="fresh",
                                max_length=10,
                                verbose_name="relation to other samples",
                            ),
                        ),
                        ("kept_share", models.FloatField(blank=True, null=True, verbose_name="share of firms kept")),
                        ("starts", models.JSONField(blank=True, default=dict, verbose_name="starts")),
                        ("expected_response", models.FloatField(default=1.0, verbose_name="share expected to answer")),
                        ("targets", models.JSONField(blank=True, default=dict, verbose_name="wanted errors")),
                        ("drawn_at", models.DateTimeField(blank=True, editable=False, verbose_name="drawn at")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "drawn_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "related_to",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.sample",
                                verbose_name="sample whose firms are kept",
                            ),
                        ),
                        (
                            "frame",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.samplingframe",
                                verbose_name="sampling frame",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.wave",
                                verbose_name="wave",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical sample",
                        "verbose_name_plural": "historical samples",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCase",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("key", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("not_started", "Not started"),
                                    ("in_progress", "In progress"),
                                    ("submitted", "Submitted"),
                                    ("returned", "Returned for correction"),
                                    ("finalised", "Finalised without a response"),
                                ],
                                default="not_started",
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "disposition",
                            models.CharField(
                                choices=[
                                    ("complete", "Complete"),
                                    ("partial", "Partial"),
                                    ("refusal", "Refusal"),
                                    ("non_contact", "No contact"),
                                    ("other", "Eligible, other non-interview"),
                                    ("unknown_if_eligible", "Unknown if eligible"),
                                    ("unknown_other", "Unknown, other"),
                                    ("not_eligible", "Not eligible"),
                                ],
                                default="unknown_if_eligible",
                                max_length=30,
                                verbose_name="disposition",
                            ),
                        ),
                        (
                            "code_generation",
                            models.PositiveIntegerField(default=1, verbose_name="generation of the access code"),
                        ),
                        ("is_closed", models.BooleanField(default=False, verbose_name="closed")),
                        (
                            "code_sent_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="access code issued at"),
                        ),
                        ("reminders", models.PositiveSmallIntegerField(default=0, verbose_name="reminders")),
                        (
                            "is_followed_up",
                            models.BooleanField(default=False, verbose_name="drawn for the follow-up of silent firms"),
                        ),
                        (
                            "follow_up_sample",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("drawn", "Drawn: called until it answers"),
                                    ("left", "Left alone: drawn firms stand for it"),
                                ],
                                help_text="Silent firms are in a random follow-up sample, or one that is in it stands for them.",
                                max_length=10,
                                verbose_name="follow-up sample",
                            ),
                        ),
                        (
                            "is_set_aside",
                            models.BooleanField(
                                default=False,
                                help_text="The firm submitted, and an outcome found out since says that its answers are not to be counted.",
                                verbose_name="answers do not count",
                            ),
                        ),
                        (
                            "extended_until",
                            models.DateField(
                                blank=True,
                                help_text="The last day that this firm was given; it is not reminded until then.",
                                null=True,
                                verbose_name="time until",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "sample_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.sampleunit",
                                verbose_name="sampled firm",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.wave",
                                verbose_name="wave",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical case",
                        "verbose_name_plural": "historical cases",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Feedback",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "burden",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("1", "Very little work"),
                                    ("2", "Little work"),
                                    ("3", "Reasonable"),
                                    ("4", "Much work"),
                                    ("5", "Far too much work"),
                                ],
                                max_length=1,
                                verbose_name="burden",
                            ),
                        ),
                        (
                            "difficulty",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("nothing", "Nothing in particular"),
                                    ("figures", "Finding or working out the figures"),
                                    ("words", "Understanding what is asked"),
                                    ("colleagues", "Asking colleagues of other departments"),
                                    ("length", "The number of questions"),
                                    ("pages", "Using these pages"),
                                ],
                                max_length=20,
                                verbose_name="hardest",
                            ),
                        ),
                        ("remark", models.TextField(blank=True, max_length=1000, verbose_name="remark")),
                        ("on", models.DateField(auto_now_add=True, verbose_name="on")),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="feedback",
                                to="survey.wave",
                                verbose_name="wave",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "feedback",
                        "verbose_name_plural": "feedback",
                        "ordering": ["wave", "id"],
                    },
                ),
                migrations.AddField(
                    model_name="cut",
                    name="wave",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cuts",
                        to="survey.wave",
                        verbose_name="wave",
                    ),
                ),
                migrations.CreateModel(
                    name="CrossingRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("first", models.CharField(max_length=40, verbose_name="group")),
                        ("second", models.CharField(max_length=40, verbose_name="crossed with")),
                        ("reason", models.TextField(verbose_name="what it is needed for")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Waits for an answer"),
                                    ("taken_up", "In the plan from the next version on"),
                                    ("declined", "Declined"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="answer")),
                        ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked at")),
                        ("answered_at", models.DateTimeField(null=True, verbose_name="answered at")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="answered by",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="crossing_requests",
                                to="survey.wave",
                                verbose_name="wave",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "crossing that was asked for",
                        "verbose_name_plural": "crossings that were asked for",
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Change",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40, verbose_name="what was written")),
                        ("operation", models.CharField(max_length=10, verbose_name="operation")),
                        ("object_id", models.BigIntegerField(null=True, verbose_name="row")),
                        ("row_count", models.PositiveIntegerField(default=1, verbose_name="rows written")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "wave",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="survey.wave",
                                verbose_name="wave",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "change",
                        "verbose_name_plural": "changes",
                        "ordering": ["id"],
                    },
                ),
                migrations.AddField(
                    model_name="case",
                    name="wave",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="survey.wave",
                        verbose_name="wave",
                    ),
                ),
                migrations.AddField(
                    model_name="calllist",
                    name="wave",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_lists",
                        to="survey.wave",
                        verbose_name="wave",
                    ),
                ),
                migrations.CreateModel(
                    name="CallingPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seed", models.BigIntegerField(verbose_name="seed")),
                        (
                            "size",
                            models.PositiveIntegerField(
                                default=50,
                                validators=[
                                    django.core.validators.MinValueValidator(10),
                                    django.core.validators.MaxValueValidator(1000),
                                ],
                                verbose_name="calls on a list",
                            ),
                        ),
                        (
                            "points",
                            models.FloatField(
                                default=5.0,
                                validators=[
                                    django.core.validators.MinValueValidator(0.1),
                                    django.core.validators.MaxValueValidator(50),
                                ],
                                verbose_name="shares within, in points",
                            ),
                        ),
                        (
                            "percent",
                            models.FloatField(
                                default=10.0,
                                validators=[
                                    django.core.validators.MinValueValidator(0.1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="amounts within, in per cent",
                            ),
                        ),
                        (
                            "dominance",
                            models.FloatField(
                                default=0.015,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(1),
                                ],
                                verbose_name="part of a target that one firm carries",
                            ),
                        ),
                        (
                            "least_gain",
                            models.FloatField(
                                default=1.0,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(50),
                                ],
                                verbose_name="least gain of a list, in per cent",
                            ),
                        ),
                        (
                            "enough",
                            models.FloatField(
                                default=1.0,
                                validators=[
                                    django.core.validators.MinValueValidator(0.1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                                verbose_name="error that is enough, in targets",
                            ),
                        ),
                        ("fixed_at", models.DateTimeField(auto_now=True, verbose_name="fixed at")),
                        (
                            "fixed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="fixed by",
                            ),
                        ),
                        (
                            "wave",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calling_plan",
                                to="survey.wave",
                                verbose_name="wave",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rule of calling",
                        "verbose_name_plural": "rules of calling",
                        "ordering": ["wave"],
                    },
                ),
                migrations.CreateModel(
                    name="BulkAction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("action", models.CharField(max_length=30, verbose_name="action")),
                        ("key", models.CharField(max_length=64, unique=True, verbose_name="submission key")),
                        ("after", models.CharField(blank=True, max_length=100, verbose_name="set to")),
                        ("before", models.JSONField(blank=True, default=dict, verbose_name="before")),
                        ("count", models.PositiveIntegerField(default=0, verbose_name="cases")),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone at")),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="author",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bulk_actions",
                                to="survey.wave",
                                verbose_name="wave",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "action on many cases",
                        "verbose_name_plural": "actions on many cases",
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Acceptance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("accepted_at", models.DateTimeField(auto_now_add=True, verbose_name="accepted at")),
                        ("unresolved", models.PositiveIntegerField(default=0, verbose_name="still open")),
                        ("remark", models.TextField(blank=True, verbose_name="remark")),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="accepted by",
                            ),
                        ),
                        (
                            "district",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="survey.district",
                                verbose_name="district",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acceptances",
                                to="survey.wave",
                                verbose_name="wave",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "acceptance of returns",
                        "verbose_name_plural": "acceptances of returns",
                        "ordering": ["wave", "district"],
                    },
                ),
                migrations.CreateModel(
                    name="CaseEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("call", "Call"),
                                    ("visit", "Visit"),
                                    ("received", "Letter or e-mail received"),
                                    ("note", "Note"),
                                    ("message", "Message from the firm"),
                                    ("more_time", "The firm asks for more time"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("promised", "Promised to answer"),
                                    ("call_back", "Asked to be called again"),
                                    ("helped", "Question answered"),
                                    ("unwilling", "Unwilling"),
                                    ("no_answer", "Nobody answered"),
                                    ("wrong_number", "Number or address is wrong"),
                                ],
                                max_length=20,
                                verbose_name="result",
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="text")),
                        ("person", models.CharField(blank=True, max_length=100, verbose_name="spoken with")),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                        ("submission_key", models.CharField(max_length=64, verbose_name="submission key")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="asked until")),
                        ("granted_until", models.DateField(blank=True, null=True, verbose_name="granted until")),
                        ("answer", models.TextField(blank=True, verbose_name="answer")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="answered by",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="author",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="survey.case",
                                verbose_name="case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry of a case",
                        "verbose_name_plural": "entries of cases",
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["case", "kind"], name="survey_case_case_id_730498_idx")],
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "submission_key"), name="case_entry_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseWork",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("next_action", models.CharField(blank=True, max_length=200, verbose_name="next action")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                        ("appointment_at", models.DateTimeField(blank=True, null=True, verbose_name="appointment")),
                        (
                            "mark",
                            models.CharField(
                                blank=True,
                                choices=[("watch", "Watch"), ("urgent", "Urgent"), ("difficult", "Difficult")],
                                max_length=20,
                                verbose_name="mark",
                            ),
                        ),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="work",
                                to="survey.case",
                                verbose_name="case",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="officer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "work on a case",
                        "verbose_name_plural": "work on cases",
                        "ordering": ["due_on", "id"],
                        "indexes": [
                            models.Index(fields=["owner", "due_on"], name="survey_case_owner_i_c001c1_idx"),
                            models.Index(fields=["due_on"], name="survey_case_due_on_eb55ad_idx"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Correspondence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("old", models.CharField(max_length=20, verbose_name="old code")),
                        ("new", models.CharField(max_length=20, verbose_name="new code")),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="correspondences",
                                to="survey.classificationversion",
                                verbose_name="edition",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "correspondence of codes",
                        "verbose_name_plural": "correspondences of codes",
                        "ordering": ["edition", "old", "new"],
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "old", "new"), name="correspondence_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CutPage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("domain", models.CharField(blank=True, max_length=300, verbose_name="group of firms")),
                        ("tables", models.JSONField(default=dict, verbose_name="cleared tables")),
                        (
                            "cut",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="pages", to="survey.cut"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "page of a cut",
                        "verbose_name_plural": "pages of cuts",
                        "ordering": ["cut", "domain"],
                        "constraints": [
                            models.UniqueConstraint(fields=("cut", "domain"), name="cut_page_once_of_a_domain")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delegation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("is_main", models.BooleanField(default=False, verbose_name="main")),
                        ("granted_at", models.DateTimeField(auto_now_add=True, verbose_name="granted at")),
                        (
                            "delegate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="delegations",
                                to="survey.delegate",
                                verbose_name="person",
                            ),
                        ),
                        (
                            "granted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="granted by",
                            ),
                        ),
                        (
                            "firm",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="delegations",
                                to="survey.firm",
                                verbose_name="firm",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "firm that a person answers for",
                        "verbose_name_plural": "firms that persons answer for",
                        "ordering": ["firm", "-is_main", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("delegate", "firm"), name="delegation_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("is_main", True)), fields=("firm",), name="one_main_delegate"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FirmChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("field", models.CharField(max_length=30, verbose_name="what")),
                        ("old", models.CharField(blank=True, max_length=300, verbose_name="before")),
                        ("new", models.CharField(blank=True, max_length=300, verbose_name="now")),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("list", "List of firms"),
                                    ("register", "Register of companies"),
                                    ("authority", "Another authority"),
                                    ("fieldwork", "Fieldwork of a survey"),
                                    ("firm", "The firm itself"),
                                    ("office", "Entered in the office"),
                                ],
                                max_length=10,
                                verbose_name="source",
                            ),
                        ),
                        ("detail", models.CharField(blank=True, max_length=300, verbose_name="particulars")),
                        ("origin", models.CharField(blank=True, max_length=60, null=True, unique=True)),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="author",
                            ),
                        ),
                        (
                            "firm",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="survey.firm",
                                verbose_name="firm",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "change of a firm",
                        "verbose_name_plural": "changes of firms",
                        "ordering": ["-at", "-id"],
                        "indexes": [models.Index(fields=["field", "old"], name="survey_firm_field_807274_idx")],
                    },
                ),
                migrations.AddIndex(
                    model_name="firm",
                    index=models.Index(fields=["status"], name="survey_firm_status_617f9d_idx"),
                ),
                migrations.AddIndex(
                    model_name="firm",
                    index=models.Index(fields=["name"], name="survey_firm_name_c4bbd2_idx"),
                ),
                migrations.AddIndex(
                    model_name="job",
                    index=models.Index(fields=["state", "heartbeat"], name="job_state_heartbeat"),
                ),
                migrations.AddConstraint(
                    model_name="job",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "running"])),
                        fields=("key",),
                        name="one_open_job_of_a_key",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="jobstep",
                    constraint=models.UniqueConstraint(fields=("job", "name"), name="job_step_once"),
                ),
                migrations.AddConstraint(
                    model_name="listedcall",
                    constraint=models.UniqueConstraint(fields=("call_list", "case"), name="listed_once"),
                ),
                migrations.AddConstraint(
                    model_name="localunit",
                    constraint=models.UniqueConstraint(fields=("firm", "name"), name="local_unit_once"),
                ),
                migrations.AddIndex(
                    model_name="mailingrow",
                    index=models.Index(fields=["mailing", "state"], name="mailing_row_state"),
                ),
                migrations.AddConstraint(
                    model_name="mailingrow",
                    constraint=models.UniqueConstraint(fields=("mailing", "case"), name="mailing_row_once"),
                ),
                migrations.AddConstraint(
                    model_name="mailingrow",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "sending", "sent", "unsure"))),
                        fields=("case", "occasion"),
                        name="written_to_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="option",
                    constraint=models.UniqueConstraint(fields=("item", "code", "is_row"), name="option_code_once"),
                ),
                migrations.AddConstraint(
                    model_name="outlierdecision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("choice", "keep"), ("cutoff__isnull", True)),
                            models.Q(("choice", "weigh_down"), ("cutoff__isnull", False)),
                            _connector="OR",
                        ),
                        name="outlier_weighed_down_from_a_cutoff",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="item",
                    constraint=models.UniqueConstraint(fields=("page", "code"), name="item_code_once"),
                ),
                migrations.AddConstraint(
                    model_name="editrule",
                    constraint=models.UniqueConstraint(fields=("questionnaire", "code"), name="edit_rule_code_once"),
                ),
                migrations.AddConstraint(
                    model_name="questionnaireversion",
                    constraint=models.UniqueConstraint(fields=("questionnaire", "number"), name="version_number_once"),
                ),
                migrations.AddConstraint(
                    model_name="response",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_current", True)), fields=("case",), name="one_current_response_per_case"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="editingdecision",
                    constraint=models.UniqueConstraint(
                        fields=("response", "item", "value"), name="answer_accepted_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="returnnote",
                    constraint=models.UniqueConstraint(fields=("response", "item"), name="one_note_per_item"),
                ),
                migrations.AddConstraint(
                    model_name="frameunit",
                    constraint=models.UniqueConstraint(fields=("frame", "credit_code"), name="frame_unit_once"),
                ),
                migrations.AddConstraint(
                    model_name="section",
                    constraint=models.UniqueConstraint(fields=("questionnaire", "code"), name="section_code_once"),
                ),
                migrations.AddConstraint(
                    model_name="page",
                    constraint=models.UniqueConstraint(fields=("section", "code"), name="page_code_once"),
                ),
                migrations.AddConstraint(
                    model_name="stratum",
                    constraint=models.UniqueConstraint(
                        fields=("sample", "industry_section", "size_class"), name="stratum_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stratum",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("sample_size__lte", models.F("population"))),
                        name="stratum_sample_within_population",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sampleunit",
                    constraint=models.UniqueConstraint(fields=("sample", "unit"), name="sample_unit_once"),
                ),
                migrations.AddConstraint(
                    model_name="sampleunit",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("inclusion_probability__gt", 0), ("inclusion_probability__lte", 1)),
                        name="inclusion_probability_in_range",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="retentionrule",
                    constraint=models.UniqueConstraint(fields=("survey", "kind"), name="retention_once_of_a_survey"),
                ),
                migrations.AddConstraint(
                    model_name="retentionrule",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("survey__isnull", True)),
                        fields=("kind",),
                        name="retention_once_of_the_office",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mailingtemplate",
                    constraint=models.UniqueConstraint(fields=("survey", "purpose"), name="mailing_template_once"),
                ),
                migrations.AddConstraint(
                    model_name="territory",
                    constraint=models.UniqueConstraint(fields=("user", "district", "survey"), name="territory_once"),
                ),
                migrations.AddConstraint(
                    model_name="territory",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("survey", None)),
                        fields=("user", "district"),
                        name="territory_district_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="territory",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("district", None)), fields=("user", "survey"), name="territory_survey_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="territory",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("district__isnull", False), ("survey__isnull", False), _connector="OR"),
                        name="territory_of_something",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="wave",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opens_at"))), name="wave_closes_after_opening"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="release",
                    constraint=models.UniqueConstraint(fields=("wave", "number"), name="release_number_once"),
                ),
                migrations.AddConstraint(
                    model_name="plannedmailing",
                    constraint=models.UniqueConstraint(fields=("wave", "purpose"), name="planned_mailing_once"),
                ),
                migrations.AddConstraint(
                    model_name="mailing",
                    constraint=models.UniqueConstraint(fields=("wave", "purpose", "number"), name="mailing_once"),
                ),
                migrations.AddConstraint(
                    model_name="cut",
                    constraint=models.UniqueConstraint(fields=("wave", "number"), name="cut_number_once"),
                ),
                migrations.AddConstraint(
                    model_name="crossingrequest",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("wave", "first", "second"),
                        name="one_open_request_of_a_crossing",
                    ),
                ),
                migrations.AddIndex(
                    model_name="change",
                    index=models.Index(fields=["wave", "id", "at"], name="changes_of_wave"),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(fields=["wave", "status"], name="survey_case_wave_id_136cd4_idx"),
                ),
                migrations.AddConstraint(
                    model_name="calllist",
                    constraint=models.UniqueConstraint(fields=("wave", "number"), name="call_list_once"),
                ),
                migrations.AddConstraint(
                    model_name="acceptance",
                    constraint=models.UniqueConstraint(fields=("wave", "district"), name="district_accepted_once"),
                ),
                migrations.AddConstraint(
                    model_name="acceptance",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("district", None)), fields=("wave",), name="wave_accepted_once"
                    ),
                ),
            ]
        ),
        migrations.RunPython(versions.guard, versions.release),
        migrations.RunPython(plans.guard, plans.release),
        migrations.RunPython(editions.name_current_editions, migrations.RunPython.noop),
    ]
