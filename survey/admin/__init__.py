"""The office's admin pages, one file per models file; importing the package registers them."""

from survey.admin import (
    accounts,
    collection,
    frame,
    processing,
    questionnaire,
    questionnaire_version,
    release,
    sample,
    wave,
)

__all__ = [
    "accounts",
    "collection",
    "frame",
    "processing",
    "questionnaire",
    "questionnaire_version",
    "release",
    "sample",
    "wave",
]
