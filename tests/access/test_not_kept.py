"""Firms, whom to call there, what they answered, exact figures and what is for one person alone lie in no browser."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from survey.terms import Role
from tests.access.actors import Actor, browser_of
from tests.access.table import OFFICE, QUESTIONNAIRE
from tests.access.world import World

OF_THE_OFFICE = {
    # What firms answered, and figures of few of them.
    *("case_answers", "case_correct", "editing", "outliers", "open_answers", "working_figures"),
    # Firms, whom to call there, and what was said with them.
    *("firm_list", "firm_page", "firm_edit", "firm_contact", "firm_delegate", "delegate_page"),
    *("case_list", "case_detail", "casework", "case_offline", "acceptance", "wave_feedback", "monitor", "wave_monitor"),
    *("call_next", "call_list", "call_list_csv", "calling_rule", "follow_up_sample"),
    *("mailing", "mailing_list", "mailing_new", "mailing_run", "mailing_text", "mailing_plan"),
    # Lists of firms, what is wrong in them, and samples.
    *("frame_import", "frame_import_report", "frame_register", "sample_draw", "sample_page"),
    *("classification_edition", "classification_editions"),
    # What is of a person, or changes while one looks at it.
    *("two_factor", "two_factor_qr", "audit_history", "retention", "personal_data"),
    *("job_list", "job_page", "job_progress", "version_test", "version_test_page", "version_test_summary"),
    # Files.
    *("frame_import_template", "frame_import_progress", "frame_import_errors", "xlsform_export"),
    *("xlsform_export_version", "job_file", "release_file", "release_content", "case_file", "case_offline_workbook"),
    "wave_monitor_csv",
}
"""By the names of addresses; of those that say something where there are firms, waves and answers."""


@pytest.mark.parametrize("actor", [Actor.ADMINISTRATOR, Actor.FIRM_A])
def test_pages_are_kept_by_nobody_where_they_tell_of_firms(
    world: World, office_user: Callable[[Role | str], User], actor: Actor
) -> None:
    client, rules = (
        browser_of(actor, world.cases, office_user),
        OFFICE if actor is Actor.ADMINISTRATOR else QUESTIONNAIRE,
    )
    ours = [name for name, rule in rules.items() if actor in rule.get]
    answers = {name: client.get(world.address_of(name), world.query_of(name, world.cases[0])) for name in ours}
    found = {name for name, answer in answers.items() if "no-store" in answer.headers.get("Cache-Control", "")}
    assert found == (OF_THE_OFFICE if actor is Actor.ADMINISTRATOR else set(ours))
