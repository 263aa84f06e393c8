"""A questionnaire from outside becomes a draft: whole or not at all."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError

from survey.instrument.schema import Text
from survey.models import EditRule, Item, Option, Page, PainPoint, Questionnaire, Section, StaffAction, Survey, Wave
from survey.selectors.design.questionnaire import read_questionnaire
from survey.services.design.publishing import publish_questionnaire
from survey.services.design.questionnaire_loading import LoadingRefusedError, load_questionnaire
from survey.terms import ItemType, Role
from tests.every_type import EVERY_TYPE, item, options, text
from tests.instrument.tiny import one_page, page, questionnaire
from tests.interrupted import half_written

SMALL = one_page(item("uses", ItemType.YES_NO), item("kind", ItemType.SINGLE, options=options("a", "b")))


@pytest.fixture
def load(wave: Wave) -> Callable[..., Any]:
    """Loads a questionnaire into the survey of the wave."""

    def make(content: Any, **more: Any) -> Any:
        return load_questionnaire(
            **{"content": content, "survey": wave.survey, "replace": False, "actor": None, **more}
        )

    return make


def test_draft_reads_as_what_was_loaded(load: Callable[..., Any]) -> None:
    assert read_questionnaire(load(EVERY_TYPE).pk) == EVERY_TYPE


def test_digest_of_the_draft_is_that_of_a_draft_loaded_again(load: Callable[..., Any]) -> None:
    first = read_questionnaire(load(EVERY_TYPE).pk)
    assert read_questionnaire(load(first, replace=True).pk).digest == first.digest


def test_existing_draft_is_refused_without_replace(load: Callable[..., Any]) -> None:
    load(SMALL)
    with pytest.raises(LoadingRefusedError) as refusal:
        load(one_page(item("more", ItemType.TEXT)))
    assert refusal.value.code == "exists"
    assert list(Item.objects.values_list("code", flat=True)) == ["uses", "kind"]


def test_draft_is_replaced_only_as_it_was_compared(load: Callable[..., Any]) -> None:
    before, more = read_questionnaire(load(SMALL).pk).digest, one_page(item("more", ItemType.TEXT))
    Item.objects.filter(code="uses").update(required="true()")
    with pytest.raises(LoadingRefusedError) as refusal:
        load(more, replace=True, over=before)
    assert (refusal.value.code, Item.objects.count()) == ("changed", 2)
    (questionnaire,) = Questionnaire.objects.all()
    assert load(more, replace=True, over=read_questionnaire(questionnaire.pk).digest) == questionnaire


def test_replaced_draft_keeps_its_versions(load: Callable[..., Any]) -> None:
    version = publish_questionnaire(questionnaire=load(SMALL), actor=None)
    stored = load(one_page(item("more", ItemType.TEXT)), replace=True)
    assert list(stored.versions.all()) == [version]
    assert list(read_questionnaire(stored.pk).items) == ["more"]


def test_nothing_is_half_stored(load: Callable[..., Any]) -> None:
    load(SMALL)
    broken = one_page(item("more", ItemType.TEXT), item("last", ItemType.TEXT, concept=None))
    with pytest.raises(IntegrityError):
        load(broken, replace=True)
    assert list(Item.objects.values_list("code", flat=True)) == ["uses", "kind"]


@pytest.mark.parametrize(
    "content",
    [
        one_page(item("a", ItemType.TEXT), item("a", ItemType.TEXT)),
        one_page(item("b", ItemType.SINGLE, options=options("x", "a", "a"))),
    ],
)
def test_code_that_stands_twice_is_refused(load: Callable[..., Any], content: Any) -> None:
    with pytest.raises(LoadingRefusedError) as refusal:
        load(content)
    assert (refusal.value.code, refusal.value.value) == ("code_twice", "a")


@pytest.mark.parametrize("code", ["", "1a", "a b", "a-b", "甲", "a" * 41])
def test_code_that_cannot_be_one_is_refused(load: Callable[..., Any], code: str) -> None:
    with pytest.raises(LoadingRefusedError) as refusal:
        load(replace(SMALL, code=code))
    assert refusal.value.code == "code_form"


def test_new_questionnaire_needs_a_survey(load: Callable[..., Any]) -> None:
    with pytest.raises(LoadingRefusedError) as refusal:
        load(SMALL, survey=None)
    assert refusal.value.code == "survey_missing"


def test_unknown_pain_point_is_refused_by_its_code(load: Callable[..., Any]) -> None:
    with pytest.raises(LoadingRefusedError) as refusal:
        load(one_page(item("cost", ItemType.SEVERITY, pain_point="Z9")))
    assert refusal.value.value == ["Z9"]


def test_pain_point_is_tied(load: Callable[..., Any]) -> None:
    point = PainPoint.objects.create(code="B1", theme="B", name=Text("种类多", "Variety"))
    load(one_page(item("cost", ItemType.SEVERITY, pain_point="B1")))
    assert Item.objects.get().pain_point == point


def test_classification_stays_a_look_up(load: Callable[..., Any], classified: None) -> None:
    first = read_questionnaire(load(one_page(item("where", ItemType.DISTRICT))).pk)
    load(first, replace=True)
    assert (len(first.items["where"].options) > 5, Option.objects.count()) == (True, 0)


def test_action_is_written_down(load: Callable[..., Any], office_user: Callable[[Role | str], User]) -> None:
    designer = office_user(Role.DESIGNER)
    load(SMALL, actor=designer)
    entry = StaffAction.objects.get(verb="load_questionnaire")
    assert (entry.actor, entry.detail["items"], entry.detail["digest"]) == (designer, 2, SMALL.digest)


def test_history_holds_every_part(load: Callable[..., Any]) -> None:
    load(replace(SMALL, title=text("新", "New")))
    counts = [model.history.count() for model in (Questionnaire, Section, Item, Option, EditRule)]
    assert counts == [1, 1, 2, 2, 0]


def test_draft_loaded_again_keeps_rows_and_writes_no_history(load: Callable[..., Any]) -> None:
    stored = load(EVERY_TYPE)
    before = {item.code: (item.pk, item.history.count()) for item in Item.objects.all()}
    load(read_questionnaire(stored.pk), replace=True)
    assert {item.code: (item.pk, item.history.count()) for item in Item.objects.all()} == before


def test_what_has_the_same_code_keeps_its_history(load: Callable[..., Any]) -> None:
    load(SMALL)
    kept = Item.objects.get(code="kind")
    changed = item("kind", ItemType.SINGLE, options=options("b", "c"), required="true()")
    load(questionnaire(page("other", changed), page("page", item("new", ItemType.TEXT))), replace=True)
    now = Item.objects.get(code="kind")
    assert (now.pk, now.page.code, [past.required for past in now.history.order_by("history_id")]) == (
        kept.pk,
        "other",
        ["", "true()"],
    )
    assert list(now.options.values_list("code", flat=True)) == ["b", "c"]
    assert sorted(Item.objects.values_list("code", flat=True)) == ["kind", "new"]
    assert Item.history.filter(code="uses", history_type="-").count() == 1


def test_item_that_moves_out_of_a_page_that_goes_is_kept(load: Callable[..., Any]) -> None:
    load(questionnaire(page("old", item("a", ItemType.TEXT)), page("stays", item("b", ItemType.TEXT))))
    kept = Item.objects.get(code="a").pk
    load(questionnaire(page("stays", item("b", ItemType.TEXT), item("a", ItemType.TEXT))), replace=True)
    assert (Item.objects.get(code="a").pk, Page.objects.count()) == (kept, 1)


def test_languages_of_the_form_are_offered_in_its_survey(load: Any) -> None:
    Survey.objects.update(languages=["vi"])
    asked = item("a", ItemType.TEXT)
    made = load(one_page(replace(asked, text=Text("问", "Ask", (("fr", "Demande"),)))), survey=Survey.objects.get())
    assert Survey.objects.get().languages == ["vi", "fr"]
    assert read_questionnaire(made.pk).items["a"].text.of("fr") == "Demande"


def test_questionnaire_that_is_loaded_half_way_leaves_the_draft_as_it_was(load: Callable[..., Any]) -> None:
    assert half_written(lambda: load(SMALL)) == []
    assert half_written(lambda: load(one_page(item("more", ItemType.TEXT)), replace=True)) == []
