from datetime import date
from importlib import import_module
from typing import Any

import pandas as pd
import pytest
from django.apps import apps

from survey.models import ClassificationVersion, Correspondence
from survey.register_terms import ClassificationKind
from survey.selectors.design.classifications import read_classifications
from survey.selectors.register.editions import Edition, read_edition
from survey.services.frame.checked_list import check_list
from survey.services.register.classifications import EditionError, add_edition
from tests.frame_lists import firms

pytestmark = pytest.mark.usefixtures("classified")
TABLE = "3911 3911\n6510\t6513\n5100 5137\n5100 5138\n"


def add(table: str = TABLE, code: str = "GB/T 4754-2011") -> ClassificationVersion:
    industry = ClassificationKind.INDUSTRY
    return add_edition(kind=industry, code=code, valid_from=date(2011, 11, 1), table=table, actor=None)


def test_migration_names_the_current_edition_of_every_kind_once() -> None:
    ClassificationVersion.objects.all().delete()
    migration = import_module("survey.migrations.0029_editions_of_classifications")
    for _ in range(2):
        migration.name_current_editions(apps, None)
    current = ClassificationVersion.objects.filter(is_current=True).values_list("kind", flat=True)
    assert sorted(current) == ["district", "industry", "size"]


def test_table_leads_from_old_codes_to_current_ones() -> None:
    assert read_edition(add()) == Edition(
        code="GB/T 4754-2011", became={"3911": ("3911",), "6510": ("6513",), "5100": ("5137", "5138")}
    )


def test_line_that_stands_twice_counts_once() -> None:
    add("3911 3911\n\n3911 3911")
    assert Correspondence.objects.count() == 1


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("", "table_empty"),
        ("3911", "line_unreadable"),
        ("3911 3911 3", "line_unreadable"),
        ("3911 9911", "code_unknown"),
    ],
)
def test_table_that_cannot_be_read_keeps_nothing(table: str, code: str) -> None:
    with pytest.raises(EditionError) as refused:
        add(table)
    assert (refused.value.code, ClassificationVersion.objects.filter(is_current=False).count()) == (code, 0)


def test_edition_is_kept_once() -> None:
    add()
    with pytest.raises(EditionError) as refused:
        add()
    assert refused.value.code == "edition_known"


def test_list_by_an_earlier_edition_is_read_as_what_its_codes_became() -> None:
    table: Any = firms((2, "行业代码", "C3911"), (3, "行业代码", "6510"), (4, "行业代码", "5100"))
    classifications, edition = read_classifications(), read_edition(add())
    found = check_list(lambda: [table], list(table.columns), classifications=classifications, edition=edition)
    good = pd.concat(found.good_parts())
    assert good["industry"].to_dict() == {2: "3911", 3: "6513"}
    assert [(kind["code"], kind["row"], kind["params"]["known"]) for kind in found.kinds] == [
        ("edition_split", 4, "5137、5138")
    ]
    assert found.notes == [("recoded", {"count": 2})]


def test_code_that_the_table_lacks_is_refused() -> None:
    table: Any = firms((2, "行业代码", "9999"), (3, "行业代码", "3911"), (4, "行业代码", "3911"))
    found = check_list(
        lambda: [table], list(table.columns), classifications=read_classifications(), edition=read_edition(add())
    )
    assert [(kind["code"], kind["row"]) for kind in found.kinds] == [("edition_unknown", 2)]


def test_districts_by_an_earlier_edition_are_read_as_what_they_became() -> None:
    edition = add_edition(
        kind=ClassificationKind.DISTRICT,
        code="2009",
        valid_from=date(2009, 1, 1),
        table="4403A1 440304\n440306 440306\n440306 440309",
        actor=None,
    )
    table: Any = firms((2, "所在区", "4403A1"), (3, "所在区", "440306"), (4, "所在区", "南山区"))
    found = check_list(
        lambda: [table], list(table.columns), classifications=read_classifications(), districts=read_edition(edition)
    )
    assert pd.concat(found.good_parts())["district"].to_dict() == {2: "440304", 4: "440305"}
    assert [(kind["code"], kind["row"], kind["params"]["known"]) for kind in found.kinds] == [
        ("district_split", 3, "440306、440309")
    ]
