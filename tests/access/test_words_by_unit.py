"""Every page of a survey that asks local units tells of these, whatever a page that is added later says."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from survey.asked_terms.speaking import spoken
from survey.models import FrameImport, FrameUnit, SamplingFrame, Survey
from survey.terms import AskedUnit, Role
from tests.access.actors import Actor, browser_of
from tests.access.table import OFFICE, QUESTIONNAIRE
from tests.access.world import World

UNIT = AskedUnit.LOCAL_UNIT.value
OF_NO_SURVEY = (
    # The register of firms, persons who answer for firms.
    *("firm_", "delegat", "classification_", "respondent:delegated"),
    # The site as a whole.
    *("two_factor", "retention", "personal_data", "job_", "api_"),
    # What is frozen says what it said then; what a designer wrote stays.
    *("release_", "version_diff", "version_concepts", "crossings"),
)
"""Beginnings of the names of pages that are about firms, or about no survey."""
BEFORE_IT_IS_KNOWN = "frame_import"
"""Here is chosen what the rows of a list are."""
MEANS_FIRMS = (
    # Protection and burden count firms.
    *(
        "of too few firms",
        "分属的企业过少",
        "firms are asked",
        "家企业被调查",
        "firms of its local units",
        "所属企业被调查",
    ),
    *("firms under a figure", "数值所含企业", "ominant firms", "支配企业", "fewer firms is withheld", "企业数少于此数"),
    *("which two firms", "两家企业", "another firm", "他企业数额", "no firm may know", "任何企业都不能"),
    # The firm of a unit, beside it.
    *(
        "firm of the other local unit",
        "firm whose local unit",
        "所属企业",
        "所属的企业",
        "or of its firm",
        "or its firm away",
    ),
    # The register, lists that are put in, and the name of a placeholder.
    *(
        "Import a list of firms",
        "导入企业名录",
        "From a list of firms to a published table",
        "从企业名录到公布的统计表",
    ),
    *("企业库", "{firm}", "痛点企业调查"),
)
"""What is said of firms also where units are asked."""
FIRM = re.compile(r"\bfirms?\b|企业|\d 家", re.IGNORECASE)


@pytest.fixture
def by_unit(world: World) -> World:
    """The world, of local units; no name of one says firm."""
    Survey.objects.update(asks=UNIT)
    SamplingFrame.objects.update(lists=UNIT)
    FrameImport.objects.update(lists=UNIT)
    for unit in FrameUnit.objects.all():
        FrameUnit.objects.filter(pk=unit.pk).update(name=unit.name.replace("企业", "分厂"))
    return world


def about_firms(page: str) -> set[str]:
    """The sentences of a page that say firms where they mean those that were asked; its frame is the site's."""
    main = page.split('id="content"')[-1].split("<footer")[0]
    main = re.sub(r"<(script|style)\b.*?</\1>", "\n", main, flags=re.DOTALL)
    named = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', main)
    said = [unescape(text.strip()) for text in (*re.sub(r"<[^>]+>", "\n", main).split("\n"), *named)]
    return {text for text in said if FIRM.search(text) and not any(word in text for word in MEANS_FIRMS)}


def found_on(client: Client, world: World, names: list[str], language: str) -> dict[str, set[str]]:
    """What the pages of these names say of firms, by name."""
    found: dict[str, set[str]] = {}
    for name in names:
        client.cookies["django_language"] = language
        with transaction.atomic():
            answer = client.get(world.address_of(name), world.query_of(name, world.cases[0]))
            transaction.set_rollback(True)
        if answer.get("Content-Type", "").startswith("text/html"):
            found[name] = about_firms(answer.content.decode())
    return found


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_no_page_of_a_survey_of_local_units_says_firm_of_them(
    by_unit: World, office_user: Callable[[Role | str], User], language: str
) -> None:
    told: dict[str, set[str]] = {}
    for actor, rules in ((Actor.ADMINISTRATOR, OFFICE), (Actor.FIRM_A, QUESTIONNAIRE)):
        names = [name for name, rule in rules.items() if actor in rule.get and not name.startswith(OF_NO_SURVEY)]
        names = [name for name in names if name != BEFORE_IT_IS_KNOWN]
        client = browser_of(actor, by_unit.cases, office_user)
        told |= found_on(client, by_unit, names, language)
    assert {name: said for name, said in told.items() if said} == {}
    assert len(told) > 50
    # What a page says of units ends with it.
    assert spoken() is AskedUnit.FIRM
