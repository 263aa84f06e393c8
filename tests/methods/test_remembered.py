"""What is remembered is known by what it follows from, to the last number."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from survey.methods.extract import Coded, Extract
from survey.methods.remembered import (
    Remembered,
    column_digest,
    digest_of,
    know_digests,
    known_digests,
    survey_digest,
)
from tests.methods.surveys import random_extract


def test_only_results_that_are_not_known_are_made_and_all_that_were_asked_for_are_remembered() -> None:
    remembered = Remembered(before={b"a": 1, b"gone": 9})
    made: list[list[int]] = []

    def make(places: list[int]) -> list[int]:
        made.append(places)
        return [10 * place for place in places]

    assert remembered.each([b"a", b"b", b"c"], make) == [1, 10, 20]
    assert remembered.each([b"a"], make) == [1]
    assert (made, remembered.asked) == ([[1, 2]], {b"a": 1, b"b": 10, b"c": 20})


def one_answer_changed(extract: Extract) -> Extract:
    codes = extract.items["q0"].codes.copy()
    codes[7] = (codes[7] + 1) % 5
    return replace(extract, items={**extract.items, "q0": Coded(codes, extract.items["q0"].labels)})


def test_a_changed_answer_changes_the_digest_of_its_column_alone() -> None:
    one = random_extract(calibrated="linear", numeric=True)
    two = one_answer_changed(one)
    assert survey_digest(one) == survey_digest(two)
    names = [*one.items, *one.values]
    assert [name for name in names if column_digest(one, name) != column_digest(two, name)] == ["q0"]


def test_whatever_errors_follow_from_changes_the_digest_of_the_survey() -> None:
    survey = random_extract(calibrated="linear", numeric=True)
    assert survey.calibration is not None
    other = replace(survey.calibration, leverage=np.full(survey.rows, 0.01))
    population = np.asarray(survey.population) + 1
    changed = [
        replace(survey, calibration=other),
        replace(survey, population=population),
        replace(survey, respondents=survey.rows - 1),
        survey.by({"size": survey.domains["size"]}),
        survey.uncalibrated,
    ]
    assert len({survey_digest(each) for each in (survey, *changed)}) == 6


def test_firms_that_skipped_a_question_change_the_digest_of_its_column() -> None:
    survey = random_extract()
    skipping = replace(survey, skipped={"q0": survey.items["q0"].codes == -1})
    assert survey_digest(skipping) == survey_digest(survey)
    assert column_digest(skipping, "q0") != column_digest(survey, "q0")


def test_arrays_of_equal_bytes_and_texts_that_join_alike_differ() -> None:
    numbers = np.arange(6)
    alike = [numbers, numbers.reshape(2, 3), numbers.view(np.uint64), ("ab", "c"), ("a", "bc"), ("a", ("bc",)), None]
    alike += [{"a": 1}, sparse.csr_array(np.eye(2)), sparse.csr_array(np.eye(2, k=1))]
    assert len({digest_of(each) for each in alike}) == len(alike)
    with pytest.raises(TypeError, match="no digest of set"):
        digest_of({1})


def test_digests_that_were_kept_spare_another_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    survey, read_again = random_extract(), random_extract()
    wanted = survey_digest(survey), column_digest(survey, "q0")
    know_digests(read_again, known_digests(survey))
    monkeypatch.setattr("survey.methods.remembered.digest_of", lambda *content: b"read")
    assert (survey_digest(read_again), column_digest(read_again, "q0")) == wanted
    assert column_digest(read_again, "q1") == b"read"
    # What is known of one extract is not known of another that was made from it.
    assert survey_digest(read_again.by({})) == b"read"
