"""One real object for every address, so that no refusal is that of an object which is not there."""

import re
from dataclasses import dataclass
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from survey.instrument.plan.plan import AnalysisPlan, MethodNote
from survey.instrument.schema import Text
from survey.models import AnalysisPlan as StoredPlan
from survey.models import (
    Case,
    Correction,
    Cut,
    District,
    EditRule,
    FrameImport,
    Industry,
    Item,
    Job,
    LateDraft,
    Option,
    PainPoint,
    Paradata,
    Questionnaire,
    Release,
    Removed,
    Response,
    RetentionRule,
    SizeThreshold,
    StaffAction,
    Territory,
    Wave,
)
from survey.release_terms import ReleaseState
from survey.services.answers.uploads import path_of
from survey.views.respondent.firm_mark import firm_mark
from tests.access.addresses import arguments, of_job, of_mailing, queries
from tests.released import small_release
from tests.waves import version_of

OF_ROWS = r"_(simple_history|password_change|changelist|history|change|add|delete)$"
"""How the name of a page of a model's rows ends."""
SECRET_OF_A = "机密甲"
"""What firm A wrote, and nobody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The cases of the wave by firm, and one row of every model that the admin shows."""

    cases: list[Case]
    rows: dict[str, Model]
    addresses: dict[str, dict[str, Any]]
    queries: dict[str, dict[str, Any]]

    def address_of(self, route: str) -> str:
        """The address of a named route with the objects of this world in it."""
        if route == "admin:app_list":
            return reverse(route, args=["survey"])
        if route.startswith("admin:") and (model := model_of(route)) in self.rows:
            return reverse(route, args=self._key(model, route))
        return reverse(route, kwargs=self.addresses.get(route, {}))

    def query_of(self, route: str, case: Case) -> dict[str, Any]:
        """The least that a request needs in order to be understood; pages of a firm bear the mark of its ``case``."""
        marked = {"firm": firm_mark(case)} if route in ("respondent:page", "respondent:draft") else {}
        return {**self.queries.get(route, {}), **marked}

    def _key(self, model: str, route: str) -> list[Any]:
        row: Any = self.rows[model]
        if route.endswith(("_add", "_changelist")):
            return []
        if route.endswith("_simple_history"):
            return [row.pk, row.history.latest().history_id]
        return [row.pk]


def model_of(route: str) -> str:
    """``survey_case`` of ``admin:survey_case_change``; whatever else for a route of no model."""
    return re.sub(OF_ROWS, "", route.removeprefix("admin:"))


def make_world(cases: list[Case], small: Questionnaire, analyst: User) -> World:
    """The wave's cases with a draft of firms A and B; a designed questionnaire; a job of the analyst with its file;
    and a row of everything else."""
    plan = AnalysisPlan(notes=(MethodNote(text=Text("标题", "Heading"), paragraph=Text("一段", "Paragraph")),))
    StoredPlan.objects.create(questionnaire=small, content=plan.to_dict(), revision=1)
    drafts = [draft_of(case, text) for case, text in zip(cases, (SECRET_OF_A, "乙"), strict=False)]
    rows = {f"{row._meta.app_label}_{row._meta.model_name}": row for row in one_of_each(cases[0], small, drafts[0])}
    # Rows that were written in bulk have no history yet, of which the admin shows an entry.
    for row in rows.values():
        if hasattr(row, "history") and not row.history.exists():
            row.save()
    return World(
        cases=cases,
        rows=rows,
        addresses={
            **arguments(cases[0], small, drafts[0], rows),
            **of_job(job_of(analyst)),
            **of_mailing(cases[0].wave),
        },
        queries=queries(cases[0].wave),
    )


def draft_of(case: Case, text: str) -> Response:
    default_storage.save(path_of(case, "a1.pdf"), ContentFile(b"%PDF-1.7 content"))
    answers = {"employees": 20, "has_cloud": "no", "cost": "4", "remark": text, "proof": "a1.pdf"}
    return Response.objects.create(case=case, version=version_of(case.wave), answers=answers)


def one_of_each(case: Case, small: Questionnaire, draft: Response) -> list[Model]:
    author, sample, text = User.objects.create(username="author"), case.sample_unit.sample, Text("文字", "Text")
    item = Item.objects.filter(page__section__questionnaire=small)[0]
    asked = {"ip_address": "192.0.2.1", "username": "author", "user_agent": "b", "path_info": "/", "http_accept": "*"}
    return [
        *(case, draft, case.wave, case.wave.survey, small, version_of(case.wave), sample, case.sample_unit),
        *(sample.frame, case.sample_unit.unit, case.sample_unit.unit.contact, author, Group.objects.all()[0]),
        *(item, item.page, item.page.section, Industry.objects.all()[0], District.objects.all()[0]),
        Option.objects.create(item=item, code="o", text=text),
        EditRule.objects.create(
            questionnaire=small, code="r", level="verify", items=["pain"], condition="${pain} != '5'", message=text
        ),
        PainPoint.objects.create(code="Z9", theme="Z", name=text, raised_by=text),
        SizeThreshold.objects.create(group_name="工业", industry_codes="C", large_min=9, medium_min=5, small_min=1),
        frame_import(),
        LateDraft.objects.create(case=case, answers={"remark": SECRET_OF_A}),
        Paradata.objects.create(case=case, event="saved"),
        Correction.objects.create(response=draft, item="cost", old="4", new="5", reason="电话核实", author=author),
        RetentionRule.objects.create(kind="logs", days=365),
        Territory.objects.create(user=author, district=District.objects.all()[0]),
        StaffAction.objects.create(actor=author, verb="change", subject="甲"),
        DBTaskResult.objects.create(task_path="t", args_kwargs={}, backend_name="default", run_after=timezone.now()),
        Removed.objects.create(model="survey.wave", name="w0", content=[], removed_by=author),
        revision_of(case.wave),
        cut_of(case.wave),
        AccessAttempt.objects.create(**asked, get_data="", post_data="", failures_since_start=1),
        AccessLog.objects.create(**asked),
        AccessFailureLog.objects.create(**asked),
    ]


def cut_of(wave: Wave) -> Cut:
    """A cut without a page."""
    about: dict[str, Any] = {"frame": {}, "groups": [["", 0, False]]}
    return Cut.objects.create(
        wave=wave, number=1, as_of=timezone.now(), version=version_of(wave), digest="d", source_digest="s", about=about
    )


def frame_import() -> FrameImport:
    """A list that waits for a decision, with its rows with errors."""
    default_storage.save("frame_imports/errors.xlsx", ContentFile(b"PK"))
    waiting, errors = FrameImport.Status.WAITING, "frame_imports/errors.xlsx"
    return FrameImport.objects.create(title="名录", source_name="list.xlsx", status=waiting, errors_file=errors)


def job_of(analyst: User) -> Job:
    """A release that the analyst asked for, with its workbook."""
    default_storage.save("jobs/release.xlsx", ContentFile(b"PK"))
    made = {"state": Job.State.DONE, "file": "jobs/release.xlsx", "file_name": "r.xlsx", "file_type": "text/plain"}
    return Job.objects.create(kind="release", key="release:1", subject="一", language="en", asked_by=analyst, **made)


def revision_of(wave: Wave) -> Release:
    """A published release that stands for an earlier one."""
    earlier = small_release(wave, state=ReleaseState.REVISED)
    return small_release(wave, number=2, state=ReleaseState.PUBLISHED, replaces=earlier)
