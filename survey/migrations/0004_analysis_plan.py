"""The analysis plan: a draft beside the questionnaire, and a frozen one with every version.

On SQLite a new field makes the table anew, which loses the trigger of migration 0003; it is put back here.
"""

from importlib import import_module

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

content_of_versions = import_module("survey.migrations.0003_fielded_versions_never_change")


class Migration(migrations.Migration):
    dependencies = [
        ("survey", "0003_fielded_versions_never_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(content_of_versions.release, content_of_versions.guard),
        migrations.AddField(
            model_name="historicalquestionnaireversion",
            name="plan_digest",
            field=models.CharField(
                default="44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
                max_length=64,
                verbose_name="digest of the analysis plan",
            ),
        ),
        migrations.AddField(
            model_name="questionnaireversion",
            name="plan",
            field=models.JSONField(default=dict, verbose_name="analysis plan"),
        ),
        migrations.AddField(
            model_name="questionnaireversion",
            name="plan_digest",
            field=models.CharField(
                default="44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
                max_length=64,
                verbose_name="digest of the analysis plan",
            ),
        ),
        migrations.RunPython(content_of_versions.guard, content_of_versions.release),
        migrations.CreateModel(
            name="AnalysisPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
    ]
