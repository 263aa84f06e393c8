import pytest

from survey.exchange.frame import shared_texts
from survey.exchange.frame.shared_texts import CannotBeCutError, SharedTexts

ELEMENTS = [b"<si><t>a</t></si>", b'<si ><t xml:space="preserve"> b </t></si>', b"<x:si><r><t>c</t></r></x:si>"]
PART = b"<sst count='3'>" + b"\n".join(ELEMENTS) + b"</sst>"


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_texts_are_found_wherever_the_pieces_end(size: int) -> None:
    texts = SharedTexts(PART[start : start + size] for start in range(0, len(PART), size))
    assert (len(texts), texts.elements([0, 1, 2]), texts.elements([0, 2])) == (
        3,
        b"".join(ELEMENTS),
        ELEMENTS[0] + ELEMENTS[2],
    )


@pytest.mark.parametrize("empty", [b"<si/>", b"<si></si>"])
def test_empty_text_keeps_its_number(empty: bytes) -> None:
    texts = SharedTexts([b"<sst>" + empty + ELEMENTS[0]])
    assert texts.elements([0, 1]) == b"<si><t></t></si>" + ELEMENTS[0]


def test_text_that_is_not_there_is_an_error() -> None:
    with pytest.raises(IndexError):
        SharedTexts([PART]).elements([3])


def test_element_without_an_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_texts, "LONGEST", 100)
    with pytest.raises(CannotBeCutError):
        SharedTexts([b"<sst><si><t>", b"a" * 101])
