"""What is published says firms or local units, whichever are asked: no sentence about firms goes round ``asked_terms``."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.asked_terms.speaking import OF_UNITS, as_asked, speaking_of, spoken
from survey.terms import AskedUnit

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("survey/exchange/figures", "survey/exchange/release", "survey/exchange/microdata", "survey/exchange/sheets")
PAGES = ("templates/results", "templates/fieldwork/monitor", "templates/fieldwork/acceptance")
FIRM = re.compile(r"\bfirms?\b", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\(\w+\)s|{{.*?}}|{%.*?%}")
OF_FIRMS_ALWAYS = {
    # Protection counts firms, whoever answers for them.
    "withheld: fewer firms than the threshold",
    "Confidential: the figure is withheld, so that nothing follows from it about single firms.",
    "Number of the firm, the same for all of its local units; it says nothing else",
    # What a person of the office does, or what no figure stands beside.
    "What a firm wrote may tell who it is. Read each answer, take out names, places and figures that give the firm "
    "away, and let it leave, or keep it here. Only what leaves stands in releases.",
}


def marked(path: Path) -> Iterator[tuple[str, str]]:
    """(function, sentence) of all that a module marks for translation."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = (each.value for each in node.args if isinstance(each, ast.Constant))
            yield from ((node.func.id, text) for text in texts if isinstance(text, str))


def says_firms(sentence: str) -> bool:
    return bool(FIRM.search(PLACEHOLDER.sub("", sentence))) and sentence not in OF_FIRMS_ALWAYS


def test_published_room_says_no_sentence_about_firms_that_is_unknown_of_units() -> None:
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    words = ("_", "gettext", "gettext_noop", "ngettext", "said", "_translated")
    strays = {
        (path.name, sentence)
        for path in files
        for word, sentence in marked(path)
        if word in words and says_firms(sentence) and sentence not in OF_UNITS
    }
    assert strays == set()


def test_published_room_translates_by_what_is_spoken_of() -> None:
    """Django's own ``gettext`` does not know of units, so that no module of these rooms calls it ``_``."""
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    strays = [path.name for path in files if "import gettext as _" in path.read_text("utf-8")]
    assert strays == []


def test_page_with_figures_says_firms_by_what_is_spoken_of() -> None:
    pages = [path for path in (ROOT / "templates").rglob("*.html") if str(path.relative_to(ROOT)).startswith(PAGES)]
    blocks = r"{%\s*translate\s+\"(.*?)\"|{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate"
    strays = {
        (path.name, one or many)
        for path in pages
        for one, many in re.findall(blocks, path.read_text("utf-8"), re.DOTALL)
        if says_firms(one or many)
    }
    assert strays == set()


def test_sentence_of_a_page_is_known() -> None:
    pages = (ROOT / "templates").rglob("*.html")
    told = {text for path in pages for text in re.findall(r"{%\s*asked\s+\"(.*?)\"", path.read_text("utf-8"))}
    assert told - OF_UNITS.keys() == set()
    assert len(told) > 30


@pytest.mark.parametrize("sentence", OF_UNITS.values())
def test_sentence_about_units_has_the_values_of_that_about_firms(sentence: str) -> None:
    [about_firms] = [firms for firms, units in OF_UNITS.items() if units == sentence][:1]
    holders = re.compile(r"%\(\w+\)s|%%")
    assert sorted(holders.findall(sentence)) == sorted(holders.findall(about_firms))


def test_units_are_spoken_of_within_their_block_alone() -> None:
    with speaking_of(AskedUnit.LOCAL_UNIT):
        within = as_asked("Share of firms"), as_asked("District"), spoken()
    assert within == ("Share of local units", "District", AskedUnit.LOCAL_UNIT)
    assert (as_asked("Share of firms"), spoken()) == ("Share of firms", AskedUnit.FIRM)
