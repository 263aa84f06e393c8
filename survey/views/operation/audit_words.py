"""What entries of the audit history say, in words."""

from contextlib import nullcontext
from typing import Any

from survey.asked_terms.speaking import speaking_of
from survey.selectors.said import said
from survey.terms import gettext_noop as _

VERBS: dict[str, str] = {
    "act_on_cases": _("acted on many cases"),
    "undo_on_cases": _("undid an action on many cases"),
    "accept_good_rows": _("let the good rows of a list be imported"),
    "accept_answers": _("accepted answers that looked wrong"),
    "accept_returns": _("accepted returns"),
    "answer_firm": _("answered a firm"),
    "fix_calling_plan": _("set the rule of calling"),
    "make_call_list": _("made a list of calls"),
    "draw_follow_up_sample": _("drew a follow-up sample of silent firms"),
    "correct_answer": _("corrected an answer"),
    "extend_cases": _("gave firms more time, or took it back"),
    "log_case": _("logged work on a case"),
    "plan_case": _("planned work on a case"),
    "read_editing_queue": _("read suspicious answers"),
    "set_outcome": _("set the outcome of a case"),
    "take_acceptance_back": _("took an acceptance back"),
    "take_over_cases": _("took cases over"),
    "take_outcome_back": _("took the outcome of a case back"),
    "add": _("added"),
    "add_edition": _("kept an edition of a classification"),
    "add_edit_rule": _("added an edit rule"),
    "apply_retention": _("erased by a rule of retention"),
    "ask_for_crossing": _("asked for a crossing of groups"),
    "answer_crossing": _("answered a request for a crossing"),
    "begin_keying": _("began to key in answers"),
    "cancel_job": _("cancelled a job"),
    "change": _("changed"),
    "change_analysis_plan": _("changed the analysis plan"),
    "change_mailing_text": _("changed the text of a mailing"),
    "close_cases": _("closed cases"),
    "closed_wave": _("closed a wave"),
    "decide_open_answer": _("decided about an open answer"),
    "decide_outlier": _("decided about an influential value"),
    "delete": _("deleted"),
    "discard_frame_import": _("discarded a list of firms"),
    "download_call_list": _("downloaded a list of calls"),
    "download_file": _("downloaded a file that a firm attached"),
    "download_frame_errors": _("downloaded the rows with errors of a list"),
    "download_job_file": _("downloaded the file of a job"),
    "download_offline_form": _("downloaded an offline form"),
    "download_table": _("downloaded a table of working figures"),
    "draw_follow_up": _("drew a follow-up of silent firms"),
    "draw_sample": _("drew a sample"),
    "erase_person": _("removed data of a person"),
    "expire_frame_import": _("took away a list of firms that nobody decided on"),
    "export_microdata": _("exported microdata"),
    "export_replicates": _("exported replicate weights"),
    "import_frame": _("imported a list of firms"),
    "issue_codes": _("issued access codes"),
    "key_answers": _("keyed in answers"),
    "load_questionnaire": _("loaded a questionnaire"),
    "look_for_person": _("looked for data of a person"),
    "make_cut": _("made a cut"),
    "make_release": _("made a release"),
    "certify_release": _("put the certificate on a release"),
    "check_release": _("checked a release"),
    "sign_release": _("signed a release"),
    "embargo_release": _("put a release under embargo"),
    "publish_release": _("published a release"),
    "revise_release": _("revised a release by a later one"),
    "withdraw_release": _("withdrew a release before publication"),
    "download_release": _("downloaded a release"),
    "open_wave": _("opened a wave"),
    "plan_mailing": _("planned a mailing"),
    "prepare_mailing": _("prepared a mailing"),
    "print_code": _("printed an access code"),
    "publish_questionnaire": _("published a questionnaire"),
    "put_in_xlsform": _("put in an XLSForm"),
    "put_in_frame_file": _("put in a list of firms"),
    "put_back": _("put back what was deleted"),
    "read_answers": _("read answers of a firm"),
    "read_corrections": _("read the list of corrections"),
    "read_figures": _("read working figures"),
    "read_release": _("read a release"),
    "read_influential_values": _("read influential values"),
    "read_open_answers": _("read open answers"),
    "recovery_codes_made": _("made new recovery codes"),
    "remove": _("deleted, to be put back within its days"),
    "change_firm": _("changed a firm of the register"),
    "delegate_firm": _("let a person answer for a firm"),
    "end_delegation": _("ended that a person answers for a firm"),
    "join_frame": _("let mended rows join a list of firms"),
    "register_frame": _("let the register know of a list of firms"),
    "revoke_delegate": _("revoked the code of a person who answers for firms"),
    "take_from_register": _("took over what the register knows into a list of firms"),
    "take_out_of_frame": _("took firms out of a list that the register knows to be gone"),
    "remind": _("wrote reminders"),
    "reopen_cases": _("reopened cases"),
    "repeat_mailing": _("let messages of a mailing be sent once more"),
    "restart_frame_import": _("had a list of firms checked again"),
    "retire_version": _("retired a version"),
    "retry_job": _("had a job tried again"),
    "return_response": _("returned a response for correction"),
    "revoke_code": _("revoked an access code"),
    "second_factor_removed": _("removed a second factor"),
    "second_factor_set_up": _("set up a second factor"),
    "send_mailing": _("sent a mailing"),
    "set_disposition": _("set the outcome of cases"),
    "stop_mailing": _("stopped a mailing"),
    "submit_keyed": _("submitted answers that were keyed in"),
    "take_offline_form": _("took in an offline form"),
    "unplan_mailing": _("took a mailing out of the plan"),
    "response_written": _("submitted answers"),
    "response_adopted": _("answers were taken into the audit chain later"),
    "response_erased": _("answers were erased in part or whole"),
    "correction_written": _("corrected an answer"),
    "correction_adopted": _("a correction was taken into the audit chain later"),
    "correction_erased": _("a correction was erased"),
    "outlierdecision_written": _("a decision about an influential value was stored"),
    "outlierdecision_adopted": _("a decision was taken into the audit chain later"),
    "outlierdecision_erased": _("the reason of a decision was erased"),
    "cut_written": _("a cut was stored"),
    "cut_adopted": _("a cut was taken into the audit chain later"),
    "release_written": _("a release was stored"),
    "releasestep_written": _("a step of a release was stored"),
    "releasestep_adopted": _("a step of a release was taken into the audit chain later"),
    "release_adopted": _("a release was taken into the audit chain later"),
    "staffaction_erased": _("an entry of the audit history was erased"),
    "void_sample": _("voided the draw of a sample"),
}
"""Every verb that the product writes; a test collects them from the code."""


def verb_in_words(verb: str, asks: str = "") -> str:
    """What was done; the verb itself where an earlier version wrote one that is not known any more.

    ``asks`` says whom the survey of the entry asks; "" where that is not known: then as the page speaks.
    """
    with speaking_of(asks) if asks else nullcontext():
        return said(VERBS[verb]) if verb in VERBS else verb


def detail_in_words(detail: dict[str, Any]) -> str:
    """Counts and parameters as they were written down."""
    parts = (
        f"{name} ({detail_in_words(value)})" if isinstance(value, dict) else f"{name} {value}"
        for name, value in detail.items()
    )
    return ", ".join(parts)
