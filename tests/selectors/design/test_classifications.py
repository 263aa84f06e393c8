import pytest
from pytest_django import DjangoAssertNumQueries

from survey.instrument.schema import Text
from survey.methods.sampling.size_class import SizeGroup
from survey.selectors.design.classifications import read_classifications

pytestmark = pytest.mark.usefixtures("classified")


def test_classifications_are_read_as_they_stand(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(3):
        found = read_classifications()
    assert (len(found.districts), len(found.sections), len(found.divisions), len(found.size_groups)) == (10, 20, 97, 16)
    assert (found.districts["440305"], found.divisions["39"][0]) == (Text("南山区", "Nanshan"), "C")


def test_bounds_of_one_group_stand_together() -> None:
    building = next(group for group in read_classifications().size_groups if group.codes == ("E",))
    assert building == SizeGroup(name="建筑业", codes=("E",), bounds={"Y": (300, 6000, 80000), "Z": (300, 5000, 80000)})
