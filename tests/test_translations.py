"""Both catalogues hold every message of the code and the templates, and the compiled files are theirs."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ["zh_Hans", "en"]
needs_gettext = pytest.mark.skipif(shutil.which("xgettext") is None, reason="GNU gettext is not installed")


def catalogue(root: Path, locale: str) -> polib.POFile:
    return polib.pofile(str(root / "locale" / locale / "LC_MESSAGES" / "django.po"))


def messages(entries: polib.POFile | polib.MOFile) -> dict[tuple[str | None, str, str], object]:
    """Translation by (context, message, plural message), without obsolete and fuzzy ones."""
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural or ""): entry.msgstr or entry.msgstr_plural
        for entry in entries
        if not getattr(entry, "obsolete", False) and not getattr(entry, "fuzzy", False)
    }


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the messages were extracted afresh."""
    copy = tmp_path_factory.mktemp("messages")
    for folder in ("survey", "config", "templates"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", copy)
    for locale in LOCALES:
        (copy / "locale" / locale / "LC_MESSAGES").mkdir(parents=True)
    command = [sys.executable, "manage.py", "makemessages", "--no-location", *(f"--locale={name}" for name in LOCALES)]
    own = {"DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(copy / "var")}
    subprocess.run(command, cwd=copy, check=True, capture_output=True, env={**os.environ, **own})
    return copy


@needs_gettext
@pytest.mark.parametrize("locale", LOCALES)
def test_catalogue_holds_exactly_the_messages_of_the_code(extracted: Path, locale: str) -> None:
    assert messages(catalogue(ROOT, locale)).keys() == messages(catalogue(extracted, locale)).keys()


def marked() -> set[str]:
    """What modules mark for translation, whole."""
    words = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_noop"}
    calls = [
        node
        for path in (ROOT / "survey").rglob("*.py")
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in words
    ]
    given = [each.value for call in calls for each in call.args if isinstance(each, ast.Constant)]
    return {value for value in given if isinstance(value, str)}


@needs_gettext
def test_every_marked_sentence_is_found(extracted: Path) -> None:
    """xgettext passes over one in brackets of its own or within the braces of a text: it would stay English."""
    found = {message for _context, *both in messages(catalogue(extracted, "en")) for message in both}
    assert marked() - found == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_catalogue_translates_every_message(locale: str) -> None:
    strings = messages(catalogue(ROOT, locale)).items()
    untranslated = [key for key, text in strings if not text or (isinstance(text, dict) and not all(text.values()))]
    assert untranslated == []


@pytest.mark.parametrize("locale", LOCALES)
def test_catalogue_has_no_fuzzy_message(locale: str) -> None:
    assert catalogue(ROOT, locale).fuzzy_entries() == []


@pytest.mark.parametrize("locale", LOCALES)
def test_compiled_catalogue_is_made_from_the_written_one(locale: str) -> None:
    compiled = polib.mofile(str(ROOT / "locale" / locale / "LC_MESSAGES" / "django.mo"))
    assert messages(compiled) == messages(catalogue(ROOT, locale))
