"""Persistence, one file per stage of the survey."""

from survey.models.casework.bulk import BulkAction
from survey.models.casework.calling import CallingPlan, CallList, ListedCall
from survey.models.casework.editing import EditingDecision
from survey.models.casework.entry import CaseEntry
from survey.models.casework.outcome import CaseOutcome
from survey.models.casework.territory import Acceptance, Territory
from survey.models.casework.work import CaseWork
from survey.models.change import Change
from survey.models.collection import AccessFailure, Case, LateDraft, Paradata, Response, ReturnNote
from survey.models.design.edit_rule import EditRule
from survey.models.design.form_reading import FormReading
from survey.models.design.plan import AnalysisPlan
from survey.models.frame import Contact, District, FrameImport, FrameUnit, Industry, SamplingFrame, SizeThreshold
from survey.models.mailing.plan import PlannedMailing
from survey.models.mailing.run import Mailing, MailingRow
from survey.models.mailing.template import MailingTemplate
from survey.models.operation.audit import AuditChain, AuditEntry
from survey.models.operation.due import DueRun
from survey.models.operation.job import Job, JobStep, Worker
from survey.models.operation.removed import Removed
from survey.models.operation.retention import RetentionRule
from survey.models.processing import Correction, OutlierDecision, StaffAction
from survey.models.questionnaire import (
    Item,
    Option,
    Page,
    PainPoint,
    Questionnaire,
    Section,
    Survey,
)
from survey.models.register.classification import ClassificationVersion, Correspondence
from survey.models.register.contact import FirmContact
from survey.models.register.delegate import Delegate, Delegation
from survey.models.register.firm import Firm, FirmChange, FirmGroup, LocalUnit
from survey.models.release import Release, ReleaseStep
from survey.models.respondent.feedback import Feedback
from survey.models.respondent.handover import SectionHandover
from survey.models.results.crossing import CrossingRequest
from survey.models.results.cut import Cut, CutPage, CutSource
from survey.models.results.open_answer import OpenAnswerDecision
from survey.models.sample import Sample, SampleUnit, Stratum
from survey.models.version import QuestionnaireVersion, VersionFrozen
from survey.models.wave import Wave

__all__ = [
    "Acceptance",
    "AccessFailure",
    "AnalysisPlan",
    "AuditChain",
    "AuditEntry",
    "BulkAction",
    "CallList",
    "CallingPlan",
    "Case",
    "CaseEntry",
    "CaseOutcome",
    "CaseWork",
    "Change",
    "ClassificationVersion",
    "Contact",
    "Correction",
    "Correspondence",
    "CrossingRequest",
    "Cut",
    "CutPage",
    "CutSource",
    "Delegate",
    "Delegation",
    "District",
    "DueRun",
    "EditRule",
    "EditingDecision",
    "Feedback",
    "Firm",
    "FirmChange",
    "FirmContact",
    "FirmGroup",
    "FormReading",
    "FrameImport",
    "FrameUnit",
    "Industry",
    "Item",
    "Job",
    "JobStep",
    "LateDraft",
    "ListedCall",
    "LocalUnit",
    "Mailing",
    "MailingRow",
    "MailingTemplate",
    "OpenAnswerDecision",
    "Option",
    "OutlierDecision",
    "Page",
    "PainPoint",
    "Paradata",
    "PlannedMailing",
    "Questionnaire",
    "QuestionnaireVersion",
    "Release",
    "ReleaseStep",
    "Removed",
    "Response",
    "RetentionRule",
    "ReturnNote",
    "Sample",
    "SampleUnit",
    "SamplingFrame",
    "Section",
    "SectionHandover",
    "SizeThreshold",
    "StaffAction",
    "Stratum",
    "Survey",
    "Territory",
    "VersionFrozen",
    "Wave",
    "Worker",
]
