from datetime import date
from importlib import import_module
from typing import Any

import pandas as pd
import pytest
from django.apps import apps
from django.utils.translation import override

from survey.models import Case, ClassificationVersion, Correspondence, FrameImport, Removed, StaffAction, Wave
from survey.register_terms import ClassificationKind
from survey.selectors.design.classifications import read_classifications
from survey.selectors.register.editions import Edition, read_edition, use_of
from survey.services.frame.checked_list import check_list
from survey.services.operation.removal import restore_removed
from survey.services.register.classifications import EditionError, add_edition, remove_edition, replace_edition
from tests.frame_lists import firms
from tests.interrupted import half_written

pytestmark = pytest.mark.usefixtures("classified", "english")
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


def test_removed_edition_is_noted_and_can_be_put_back_with_its_table() -> None:
    edition = add()
    before = read_edition(edition)
    remove_edition(edition=edition, typed=" GB/T 4754-2011 ", actor=None)
    assert (ClassificationVersion.objects.filter(is_current=False).count(), Correspondence.objects.count()) == (0, 0)
    assert StaffAction.objects.filter(verb="remove").count() == 1
    restore_removed(removed=Removed.objects.get(), actor=None)
    assert read_edition(ClassificationVersion.objects.get(is_current=False)) == before


def test_pressing_remove_twice_removes_once() -> None:
    edition = add()
    for _ in range(2):
        remove_edition(edition=ClassificationVersion(pk=edition.pk), typed=edition.code, actor=None)
    assert StaffAction.objects.filter(verb="remove").count() == 1


def test_replaced_edition_has_the_new_table_and_the_old_one_can_be_put_back() -> None:
    edition = add()
    made = replace_edition(
        edition=edition, typed=edition.code, code="GB/T 4754-2011 b", valid_from=date(2012, 1, 1), table="1 3911",
        actor=None,
    )  # fmt: skip
    assert (made.kind, made.valid_from, read_edition(made).became) == ("industry", date(2012, 1, 1), {"1": ("3911",)})
    restore_removed(removed=Removed.objects.get(), actor=None)
    assert ClassificationVersion.objects.filter(is_current=False).count() == 2


@pytest.mark.parametrize(("typed", "table", "code"), [("GB/T", "1 3911", "name_differs"), ("", "1", "line_unreadable")])
def test_edition_stays_where_the_name_or_the_new_table_is_wrong(typed: str, table: str, code: str) -> None:
    edition = add()
    with pytest.raises(EditionError) as refused:
        replace_edition(
            edition=edition, typed=typed or edition.code, code=edition.code, valid_from=date(2012, 1, 1), table=table,
            actor=None,
        )  # fmt: skip
    assert (refused.value.code, Correspondence.objects.filter(edition=edition).count()) == (code, 4)


def test_current_edition_is_not_removed_and_the_tables_that_lead_to_it_are_named() -> None:
    add()
    current = ClassificationVersion.objects.get(kind="industry", is_current=True)
    with override("en"), pytest.raises(EditionError, match="the tables of “GB/T 4754-2011” lead to it"):
        remove_edition(edition=current, typed=current.code, actor=None)
    assert ClassificationVersion.objects.filter(pk=current.pk).exists()


@pytest.mark.parametrize(
    ("status", "is_used"),
    [("checking", True), ("waiting", True), ("loading", True), ("refused", False), ("discarded", False)],
)
def test_list_that_is_being_put_in_holds_its_edition(status: str, is_used: bool) -> None:
    edition = add()
    FrameImport.objects.create(title="List 1", source_name="a.xlsx", status=status, industries_by=edition)
    assert use_of(edition).lists == (("List 1",) if is_used else ())


def test_frame_its_joined_rows_and_its_wave_are_named(wave: Wave, cases: list[Case]) -> None:
    edition, other, frame = add(), add(code="other"), cases[0].sample_unit.sample.frame
    for by, of in ((edition, {"frame": frame}), (other, {"joins": frame})):
        FrameImport.objects.create(title="a", source_name="a", status="done", districts_by=by, **of)
    uses = [use_of(each) for each in (edition, other)]
    assert [(use.lists, use.waves) for use in uses] == [((frame.title,), (str(wave),))] * 2
    said = f"“{frame.title}”; these waves are drawn from them: “{wave}”"
    with override("en"), pytest.raises(EditionError, match=said):
        remove_edition(edition=edition, typed=edition.code, actor=None)


def test_edition_is_kept_replaced_and_removed_with_its_table_or_not_at_all() -> None:
    assert half_written(add) == []
    edition, day = ClassificationVersion.objects.get(is_current=False), date(2012, 1, 1)
    given: dict[str, Any] = {"code": "b", "valid_from": day, "table": "1 3911", "actor": None}
    assert half_written(lambda: replace_edition(edition=edition, typed=edition.code, **given)) == []
    other = ClassificationVersion.objects.get(is_current=False)
    assert half_written(lambda: remove_edition(edition=other, typed="b", actor=None)) == []
