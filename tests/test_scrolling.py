"""What scrolls on a page can be reached and scrolled by keyboard: WCAG 2.1.1, which browsers leave to the page."""

import re

import pytest
from django.conf import settings

STYLES = sorted((settings.BASE_DIR / "survey/static").rglob("*.css"))
# Django's admin wraps inline forms in it; their fields take the focus.
OF_OTHERS = {"inline-group"}


def scrolling_classes() -> set[str]:
    rules = re.findall(
        r"([^{}]+){[^{}]*overflow(?:-[xy])?: (?:auto|scroll)", "".join(path.read_text() for path in STYLES)
    )
    return {found for rule in rules for found in re.findall(r"\.([\w-]+)\s*(?:,|$)", rule.strip())} - OF_OTHERS


@pytest.mark.parametrize("name", sorted(scrolling_classes()))
def test_whatever_scrolls_takes_the_focus_and_has_a_name(name: str) -> None:
    tags = [
        (path.name, tag)
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        for tag in re.findall(r"<\w+(?:{%.*?%}|{{.*?}}|[^<>])*>", path.read_text())
        if re.search(rf'class="(?:[^"]* )?{name}[ "]', tag)
    ]

    assert tags
    assert [found for found in tags if 'tabindex="0"' not in found[1] or "aria-label" not in found[1]] == []
