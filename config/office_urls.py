"""Addresses of the office beside Django's own admin pages."""

from django.urls import URLPattern, URLResolver, include, path

from survey.views.design import design as questionnaire_design
from survey.views.design import edit_rules, plan, plan_part, version_diff, xlsform, xlsform_reading
from survey.views.design import trial_pages as questionnaire_test
from survey.views.fieldwork import case_actions, cases, feedback, frame_import, keying, offline_form, sampling, waves
from survey.views.operation import audit, jobs, personal_data, retention, two_factor
from survey.views.results import dashboard, microdata, outliers, releases, replicates

urlpatterns: list[URLPattern | URLResolver] = [
    path("frame-import/", frame_import.frame_import, name="frame_import"),
    path("frame-import/template/", frame_import.frame_import_template, name="frame_import_template"),
    path("frame-import/<int:pk>/", frame_import.frame_import_report, name="frame_import_report"),
    path("frame-import/<int:pk>/progress/", frame_import.frame_import_progress, name="frame_import_progress"),
    path("frame-import/<int:pk>/errors/", frame_import.frame_import_errors, name="frame_import_errors"),
    path("frame-import/<int:pk>/<slug:decision>/", frame_import.frame_import_decide, name="frame_import_decide"),
    path("questionnaires/xlsform/", xlsform.xlsform_import, name="xlsform_import"),
    path("questionnaires/xlsform/<int:pk>/", xlsform_reading.xlsform_reading, name="xlsform_reading"),
    path("questionnaires/<slug:code>/xlsform/", xlsform.xlsform_export, name="xlsform_export"),
    path(
        "questionnaires/<slug:code>/v<int:number>/xlsform/",
        xlsform.xlsform_export_version,
        name="xlsform_export_version",
    ),
    path("questionnaires/<slug:code>/print/", questionnaire_design.questionnaire_print, name="questionnaire_print"),
    path(
        "questionnaires/<slug:code>/publish/", questionnaire_design.questionnaire_publish, name="questionnaire_publish"
    ),
    path("questionnaires/<slug:code>/edit-rules/<slug:kind>/", edit_rules.edit_rule_new, name="edit_rule_new"),
    path("questionnaires/<slug:code>/plan/", plan.plan, name="plan"),
    path("questionnaires/<slug:code>/plan/names/", plan_part.plan_words, name="plan_words"),
    path("questionnaires/<slug:code>/plan/protection/", plan_part.plan_protection, name="plan_protection"),
    path("questionnaires/<slug:code>/plan/weighting/", plan_part.plan_weighting, name="plan_weighting"),
    path("questionnaires/<slug:code>/plan/<slug:kind>/add/", plan_part.plan_part, name="plan_part_new"),
    path("questionnaires/<slug:code>/plan/<slug:kind>/take-over/", plan.plan_take_over, name="plan_take_over"),
    path("questionnaires/<slug:code>/plan/<slug:kind>/<int:place>/", plan_part.plan_part, name="plan_part"),
    path("questionnaires/<slug:code>/plan/<slug:kind>/<int:place>/move/", plan.plan_move, name="plan_move"),
    path("questionnaires/<slug:code>/plan/<slug:kind>/<int:place>/remove/", plan.plan_remove, name="plan_remove"),
    path("questionnaires/<slug:code>/compare/", version_diff.version_diff, name="version_diff"),
    path("questionnaires/<slug:code>/concepts/", version_diff.version_concepts, name="version_concepts"),
    path("questionnaires/<slug:code>/v<int:number>/print/", questionnaire_design.version_print, name="version_print"),
    path("questionnaires/<slug:code>/v<int:number>/test/", questionnaire_test.version_test, name="version_test"),
    path(
        "questionnaires/<slug:code>/v<int:number>/test/page/<slug:page>/",
        questionnaire_test.version_test_page,
        name="version_test_page",
    ),
    path(
        "questionnaires/<slug:code>/v<int:number>/test/summary/",
        questionnaire_test.version_test_summary,
        name="version_test_summary",
    ),
    path(
        "questionnaires/<slug:code>/v<int:number>/test/end/",
        questionnaire_test.version_test_end,
        name="version_test_end",
    ),
    path("two-factor/", two_factor.two_factor, name="two_factor"),
    path("two-factor/picture/", two_factor.two_factor_qr, name="two_factor_qr"),
    path("two-factor/codes/", two_factor.two_factor_codes, name="two_factor_codes"),
    path("audit/", audit.audit_history, name="audit_history"),
    path("retention/", retention.retention, name="retention"),
    path("personal-data/", personal_data.personal_data, name="personal_data"),
    path("jobs/", jobs.job_list, name="job_list"),
    path("jobs/<int:pk>/", jobs.job_page, name="job_page"),
    path("jobs/<int:pk>/progress/", jobs.job_progress, name="job_progress"),
    path("jobs/<int:pk>/file/", jobs.job_file, name="job_file"),
    path("jobs/<int:pk>/<slug:action>/", jobs.job_action, name="job_action"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/<slug:table>.csv", dashboard.dashboard_table, name="dashboard_table"),
    path("dashboard/outliers/", outliers.outliers, name="outliers"),
    path("microdata/", microdata.microdata_export, name="microdata_export"),
    path("replicates/", replicates.replicates_export, name="replicates_export"),
    path("release/", releases.release_export, name="release_export"),
    path("", include("config.register_urls")),
    path("sample/draw/", sampling.sample_draw, name="sample_draw"),
    path("samples/<slug:code>/", sampling.sample_page, name="sample_page"),
    path("samples/<slug:code>/void/", sampling.sample_void, name="sample_void"),
    path("cases/", cases.case_list, name="case_list"),
    path("cases/action/", case_actions.case_action, name="case_action"),
    path("cases/<int:case_id>/", cases.case_detail, name="case_detail"),
    path("cases/<int:case_id>/answers/<int:response_id>/", cases.case_answers, name="case_answers"),
    path("cases/<int:case_id>/answers/<int:response_id>/<slug:item>/file/", cases.case_file, name="case_file"),
    path("cases/<int:case_id>/return/", case_actions.case_return, name="case_return"),
    path("cases/<int:case_id>/revoke/", case_actions.case_revoke, name="case_revoke"),
    path("cases/<int:case_id>/code/", case_actions.case_code, name="case_code"),
    path("cases/<int:case_id>/key/end/", keying.case_key_end, name="case_key_end"),
    path("cases/<int:case_id>/key/<slug:channel>/", keying.case_key, name="case_key"),
    path("cases/<int:case_id>/offline/", offline_form.case_offline, name="case_offline"),
    path("cases/<int:case_id>/offline/workbook/", offline_form.case_offline_workbook, name="case_offline_workbook"),
    path("waves/<slug:code>/feedback/", feedback.wave_feedback, name="wave_feedback"),
    path("waves/<slug:code>/open/", waves.wave_open, name="wave_open"),
    path("waves/<slug:code>/close/", waves.wave_close, name="wave_close"),
]
