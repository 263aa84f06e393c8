"""What a person reads about files to attach."""

from dataclasses import replace

import pytest
from django.utils import translation

from survey.forms.page.file_texts import file_limits
from tests.every_type import EVERY_TYPE

PROOF = EVERY_TYPE.items["proof"]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "File types: pdf, png. At most 0.1 MB."), ("zh-hans", "文件类型：pdf、png。不超过 0.1 MB。")],
)
def test_types_and_largest_size_of_the_item_are_said(language: str, said: str) -> None:
    with translation.override(language):
        assert file_limits(PROOF) == said


def test_item_that_names_no_limits_says_those_of_all() -> None:
    with translation.override("en"):
        assert file_limits(replace(PROOF, file_types=(), max_megabytes=None)) == (
            "File types: pdf, jpg, jpeg, png, xlsx, docx. At most 5 MB."
        )
