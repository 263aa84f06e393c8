"""Names and texts that an SPSS data file would cut: 64 bytes a name, 256 a label, 120 a value label, 32,767 a text."""

from collections.abc import Iterator

from survey.complaints import Complaint
from survey.instrument.codebook import SPSS_NAME_BYTES, codebook_of
from survey.instrument.kinds.choices import options_of
from survey.instrument.kinds.registry import kind_of
from survey.instrument.languages import LANGUAGES_READ
from survey.instrument.lint.catalogue import finding
from survey.instrument.schema import Questionnaire, Text

# Limits of SPSS Statistics in bytes of UTF-8: 256 of a label, 120 of a value's, 32,767 of a text with four to a sign.
LABEL_BYTES = 256
VALUE_LABEL_BYTES = 120
LONGEST_TEXT = 32_767 // 4


def spss_findings(questionnaire: Questionnaire) -> Iterator[Complaint]:
    """Findings about every variable, then about value labels and long texts."""
    for row in codebook_of(questionnaire):
        place = ("item", row.item)
        if len(row.name.encode("utf-8", "replace")) > SPSS_NAME_BYTES:
            yield finding("spss_name", place, "code", row.name)
        yield from _too_long("spss_label", place, "text", row.name, row.label, LABEL_BYTES)
    for _, _, item in questionnaire.walk():
        place = ("item", item.code)
        for option in options_of(item):
            field = f"options.{option.code}"
            yield from _too_long("spss_value_label", place, field, option.code, option.text, VALUE_LABEL_BYTES)
        if kind_of(item).is_free_text and (item.max_length or 0) > LONGEST_TEXT:
            yield finding("spss_text", place, "max_length", str(item.max_length))


def _too_long(code: str, place: tuple[str, str], field: str, value: str, text: Text, limit: int) -> Iterator[Complaint]:
    for language, name in LANGUAGES_READ:
        count = len(getattr(text, language).encode("utf-8", "replace"))
        if count > limit:
            yield finding(code, place, f"{field}.{language}", value, {"count": count, "language": name})
