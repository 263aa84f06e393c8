"""A wave as it is edited: which versions it may ask, and which may follow on one that is being answered."""

from typing import Any

from django.db.models import Q, QuerySet

from survey.forms.office.deadline import AsksAboutDeadline
from survey.forms.office.ending import AsksBeforeWaveEnds
from survey.forms.office.translated import ContentForm
from survey.instrument.concepts import concept_map, concept_of
from survey.models import QuestionnaireVersion, Wave
from survey.selectors.design.version import questionnaire_of
from survey.selectors.said import said as gettext
from survey.terms import VersionStatus, WaveStatus


class WaveForm(AsksAboutDeadline, AsksBeforeWaveEnds, ContentForm):
    class Meta:
        model = Wave
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was = self.instance.version
        if "version" in self.fields:
            field: Any = self.fields["version"]
            field.queryset = versions_to_ask(self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        version, survey = cleaned.get("version"), cleaned.get("survey")
        # A wave that has begun does not show its survey; a new one whose survey was not chosen has none.
        survey_id = survey.pk if survey is not None else self.instance.survey_id
        if version is not None and survey_id is not None and version.questionnaire.survey_id != survey_id:
            message = gettext("%(version)s belongs to another survey. Choose a version of a questionnaire of this one.")
            self.add_error("version", message % {"version": version})
        elif self.instance.status == WaveStatus.OPEN.value and version != self.was:
            self._refuse_break(version)
        return cleaned

    def _refuse_break(self, version: QuestionnaireVersion | None) -> None:
        """While firms answer, a correction may follow, not another measure: a wave has one figure for each."""
        if version is None:
            self.add_error("version", gettext("The wave is open and needs a version. Choose one."))
            return
        answered = (
            QuestionnaireVersion.objects.filter(responses__case__wave=self.instance).distinct().defer("schema", "plan")
        )
        # Every version that a firm has begun, not the last alone: all their answers go into one figure.
        pinned = {self.was, *answered.defer("schema", "plan")} - {None, version}
        broken = sorted({item for old in pinned for item in broken_items(old, version)})
        if broken:
            message = gettext(
                "In %(version)s the measure of %(items)s breaks. "
                "Undo that change and publish again, or close this wave first."
            )
            self.add_error("version", message % {"version": version, "items": ", ".join(broken)})


def versions_to_ask(wave: Wave) -> QuerySet[QuestionnaireVersion]:
    """Versions that are not retired; for a wave that has begun those of its questionnaire."""
    versions = QuestionnaireVersion.objects.select_related("questionnaire").defer("schema", "plan")
    allowed = ~Q(status=VersionStatus.RETIRED.value)
    if wave.version_id and wave.status != WaveStatus.PLANNED.value:
        allowed &= Q(questionnaire__versions=wave.version_id)
    # Its own in any case: a page that does not offer what is stored would change it in silence.
    return versions.filter(allowed | Q(pk=wave.version_id))


def broken_items(old: QuestionnaireVersion, new: QuestionnaireVersion) -> set[str]:
    """The items of the newer version whose measure is not that of the older one, or whose code was another's."""
    before, after = questionnaire_of(old), questionnaire_of(new)
    lines = concept_map((before, after))
    broken = {line.items[1] or "" for line in lines if any(found.ends_comparison for found in line.breaks)}
    common = before.items.keys() & after.items.keys()
    return broken - {""} | {code for code in common if concept_of(before.items[code]) != concept_of(after.items[code])}
