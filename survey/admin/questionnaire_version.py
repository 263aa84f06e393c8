"""Questionnaires and the versions published from them."""

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from survey.admin.audited import ReadOnlyAdmin
from survey.admin.questionnaire import DesignAdmin, SectionInline
from survey.admin.removal import NamedRemovalAdmin
from survey.models import Questionnaire, QuestionnaireVersion
from survey.services.design.publishing import PublishingRefusedError, publish_questionnaire, retire_version


def actor_of(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


@admin.register(Questionnaire)
class QuestionnaireAdmin(NamedRemovalAdmin, DesignAdmin):
    change_form_template = "design/questionnaire_change_form.html"
    change_list_template = "design/questionnaire_change_list.html"
    list_display = ["__str__", "code", "survey", "newest_version", "all_questions"]
    list_select_related = ["survey"]
    fields = ["survey", "code", "title"]
    inlines = [SectionInline]
    actions = ["publish"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Questionnaire]:
        rows: QuerySet[Questionnaire] = super().get_queryset(request)
        # In the query of the list, instead of a look for each row.
        return rows.annotate(newest=Max("versions__number"))

    @admin.display(description=_("newest version"))
    def newest_version(self, questionnaire: Questionnaire) -> str:
        return f"v{questionnaire.newest}" if questionnaire.newest else ""  # type: ignore[attr-defined]

    @admin.display(description=_("all questions"))
    def all_questions(self, questionnaire: Questionnaire) -> str:
        return format_html('<a href="{}">{}</a>', reverse("questionnaire_print", args=[questionnaire.code]), _("Print"))

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("survey.publish_questionnaire")

    @admin.action(description=_("Publish the chosen questionnaires"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Questionnaire]) -> None:
        # One by one: the refusal of one does not keep the others from being published.
        for questionnaire in queryset:
            try:
                version = publish_questionnaire(questionnaire=questionnaire, actor=actor_of(request))
            except PublishingRefusedError as refusal:
                self.message_user(request, f"{questionnaire.code}: {refusal}", messages.ERROR)
            else:
                self.message_user(
                    request, gettext("%(version)s is published.") % {"version": version}, messages.SUCCESS
                )


@admin.register(QuestionnaireVersion)
class QuestionnaireVersionAdmin(ReadOnlyAdmin, SimpleHistoryAdmin):  # type: ignore[misc]
    list_display = ["__str__", "status", "short_digest", "published_at", "published_by", "all_questions"]
    list_filter = ["status", "questionnaire"]
    list_select_related = ["questionnaire", "published_by"]
    fields = ["questionnaire", "number", "status", "digest", "published_at", "published_by", "all_questions"]
    readonly_fields = ["all_questions"]
    actions = ["retire"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuestionnaireVersion]:
        # Both documents are long, and shown nowhere here.
        return super().get_queryset(request).defer("schema", "plan")

    @admin.display(description=_("digest"))
    def short_digest(self, version: QuestionnaireVersion) -> str:
        return version.digest[:12]

    @admin.display(description=_("all questions"))
    def all_questions(self, version: QuestionnaireVersion) -> str:
        address = reverse("version_print", args=[version.questionnaire.code, version.number])
        return format_html('<a href="{}">{}</a>', address, _("Print"))

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("survey.publish_questionnaire")

    @admin.action(description=_("Retire the chosen versions"), permissions=["publish"])
    def retire(self, request: HttpRequest, queryset: QuerySet[QuestionnaireVersion]) -> None:
        for version in queryset:
            try:
                retire_version(version=version, actor=actor_of(request))
            except PublishingRefusedError as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
            else:
                self.message_user(request, gettext("%(version)s is retired.") % {"version": version}, messages.SUCCESS)
