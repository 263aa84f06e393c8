"""Every row whose texts may name a person is looked through and emptied."""

from django.apps import apps
from django.db.models import CharField, JSONField, TextField

from survey.models import Feedback, Firm, FirmContact, Wave
from survey.services.operation.personal_files import FILES
from survey.services.operation.personal_places import PersonalPlace, matcher
from survey.services.operation.personal_rows import ROWS, find_rows, remove_row
from tests.services.operation.planted import PLANTED

READ_BY_ITSELF = {"Contact", "SectionHandover", "Response", "LateDraft", "StaffAction"}
OF_NO_PERSON = {
    # Questionnaires, plans, classifications and what they are about.
    *("AnalysisPlan", "District", "EditRule", "Industry", "Item", "Option", "Page", "PainPoint", "Questionnaire"),
    *("QuestionnaireVersion", "Section", "SizeThreshold", "Survey", "Wave", "MailingTemplate", "RetentionRule"),
    # Firms, samples, and what was frozen or counted of them.
    *("ClassificationVersion", "Correspondence"),
    *("SamplingFrame", "FrameUnit", "Firm", "FirmGroup", "LocalUnit", "Sample", "SampleUnit", "Stratum", "Case"),
    *("Cut", "CutPage", "Release", "ReleaseStep", "Mailing", "PlannedMailing", "BulkAction", "CallList", "ListedCall"),
    # Keys, digests, codes of events.
    *("AccessFailure", "AuditChain", "AuditEntry", "Change", "DueRun", "JobStep", "Paradata", "Worker"),
}


def test_every_model_with_a_text_is_looked_through_or_said_to_be_of_no_person() -> None:
    rows = {kept.model.__name__ for kept in ROWS.values()}
    files = {filed.model.__name__ for filed in FILES.values()}
    looked_through = rows | files | READ_BY_ITSELF
    holding = {
        model.__name__
        for model in apps.get_app_config("survey").get_models()
        if not model.__name__.startswith("Historical")
        and any(isinstance(field, CharField | TextField | JSONField) for field in model._meta.fields)
    }
    assert holding - looked_through == OF_NO_PERSON & holding


def test_row_with_nothing_else_is_deleted_with_its_history(db: None) -> None:
    firm = Firm.objects.create(credit_code="91440303Y000000162", name="甲")
    contact = FirmContact.objects.create(firm=firm, name=PLANTED)
    FirmContact.objects.create(firm=firm, name="Somebody else")
    remove_row(PersonalPlace(kind="firmcontact", key=contact.pk, about="", text=""))
    assert list(FirmContact.objects.values_list("name", flat=True)) == ["Somebody else"]
    assert not FirmContact.history.filter(name=PLANTED).exists()


def test_row_that_holds_more_is_emptied_of_its_texts_alone(wave: Wave) -> None:
    feedback = Feedback.objects.create(wave=wave, remark=PLANTED, burden="1")
    (place,) = find_rows(matcher(PLANTED))
    assert (place.kind, place.key, place.about) == ("feedback", feedback.pk, wave.code)
    remove_row(place)
    assert Feedback.objects.values_list("remark", "burden").get() == ("", "1")


def test_every_kind_of_row_leaves_its_own_texts_and_no_others() -> None:
    assert {kind for kind, kept in ROWS.items() if kept.left and set(kept.texts) - set(kept.left)} == set()
