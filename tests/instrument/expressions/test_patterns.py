"""Patterns mean what Python's ``re`` means, and end whatever the pattern and the text."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.instrument.expressions.patterns import PatternRefused, matches

SIGNS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\d", "1", "^", "$", r"\.", "[a-c1]"])
PATTERNS = st.recursive(
    SIGNS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map("|".join),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "{2,}", "{0}"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        inner.map("({})".format),
    ),
    max_leaves=6,
)


@given(PATTERNS, st.text("ab1.", max_size=6))
def test_pattern_means_what_it_means_to_python(pattern: Any, text: Any) -> None:
    assert matches(pattern, text) == bool(re.fullmatch(pattern, text))


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b",
        "((a+))+b",
        "(a|a)*b",
        "(a|aa)+b",
        "(.*)*b",
        "(a?){300}a{300}b",
        "a*a*a*a*a*a*a*a*b",
        "(a*)*(a*)*(a*)*b",
    ],
)
def test_pattern_ends_on_a_text_that_would_keep_backtracking_busy(pattern: str) -> None:
    assert matches(pattern, "a" * 1000) is False


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"[A-Z]{2}[0-9]{4}", "AB1234"),
        (r"^[\w.+-]+@[\w-]+\.[a-z]{2,}$", "a.b@example.org"),
        ("(?i)abc", "ABC"),
        (r"\u4f01业.{2}", "企业名称"),
        (r"1[3-9]\d{9}", "13800000000"),
        (r"[]\]a&&~~||[]+", "a[]&~|"),
        ("a{,2}", "a{,2}"),
        ("", ""),
        (r"(x|)\(\)", "()"),
    ],
)
def test_usual_pattern_matches(pattern: str, text: str) -> None:
    assert matches(pattern, text)
    assert not matches(pattern, text + "\n")


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("[a", "a square bracket is opened and not closed"),
        ("(a", "a bracket is opened and not closed"),
        ("a)", "a bracket is closed that was not opened"),
        ("*a", "nothing stands before a repetition that it could repeat"),
        ("a**", "two repetitions stand behind one another"),
        (r"(a)\1", "a sign behind a backslash is not known; references back are not possible"),
        ("(?=a)", "what begins with (? is not known; looking ahead or back is not possible"),
        ("a{3,1}", "it repeats too often, or from more to less"),
        ("[z-a]", "a range or class in square brackets is not known"),
        ("(a{500}){500}", "it repeats too often, or from more to less"),
        ("a\\", "it ends with a backslash"),
        ("a" * 1001, "it is longer than 1,000 characters"),
        ("\ud800", "a sign is not known"),
    ],
)
def test_pattern_that_cannot_be_read_says_why(pattern: str, reason: str) -> None:
    with pytest.raises(PatternRefused) as refused:
        matches(pattern, "a")
    complaint = refused.value.complaint
    assert (complaint.code, complaint.value) == ("pattern", pattern[:40])
    assert complaint.message() == f"The pattern cannot be read: {reason}."


def test_text_that_is_no_unicode_matches_nothing() -> None:
    assert matches(".*", "\ud800") is False
