"""What stands in the address of each route: the objects of the world, made where it has none yet."""

from datetime import date
from typing import Any

from django.contrib.auth.models import User

from survey.mailing_terms import MailingChannel, MailingPurpose, PlannedDay
from survey.models import (
    BulkAction,
    Case,
    CaseEntry,
    ClassificationVersion,
    CrossingRequest,
    Delegate,
    Delegation,
    Firm,
    Job,
    Questionnaire,
    Response,
    Wave,
)
from survey.services.mailing.planning import plan_mailing
from survey.services.mailing.sending import send
from tests.services.mailing.runs import prepared
from tests.waves import version_of


def arguments(case: Case, small: Questionnaire, draft: Response, rows: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What stands in the address of each route that is not a page of the admin."""
    of_case, of_draft = {"case_id": case.pk}, {"case_id": case.pk, "response_id": draft.pk}
    of_import, designed = {"pk": rows["survey_frameimport"].pk}, {"code": small.code}
    version = {"code": version_of(case.wave).questionnaire.code, "number": 1}
    of_wave, part = {"code": case.wave.code}, {**designed, "kind": "note", "place": 0}
    return {
        **{f"frame_import_{name}": of_import for name in ("report", "progress", "errors")},
        "frame_import_decide": {**of_import, "decision": "discard"},
        **dict.fromkeys(("xlsform_export", "questionnaire_print", "questionnaire_publish"), designed),
        **dict.fromkeys(("plan", "plan_words", "plan_protection", "plan_weighting"), designed),
        **{name: {"code": version["code"]} for name in ("version_diff", "version_concepts")},
        "xlsform_reading": {"pk": 1},
        "edit_rule_new": {**designed, "kind": "sum"},
        **{name: {**designed, "kind": "note"} for name in ("plan_part_new", "plan_take_over")},
        **dict.fromkeys(("plan_part", "plan_move", "plan_remove"), part),
        **dict.fromkeys(("xlsform_export_version", "version_print"), version),
        **dict.fromkeys(("version_test", "version_test_summary", "version_test_end"), version),
        "version_test_page": {**version, "page": "firm"},
        **{key: {"table": "answers"} for key in ("dashboard_table", "working_table")},
        **of_release(rows["survey_release"]),
        "crossing_answer": {"pk": crossing_of(case).pk},
        **{f"case_{name}": of_case for name in ("detail", "return", "revoke", "code", "key_end", "offline")},
        **{f"case_{name}": of_case for name in ("log", "outcome", "outcome_back")},
        "case_answer": {**of_case, "entry_id": letter_of(case).pk},
        "case_offline_workbook": of_case,
        "case_undo": {"pk": action_of_another(case).pk},
        "case_key": {**of_case, "channel": "paper"},
        "case_answers": of_draft,
        "case_file": {**of_draft, "item": "proof"},
        "case_correct": {**of_draft, "item": "cost"},
        "correction_undo": {**of_draft, "correction_id": rows["survey_correction"].pk},
        **dict.fromkeys(("wave_feedback", "wave_open", "wave_close", "sample_page", "sample_void"), of_wave),
        **dict.fromkeys(("wave_monitor", "wave_monitor_csv"), of_wave),
        **dict.fromkeys(("call_list", "call_list_csv", "call_list_new", "calling_rule", "follow_up_sample"), of_wave),
        **{name: {"code": "words"} for name in ("respondent:page", "respondent:draft")},
        **{name: {"section": "first"} for name in ("respondent:handover", "respondent:handover_back")},
        **{name: {"pk": firm_of(case).pk} for name in ("firm_page", "firm_edit", "firm_local_unit", "firm_delegate")},
        "classification_edition": {"pk": old_edition().pk},
        "frame_register": {"pk": case.sample_unit.sample.frame_id},
        **{f"delegate_{page}": {"pk": delegation_of(case).delegate_id} for page in ("page", "show_code", "revoke")},
        "delegation_end": {"pk": delegation_of(case).delegate_id, "delegation": delegation_of(case).pk},
        "respondent:delegated_open": of_case,
        "firm_contact": {"pk": firm_of(case).pk, "contact": 0},
        "admin:view_on_site": {"content_type_id": 1, "object_id": case.pk},
    }


def queries(wave: Wave) -> dict[str, dict[str, Any]]:
    """What an address needs besides: which wave, which action, which list."""
    of_wave = {"wave": wave.code}
    return {
        **dict.fromkeys(("dashboard", "dashboard_table", "working_figures", "working_table"), of_wave),
        **dict.fromkeys(("open_answers", "cut_make", "crossing_ask", "outliers", "case_list", "editing"), of_wave),
        **dict.fromkeys(("microdata_export", "replicates_export", "release_new"), of_wave),
        "case_action": {**of_wave, "action": "close"},
        "admin:autocomplete": {"app_label": "survey", "model_name": "option", "field_name": "item"},
    }


def of_job(job: Job) -> dict[str, dict[str, Any]]:
    pages = ("job_page", "job_progress", "job_file")
    return {**{page: {"pk": job.pk} for page in pages}, "job_action": {"pk": job.pk, "action": "retry"}}


def of_mailing(wave: Wave) -> dict[str, dict[str, Any]]:
    """A mailing whose letters have been handed over, and a planned one."""
    letter, site = MailingChannel.LETTER, "https://survey.example.org/"
    made = prepared(wave, channel=letter)
    send(mailing=made, actor=None, progress=lambda done, total: None)
    planned = plan_mailing(
        wave=wave, purpose=MailingPurpose.REMINDER_1, days=7, counted_from=PlannedDay.AFTER_INVITATION,
        otherwise=None, language="zh", actor=None, channel=letter, site=site,
    )  # fmt: skip
    run, of_wave = {"pk": made.pk}, {"code": wave.code}
    return {
        **dict.fromkeys(("mailing_list", "mailing_new", "mailing_plan"), of_wave),
        "mailing_text": {**of_wave, "purpose": "invitation"},
        "mailing_unplan": {**of_wave, "pk": planned.pk},
        "mailing_run": run,
        "mailing_action": {**run, "action": "send"},
        "mailing_file": {**run, "channel": "letter", "part": 1},
    }


def of_release(release: Any) -> dict[str, dict[str, Any]]:
    """The pages and files of a release."""
    one = {"code": release.wave.code, "number": release.number}
    pages = ("release_page", "release_differences", "release_book", "release_content", "api_release")
    return {
        **dict.fromkeys(pages, one),
        "release_file": {**one, "ending": "csv"},
        "release_step": {**one, "act": "check"},
    }


def old_edition() -> ClassificationVersion:
    """An edition by which nothing was read."""
    return ClassificationVersion.objects.get_or_create(
        kind="industry", code="old", defaults={"valid_from": date(2011, 11, 1)}
    )[0]


def letter_of(case: Case) -> CaseEntry:
    """A message that the firm wrote to its officer."""
    return CaseEntry.objects.create(case=case, kind="message", text="一", submission_key="k")


def crossing_of(case: Case) -> CrossingRequest:
    """A crossing that somebody asked for."""
    author = User.objects.get(username="author")
    return CrossingRequest.objects.get_or_create(
        wave=case.wave, first="industry", second="size", defaults={"reason": "一", "asked_by": author}
    )[0]


def action_of_another(case: Case) -> BulkAction:
    """What somebody did to many cases, which is his own to undo."""
    author, _is_new = User.objects.get_or_create(username="author")
    return BulkAction.objects.create(wave=case.wave, action="mark", key="k", count=1, actor=author)


def firm_of(case: Case) -> Firm:
    """The firm of a case in the register."""
    unit = case.sample_unit.unit
    return Firm.objects.get_or_create(credit_code=unit.credit_code, defaults={"name": unit.name})[0]


def delegation_of(case: Case) -> Delegation:
    """A person who answers for the firm of a case."""
    person, _ = Delegate.objects.get_or_create(name="林会计", defaults={"code_hash": "h", "email": "lin@example.com"})
    return Delegation.objects.get_or_create(firm=firm_of(case), delegate=person)[0]
