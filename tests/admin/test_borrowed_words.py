"""Whatever Django's own pages of the office say has Chinese: Django's, or that of our catalogue."""

import re
from pathlib import Path

import django
import polib

from survey.admin.borrowed_words import BORROWED

DJANGO = Path(django.__file__).parent / "contrib"
SHOWN = ("admin/templates/admin/*.html", "admin/templates/admin/auth/user/*.html")
NOT_OFFERED = {"Forgotten your login credentials?"}
"""Passwords are set by administrators; nobody is sent a new one."""


def test_words_of_the_admin_that_django_has_no_chinese_for_are_borrowed() -> None:
    texts = [path.read_text("utf-8") for pattern in SHOWN for path in DJANGO.glob(pattern)]
    shown = {said for text in texts for _sign, said in re.findall(r"{%\s*translate\s+(['\"])(.*?)\1", text)}
    known = polib.mofile(str(DJANGO / "admin" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.mo"))
    chinese = {entry.msgid for entry in known if entry.msgstr}
    assert {said for said in shown if re.search("[a-z]", said)} - chinese - NOT_OFFERED - set(BORROWED) == set()
    assert len(shown) > 50
