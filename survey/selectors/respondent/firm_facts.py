"""What is known of a firm before it answers: its frame data and its answers in the wave before."""

from collections.abc import Mapping
from typing import Any

from django.db.models import CharField, DateTimeField, QuerySet

from survey.instrument.routing.piping import PREVIOUS
from survey.instrument.routing.pruning import ESTIMATED, OTHER
from survey.instrument.schema import Questionnaire, Text
from survey.models import Case, Contact, District, FrameUnit, Industry, Response
from survey.selectors.design.version import codes_since
from survey.selectors.prepared import Parameter, PreparedQuery
from survey.terms import ResponseStatus


def facts_of(case: Case, questionnaire: Questionnaire) -> dict[str, Any]:
    """Facts by the names that expressions and texts use: ``frame_...`` and ``previous_...``."""
    unit = case.sample_unit.unit
    return {**frame_facts(unit), **contact_facts(unit), **previous_facts(case, questionnaire)}


def frame_facts(unit: FrameUnit) -> dict[str, Any]:
    """The firm's row in the frame; revenue in 万元, classifications as codes."""
    return {
        "frame_name": unit.name,
        "frame_credit_code": unit.credit_code,
        "frame_unit_key": unit.unit_key,
        "frame_district": unit.district.code,
        "frame_industry": unit.industry.code,
        "frame_industry_section": unit.industry_section,
        "frame_size_class": unit.size_class,
        "frame_employees": unit.employees,
        "frame_revenue": unit.revenue,
    }


def contact_facts(unit: FrameUnit) -> dict[str, Any]:
    """The person at the firm, where one is known."""
    contact: Contact | None = getattr(unit, "contact", None)
    if contact is None:
        return {}
    written = {"frame_contact": contact.name, "frame_email": contact.email, "frame_phone": contact.phone}
    # An empty fact is absent: a condition on it is then unanswered, and not met by an empty text.
    return {name: value for name, value in written.items() if value}


def fact_labels(unit: FrameUnit) -> dict[str, Text]:
    """The wording of facts that are codes."""
    return {
        "frame_district": unit.district.name,
        "frame_industry": unit.industry.name,
    }


def labels_of_codes(facts: Mapping[str, Any]) -> dict[str, Text]:
    """The same for facts that stand alone."""
    tables: dict[str, type[District] | type[Industry]] = {"frame_district": District, "frame_industry": Industry}
    rows = {name: table.objects.filter(code=facts.get(name)).first() for name, table in tables.items()}
    return {name: row.name for name, row in rows.items() if row is not None}


def previous_facts(case: Case, questionnaire: Questionnaire) -> dict[str, Any]:
    """The firm's submitted answers in the latest earlier wave of the survey; asked for only where a text uses them.

    They bear the codes of the items that measure the same now; where type or unit have changed there is none.
    """
    if not _uses_previous(questionnaire):
        return {}
    unit, wave = case.sample_unit.unit, case.wave
    # By credit code and number, since each list has rows of its own for the same firm or unit.
    response = _BEFORE.first(
        credit_code=unit.credit_code, unit_key=unit.unit_key, survey=wave.survey_id, opens_at=wave.opens_at
    )
    if response is None:
        return {}
    return {
        PREVIOUS + now + tail: response.answers[then + tail]
        for then, now in codes_since(response.version, questionnaire).items()
        # A text for "other" and the mark "estimated" belong to the answer and are renamed with it.
        for tail in ("", OTHER, ESTIMATED)
        if then + tail in response.answers
    }


def _before() -> QuerySet[Response]:
    submitted = Response.objects.filter(
        case__sample_unit__unit__credit_code=Parameter("credit_code", CharField()),
        case__sample_unit__unit__unit_key=Parameter("unit_key", CharField()),
        case__wave__survey=Parameter("survey"),
        case__wave__opens_at__lt=Parameter("opens_at", DateTimeField()),
        is_current=True,
        status=ResponseStatus.SUBMITTED,
    )
    return submitted.select_related("version").only("answers", "version__digest").order_by("-case__wave__opens_at")[:1]


_BEFORE = PreparedQuery(_before)


def _uses_previous(questionnaire: Questionnaire) -> bool:
    asks = any(item.magnitude or item.beside_last or item.largest_change for item in questionnaire.items.values())
    # A search of the whole text may find too much, which costs one query, and never too little.
    return asks or PREVIOUS in questionnaire.canonical
