"""The log of later values, applied to the answers as they were submitted."""

from survey.instrument.document.corrections import LaterValue, apply_corrections


def test_later_entry_of_an_item_counts() -> None:
    log = [LaterValue(item="a", value=2), LaterValue(item="a", value=3)]
    assert apply_corrections({"a": 1, "b": 1}, log) == {"a": 3, "b": 1}


def test_correction_to_none_takes_the_answer_away() -> None:
    log = [LaterValue(item="a", value=5), LaterValue(item="b", value=None)]
    assert apply_corrections({"a": 1, "b": 2}, log) == {"a": 5}


def test_answers_as_submitted_stay_as_they_are() -> None:
    answers = {"a": 1}
    apply_corrections(answers, [LaterValue(item="a", value=2)])
    assert answers == {"a": 1}
