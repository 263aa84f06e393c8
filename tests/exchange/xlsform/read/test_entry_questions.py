"""Whether there is one more entry is asked in both languages, by the label of the repeat."""

from collections.abc import Callable

import pytest

from survey.exchange.xlsform import Reading
from survey.instrument.schema import Item
from survey.terms import ItemType

FORM = """
| survey |              |      |                     |                  |
|        | type         | name | label::English (en) | label::中文 (zh) |
|        | begin repeat | r    | Machine             | 设备             |
|        | text         | q    | Name                | 名称             |
|        | end repeat   |      |                     |                  |
"""


@pytest.fixture
def asked(read_text: Callable[..., Reading]) -> dict[str, Item]:
    content = read_text(FORM).questionnaire
    assert content
    return dict(content.items)


def test_each_entry_is_asked_about_by_the_label_of_its_repeat(asked: dict[str, Item]) -> None:
    second = asked["r_more_2"]
    assert (second.type, second.text.zh, second.text.en) == (
        ItemType.YES_NO,
        "“设备”是否有第2项需要填写？",
        "Is there an entry no. 2 for “Machine”?",
    )


def test_entries_without_room_are_written_in_words_after_the_last_one(asked: dict[str, Item]) -> None:
    further = asked["r_further"]
    assert (further.type, further.text.en, further.relevant) == (
        ItemType.LONG_TEXT,
        "If there are more than 10 entries for “Machine”, write the others here.",
        "${r_more_10} = 'yes'",
    )


def test_repeat_without_a_label_is_named_by_its_name(read_text: Callable[..., Reading]) -> None:
    content = read_text(FORM.replace("Machine", "       ").replace("设备", "    ")).questionnaire
    assert content
    assert content.items["r_more_1"].text.en == "Is there an entry no. 1 for “r”?"
