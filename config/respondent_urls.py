"""Addresses of the questionnaire."""

from django.urls import path

from survey.views.fieldwork import offline_form
from survey.views.respondent import access as respondent_access
from survey.views.respondent import handover as respondent_handover
from survey.views.respondent import hub as respondent_hub
from survey.views.respondent import pages as respondent_pages
from survey.views.respondent import submission as respondent_submission

app_name = "respondent"
urlpatterns = [
    path("", respondent_access.home, name="home"),
    path("leave/", respondent_access.leave, name="leave"),
    path("form/", respondent_hub.hub, name="hub"),
    path("form/stay/", respondent_access.stay, name="stay"),
    path("form/notice/", respondent_hub.notice, name="notice"),
    path("form/print/", respondent_hub.whole, name="print"),
    path("form/offline/", offline_form.offline, name="offline"),
    path("form/offline/workbook/", offline_form.offline_workbook, name="offline_workbook"),
    path("form/page/<slug:code>/", respondent_pages.page, name="page"),
    path("form/page/<slug:code>/draft/", respondent_pages.draft, name="draft"),
    path("form/hand-on/<slug:section>/", respondent_handover.handover, name="handover"),
    path("form/hand-on/<slug:section>/take-back/", respondent_handover.handover_back, name="handover_back"),
    path("form/check/", respondent_submission.check, name="check"),
    path("form/submit/", respondent_submission.submit, name="submit"),
    path("form/receipt/", respondent_submission.receipt, name="receipt"),
    path("form/answers/", respondent_submission.answers, name="answers"),
]
