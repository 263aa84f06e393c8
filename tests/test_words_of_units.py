"""What is told of those who are asked says firms or local units, whichever they are: no sentence goes round
``asked_terms``."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from survey.asked_terms.both import OF_BOTH
from survey.asked_terms.speaking import COUNTS_OF_UNITS, OF_UNITS, as_asked, many_as_asked, speak_of_all, speaking_of
from survey.asked_terms.speaking import spoken as spoken_of
from survey.terms import AskedUnit

ROOT = Path(__file__).resolve().parent.parent
PUBLISHED = ("exchange/figures", "exchange/release", "exchange/microdata", "exchange/sheets")
SHOWN = (
    *("views/fieldwork", "views/respondent", "views/design", "views/results", "views/complaints.py"),
    *("forms/page", "forms/office", "exchange/letters", "exchange/offline", "exchange/fieldwork"),
    *("exchange/frame/errors_workbook.py", "services/refusals.py", "jobs/running.py", "templatetags/casework.py"),
    *("selectors/fieldwork", "selectors/mailing", "selectors/register/knowledge.py", "views/operation/audit_words.py"),
)
"""What is shown of a survey or a list is said here."""
WRITTEN = (
    *(*PUBLISHED, *SHOWN, "selectors/fieldwork", "selectors/mailing", "selectors/respondent", "jobs/kinds"),
    *(f"services/{folder}" for folder in ("answers", "casework", "editing", "fieldwork", "frame", "mailing")),
    *("services/results", "exchange/frame", "casework_terms.py", "mailing_terms.py", "instrument/messages.py"),
    *("exchange/xlsform", "instrument/expressions", "instrument/lint"),
)
"""Sentences that are shown of a survey or a list are written here."""
OF_THE_REGISTER = (
    *("views/fieldwork/firms.py", "views/fieldwork/delegates.py", "views/fieldwork/editions.py"),
    *("forms/office/firms.py", "forms/office/editions.py"),
    *("fieldwork/firm_", "fieldwork/delegate_", "fieldwork/edition", "respondent/delegated.html"),
)
"""Pages of the register tell of firms as it has them, whatever surveys ask."""
PAGES = (
    "templates/fieldwork",
    "templates/respondent",
    "templates/results",
    "templates/design",
    "templates/operation/audit.html",
)
FIRM = re.compile(r"\bfirms?\b", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\(\w+\)s|{{.*?}}|{%.*?%}")
BLOCKS = r"{%\s*translate\s+\"(.*?)\"|{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate"
OF_FIRMS_ALWAYS = {
    # Protection counts firms, whoever answers for them.
    "withheld: fewer firms than the threshold",
    "Confidential: the figure is withheld, so that nothing follows from it about single firms.",
    "The certificate of release %(release)s says that something follows about single firms.",
    "Have cuts made with certificates, and a release once enough firms have changed those figures.",
    "A figure of fewer firms is withheld; 10 is usual, fewer than 3 protect nobody.",
    "The (n, k) rule: with 2 and 0.85, a total of which two firms make more than 85 per cent is withheld.",
    "The p % rule: with 0.1, no firm may know another one's amount within 10 %.",
    "The threshold of %(value)s firms protects nobody.",
    "Enter a share above 0 and at most 1, and 1 to %(most)s dominant firms.",
    "Least firms under a figure",
    "least firms under a figure",
    "Dominant firms",
    "dominant firms",
    "largest share of the dominant firms",
    "Least error of an estimate of another firm",
    "least error of an estimate of another firm",
    # So does burden: each local unit that is asked is once more for its firm.
    "{{ firms }} firms are asked once{% plural %}{{ firms }} firms are asked {{ times }} times",
    # A firm as the register has it, its credit code, and the persons who answer for firms.
    "Number of the firm, the same for all of its local units; it says nothing else",
    "By which the units of one firm are told, 40 characters at most; every unit needs one, also a single one.",
    "The local unit %(value)s of one firm stands in more than one row: %(rows)s.",
    "%(value)s is the identity number of a person, not the credit code of a firm.",
    "changed a firm of the register",
    "let a person answer for a firm",
    "ended that a person answers for a firm",
    "revoked the code of a person who answers for firms",
    "The work on these cases ends, the firm register learns of it, and answers that were submitted are kept and do "
    "not count any more.",
    "firms of the register",
    "My firms",
    # Of lists of firms alone, or of a list before it is known what its rows are.
    "Keep one row for the firm and delete the others.",
    "The column “%(header)s” was not read: the list was put in as one of firms, one row for each.",
    "A firm, once; or a local unit of a firm, which then has a number beside the credit code. Rows that go into a frame "
    "are what that one lists.",
    "A list of local units needs the number of each unit beside the credit code of its firm; name, district, industry, "
    "employees and revenue are those of the unit.",
    "List of firms",
    "Import a list of firms",
    "Choose the file with the list of firms.",
    "Imports of firm lists that wait for a decision",
    "Check of a list of firms",
    "Loading of a list of firms",
    # Both are named, beside the sentence about the other where there are two.
    "%(frame)s (%(firms)s firms, imported %(day)s)",
    "%(wave)s (%(firms)s firms)",
    "The frame “%(frame)s” lists local units, and the survey “%(survey)s” asks firms.",
    "Choose a frame of firms, or a wave of a survey that asks local units.",
    "The frame “%(frame)s” lists firms, and the survey “%(survey)s” asks local units.",
    "The sample of “%(wave)s” has no such rows: one asks firms, the other local units.",
    "The rows of the frame “%(title)s” are no such rows: one lists firms, the other local units.",
    # The name of a placeholder, and what is said of the site.
    "Write a placeholder as {firm}.",
    "Demonstration: the firms and their answers are fictitious.",
}

OF_FIRMS_IN_CHINESE = {
    # The register of firms (企业库), the name of a column of lists (企业规模), what a credit code begins with.
    "In the register: earlier waves, changes, other persons",
    "The register knows",
    "What the register knows of “%(frame)s”",
    "The register knows nothing that the list does not say.",
    "A sample has been drawn from this list, so it stays as it was then. What the register knows is offered again with "
    "the next list.",
    "Write the industry with three or four digits (such as 592 or 701), or add a column 企业规模.",
    "Needed: unified social credit code, name, district, industry (GB/T 4754), employees, revenue in 10,000 yuan. Also "
    "read where present: total assets, size class, contact person, e-mail, telephone. The headers may be Chinese or "
    "English and in any order.",
    "%(value)s is no unified social credit code: no registration department gives out codes that begin so (91 for "
    "enterprises, 92 for sole traders, 12 for public institutions).",
    # Burden is that of firms; the name of the site.
    "Asked most often in the last 12 months",
    "Tongdian business surveys",
}
"""Sentences that name no firm in English, and rightly do in Chinese."""


def modules_of(places: tuple[str, ...]) -> list[Path]:
    """The modules of folders and files, without those of the register."""
    found = [path for place in places for path in sorted((ROOT / "survey").glob(f"{place}/**/*.py"))]
    found += [ROOT / "survey" / place for place in places if place.endswith(".py")]
    return [path for path in found if not str(path.relative_to(ROOT / "survey")).startswith(OF_THE_REGISTER)]


def pages() -> list[Path]:
    """The templates of pages that tell of a survey or a list."""
    found = [path for place in PAGES for path in sorted((ROOT / place).rglob("*.*"))]
    found += sorted((ROOT / "templates/admin").rglob("*.html"))
    return [path for path in found if not str(path.relative_to(ROOT / "templates")).startswith(OF_THE_REGISTER)]


def marked(path: Path) -> Iterator[tuple[str, str]]:
    """(function, sentence) of all that a module marks for translation."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = (each.value for each in node.args if isinstance(each, ast.Constant))
            yield from ((node.func.id, text) for text in texts if isinstance(text, str))


def says_firms(sentence: str) -> bool:
    return bool(FIRM.search(PLACEHOLDER.sub("", sentence))) and sentence not in OF_FIRMS_ALWAYS


def numbered() -> set[str]:
    """The sentences about firms that have a plural, both."""
    return {sentence for pair in COUNTS_OF_UNITS for sentence in pair}


def test_sentence_about_those_who_are_asked_is_known_of_units() -> None:
    words = ("_", "gettext", "gettext_noop", "ngettext", "said", "said_when_shown", "_translated")
    strays = {
        (path.name, sentence)
        for path in modules_of(WRITTEN)
        for word, sentence in marked(path)
        if word in words and says_firms(sentence) and sentence not in OF_UNITS and sentence not in numbered()
    }
    assert strays == set()


def translated_by_pages() -> Iterator[str]:
    """What templates translate by Django's own tags, the plural left out."""
    for path in pages():
        for one, many in re.findall(BLOCKS, path.read_text("utf-8"), re.DOTALL):
            text = " ".join((one or many.split("{% plural %}")[0]).split())
            yield re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", text.replace("%", "%%")) if many else text


def test_sentence_that_counts_firms_in_chinese_alone_is_known_of_units() -> None:
    """家 is the measure word of firms, 个 that of local units."""
    chinese = polib.pofile(str(ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"))
    of_firms = {each.msgid for each in chinese if re.search("企业|家", each.msgstr or each.msgstr_plural.get(0, ""))}
    of_firms = {sentence for sentence in of_firms if not FIRM.search(sentence)} - OF_FIRMS_IN_CHINESE
    written = {sentence for path in modules_of(WRITTEN) for _word, sentence in marked(path)}
    assert (written - OF_UNITS.keys() - numbered()) & of_firms == set()
    # Those that are known are not said by the tags that know of firms alone.
    assert set(translated_by_pages()) & of_firms == set()


def test_published_room_translates_by_what_is_spoken_of() -> None:
    """Django's own ``gettext`` does not know of units, so that no module of these rooms calls it ``_``."""
    strays = [path.name for path in modules_of(PUBLISHED) if "import gettext as _" in path.read_text("utf-8")]
    assert strays == []


def test_shown_room_translates_by_what_is_spoken_of() -> None:
    """Nor is it there under another name, where sentences about cases are said."""
    own = re.compile(r"from django\.utils\.translation import .*\b(n?gettext(_lazy)?)\b(?!_)")
    strays = [path.name for path in modules_of(SHOWN) if own.search(path.read_text("utf-8"))]
    assert strays == []


def test_page_says_firms_by_what_is_spoken_of() -> None:
    strays = {
        (path.name, " ".join((one or many).split()))
        for path in pages()
        for one, many in re.findall(BLOCKS, path.read_text("utf-8"), re.DOTALL)
        if says_firms(" ".join((one or many).split()))
    }
    assert strays - {("base_site.html", "Demonstration: firms, persons and answers are made up.")} == set()


def test_words_that_a_page_is_given_are_said_by_what_is_spoken_of() -> None:
    """A label that a variable holds may be about firms as well."""
    given = [path.name for path in pages() if re.search(r"{%\s*translate\s+[^\"'\s]", path.read_text("utf-8"))]
    assert given == ["nav_sidebar.html"]


def test_sentence_of_a_page_is_known() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "templates").rglob("*.*")]
    told = [found for text in texts for found in re.findall(r"{%\s*asked\s+\"(.*?)\"(?: many=\"(.*?)\")?", text)]
    assert {one for one, many in told if not many} - OF_UNITS.keys() == set()
    assert {each for each in told if each[1]} - COUNTS_OF_UNITS.keys() == set()
    assert len(told) > 130


ABOUT_UNITS = [*OF_UNITS.items(), *OF_BOTH.items()]
ABOUT_UNITS += [each for firms, units in COUNTS_OF_UNITS.items() for each in zip(firms, units, strict=True)]


@pytest.mark.parametrize(("about_firms", "about_units"), ABOUT_UNITS)
def test_sentence_about_units_has_the_values_of_that_about_firms(about_firms: str, about_units: str) -> None:
    holders = re.compile(r"%\(\w+\)s|%%")
    assert sorted(holders.findall(about_units)) == sorted(holders.findall(about_firms))


def test_sentence_about_both_is_one_about_units_too() -> None:
    assert OF_BOTH.keys() - OF_UNITS.keys() == set()


def test_units_are_spoken_of_within_their_block_alone() -> None:
    with speaking_of(AskedUnit.LOCAL_UNIT):
        within = as_asked("Share of firms"), as_asked("District"), spoken_of()
    assert within == ("Share of local units", "District", AskedUnit.LOCAL_UNIT)
    assert (as_asked("Share of firms"), spoken_of()) == ("Share of firms", AskedUnit.FIRM)


def test_page_of_several_surveys_tells_of_what_all_of_them_ask() -> None:
    said = {}
    with speaking_of(AskedUnit.FIRM):
        for asked in ((), ("firm", "firm"), ("local_unit",), ("firm", "local_unit")):
            speak_of_all(asked)
            said[asked] = as_asked("From firms")
    about_firms, about_both = "From firms", "From firms and local units"
    assert list(said.values()) == [about_firms, about_firms, "From local units", about_both]


def test_number_of_firms_is_one_of_units() -> None:
    pair = ("%(count)s firm was drawn.", "%(count)s firms were drawn.")
    assert many_as_asked(*pair) == pair
    with speaking_of(AskedUnit.LOCAL_UNIT):
        assert many_as_asked(*pair) == ("%(count)s local unit was drawn.", "%(count)s local units were drawn.")
