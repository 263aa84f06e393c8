"""A draft is changed where a row of the same code is there: what stays keeps its row, what is not named goes."""

from dataclasses import replace

import pytest

from survey.instrument.schema import Questionnaire as Content
from survey.models import EditRule, Item, Option, Page, Questionnaire, Section
from survey.selectors.design.questionnaire import read_questionnaire
from survey.services.design.draft_writer import DraftWriter, put
from tests.every_type import AMOUNTS, CHOICES, EVERY_TYPE, FIRM, WORDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(small: Questionnaire) -> Questionnaire:
    write(small, EVERY_TYPE)
    return small


def write(questionnaire: Questionnaire, content: Content) -> None:
    DraftWriter(questionnaire=questionnaire, pain_points={}).store(content)


def rows() -> dict[tuple[str, str], int]:
    """(model, code) -> key of every part but options, whose codes repeat."""
    models = (Section, Page, Item, EditRule)
    return {(model.__name__, row.code): row.pk for model in models for row in model.objects.all()}


def test_what_is_written_is_read_again_and_nothing_of_before_is_left(stored: Questionnaire) -> None:
    read = read_questionnaire(stored.pk)
    assert replace(read, code=EVERY_TYPE.code) == EVERY_TYPE
    assert ("Item", "pain") not in rows()


def test_page_that_moves_to_another_section_keeps_its_rows(stored: Questionnaire) -> None:
    before = rows()
    first, second = EVERY_TYPE.sections
    moved = (replace(first, pages=(FIRM,)), replace(second, pages=(WORDS, CHOICES, AMOUNTS)))
    write(stored, replace(EVERY_TYPE, sections=moved))
    assert rows() == before
    assert [page.code for page in read_questionnaire(stored.pk).sections[1].pages] == ["words", "choices", "amounts"]


def test_parts_that_are_not_named_go_with_all_below_them(stored: Questionnaire) -> None:
    first = EVERY_TYPE.sections[0]
    write(stored, replace(EVERY_TYPE, sections=(replace(first, pages=(FIRM,)),), edit_rules=EVERY_TYPE.edit_rules[1:2]))
    assert set(rows()) == {
        ("Section", "first"),
        ("Page", "firm"),
        *(("Item", item.code) for item in FIRM.items),
        ("EditRule", "v_staff"),
    }
    assert not Option.objects.exists()


def test_only_what_differs_is_saved(stored: Questionnaire) -> None:
    counts = {item.pk: item.history.count() for item in Item.objects.all()}
    longer = replace(WORDS, items=(WORDS.items[0], replace(WORDS.items[1], max_length=60), *WORDS.items[2:]))
    first, second = EVERY_TYPE.sections
    write(stored, replace(EVERY_TYPE, sections=(first, replace(second, pages=(AMOUNTS, longer)))))
    changed = [item.code for item in Item.objects.all() if item.history.count() > counts[item.pk]]
    assert changed == ["remark"]


def test_option_that_is_gone_is_deleted_and_the_others_keep_their_rows(stored: Questionnaire) -> None:
    place = Item.objects.get(code="place")
    before = dict(place.options.values_list("code", "pk"))
    kept = replace(CHOICES.items[1], options=CHOICES.items[1].options[1:])
    page = replace(CHOICES, items=(CHOICES.items[0], kept, *CHOICES.items[2:]))
    first, second = EVERY_TYPE.sections
    write(stored, replace(EVERY_TYPE, sections=(replace(first, pages=(FIRM, page)), second)))
    assert dict(place.options.values_list("code", "pk")) == {"other": before["other"]}


def test_row_that_is_as_it_should_be_is_not_saved(stored: Questionnaire) -> None:
    item = Item.objects.get(code="remark")
    count = item.history.count()
    put(item, max_length=50)
    assert item.history.count() == count
    put(item, max_length=51)
    assert (item.history.count(), Item.objects.get(code="remark").max_length) == (count + 1, 51)
