"""Sentences about those who are asked, on pages of surveys of firms and of local units."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from survey.asked_terms.speaking import COUNTS_OF_UNITS, OF_UNITS, speaking_of
from survey.terms import AskedUnit

LANGUAGES = [code for code, _name in settings.LANGUAGES]
TEMPLATES = Path(settings.BASE_DIR) / "templates"


def shown(template: str, **values: object) -> str:
    return Template("{% load asked i18n %}" + template).render(Context(values))


def as_blocks(sentence: str) -> str:
    """A sentence with values as ``blocktranslate`` has it."""
    return re.sub(r"%\((\w+)\)s", r"{{ \1 }}", sentence).replace("%%", "%")


def values_of(*sentences: str) -> dict[str, str]:
    """A value that has to be escaped for each placeholder."""
    return {name: f"<{name}> & 5 %" for text in sentences for name in re.findall(r"%\((\w+)\)s", text)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_of_a_survey_of_firms_reads_as_a_page_that_knows_of_nothing_else(language: str) -> None:
    files = [path.read_text("utf-8") for path in TEMPLATES.rglob("*.*")]
    told = {text for file in files for text in re.findall(r"{%\s*asked\s+\"(.*?)\"", file)} & OF_UNITS.keys()
    with translation.override(language):
        differing = {
            sentence
            for sentence in told
            for values in [values_of(sentence)]
            for given in [" ".join(f"{name}={name}" for name in values)]
            if shown(f'{{% asked "{sentence}" {given} %}}', **values)
            != shown(f"{{% blocktranslate %}}{as_blocks(sentence)}{{% endblocktranslate %}}", **values)
        }
    assert differing == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 2])
def test_number_of_firms_reads_as_on_a_page_that_knows_of_nothing_else(language: str, count: int) -> None:
    with translation.override(language):
        for one, many in COUNTS_OF_UNITS:
            values = {**values_of(one, many), "count": count}
            given = " ".join(f"{name}={name}" for name in values)
            plural = f"{as_blocks(one)}{{% plural %}}{as_blocks(many)}{{% endblocktranslate %}}"
            block = f"{{% blocktranslate count count=count %}}{plural}"
            assert shown(f'{{% asked "{one}" many="{many}" {given} %}}', **values) == shown(block, **values)


def test_sentence_is_about_what_is_told_of_or_about_whom_it_names() -> None:
    tag, named = '{% asked "From firms" %}', '{% asked "From firms" of=asks %}'
    with translation.override("en"), speaking_of(AskedUnit.LOCAL_UNIT):
        assert (shown(tag), shown(named, asks="firm"), shown(tag)) == (
            "From local units",
            "From firms",
            "From local units",
        )


def test_number_chooses_the_form() -> None:
    tag = '{% asked "%(shown)s firm will be written to." many="%(shown)s firms will be written to." count=n shown=n %}'
    with translation.override("en"), speaking_of(AskedUnit.LOCAL_UNIT):
        said = [shown(tag, n=number) for number in (1, 2)]
    assert said == ["1 local unit will be written to.", "2 local units will be written to."]


def test_words_that_a_variable_holds_are_escaped() -> None:
    with translation.override("en"):
        assert shown("{% asked label %}", label="<b>") == "&lt;b&gt;"
