"""What publishing makes, when it refuses, and that what was published stays as it is."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from survey.instrument import schema
from survey.instrument.plan.plan import AnalysisPlan, Threshold
from survey.instrument.schema import Text
from survey.models import AnalysisPlan as StoredPlan
from survey.models import (
    EditRule,
    Item,
    Option,
    Page,
    Questionnaire,
    QuestionnaireVersion,
    StaffAction,
    VersionFrozen,
    Wave,
)
from survey.selectors.design.questionnaire import read_questionnaire
from survey.services.design.publishing import PublishingRefusedError, publish_questionnaire, retire_version
from survey.terms import EditLevel, ItemType, Role, VersionStatus
from tests.interrupted import half_written


@pytest.fixture
def questionnaire(wave: Wave) -> Questionnaire:
    """One section with one page that asks a severity and a yes or no."""
    made = Questionnaire.objects.create(survey=wave.survey, code="small", title=Text("小问卷", "Small"))
    section = made.sections.create(code="A", title=Text("第一部分", "Part one"))
    page = section.pages.create(code="A1", title=Text("第一页", "Page one"))
    texts = {"text": Text("这一问题有多严重?", "How serious is it?")}
    page.items.create(code="pain", type=ItemType.SEVERITY.value, missing=["not_applicable"], position=1, **texts)
    page.items.create(code="uses", type=ItemType.YES_NO.value, text=Text("是否使用?", "In use?"), position=2)
    return made


@pytest.fixture
def fielded(questionnaire: Questionnaire) -> QuestionnaireVersion:
    version = publish_questionnaire(questionnaire=questionnaire, actor=None)
    version.status = VersionStatus.FIELDED.value
    version.save(update_fields=["status"])
    return version


def publish(questionnaire: Questionnaire) -> QuestionnaireVersion:
    return publish_questionnaire(questionnaire=questionnaire, actor=None)


def test_version_holds_what_was_designed(questionnaire: Questionnaire) -> None:
    version = publish(questionnaire)
    assert schema.Questionnaire.from_dict(version.schema) == read_questionnaire(questionnaire.pk)


def test_version_digest_is_that_of_its_stored_schema(questionnaire: Questionnaire) -> None:
    version = QuestionnaireVersion.objects.get(pk=publish(questionnaire).pk)
    assert schema.Questionnaire.from_dict(version.schema).digest == version.digest


def test_first_version_is_number_one_and_in_test(questionnaire: Questionnaire) -> None:
    version = publish(questionnaire)
    assert (version.number, version.status) == (1, VersionStatus.TEST)


def test_publishing_the_same_content_again_returns_the_same_version(questionnaire: Questionnaire) -> None:
    assert publish(questionnaire) == publish(questionnaire)
    assert QuestionnaireVersion.objects.count() == 1


def test_publishing_changed_content_makes_the_next_version(questionnaire: Questionnaire) -> None:
    first = publish(questionnaire)
    Item.objects.filter(code="uses").update(text=Text("是否使用?", "Is it in use?"))
    second = publish(questionnaire)
    assert (second.number, second.digest != first.digest) == (2, True)


def test_publishing_content_of_a_retired_version_makes_the_next_version(questionnaire: Questionnaire) -> None:
    QuestionnaireVersion.objects.filter(pk=publish(questionnaire).pk).update(status=VersionStatus.RETIRED.value)
    assert publish(questionnaire).number == 2


def test_publishing_is_written_down_with_who_did_it(
    questionnaire: Questionnaire, office_user: Callable[[Role | str], User]
) -> None:
    designer = office_user(Role.DESIGNER)
    version = publish_questionnaire(questionnaire=questionnaire, actor=designer)
    assert version.published_by == designer
    assert StaffAction.objects.values_list("verb", "actor", "subject").get() == (
        "publish_questionnaire",
        designer.pk,
        "small v1",
    )


def test_questionnaire_without_items_is_refused(questionnaire: Questionnaire) -> None:
    Item.objects.all().delete()
    with pytest.raises(PublishingRefusedError) as refused:
        publish(questionnaire)
    assert (refused.value.code, refused.value.value) == ("nothing_asked", "small")


def test_unknown_item_type_is_refused(questionnaire: Questionnaire) -> None:
    Item.objects.filter(code="uses").update(type="hologram")
    with pytest.raises(PublishingRefusedError) as refused:
        publish(questionnaire)
    assert refused.value.code == "unknown_word"


def test_questionnaire_with_errors_is_refused_with_the_findings(questionnaire: Questionnaire) -> None:
    Item.objects.filter(code="uses").update(relevant="${later} = 1")
    with pytest.raises(PublishingRefusedError) as refused:
        publish(questionnaire)
    assert (refused.value.code, refused.value.value) == ("errors_found", "uses")
    assert [(found.code, found.place.code) for found in refused.value.findings] == [("unknown_name", "uses")]


def test_warnings_do_not_keep_from_publishing(questionnaire: Questionnaire) -> None:
    Item.objects.filter(code="pain").update(missing=[])
    assert publish(questionnaire).number == 1


def test_refused_questionnaire_leaves_no_version(questionnaire: Questionnaire) -> None:
    Item.objects.all().delete()
    with pytest.raises(PublishingRefusedError):
        publish(questionnaire)
    assert QuestionnaireVersion.objects.count() == 0


def test_retiring_ends_the_life_of_a_version(fielded: QuestionnaireVersion) -> None:
    assert retire_version(version=fielded, actor=None).status == VersionStatus.RETIRED


def test_retiring_twice_is_written_down_once(fielded: QuestionnaireVersion) -> None:
    retire_version(version=fielded, actor=None)
    retire_version(version=fielded, actor=None)
    assert StaffAction.objects.filter(verb="retire_version").count() == 1


def test_version_that_is_being_answered_is_not_retired(fielded: QuestionnaireVersion, wave: Wave) -> None:
    Wave.objects.filter(pk=wave.pk).update(version=fielded)
    with pytest.raises(PublishingRefusedError) as refused:
        retire_version(version=fielded, actor=None)
    assert (refused.value.code, refused.value.value) == ("in_use", "w1")


@pytest.mark.parametrize(
    ("name", "value"), [("schema", {"code": "other"}), ("digest", "0" * 64), ("number", 9), ("status", "test")]
)
def test_fielded_version_refuses_to_be_saved_with_a_change(
    fielded: QuestionnaireVersion, name: str, value: dict[str, str] | int | str
) -> None:
    setattr(fielded, name, value)
    with pytest.raises(VersionFrozen) as frozen:
        fielded.save()
    code = "version_status" if name == "status" else "version_content"
    assert (frozen.value.code, frozen.value.complaint.place.field) == (code, name)


@pytest.mark.parametrize(
    ("name", "value"), [("schema", {"code": "other"}), ("digest", "0" * 64), ("number", 9), ("status", "draft")]
)
def test_fielded_version_refuses_to_be_updated_in_a_set(
    fielded: QuestionnaireVersion, name: str, value: dict[str, str] | int | str
) -> None:
    with pytest.raises(VersionFrozen):
        QuestionnaireVersion.objects.filter(pk=fielded.pk).update(**{name: value})


def test_fielded_version_refuses_a_bulk_update(fielded: QuestionnaireVersion) -> None:
    fielded.schema = {"code": "other"}
    with pytest.raises(VersionFrozen):
        QuestionnaireVersion.objects.bulk_update([fielded], ["schema"])


def test_fielded_version_refuses_to_be_deleted(fielded: QuestionnaireVersion) -> None:
    for delete in (fielded.delete, QuestionnaireVersion.objects.all().delete):
        with pytest.raises(VersionFrozen):
            delete()
    assert QuestionnaireVersion.objects.count() == 1


def test_version_in_test_can_be_deleted(questionnaire: Questionnaire) -> None:
    publish(questionnaire).delete()
    assert QuestionnaireVersion.objects.count() == 0


def test_redesigning_leaves_the_version_as_it_was(questionnaire: Questionnaire, fielded: QuestionnaireVersion) -> None:
    page = Page.objects.get()
    item = page.items.create(code="more", type=ItemType.SINGLE.value, text=Text("更多", "More"), position=3)
    Option.objects.create(item=item, code="a", text=Text("甲", "A"))
    EditRule.objects.create(
        questionnaire=questionnaire, code="r", level=EditLevel.HARD.value, items=["more"], condition="${more} = 'a'"
    )
    assert QuestionnaireVersion.objects.get().schema == fielded.schema


def plan_of(questionnaire: Questionnaire, firms: int) -> AnalysisPlan:
    """A plan that differs from another one by its threshold, as the questionnaire's draft."""
    plan = AnalysisPlan(threshold=Threshold(firms=firms))
    StoredPlan.objects.update_or_create(questionnaire=questionnaire, defaults={"content": plan.to_dict()})
    return plan


def test_version_holds_the_plan_that_was_designed(questionnaire: Questionnaire) -> None:
    plan = plan_of(questionnaire, 5)
    version = QuestionnaireVersion.objects.get(pk=publish(questionnaire).pk)
    assert (AnalysisPlan.from_dict(version.plan), version.plan_digest) == (plan, plan.digest)


def test_another_plan_alone_makes_the_next_version(questionnaire: Questionnaire) -> None:
    first = publish(questionnaire)
    plan_of(questionnaire, 5)
    second = publish(questionnaire)
    assert (second.number, second.digest == first.digest) == (2, True)


def test_same_content_and_plan_make_no_new_version(questionnaire: Questionnaire) -> None:
    plan_of(questionnaire, 5)
    assert publish(questionnaire) == publish(questionnaire)


def test_plan_that_does_not_fit_the_questionnaire_is_refused(questionnaire: Questionnaire, english: None) -> None:
    plan_of(questionnaire, 2)
    with pytest.raises(PublishingRefusedError, match="has errors at threshold") as refusal:
        publish(questionnaire)
    assert [finding.code for finding in refusal.value.findings] == ["threshold_low"]
    assert questionnaire.versions.count() == 0


def test_version_is_published_and_retired_with_its_entry_in_the_history_or_not_at_all(
    questionnaire: Questionnaire,
) -> None:
    assert half_written(lambda: publish(questionnaire)) == []
    version = QuestionnaireVersion.objects.get()
    assert half_written(lambda: retire_version(version=version, actor=None)) == []
