"""A text in several languages is one column: stored, found, checked and exchanged whole."""

import json

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import override

from survey.instrument.schema import Text
from survey.models import District, Industry

THREE = Text("南山区", "Nanshan", (("fr", "Montagne du Sud"),))


@pytest.fixture
def district(db: None) -> District:
    return District.objects.create(code="NS", name=THREE)


def test_text_comes_back_with_all_its_languages(district: District) -> None:
    assert District.objects.get().name == THREE


def test_chinese_stands_in_the_column_as_itself(district: District) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(name AS text) FROM survey_district")
        assert "南山区" in cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("sought", "count"), [("南山", 1), ("nanSHAN", 1), ("montagne", 1), ("福田", 0), ("zh", 0), ('":', 0), ("%", 0)]
)
def test_search_reads_the_wordings_of_every_language(district: District, sought: str, count: int) -> None:
    assert District.objects.filter(name__icontains=sought).count() == count


def test_one_language_is_looked_up_by_its_code(district: District) -> None:
    assert District.objects.values_list("name__fr", flat=True).get(name__en="Nanshan") == "Montagne du Sud"


def test_equal_text_is_found_whole(district: District) -> None:
    assert District.objects.filter(name=THREE).count() == 1


def test_empty_text_is_stored_where_none_is_given(db: None) -> None:
    District.objects.create(code="X")
    assert District.objects.get().name == Text()


def test_fixture_holds_a_wording_for_each_language(district: District) -> None:
    written = serializers.serialize("json", [district])
    assert json.loads(written)[0]["fields"]["name"] == {"zh": "南山区", "en": "Nanshan", "fr": "Montagne du Sud"}
    assert next(serializers.deserialize("json", written)).object.name == THREE  # type: ignore[attr-defined]


def test_name_is_read_in_the_language_of_the_page(district: District) -> None:
    with override("en"):
        assert str(district) == "Nanshan"
    with override("zh-hans"):
        assert str(district) == "南山区"


@pytest.mark.parametrize("name", [Text("南山区"), Text(en="Nanshan"), Text("  ", "Nanshan"), Text("长" * 101, "Long")])
def test_text_without_a_needed_language_or_too_long_is_refused(name: Text) -> None:
    with pytest.raises(ValidationError) as refused:
        District(code="NS", name=name).clean_fields()
    assert list(refused.value.message_dict) == ["name"]


def test_english_name_of_an_industry_may_be_missing() -> None:
    Industry(code="39", name=Text("电子")).clean_fields(exclude=["parent"])


def test_wording_that_is_no_text_is_refused() -> None:
    with pytest.raises(ValidationError):
        District(code="NS", name={"zh": 1, "en": "One"}).clean_fields()
