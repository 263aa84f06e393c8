"""Addresses of the questionnaire."""

from django.urls import path

from survey.views.fieldwork import offline_form
from survey.views.respondent import access as respondent_access
from survey.views.respondent import corrections as respondent_corrections
from survey.views.respondent import delegated as respondent_delegated
from survey.views.respondent import handover as respondent_handover
from survey.views.respondent import hub as respondent_hub
from survey.views.respondent import officer as respondent_officer
from survey.views.respondent import pages as respondent_pages
from survey.views.respondent import receipts as respondent_receipts
from survey.views.respondent import submission as respondent_submission

app_name = "respondent"
urlpatterns = [
    path("", respondent_access.home, name="home"),
    path("leave/", respondent_access.leave, name="leave"),
    path("firms/", respondent_delegated.delegated, name="delegated"),
    path("firms/<number:case_id>/", respondent_delegated.delegated_open, name="delegated_open"),
    path("form/", respondent_hub.hub, name="hub"),
    path("form/stay/", respondent_access.stay, name="stay"),
    path("form/notice/", respondent_hub.notice, name="notice"),
    path("form/officer/", respondent_officer.officer, name="officer"),
    path("form/print/", respondent_hub.whole, name="print"),
    path("form/offline/", offline_form.offline, name="offline"),
    path("form/offline/workbook/", offline_form.offline_workbook, name="offline_workbook"),
    path("form/page/<slug:code>/", respondent_pages.page, name="page"),
    path("form/page/<slug:code>/draft/", respondent_pages.draft, name="draft"),
    path("form/hand-on/<slug:section>/", respondent_handover.handover, name="handover"),
    path("form/hand-on/<slug:section>/take-back/", respondent_handover.handover_back, name="handover_back"),
    path("form/check/", respondent_submission.check, name="check"),
    path("form/submit/", respondent_submission.submit, name="submit"),
    path("form/receipt/", respondent_receipts.receipt, name="receipt"),
    path("form/receipt/mail/", respondent_receipts.mail, name="mail"),
    path("form/answers/", respondent_receipts.answers, name="answers"),
    path("form/feedback/", respondent_receipts.feedback, name="feedback"),
    path("form/take-back/", respondent_corrections.take_back_submitted, name="take_back"),
    path("form/put-back/", respondent_corrections.leave_as_submitted, name="put_back"),
    path("form/reply/", respondent_corrections.reply, name="reply"),
]
