"""R-indicator and its parts against the R functions of the RISQ project, version 2.1 (de Heij, Schouten and Shlomo 2015).

They were run on R's data set UCBAdmissions (4,526 applications by sex and department), as a simple random sample of two
in three, and as a sample stratified by department. R fits without the slight prior of the model here, hence 1e-4.
"""

import numpy as np
import pytest

from survey.methods.extract import Coded
from survey.methods.nonresponse.representativity import Representativity, VariablePartial, representativity

ADMITTED = {"Male": (512, 353, 120, 138, 53, 22), "Female": (89, 17, 202, 131, 94, 24)}
REJECTED = {"Male": (313, 207, 205, 279, 138, 351), "Female": (19, 8, 391, 244, 299, 317)}
DEPARTMENTS, SEXES = tuple("ABCDEF"), ("Female", "Male")


def _applications() -> tuple[dict[str, Coded], np.ndarray]:
    cells = [(s, d, r) for s in (0, 1) for d in range(6) for r in (0, 1)]
    counts = [(ADMITTED if r else REJECTED)[SEXES[s]][d] for s, d, r in cells]
    sex, department, admitted = np.repeat(np.array(cells), counts, axis=0).T
    return {"sex": Coded(sex, SEXES), "department": Coded(department, DEPARTMENTS)}, admitted == 1


def _simple() -> Representativity:
    columns, admitted = _applications()
    return representativity(columns, admitted, np.full(len(admitted), 1.5))


def _stratified() -> Representativity:
    columns, admitted = _applications()
    department = columns["department"].codes
    return representativity(columns, admitted, np.array([1, 2, 4, 1.5, 3, 5])[department], department)


def _part(found: Representativity, variable: str) -> VariablePartial:
    return next(one for one in found.variables if one.variable == variable)


def test_indicator_of_a_simple_sample_is_that_of_risq() -> None:
    found = _simple()
    assert found.r == pytest.approx(0.5953641242, abs=1e-5)
    assert found.r_adjusted == pytest.approx(0.5968473870, abs=1e-5)
    assert found.se == pytest.approx(0.0119924539, rel=1e-4)
    assert (found.cv, found.cv_se) == pytest.approx((0.5198486400, 0.0159769897), rel=1e-4)
    assert found.bias == pytest.approx(0.000299540650, rel=1e-4)


def test_indicator_of_a_stratified_sample_is_that_of_risq() -> None:
    found = _stratified()
    assert found.response == pytest.approx(0.3014652025, abs=1e-6)
    assert found.r == pytest.approx(0.6157824648, abs=1e-5)
    assert found.r_adjusted == pytest.approx(0.6173513250, abs=1e-5)
    assert found.se == pytest.approx(0.0117294181, rel=1e-4)
    assert (found.cv, found.cv_se) == pytest.approx((0.6346481647, 0.0203544308), rel=1e-4)


def test_interval_is_two_errors_wide_on_either_side() -> None:
    assert _simple().interval == pytest.approx((0.573342, 0.620352), abs=1e-5)


@pytest.mark.parametrize(
    ("variable", "expected"),
    [
        ("sex", (0.06928958957, 0.008369559564, 0.007082915287)),
        ("department", (0.20138761801, 0.189277507892, 0.005995631109)),
    ],
)
def test_parts_of_variables_are_those_of_risq(variable: str, expected: tuple[float, ...]) -> None:
    part = _part(_simple(), variable)
    assert (part.unconditional, part.conditional, part.se) == pytest.approx(expected, rel=5e-4)


def test_parts_of_categories_are_those_of_risq() -> None:
    rows = _part(_simple(), "department").categories
    assert [row.category for row in rows] == list(DEPARTMENTS)
    assert [(row.unconditional, row.unconditional_se, row.conditional, row.conditional_se) for row in rows] == [
        pytest.approx(expected, rel=5e-4)
        for expected in (
            (0.11641257688, 0.0039891368363, 0.10065239752, 0.005988717585),
            (0.08798089699, 0.0044602010671, 0.07053324382, 0.006336791307),
            (-0.01666216997, 0.0023630245413, 0.03540660451, 0.002343802117),
            (-0.02012653791, 0.0023651408118, 0.03785730371, 0.003483584991),
            (-0.04886962648, 0.0019048877920, 0.04441619541, 0.005045314714),
            (-0.12842305362, 0.0008611229976, 0.12776789027, 0.004124448349),
        )
    ]


def test_parts_of_a_stratified_sample_are_those_of_risq() -> None:
    part = _part(_stratified(), "department")
    assert (part.unconditional, part.conditional, part.se) == pytest.approx(
        (0.19131636210, 0.1861525111488, 0.005862474542), rel=5e-4
    )
    rows = _part(_stratified(), "sex").categories
    assert [(row.unconditional, row.unconditional_se) for row in rows] == [
        pytest.approx((-0.03176785491, 0.001672581936), rel=5e-4),
        pytest.approx((0.03092062750, 0.001627975296), rel=5e-4),
    ]
