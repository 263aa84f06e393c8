"""Rows are found, written out and read back by keys that mean something outside one database."""

import pytest
from django.core import serializers
from django.core.management import call_command

from survey.models import District, Industry, Item, Option, Page, Questionnaire, Section, SizeThreshold
from survey.selectors.design.questionnaire import read_questionnaire
from tests.shipped import FIXTURES

EXAMPLES = {
    Option: ("ii_pain_points", "B", "B2", "B4_protocols", "opc_ua", False),
    Item: ("ii_pain_points", "B", "B2", "B4_protocols"),
    Industry: ("39",),
    District: ("DP",),
    SizeThreshold: ("工业", "X"),
}
KEYS = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True}


@pytest.fixture
def content(db: None) -> Questionnaire:
    call_command("loaddata", *FIXTURES, verbosity=0)
    return Questionnaire.objects.get()


def test_row_is_found_by_the_key_that_it_bears(content: Questionnaire) -> None:
    found = {model: model.objects.get_by_natural_key(*key).natural_key() for model, key in EXAMPLES.items()}
    assert found == EXAMPLES


def test_unknown_key_raises(db: None) -> None:
    with pytest.raises(District.DoesNotExist):
        District.objects.get_by_natural_key("none")


def test_key_of_a_row_without_parent_is_open(db: None) -> None:
    assert Section(code="A").natural_key() == (None, "A")


def test_designed_questionnaire_is_the_same_after_writing_out_and_reading_back(content: Questionnaire) -> None:
    before = read_questionnaire(content.pk).digest
    rows = [row for model in (Section, Page, Item, Option) for row in model.objects.all()]
    rows += list(content.edit_rules.all())  # type: ignore[arg-type]
    written = serializers.serialize("json", rows, **KEYS)
    content.sections.all().delete()
    content.edit_rules.all().delete()
    for row in serializers.deserialize("json", written):
        row.save()
    assert read_questionnaire(content.pk).digest == before
