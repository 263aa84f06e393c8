"""Who may ask each address of the site, and who may post to it: the one table that a new page has to be entered in."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.access.actors import STAFF, Actor

Who = frozenset[Actor]
NOBODY: Who = frozenset()
EVERYONE: Who = frozenset(Actor)
FIRMS: Who = frozenset({Actor.FIRM_A, Actor.FIRM_B})
ADMINISTRATOR: Who = frozenset({Actor.ADMINISTRATOR})
DESIGNERS = ADMINISTRATOR | {Actor.DESIGNER}
OFFICERS = ADMINISTRATOR | {Actor.OFFICER}
METHODOLOGISTS = ADMINISTRATOR | {Actor.METHODOLOGIST}
ANALYSTS = METHODOLOGISTS | {Actor.ANALYST}
OF_RESULTS = ANALYSTS | {Actor.VIEWER}
OWNERS = ADMINISTRATOR | {Actor.ANALYST}
OF_CROSSINGS = ANALYSTS | {Actor.DESIGNER}
OF_VERSIONS = DESIGNERS | OFFICERS | ANALYSTS
OF_CONTENT = DESIGNERS | OF_RESULTS
IN_A_ROLE = OF_VERSIONS | OF_RESULTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who may ask and who may post. Where nobody may, the page does not answer that method."""

    get: Who = NOBODY
    post: Who = NOBODY


def read_by(who: Who) -> Rule:
    return Rule(get=who)


def done_by(who: Who) -> Rule:
    return Rule(post=who)


def filled_in_by(who: Who) -> Rule:
    return Rule(get=who, post=who)


OFFICE: dict[str, Rule] = {
    "frame_import": filled_in_by(OFFICERS),
    "frame_import_template": read_by(OFFICERS),
    "frame_import_report": read_by(OFFICERS),
    "frame_import_progress": read_by(OFFICERS),
    "frame_import_errors": read_by(OFFICERS),
    "frame_import_decide": done_by(OFFICERS),
    "xlsform_import": filled_in_by(DESIGNERS),
    "xlsform_reading": filled_in_by(DESIGNERS),
    "xlsform_export": read_by(DESIGNERS),
    "xlsform_export_version": read_by(OF_VERSIONS),
    "questionnaire_print": read_by(DESIGNERS),
    "questionnaire_publish": filled_in_by(DESIGNERS),
    "edit_rule_new": filled_in_by(DESIGNERS),
    "plan": read_by(DESIGNERS),
    "plan_words": filled_in_by(DESIGNERS),
    "plan_protection": filled_in_by(DESIGNERS),
    "plan_weighting": filled_in_by(DESIGNERS),
    "plan_part_new": filled_in_by(DESIGNERS),
    "plan_part": filled_in_by(DESIGNERS),
    "plan_take_over": done_by(DESIGNERS),
    "plan_move": done_by(DESIGNERS),
    "plan_remove": done_by(DESIGNERS),
    "version_diff": read_by(OF_VERSIONS),
    "version_concepts": read_by(OF_VERSIONS),
    "version_print": read_by(OF_VERSIONS),
    "version_test": filled_in_by(DESIGNERS),
    "version_test_page": filled_in_by(DESIGNERS),
    "version_test_summary": read_by(DESIGNERS),
    "version_test_end": done_by(DESIGNERS),
    "two_factor": filled_in_by(STAFF),
    "two_factor_qr": read_by(STAFF),
    "two_factor_codes": done_by(STAFF),
    "audit_history": read_by(OFFICERS),
    "retention": read_by(ADMINISTRATOR),
    "personal_data": filled_in_by(ADMINISTRATOR),
    "job_list": read_by(STAFF),
    # The job of this world is an analyst's, and only administrators see those of others.
    "job_page": read_by(OWNERS),
    "job_progress": read_by(OWNERS),
    "job_file": read_by(OWNERS),
    "job_action": done_by(OWNERS),
    "dashboard": read_by(OF_RESULTS),
    "dashboard_table": read_by(OF_RESULTS),
    "cut_make": done_by(METHODOLOGISTS),
    "crossing_ask": done_by(ANALYSTS),
    "crossings": read_by(OF_CROSSINGS),
    "crossing_answer": done_by(METHODOLOGISTS | {Actor.DESIGNER}),
    "working_figures": read_by(METHODOLOGISTS),
    "working_table": read_by(METHODOLOGISTS),
    "open_answers": filled_in_by(METHODOLOGISTS),
    "outliers": filled_in_by(METHODOLOGISTS),
    "microdata_export": done_by(METHODOLOGISTS),
    "replicates_export": done_by(METHODOLOGISTS),
    "release_list": read_by(OF_RESULTS),
    "release_new": filled_in_by(ANALYSTS),
    "release_page": read_by(OF_RESULTS),
    "release_differences": read_by(OF_RESULTS),
    "release_book": done_by(OF_RESULTS),
    "release_file": read_by(OF_RESULTS),
    "release_content": read_by(METHODOLOGISTS),
    "release_step": filled_in_by(ANALYSTS),
    "api_releases": read_by(OF_RESULTS),
    "api_release": read_by(OF_RESULTS),
    "firm_list": read_by(OFFICERS),
    "firm_page": read_by(OFFICERS),
    "firm_edit": filled_in_by(OFFICERS),
    "firm_contact": filled_in_by(OFFICERS),
    "firm_local_unit": done_by(OFFICERS),
    "frame_register": filled_in_by(OFFICERS),
    "classification_editions": filled_in_by(OFFICERS),
    "classification_edition": filled_in_by(OFFICERS),
    "firm_delegate": filled_in_by(OFFICERS),
    "delegate_page": read_by(OFFICERS),
    "delegate_show_code": done_by(OFFICERS),
    "delegate_revoke": done_by(OFFICERS),
    "delegation_end": done_by(OFFICERS),
    "sample_draw": filled_in_by(OFFICERS),
    "sample_page": read_by(OFFICERS),
    "sample_void": done_by(OFFICERS),
    "case_list": read_by(OFFICERS),
    "casework": read_by(OFFICERS),
    **dict.fromkeys(("call_next", "call_list", "call_list_csv"), read_by(OFFICERS)),
    "call_list_new": done_by(OFFICERS),
    "calling_rule": filled_in_by(OFFICERS),
    "follow_up_sample": filled_in_by(OFFICERS),
    "editing": filled_in_by(OFFICERS | METHODOLOGISTS),
    "acceptance": filled_in_by(OFFICERS),
    "case_action": done_by(OFFICERS),
    "case_undo": done_by(OFFICERS),
    "case_detail": read_by(OFFICERS),
    "case_answers": read_by(OFFICERS),
    "case_file": read_by(OFFICERS),
    "case_correct": filled_in_by(OFFICERS),
    "correction_undo": done_by(OFFICERS),
    **dict.fromkeys(("case_log", "case_outcome", "case_outcome_back", "case_answer"), done_by(OFFICERS)),
    "case_return": done_by(OFFICERS),
    "case_revoke": done_by(OFFICERS),
    "case_code": done_by(OFFICERS),
    "case_key": done_by(OFFICERS),
    "case_key_end": done_by(OFFICERS),
    "case_offline": filled_in_by(OFFICERS),
    "case_offline_workbook": read_by(OFFICERS),
    "wave_feedback": read_by(OFFICERS),
    "monitor": read_by(OFFICERS),
    "wave_monitor": read_by(OFFICERS),
    "wave_monitor_csv": read_by(OFFICERS),
    "mailing": read_by(OFFICERS),
    "mailing_list": read_by(OFFICERS),
    "mailing_new": filled_in_by(OFFICERS),
    "mailing_run": read_by(OFFICERS),
    "mailing_action": done_by(OFFICERS),
    "mailing_file": done_by(OFFICERS),
    "mailing_text": filled_in_by(OFFICERS),
    "mailing_plan": filled_in_by(OFFICERS),
    "mailing_unplan": done_by(OFFICERS),
    "wave_open": filled_in_by(OFFICERS),
    "wave_close": filled_in_by(OFFICERS),
}
QUESTIONNAIRE: dict[str, Rule] = {
    "respondent:home": filled_in_by(EVERYONE),
    "respondent:leave": done_by(EVERYONE),
    # Persons who answer for several firms have a code of their own (tests/views/respondent/test_delegated.py).
    "respondent:delegated": Rule(),
    "respondent:delegated_open": Rule(),
    "respondent:hub": read_by(FIRMS),
    "respondent:stay": done_by(FIRMS),
    "respondent:notice": read_by(FIRMS),
    "respondent:officer": filled_in_by(FIRMS),
    "respondent:print": read_by(FIRMS),
    "respondent:offline": filled_in_by(FIRMS),
    "respondent:offline_workbook": read_by(FIRMS),
    "respondent:page": filled_in_by(FIRMS),
    "respondent:draft": done_by(FIRMS),
    "respondent:handover": filled_in_by(FIRMS),
    "respondent:handover_back": done_by(FIRMS),
    "respondent:check": read_by(FIRMS),
    "respondent:submit": done_by(FIRMS),
    "respondent:receipt": read_by(FIRMS),
    "respondent:mail": done_by(FIRMS),
    "respondent:answers": read_by(FIRMS),
    "respondent:feedback": done_by(FIRMS),
    "respondent:take_back": done_by(FIRMS),
    "respondent:put_back": done_by(FIRMS),
    "respondent:reply": done_by(FIRMS),
}
DJANGO: dict[str, Rule] = {
    "set_language": filled_in_by(EVERYONE),
    "admin:login": filled_in_by(EVERYONE),
    # Django leads those who are not logged in to the first page of the office, which sends them to the login.
    "admin:logout": Rule(get=EVERYONE - STAFF, post=EVERYONE),
    "admin:index": filled_in_by(STAFF),
    "admin:app_list": filled_in_by(IN_A_ROLE),
    "admin:password_change": filled_in_by(STAFF),
    "admin:password_change_done": read_by(STAFF),
    "admin:jsi18n": read_by(STAFF),
    "admin:autocomplete": read_by(DESIGNERS),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Who may see, add, change and delete the rows of a model in the admin, and see the history of one."""

    view: Who
    add: Who = NOBODY
    change: Who = NOBODY
    delete: Who = NOBODY
    history: Who | None = None

    def rules(self, model: str) -> dict[str, Rule]:
        """By route; the pages of the admin that only show something answer a post as they answer a question."""
        seen, told = filled_in_by(self.view), filled_in_by(self.view if self.history is None else self.history)
        rules = {"changelist": seen, "history": told, "change": Rule(get=self.view, post=self.change)}
        rules |= {"add": filled_in_by(self.add), "delete": filled_in_by(self.delete)}
        if self.history is not None:
            rules["simple_history"] = filled_in_by(self.history)
        return {f"admin:{model}_{page}": rule for page, rule in rules.items()}


def edited_by(who: Who, *, view: Who | None = None, history: Who | None = None) -> Rows:
    return Rows(view=view or who, add=who, change=who, delete=who, history=history)


ADMIN: dict[str, Rows] = {
    "survey_painpoint": edited_by(DESIGNERS, view=OF_CONTENT),
    "survey_survey": edited_by(DESIGNERS, view=IN_A_ROLE, history=DESIGNERS),
    **{
        f"survey_{part}": edited_by(DESIGNERS, history=DESIGNERS)
        for part in ("questionnaire", "section", "page", "item", "option", "editrule")
    },
    "survey_questionnaireversion": Rows(view=OF_VERSIONS, history=DESIGNERS),
    "survey_wave": Rows(view=IN_A_ROLE, add=OFFICERS, change=OFFICERS),
    "survey_samplingframe": Rows(view=OFFICERS, change=ADMINISTRATOR, history=ADMINISTRATOR),
    "survey_contact": Rows(view=OFFICERS, change=OFFICERS, history=ADMINISTRATOR),
    "survey_industry": edited_by(ADMINISTRATOR, view=OFFICERS),
    "survey_district": edited_by(ADMINISTRATOR, view=OFFICERS),
    "survey_sizethreshold": edited_by(ADMINISTRATOR, view=OFFICERS, history=ADMINISTRATOR),
    **{
        f"survey_{model}": Rows(view=OFFICERS)
        for model in ("frameunit", "sample", "sampleunit", "case", "response", "latedraft", "paradata")
    },
    # Leads to the page of the import, whatever is posted.
    "survey_frameimport": Rows(view=OFFICERS, change=OFFICERS),
    "survey_removed": Rows(view=DESIGNERS | OFFICERS),
    "survey_release": Rows(view=ANALYSTS),
    "survey_cut": Rows(view=ANALYSTS),
    "survey_correction": Rows(view=OFFICERS),
    "survey_staffaction": Rows(view=ADMINISTRATOR),
    **dict.fromkeys(("survey_retentionrule", "survey_territory"), edited_by(ADMINISTRATOR)),
    "auth_user": edited_by(ADMINISTRATOR),
    "auth_group": Rows(view=ADMINISTRATOR),
    # The queue itself, with tracebacks, is for superusers; what people see of their work is a job.
    "django_tasks_database_dbtaskresult": Rows(view=NOBODY),
    **{
        f"axes_{model}": Rows(view=ADMINISTRATOR, change=ADMINISTRATOR, delete=ADMINISTRATOR)
        for model in ("accessattempt", "accesslog", "accessfailurelog")
    },
}
"""By model of the admin. Answers, cases, samples, releases and the audit history are only read: services write them."""

RULES: Mapping[str, Rule] = {
    **OFFICE,
    **QUESTIONNAIRE,
    **DJANGO,
    "admin:auth_user_password_change": filled_in_by(ADMINISTRATOR),
    **{route: rule for model, rows in ADMIN.items() for route, rule in rows.rules(model).items()},
}
EMPTY = ("dashboard_table", "working_table", "xlsform_reading", "case_undo")
"""What shows nothing, even to those who may see it, before two firms have answered, a cut was made, a form was put in
or anything was done to many cases."""
OWN = ("job_page", "job_progress", "job_file", "job_action", "admin:survey_removed_history")
"""What is not there for staff whose it is not; the job of this world is an analyst's, a wave was deleted."""
NOWHERE = ("admin:view_on_site",)
"""Addresses that lead nowhere: no model of ours has a page of its own."""
