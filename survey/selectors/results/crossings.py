"""Crossings that were asked for, with the names of their groups."""

from dataclasses import dataclass

from django.db.models import Case, Value, When

from survey.instrument.plan.plan import AnalysisPlan
from survey.models import CrossingRequest
from survey.selectors.results.plan import plan_of_digests


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingLine:
    """A request with the groups in words."""

    request: CrossingRequest
    first: str
    second: str

    @property
    def is_open(self) -> bool:
        return self.request.state == CrossingRequest.State.OPEN


def crossing_lines(language: str) -> list[CrossingLine]:
    """All requests, those that wait for an answer first, the newest first. One query and one for each version."""
    is_open = Case(When(state=CrossingRequest.State.OPEN, then=Value(0)), default=Value(1))
    rows = CrossingRequest.objects.select_related("wave__survey", "wave__version", "asked_by", "answered_by")
    rows = rows.defer("wave__version__schema", "wave__version__plan")
    return [_line(row, language) for row in rows.order_by(is_open, "-id")]


def _line(row: CrossingRequest, language: str) -> CrossingLine:
    version = row.wave.version
    plan = plan_of_digests(version.digest, version.plan_digest) if version else AnalysisPlan()
    # Names of today: a group that was taken out of the plan is called by its code.
    names = {group.code: group.text.of(language) or group.code for group in plan.groups}
    return CrossingLine(request=row, first=names.get(row.first, row.first), second=names.get(row.second, row.second))
