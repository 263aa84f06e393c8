"""The filters of the results are the groups of the plan; what is not crossed is chosen alone."""

import pytest

from survey.forms.office.results import ResultFilterForm
from survey.instrument.plan.plan import Group, GroupClass
from survey.instrument.schema import Text
from survey.methods.tables.domain import domain_of
from survey.methods.tables.table import Heading
from survey.terms import GroupSource

INDUSTRY = Group(code="industry", text=Text("行业", "Industry"), source=GroupSource.FRAME, variable="industry")
SIZE = Group(code="size", text=Text("规模", "Size"), source=GroupSource.FRAME, variable="size")
SECTOR = Group(
    code="sector",
    text=Text("产业", "Sector"),
    source=GroupSource.FRAME,
    variable="industry",
    classes=(GroupClass(code="making", text=Text("", "Making"), values=("C",)),),
)
USES, ASKS = (
    Group(code=code, text=Text("", code), source=GroupSource.ITEM, variable=code) for code in ("uses", "asks")
)
VALUES = {"industry": ("C", "G"), "size": ("small",), "sector": ("making",), "uses": ("yes",), "asks": ("yes",)}
HEADINGS = {
    group: tuple(Heading(code=value, label=value, domain=domain_of(**{group: value})) for value in values)
    for group, values in VALUES.items()
}


def filtered(**chosen: str) -> ResultFilterForm:
    return ResultFilterForm(chosen, HEADINGS, (INDUSTRY, SIZE, SECTOR, USES, ASKS), "en")


def test_choices_restrict_together() -> None:
    form = filtered(industry="C", size="small", uses="yes")
    assert form.domain() == domain_of(industry="C", size="small", uses="yes")
    assert form.errors == {}


@pytest.mark.usefixtures("english")
def test_coarser_group_beside_its_own_variable_is_an_error_and_does_not_restrict() -> None:
    form = filtered(industry="C", sector="making")
    assert form.domain() == domain_of(industry="C")
    assert form.errors == {"sector": ["Choose this or “Industry”, not both: they are not crossed."]}


def test_answers_restrict_one_at_a_time() -> None:
    form = filtered(uses="yes", asks="yes")
    assert form.domain() == domain_of(uses="yes")
    assert list(form.errors) == ["asks"]


def test_labels_are_those_of_the_plan() -> None:
    form = ResultFilterForm({}, HEADINGS, (INDUSTRY, SIZE, SECTOR, USES, ASKS), "zh-hans")
    assert [str(form.fields[code].label) for code in ("industry", "sector")] == ["行业", "产业"]
